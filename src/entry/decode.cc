// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "entry/entry.h"
#include "entry/internal/fields.h"

namespace scr::entry {
namespace {

constexpr std::array<std::pair<const char*, EvidenceKind>, 6> kEvidenceKinds{{
    {"returns", EvidenceKind::returns},
    {"mapping", EvidenceKind::mapping},
    {"claim", EvidenceKind::claim},
    {"picture", EvidenceKind::picture},
    {"container", EvidenceKind::container},
    {"definition", EvidenceKind::definition},
}};

constexpr std::array<std::string_view, 3> kWithheldFor{"court-order", "personal-safety",
                                                       "unlawful-content"};

constexpr std::array<const char*, 3> kTakenHow{"member", "embedded", "rendered"};

ClaimedTime time_of(Fields& fields) {
  return ClaimedTime(fields.number("at"));
}
EntryIndex index_of(Fields& fields, std::string_view key) {
  return EntryIndex(fields.number(key));
}

std::vector<DefinitionFile> definition_files(Fields& fields) {
  std::vector<DefinitionFile> files;
  const auto items = fields.list("files");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const canon::Node pair = (*items)[i];
    const bool two_texts = pair.kind() == canon::Kind::array && pair.size() == 2 &&
                           pair[0].kind() == canon::Kind::text &&
                           pair[1].kind() == canon::Kind::text;
    const auto digest = two_texts ? Digest::from_hex_text(pair[1].text()) : std::nullopt;
    if (!digest) {
      fields.wrong("files", "not a list of [name, SHA-256]");
      return files;
    }
    files.push_back({std::string(pair[0].text()), *digest});
  }
  return files;
}

// [[name, printed, coded, x, y]...]
std::vector<PrintDiffers> contradictions_of(Fields& fields) {
  std::vector<PrintDiffers> all;
  const auto items = fields.list("contradictions");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const canon::Node one = (*items)[i];
    bool sound =
        one.kind() == canon::Kind::array && one.size() == 5 && one[0].kind() == canon::Kind::text;
    for (std::size_t k = 1; sound && k < 5; ++k)
      sound = one[k].kind() == canon::Kind::integer && one[k].integer() >= 0;
    if (!sound) {
      fields.wrong("contradictions", "not a list of [name, printed, coded, x, y]");
      return all;
    }
    const auto at = [&](std::size_t k) { return static_cast<std::uint64_t>(one[k].integer()); };
    all.push_back({std::string(one[0].text()), at(1), at(2), at(3), at(4)});
  }
  return all;
}

bool is_count(canon::Node node) {
  return node.kind() == canon::Kind::integer && node.integer() >= 0;
}

// [name, x, y, value, millionths, value, millionths ...]
std::optional<PrintedRow> printed_row(canon::Node node) {
  if (node.kind() != canon::Kind::array || node.size() < 5 || node.size() % 2 == 0)
    return std::nullopt;
  if (node[0].kind() != canon::Kind::text) return std::nullopt;
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 1; i < node.size(); ++i) {
    if (!is_count(node[i])) return std::nullopt;
    numbers.push_back(static_cast<std::uint64_t>(node[i].integer()));
  }
  PrintedRow row{std::string(node[0].text()), numbers[0], numbers[1], {}};
  for (std::size_t i = 2; i < numbers.size(); i += 2) {
    if (numbers[i + 1] > 1'000'000) return std::nullopt;
    row.likeliest.push_back({numbers[i], numbers[i + 1]});
  }
  return row;
}

std::vector<PrintedRow> printed_of(Fields& fields) {
  std::vector<PrintedRow> rows;
  const auto items = fields.list("printed");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    auto row = printed_row((*items)[i]);
    if (!row) {
      fields.wrong("printed", "not a list of [name, x, y, value, millionths ...]");
      return rows;
    }
    rows.push_back(std::move(*row));
  }
  return rows;
}

likeness::Fingerprint fingerprint_of(Fields& fields) {
  const auto print = likeness::Fingerprint::from_hex_text(fields.text("fingerprint"));
  if (!print) fields.wrong("fingerprint", "not 64 lower-case hex digits");
  return print.value_or(likeness::Fingerprint());
}

