// SPDX-License-Identifier: Apache-2.0
//
// The bytes of what concerns pictures that are shown in part, both ways.
#include <utility>

#include "base/bytes.h"
#include "canon/writer.h"
#include "entry/internal/fields.h"
#include "entry/person_named.h"
#include "entry/picture_committed.h"
#include "entry/redaction_approved.h"

namespace scr::entry {
namespace {

constexpr std::string_view kNoCells = "none";

std::string written(const RedactionApproved& approved, bool with_signature) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(approved.at.value()));
  out.key("by").text(approved.by);
  out.key("commitment").integer(static_cast<std::int64_t>(approved.commitment.value()));
  out.key("log").text(approved.log);
  out.key("mask").text(approved.mask.text());
  if (with_signature) out.key("sig").text(to_base64(approved.signature));
  out.key("t").text(RedactionApproved::kType);
  out.end_object();
  return out.take();
}

cells::Mask mask_in(Fields& fields) {
  auto mask = cells::Mask::parse(fields.text("mask"));
  if (!mask) fields.wrong("mask", "not a mask");
  return mask ? std::move(*mask) : cells::Mask();
}

std::optional<cells::Commitment> cells_in(Fields& fields) {
  const std::string name = fields.text("kind");
  if (name == kNoCells) return std::nullopt;
  const auto kind = cells::kind_named(name);
  const std::uint64_t leaves = fields.number("leaves");
  const Digest root = fields.digest("root");
  if (!kind) fields.wrong("kind", "not jpeg, pixels or none");
  if (leaves < 2 || leaves > cells::Mask::kMostLeaves)
    fields.wrong("leaves", "not a count of leaves");
  return cells::Commitment{kind.value_or(cells::Kind::jpeg), static_cast<std::uint32_t>(leaves),
                           root};
}

}  // namespace

std::string encode(const PictureCommitted& committed) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(committed.at.value()));
  out.key("evidence").integer(static_cast<std::int64_t>(committed.evidence.value()));
  out.key("file").text(committed.file.hex());
  out.key("kind").text(committed.cells ? cells::name_of(committed.cells->kind) : kNoCells);
  if (committed.cells) {
    out.key("leaves").integer(committed.cells->leaves);
    out.key("root").text(committed.cells->root.hex());
  }
  out.key("t").text(PictureCommitted::kType);
  out.end_object();
  return out.take();
}

std::string encode(const PersonNamed& named) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(named.at.value()));
  out.key("key").text(named.key);
  out.key("t").text(PersonNamed::kType);
  out.end_object();
  return out.take();
}

std::string encode(const PersonWithdrawn& withdrawn) {
  canon::Writer out;
  out.begin_object();
  out.key("at").integer(static_cast<std::int64_t>(withdrawn.at.value()));
  out.key("name").text(withdrawn.name);
  out.key("t").text(PersonWithdrawn::kType);
  out.end_object();
  return out.take();
}

std::string encode(const RedactionApproved& approved) {
  return written(approved, true);
}

std::string signed_bytes(const RedactionApproved& approved) {
  return "scrutineer/entry/v1\n" + written(approved, false);
}

Result<PictureCommitted> decode_picture_committed(canon::Node root) {
  Fields fields(root);
  PictureCommitted committed{.at = ClaimedTime(fields.number("at")),
                             .cells = cells_in(fields),
                             .evidence = EntryIndex(fields.number("evidence")),
                             .file = fields.digest("file")};
  SCR_TRY_VOID(fields.done());
  return committed;
}

Result<PersonNamed> decode_person_named(canon::Node root) {
  Fields fields(root);
  PersonNamed named{.at = ClaimedTime(fields.number("at")), .key = fields.text("key")};
  SCR_TRY_VOID(fields.done());
  return named;
}

Result<PersonWithdrawn> decode_person_withdrawn(canon::Node root) {
  Fields fields(root);
  PersonWithdrawn withdrawn{.at = ClaimedTime(fields.number("at")), .name = fields.text("name")};
  SCR_TRY_VOID(fields.done());
  return withdrawn;
}

Result<RedactionApproved> decode_redaction_approved(canon::Node root) {
  Fields fields(root);
  RedactionApproved approved{.at = ClaimedTime(fields.number("at")),
                             .by = fields.text("by"),
                             .commitment = EntryIndex(fields.number("commitment")),
                             .log = fields.text("log"),
                             .mask = mask_in(fields),
                             .signature = fields.signature("sig")};
  SCR_TRY_VOID(fields.done());
  return approved;
}

}  // namespace scr::entry
