// SPDX-License-Identifier: Apache-2.0
//
// The bytes of what concerns keys, both ways. `t` is the last field of both: whoever looks for them
// in a log need look at no more than the ends of its entries (derive/keys.h).
#include <utility>

#include "base/bytes.h"
#include "canon/writer.h"
#include "entry/internal/fields.h"
#include "entry/key_revoked.h"
#include "entry/key_rotated.h"

namespace scr::entry {
namespace {

constexpr std::string_view kSignedHead = "scrutineer/entry/v1\n";

std::string written_key(const KeyRotated& rotated, bool with_signatures) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(rotated.at.value()));
  out.key("log").text(rotated.log);
  out.key("next").text(rotated.next);
  if (with_signatures) out.key("next_sig").text(to_base64(rotated.next_signature));
  out.key("old").text(rotated.old);
  if (with_signatures) out.key("sig").text(to_base64(rotated.signature));
  out.key("t").text(KeyRotated::kType);
  out.end_object();
  return out.take();
}

std::string written_key(const KeyRevoked& revoked, bool with_signatures) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(revoked.at.value()));
  out.key("from").integer(static_cast<std::int64_t>(revoked.from.value()));
  out.key("key").text(revoked.key);
  out.key("log").text(revoked.log);
  if (revoked.next) out.key("next").text(revoked.next->key);
  if (revoked.next && with_signatures) out.key("next_sig").text(to_base64(revoked.next->signature));
  if (with_signatures) {
    out.key("sigs").begin_array();
    for (const GuardianSignature& one : revoked.signatures) {
      out.begin_array();
      out.text(one.name);
      out.text(to_base64(one.signature));
      out.end_array();
    }
    out.end_array();
  }
  out.key("t").text(KeyRevoked::kType);
  out.end_object();
  return out.take();
}

// [[name, signature]...]
std::vector<GuardianSignature> guardian_signatures(Fields& fields) {
  std::vector<GuardianSignature> all;
  const auto items = fields.list("sigs");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const canon::Node pair = (*items)[i];
    const bool two_texts = pair.kind() == canon::Kind::array && pair.size() == 2 &&
                           pair[0].kind() == canon::Kind::text &&
                           pair[1].kind() == canon::Kind::text;
    const auto signature = two_texts ? signature_from(pair[1].text()) : std::nullopt;
    if (!signature || (!all.empty() && all.back().name >= pair[0].text())) {
      fields.wrong("sigs", "not a list of [name, signature], ascending by name");
      return all;
    }
    all.push_back({std::string(pair[0].text()), *signature});
  }
  return all;
}

}  // namespace

std::string encode(const KeyRotated& rotated) {
  return written_key(rotated, true);
}

std::string encode(const KeyRevoked& revoked) {
  return written_key(revoked, true);
}

std::string signed_bytes(const KeyRotated& rotated) {
  return std::string(kSignedHead) + written_key(rotated, false);
}

std::string signed_bytes(const KeyRevoked& revoked) {
  return std::string(kSignedHead) + written_key(revoked, false);
}

Result<KeyRotated> decode_key_rotated(canon::Node root) {
  Fields fields(root);
  KeyRotated rotated{.at = ClaimedTime(fields.number("at")),
                     .log = fields.text("log"),
                     .next = fields.text("next"),
                     .next_signature = fields.signature("next_sig"),
                     .old = fields.text("old"),
                     .signature = fields.signature("sig")};
  SCR_TRY_VOID(fields.done());
  return rotated;
}

Result<KeyRevoked> decode_key_revoked(canon::Node root) {
  Fields fields(root);
  KeyRevoked revoked{.at = ClaimedTime(fields.number("at")),
                     .from = EntryIndex(fields.number("from")),
                     .key = fields.text("key"),
                     .log = fields.text("log"),
                     .next = std::nullopt,
                     .signatures = guardian_signatures(fields)};
  if (fields.has("next")) revoked.next = NextKey{fields.text("next"), fields.signature("next_sig")};
  SCR_TRY_VOID(fields.done());
  return revoked;
}

}  // namespace scr::entry