// [definition, returns] or [definition, mapping, returns]
std::optional<PastReturns> past_of(canon::Node node) {
  if (node.kind() != canon::Kind::array || node.size() < 2 || node.size() > 3) return std::nullopt;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (!is_count(node[i])) return std::nullopt;
  }
  const auto at = [&](std::size_t i) {
    return EntryIndex(static_cast<std::uint64_t>(node[i].integer()));
  };
  if (node.size() == 2) return PastReturns{at(0), std::nullopt, at(1)};
  return PastReturns{at(0), at(1), at(2)};
}

std::vector<PastReturns> past_list(Fields& fields) {
  std::vector<PastReturns> all;
  const auto items = fields.list("past");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const auto past = past_of((*items)[i]);
    if (!past) {
      fields.wrong("past", "not a list of [definition, mapping if any, returns]");
      return all;
    }
    all.push_back(*past);
  }
  return all;
}

std::vector<std::string> names_of_tests(Fields& fields) {
  std::vector<std::string> names;
  const auto items = fields.list("tests");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const canon::Node item = (*items)[i];
    const bool sound = item.kind() == canon::Kind::text && !item.text().empty();
    if (!sound || std::find(names.begin(), names.end(), item.text()) != names.end()) {
      fields.wrong("tests", "not a list of different names");
      return names;
    }
    names.emplace_back(item.text());
  }
  if (names.empty()) fields.wrong("tests", "names none");
  return names;
}

// The fact, if its encoding is `bytes` again: then nothing stood there that it does not say.
template <class Fact>
Result<Entry> exactly(Result<Fact> fact, std::string_view bytes) {
  if (!fact) return tl::unexpected(std::move(fact).error());
  if (encode(*fact) != bytes) {
    return fail(ErrorCode::bad_input, std::string("not the exact form of ") + Fact::kType +
                                          " (a field too many, or another spelling)");
  }
  return Entry(std::move(*fact));
}

}  // namespace

const char* name_of(EvidenceKind kind) {
  return kEvidenceKinds[static_cast<std::size_t>(kind)].first;
}

const char* name_of(TakenHow how) {
  return kTakenHow[static_cast<std::size_t>(how)];
}

const char* name_of(WithheldFor reason) {
  return kWithheldFor[static_cast<std::size_t>(reason)].data();
}

Result<Genesis> decode_genesis(canon::Node root) {
  Fields fields(root);
  Genesis genesis{.at = time_of(fields),
                  .election = fields.text("election"),
                  .files = definition_files(fields),
                  .origin = fields.text("origin"),
                  .program = fields.text("program")};
  SCR_TRY_VOID(fields.done());
  return genesis;
}

Result<EvidenceReceived> decode_evidence_received(canon::Node root) {
  Fields fields(root);
  EvidenceReceived evidence;
  evidence.at = time_of(fields);
  evidence.sha256 = fields.digest("sha256");
  evidence.size = fields.number("size");
  const std::string kind = fields.text("kind");
  bool known = false;
  for (const auto& [name, value] : kEvidenceKinds) {
    if (kind != name) continue;
    evidence.kind = value;
    known = true;
  }
  if (!known) fields.wrong("kind", "not a kind of evidence");
  SCR_TRY_VOID(fields.done());
  return evidence;
}

Result<ReturnsImported> decode_returns_imported(canon::Node root) {
  Fields fields(root);
  ReturnsImported imported;
  imported.at = time_of(fields);
  imported.evidence = index_of(fields, "evidence");
  if (fields.has("mapping")) imported.mapping = index_of(fields, "mapping");
  imported.source = fields.id<election::SourceId>("source");
  imported.names = fields.number("names");
  imported.rows = fields.number("rows");
  imported.refused = fields.number("refused");
  SCR_TRY_VOID(fields.done());
  return imported;
}

Result<UnitNamed> decode_unit_named(canon::Node root) {
  Fields fields(root);
  UnitNamed named{.import = index_of(fields, "import"),
                  .level = fields.id<election::LevelId>("level"),
                  .name = fields.text("name"),
                  .unit = fields.id<election::UnitId>("unit")};
  SCR_TRY_VOID(fields.done());
  return named;
}

