// SPDX-License-Identifier: Apache-2.0
#include "receipt/receipt.h"

#include <algorithm>
#include <utility>

#include "canon/document.h"
#include "merkle/proof.h"
#include "merkle/tree.h"

namespace scr::receipt {
namespace {

constexpr std::array<const char*, 3> kHolders{"anybody", "sender", "court"};
constexpr std::array<const char*, 5> kFlaws{"none", "form", "signature", "path", "file"};
constexpr std::size_t kSecret = 32;

std::size_t secret_size(Holder holder) {
  return holder == Holder::anybody ? 0 : kSecret;
}

void flawed(Opened& opened, Flaw flaw, const Error& error) {
  opened.flaw = flaw;
  opened.why = error.what;
  opened.where = error.where;
}

Result<entry::PictureCommitted> committed_in(const std::string& bytes) {
  canon::Document scratch;
  SCR_TRY(fact, entry::decode(bytes, scratch));
  if (const auto* committed = std::get_if<entry::PictureCommitted>(&fact)) return *committed;
  return fail(ErrorCode::bad_input, "the entry commits to no file", "entry");
}

Result<std::string> type_of(const std::string& bytes) {
  canon::Document scratch;
  SCR_TRY_VOID(at("entry", entry::decode(bytes, scratch)));
  return std::string(scratch.root().find("t")->text());
}

// Who vouches, beside the log: signatures with a time are those of witnesses.
std::size_t cosignatures_in(const note::OpenedCheckpoint& opened) {
  return static_cast<std::size_t>(
      std::count_if(opened.note.signatures().begin(), opened.note.signatures().end(),
                    [](const note::VerifiedSignature& one) { return one.time.has_value(); }));
}

}  // namespace

const char* name_of(Holder holder) {
  return kHolders[static_cast<std::size_t>(holder)];
}

const char* name_of(Flaw flaw) {
  return kFlaws[static_cast<std::size_t>(flaw)];
}

Bytes Receipt::bytes() const {
  Bytes bytes{static_cast<std::byte>(holder)};
  const ByteView kept(secret.data(), secret_size(holder));
  bytes.insert(bytes.end(), kept.begin(), kept.end());
  const ByteView text = bytes_of(entry);
  bytes.insert(bytes.end(), text.begin(), text.end());
  return bytes;
}

Result<Receipt> Receipt::parse(ByteView extra) {
  const auto wrong = [] {
    return fail(ErrorCode::bad_input, "holds no entry with what belongs to it", "extra");
  };
  if (extra.empty() || std::to_integer<std::size_t>(extra[0]) >= kHolders.size()) return wrong();
  Receipt receipt{static_cast<Holder>(extra[0]), {}, {}};
  const std::size_t size = secret_size(receipt.holder);
  if (extra.size() <= 1 + size) return wrong();
  const ByteView secret = extra.subspan(1, size);
  std::copy(secret.begin(), secret.end(), receipt.secret.begin());
  receipt.entry = text_of(extra.subspan(1 + size));
  return receipt;
}

std::string write(const Receipt& receipt, witness::TlogProof proof) {
  proof.extra_unverified = receipt.bytes();
  return proof.text();
}

Opened open(std::string_view text, const note::Policy& policy) {
  Opened opened;
  const auto proof = witness::TlogProof::parse(text);
  if (!proof) {
    flawed(opened, Flaw::form, proof.error());
    return opened;
  }
  opened.index = proof->index;
  auto receipt =
      proof->extra_unverified
          ? Receipt::parse(*proof->extra_unverified)
          : Result<Receipt>(fail(ErrorCode::bad_input,
                                 "is missing: the entry itself does not stand here", "extra"));
  if (!receipt) {
    flawed(opened, Flaw::form, receipt.error());
    return opened;
  }
  opened.receipt = std::move(*receipt);
  const auto checkpoint = at("checkpoint", note::open_checkpoint(proof->note, policy));
  if (!checkpoint) {
    flawed(opened, Flaw::signature, checkpoint.error());
    return opened;
  }
  opened.checkpoint = checkpoint->checkpoint;
  opened.cosignatures = cosignatures_in(*checkpoint);
  const auto included = verify(*proof, merkle::leaf_hash(bytes_of(opened.receipt.entry)), policy);
  if (!included) {
    flawed(opened, Flaw::path, included.error());
    return opened;
  }
  auto type = type_of(opened.receipt.entry);
  if (!type) {
    flawed(opened, Flaw::form, type.error());
    return opened;
  }
  opened.type = std::move(*type);
  return opened;
}

void check_file(Opened& opened, const Digest& file) {
  const auto committed = committed_in(opened.receipt.entry);
  if (!committed) return flawed(opened, Flaw::file, committed.error());
  if (opened.receipt.holder == Holder::anybody) {
    return flawed(opened, Flaw::file,
                  {ErrorCode::bad_input, "has no salt: this is no receipt of whoever sent it", {}});
  }
  const cells::Salt salt = opened.receipt.holder == Holder::court
                               ? file_salt(cells::PictureSecret{opened.receipt.secret})
                               : cells::Salt{opened.receipt.secret};
  if (file_commitment(salt, file) != committed->file) {
    return flawed(opened, Flaw::file,
                  {ErrorCode::untrusted, "this is not the file that was received", {}});
  }
}

std::optional<cells::Commitment> cells_of(const Opened& opened) {
  const auto committed = committed_in(opened.receipt.entry);
  return committed ? committed->cells : std::nullopt;
}

}  // namespace scr::receipt
