// SPDX-License-Identifier: Apache-2.0
#include "stamps/rfc3161.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <memory>
#include <optional>
#include <utility>

namespace scr::stamps {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using TokenPtr = std::unique_ptr<PKCS7, Freed<PKCS7_free>>;
using InfoPtr = std::unique_ptr<TS_TST_INFO, Freed<TS_TST_INFO_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
using ContextPtr = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;

BioPtr bio_of(std::string_view bytes) {
  return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// The token, out of a response or alone; all bytes must belong to it.
Result<TokenPtr> token_in(ByteView bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* end = begin + bytes.size();
  const unsigned char* at = begin;
  const ResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
  if (response && at == end) {
    const ASN1_INTEGER* status =
        TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
    const long granted = ASN1_INTEGER_get(status);
    PKCS7* token = TS_RESP_get_token(response.get());
    if ((granted != 0 && granted != 1) || !token) {
      return fail(ErrorCode::untrusted, "the authority did not grant the time stamp");
    }
    return TokenPtr(PKCS7_dup(token));
  }
  at = begin;
  TokenPtr token(d2i_PKCS7(nullptr, &at, static_cast<long>(bytes.size())));
  if (token && at == end) return token;
  return fail(ErrorCode::bad_input, "is no RFC 3161 time stamp");
}

std::optional<Digest> stamped_in(TS_TST_INFO* info) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* hash = TS_MSG_IMPRINT_get_msg(imprint);
  if (OBJ_obj2nid(algorithm) != NID_sha256) return std::nullopt;
  return Digest::from_bytes(
      ByteView(reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(hash)),
               static_cast<std::size_t>(ASN1_STRING_length(hash))));
}

std::optional<std::uint64_t> time_in(const TS_TST_INFO* info) {
  std::tm broken{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &broken) != 1) return std::nullopt;
  const std::time_t seconds = ::timegm(&broken);
  if (seconds < 0) return std::nullopt;
  return static_cast<std::uint64_t>(seconds);
}

// Of the certificates in `pem`, at `time`.
Result<StorePtr> store_of(std::string_view pem, std::uint64_t time) {
  StorePtr store(X509_STORE_new());
  const BioPtr bio = bio_of(pem);
  int count = 0;
  while (const CertificatePtr one{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    X509_STORE_add_cert(store.get(), one.get());
    ++count;
  }
  ERR_clear_error();  // the end of the file
  if (count == 0) return fail(ErrorCode::bad_input, "no certificate in PEM is there to trust");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), static_cast<std::time_t>(time));
  return store;
}

std::string signer_of(PKCS7* token) {
  STACK_OF(X509)* signers = PKCS7_get0_signers(token, nullptr, 0);
  std::string name;
  if (signers && sk_X509_num(signers) > 0) {
    const BioPtr text(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(text.get(), X509_get_subject_name(sk_X509_value(signers, 0)), 0,
                       XN_FLAG_RFC2253);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(text.get(), &bytes);
    name.assign(bytes, static_cast<std::size_t>(size));
  }
  sk_X509_free(signers);
  return name;
}

std::string reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* text = code ? ERR_reason_error_string(code) : nullptr;
  ERR_clear_error();
  return text ? text : "no reason given";
}

}  // namespace

Result<TimeStamp> verify_time_stamp(ByteView bytes, std::string_view trusted_pem) {
  if (bytes.size() > kMaxStampBytes) return fail(ErrorCode::bad_input, "is over 1 MiB");
  ERR_clear_error();
  auto token = token_in(bytes);
  ERR_clear_error();
  if (!token) return tl::unexpected(std::move(token).error());
  const InfoPtr info(PKCS7_to_TS_TST_INFO(token->get()));
  ERR_clear_error();
  const auto stamped = info ? stamped_in(info.get()) : std::nullopt;
  const auto time = info ? time_in(info.get()) : std::nullopt;
  if (!stamped || !time) return fail(ErrorCode::bad_input, "is no time stamp over a SHA-256");
  SCR_TRY(store, store_of(trusted_pem, *time));
  const ContextPtr context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // freed with the context
  if (TS_RESP_verify_token(context.get(), token->get()) != 1) {
    return fail(ErrorCode::untrusted, "the time stamp does not hold: " + reason());
  }
  return TimeStamp{*stamped, *time, signer_of(token->get())};
}

}  // namespace scr::stamps