Result<ReturnTranscribed> decode_return_transcribed(canon::Node root) {
  Fields fields(root);
  ReturnTranscribed transcribed{.import = index_of(fields, "import"),
                                .invalid = fields.votes("invalid"),
                                .null = fields.votes("null"),
                                .place = fields.ids<election::UnitId>("place"),
                                .registered = fields.votes_if_any("registered"),
                                .row = fields.number("row"),
                                .station = fields.id<election::StationId>("station"),
                                .valid = fields.votes("valid"),
                                .votes = fields.votes_list("votes")};
  SCR_TRY_VOID(fields.done());
  return transcribed;
}

Result<RowRefused> decode_row_refused(canon::Node root) {
  Fields fields(root);
  RowRefused refused{.code = fields.text("code"),
                     .column = fields.text("column"),
                     .import = index_of(fields, "import"),
                     .row = fields.number("row")};
  SCR_TRY_VOID(fields.done());
  return refused;
}

Result<ClaimMade> decode_claim_made(canon::Node root) {
  Fields fields(root);
  ClaimMade made{.at = time_of(fields),
                 .claim = fields.id<election::ClaimId>("claim"),
                 .evidence = index_of(fields, "evidence")};
  SCR_TRY_VOID(fields.done());
  return made;
}

Result<SheetRead> decode_sheet_read(canon::Node root) {
  Fields fields(root);
  SheetRead read{.agree = fields.number("agree"),
                 .at = time_of(fields),
                 .compared = fields.number("compared"),
                 .contradictions = contradictions_of(fields),
                 .corners = {},
                 .erasures = fields.number("erasures"),
                 .errors = fields.number("errors"),
                 .evidence = index_of(fields, "evidence"),
                 .fingerprint = fingerprint_of(fields),
                 .margin = fields.number("margin"),
                 .method = fields.text("method"),
                 .payload = fields.text("payload"),
                 .stage = fields.text("stage")};
  if (const auto corners = fields.list("corners")) {
    for (const canon::Node value : *corners) {
      if (!is_count(value)) {
        fields.wrong("corners", "not a list of whole numbers");
        break;
      }
      read.corners.push_back(static_cast<std::uint64_t>(value.integer()));
    }
    if (corners->size() != 8) fields.wrong("corners", "not four points");
  }
  SCR_TRY_VOID(fields.done());
  return read;
}

Result<PictureUnread> decode_picture_unread(canon::Node root) {
  Fields fields(root);
  PictureUnread unread{.at = time_of(fields),
                       .evidence = index_of(fields, "evidence"),
                       .fingerprint = std::nullopt,
                       .printed = printed_of(fields),
                       .reason = fields.text("reason")};
  if (fields.has("fingerprint")) unread.fingerprint = fingerprint_of(fields);
  SCR_TRY_VOID(fields.done());
  return unread;
}

Result<PartTaken> decode_part_taken(canon::Node root) {
  Fields fields(root);
  PartTaken taken{.at = time_of(fields),
                  .container = index_of(fields, "container"),
                  .evidence = index_of(fields, "evidence"),
                  .part = fields.number("part")};
  const std::string how = fields.text("how");
  const auto known = std::find(kTakenHow.begin(), kTakenHow.end(), how);
  if (known == kTakenHow.end()) {
    fields.wrong("how", "not a way in which a part is taken");
  } else {
    taken.how = static_cast<TakenHow>(known - kTakenHow.begin());
  }
  SCR_TRY_VOID(fields.done());
  return taken;
}

Result<PartRefused> decode_part_refused(canon::Node root) {
  Fields fields(root);
  PartRefused refused{.at = time_of(fields),
                      .container = index_of(fields, "container"),
                      .part = fields.number("part"),
                      .reason = fields.text("reason")};
  SCR_TRY_VOID(fields.done());
  return refused;
}

Result<ContainerClosed> decode_container_closed(canon::Node root) {
  Fields fields(root);
  ContainerClosed closed{.at = time_of(fields),
                         .container = index_of(fields, "container"),
                         .ending = fields.text("ending"),
                         .parts = fields.number("parts")};
  SCR_TRY_VOID(fields.done());
  return closed;
}

Result<EvidenceRepeated> decode_evidence_repeated(canon::Node root) {
  Fields fields(root);
  EvidenceRepeated repeated{.at = time_of(fields), .evidence = index_of(fields, "evidence")};
  SCR_TRY_VOID(fields.done());
  return repeated;
}

Result<ResultStated> decode_result_stated(canon::Node root) {
  Fields fields(root);
  ResultStated stated{.at = time_of(fields),
                      .schema = fields.text("schema"),
                      .sha256 = fields.digest("sha256"),
                      .size = fields.number("size")};
  SCR_TRY_VOID(fields.done());
  return stated;
}

namespace {

std::vector<AuditedWith> audited_with(Fields& fields) {
  std::vector<AuditedWith> with;
  const auto items = fields.list("with");
  if (items && items->size() == 0) fields.wrong("with", "an empty list is left out");
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    if ((*items)[i].kind() != canon::Kind::object) {
      fields.wrong("with", "not a list of objects");
      break;
    }
    Fields other((*items)[i]);
    with.push_back({.origin = other.text("origin"),
                    .root = other.digest("root"),
                    .size = other.number("size"),
                    .winners = other.number("winners")});
    if (!other.done()) fields.wrong("with", "origin, root, size or winners is missing or wrong");
  }
  return with;
}

}  // namespace

Result<AuditPlanned> decode_audit_planned(canon::Node root) {
  Fields fields(root);
  AuditPlanned planned{.at = time_of(fields),
                       .audit = fields.text("audit"),
                       .kind = fields.text("kind"),
                       .majority = std::nullopt,
                       .method = fields.text("method"),
                       .risk = fields.text("risk"),
                       .sampler = fields.text("sampler"),
                       .source = std::nullopt,
                       .strata = std::nullopt,
                       .winners = fields.number("winners"),
                       .with = {}};
  if (fields.has("strata")) planned.strata = fields.id<election::LevelId>("strata");
  if (fields.has("with")) planned.with = audited_with(fields);
  if (fields.has("majority")) planned.majority = fields.text("majority");
  if (fields.has("source")) planned.source = fields.id<election::SourceId>("source");
  SCR_TRY_VOID(fields.done());
  return planned;
}

Result<SeedDrawn> decode_seed_drawn(canon::Node root) {
  Fields fields(root);
  SeedDrawn drawn{
      .at = time_of(fields), .plan = index_of(fields, "plan"), .seed = fields.text("seed")};
  SCR_TRY_VOID(fields.done());
  return drawn;
}

Result<AuditDrawn> decode_audit_drawn(canon::Node root) {
  Fields fields(root);
  AuditDrawn drawn{
      .at = time_of(fields), .draws = fields.number("draws"), .plan = index_of(fields, "plan")};
  SCR_TRY_VOID(fields.done());
  return drawn;
}

Result<AuditFound> decode_audit_found(canon::Node root) {
  Fields fields(root);
  AuditFound found{.at = time_of(fields),
                   .by = fields.text("by"),
                   .invalid = fields.votes("invalid"),
                   .null = fields.votes("null"),
                   .of = 0,
                   .plan = index_of(fields, "plan"),
                   .unit = fields.text("unit"),
                   .valid = fields.votes("valid"),
                   .votes = fields.votes_list("votes")};
  const std::string what = fields.text("what");
  if (fields.has("of")) {
    found.of = fields.number("of");
    if (found.of == 0) fields.wrong("of", "0 is left out");
  }
  found.found = what == kFoundFigures;
  if (!found.found && what != kNotFound) fields.wrong("what", "neither figures nor not-found");
  SCR_TRY_VOID(fields.done());
  return found;
}

Result<QuickCountPlanned> decode_quickcount_planned(canon::Node root) {
  Fields fields(root);
  QuickCountPlanned planned{.at = time_of(fields),
                            .count = fields.text("count"),
                            .level = fields.id<election::LevelId>("level"),
                            .size = fields.number("size")};
  SCR_TRY_VOID(fields.done());
  return planned;
}

Result<ForensicsPlan> decode_forensics_plan(canon::Node root) {
  Fields fields(root);
  ForensicsPlan plan{.at = time_of(fields),
                     .past = past_list(fields),
                     .seed = fields.text("seed"),
                     .tests = names_of_tests(fields)};
  if (plan.seed.empty() || plan.seed.size() > 200) fields.wrong("seed", "not 1 to 200 bytes");
  SCR_TRY_VOID(fields.done());
  return plan;
}

Result<LogSealed> decode_log_sealed(canon::Node root) {
  Fields fields(root);
  LogSealed sealed{.at = time_of(fields), .size = fields.number("size")};
  SCR_TRY_VOID(fields.done());
  return sealed;
}

Result<PictureWithheld> decode_picture_withheld(canon::Node root) {
  Fields fields(root);
  PictureWithheld withheld{.at = time_of(fields), .evidence = index_of(fields, "evidence")};
  const std::string reason = fields.text("reason");
  const auto known = std::find(kWithheldFor.begin(), kWithheldFor.end(), reason);
  if (known == kWithheldFor.end()) fields.wrong("reason", "not a reason to withhold a picture");
  SCR_TRY_VOID(fields.done());
  withheld.reason = static_cast<WithheldFor>(known - kWithheldFor.begin());
  return withheld;
}

Result<Entry> decode(std::string_view bytes, canon::Document& scratch) {
  SCR_TRY_VOID(scratch.parse(bytes, canon::kEntry));
  const canon::Node root = scratch.root();
  if (root.kind() != canon::Kind::object) return fail(ErrorCode::bad_input, "not an object");
  const auto type_node = root.find("t");
  if (!type_node || type_node->kind() != canon::Kind::text) {
    return fail(ErrorCode::bad_input, "t: missing, or not a text");
  }
  const std::string_view type = type_node->text();
  if (type == ReturnTranscribed::kType) return exactly(decode_return_transcribed(root), bytes);
  if (type == UnitNamed::kType) return exactly(decode_unit_named(root), bytes);
  if (type == RowRefused::kType) return exactly(decode_row_refused(root), bytes);
  if (type == ReturnsImported::kType) return exactly(decode_returns_imported(root), bytes);
  if (type == EvidenceReceived::kType) return exactly(decode_evidence_received(root), bytes);
  if (type == SheetRead::kType) return exactly(decode_sheet_read(root), bytes);
  if (type == PictureUnread::kType) return exactly(decode_picture_unread(root), bytes);
  if (type == PartTaken::kType) return exactly(decode_part_taken(root), bytes);
  if (type == PartRefused::kType) return exactly(decode_part_refused(root), bytes);
  if (type == ContainerClosed::kType) return exactly(decode_container_closed(root), bytes);
  if (type == EvidenceRepeated::kType) return exactly(decode_evidence_repeated(root), bytes);
  if (type == ClaimMade::kType) return exactly(decode_claim_made(root), bytes);
  if (type == PictureCommitted::kType) return exactly(decode_picture_committed(root), bytes);
  if (type == RedactionApproved::kType) return exactly(decode_redaction_approved(root), bytes);
  if (type == PersonNamed::kType) return exactly(decode_person_named(root), bytes);
  if (type == PersonWithdrawn::kType) return exactly(decode_person_withdrawn(root), bytes);
  if (type == ResultStated::kType) return exactly(decode_result_stated(root), bytes);
  if (type == AuditPlanned::kType) return exactly(decode_audit_planned(root), bytes);
  if (type == SeedDrawn::kType) return exactly(decode_seed_drawn(root), bytes);
  if (type == AuditDrawn::kType) return exactly(decode_audit_drawn(root), bytes);
  if (type == AuditFound::kType) return exactly(decode_audit_found(root), bytes);
  if (type == QuickCountPlanned::kType) return exactly(decode_quickcount_planned(root), bytes);
  if (type == ForensicsPlan::kType) return exactly(decode_forensics_plan(root), bytes);
  if (type == KeyRotated::kType) return exactly(decode_key_rotated(root), bytes);
  if (type == KeyRevoked::kType) return exactly(decode_key_revoked(root), bytes);
  if (type == LogSealed::kType) return exactly(decode_log_sealed(root), bytes);
  if (type == PictureWithheld::kType) return exactly(decode_picture_withheld(root), bytes);
  if (type == Genesis::kType) return exactly(decode_genesis(root), bytes);
  return Entry(Unknown{std::string(type)});
}

}  // namespace scr::entry
