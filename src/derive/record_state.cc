// SPDX-License-Identifier: Apache-2.0
#include "derive/record_state.h"

#include <algorithm>
#include <utility>

#include "audit/course.h"
#include "election/sheet_payload.h"

namespace scr::derive {
namespace {

using entry::EntryIndex;

Result<const std::string*> file_of(const FilesByName& files, const entry::DefinitionFile& named) {
  const auto found = files.find(named.name);
  if (found == files.end()) {
    return fail(ErrorCode::not_found, "the record names this file, and it is not there",
                named.name);
  }
  if (sha256(bytes_of(found->second)) != named.sha256) {
    return fail(ErrorCode::untrusted,
                "not the file that the log's first entry names: its SHA-256 differs", named.name);
  }
  return &found->second;
}

review::SourceOrdinal ordinal_of(std::vector<election::SourceId>& sources,
                                 const election::SourceId& source) {
  const auto found = std::find(sources.begin(), sources.end(), source);
  const auto position = static_cast<std::uint32_t>(found - sources.begin());
  if (found == sources.end()) sources.push_back(source);
  return review::SourceOrdinal(position);
}

checks::Finding print_differs(EntryIndex index, const entry::SheetRead& read,
                              const election::StationId& station, const Evidence& file) {
  checks::Finding finding;
  finding.code = checks::Code::print_differs;
  finding.severity = checks::Severity::error;
  finding.source = election::SourceId(kSheetsSource);
  finding.station = station;
  finding.entries = {index.value()};
  std::string rows;
  for (const entry::PrintDiffers& one : read.contradictions) {
    rows += (rows.empty() ? "" : "; ") + one.name + ": " + std::to_string(one.printed) +
            " printed, " + std::to_string(one.coded) + " in the code";
  }
  finding.details = {{"agree", std::to_string(read.agree)},
                     {"compared", std::to_string(read.compared)},
                     {"picture", file.received.sha256.hex()},
                     {"rows", rows}};
  return finding;
}

checks::Finding container_cut(EntryIndex index, const Container& container,
                              const std::string& reason) {
  checks::Finding finding;
  finding.code = checks::Code::container_cut;
  finding.severity = checks::Severity::warning;
  finding.source = election::SourceId(kSheetsSource);
  finding.entries = {index.value()};
  finding.details = {{"container", container.sha256.hex()},
                     {"parts", std::to_string(container.parts)},
                     {"reason", reason}};
  return finding;
}

// The same bytes more than once: one finding, however often.
checks::Finding received_again(const Evidence& file) {
  checks::Finding finding;
  finding.code = checks::Code::received_again;
  finding.severity = checks::Severity::info;
  finding.source = election::SourceId(kSheetsSource);
  finding.entries = {file.index.value()};
  finding.details = {{"as_file", std::to_string(file.as_file)},
                     {"as_part", std::to_string(file.as_part)},
                     {"file", file.received.sha256.hex()}};
  return finding;
}

constexpr const char* kCountryLevel = "country";
constexpr std::int64_t kMostDraws = 1'000'000;

// What audits, counts and readers are called: 1 to 64 lower-case letters, digits and '-'.
bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

AuditOnRecord* audit_at(RecordState& state, EntryIndex plan) {
  for (AuditOnRecord& audit : state.audits) {
    if (audit.index == plan) return &audit;
  }
  return nullptr;
}

}  // namespace

const AuditOnRecord* find_audit(const RecordState& state, std::string_view name) {
  for (const AuditOnRecord& audit : state.audits) {
    if (audit.planned.audit == name) return &audit;
  }
  return nullptr;
}

const QuickCountOnRecord* find_quick_count(const RecordState& state, std::string_view name) {
  for (const QuickCountOnRecord& count : state.quick_counts) {
    if (count.planned.count == name) return &count;
  }
  return nullptr;
}

std::optional<likeness::Fingerprint> PictureRead::fingerprint() const {
  if (const entry::SheetRead* sheet = read()) return sheet->fingerprint;
  return unread()->fingerprint;
}

const Evidence* RecordState::evidence_at(EntryIndex index) const {
  const auto found =
      std::lower_bound(evidence.begin(), evidence.end(), index,
                       [](const Evidence& e, EntryIndex wanted) { return e.index < wanted; });
  return found != evidence.end() && found->index == index ? &*found : nullptr;
}

const Container* RecordState::container_at(EntryIndex wanted) const {
  const auto found =
      std::lower_bound(containers.begin(), containers.end(), wanted,
                       [](const Container& one, EntryIndex index) { return one.evidence < index; });
  return found != containers.end() && found->evidence == wanted ? &*found : nullptr;
}

Result<void> Fold::take(std::string_view bytes) {
  if (!state_) return begin(bytes);
  const EntryIndex index(state_->size++);
  if (is_void(index, {})) return {};
  const auto fact = entry::decode(bytes, scratch_);
  if (fact) {
    take_fact(index, *fact);
  } else {
    disregard(index, to_string(fact.error()));
  }
  return {};
}

Result<void> Fold::begin(std::string_view bytes) {
  auto fact = at("entry 0", entry::decode(bytes, scratch_));
  if (!fact) return tl::unexpected(std::move(fact).error());
  auto* genesis = std::get_if<entry::Genesis>(&*fact);
  if (!genesis) return fail(ErrorCode::bad_input, "the first entry is not a genesis", "entry 0");
  if (genesis->files.empty() || genesis->files.front().name != "election.toml") {
    return fail(ErrorCode::bad_input, "names no election.toml", "entry 0");
  }
  SCR_TRY(toml, file_of(files_, genesis->files.front()));
  SCR_TRY(definition, at("election.toml", election::parse_definition(*toml)));
  RecordState state(std::move(definition));
  for (const entry::DefinitionFile& named : genesis->files) {
    SCR_TRY(text, file_of(files_, named));
    const auto& roster = state.definition.roster;
    if (!roster || named.name != roster->file) continue;
    SCR_TRY(parsed,
            at(named.name, election::parse_roster(*text, state.definition, state.geography)));
    state.roster = std::move(parsed);
  }
  if (state.definition.roster && !state.roster) {
    return fail(ErrorCode::untrusted, "the roster is not among the files that the log names",
                state.definition.roster->file);
  }
  state.genesis = std::move(*genesis);
  state.size = 1;
  state_ = std::move(state);
  return {};
}

void Fold::take_fact(EntryIndex index, const entry::Entry& fact) {
  if (state_->sealed && !std::holds_alternative<entry::KeyRevoked>(fact)) {
    return disregard(index, "the log was sealed by entry " +
                                std::to_string(state_->sealed->value()) + ", and ends there");
  }
  if (const auto* unknown = std::get_if<entry::Unknown>(&fact)) {
    disregard(index, "unknown type " + unknown->type, true);
    return;
  }
  if (std::holds_alternative<entry::Genesis>(fact)) {
    disregard(index, "a second genesis");
    return;
  }
  std::visit(
      [&](const auto& known) {
        using Fact = std::decay_t<decltype(known)>;
        if constexpr (!std::is_same_v<Fact, entry::Genesis> &&
                      !std::is_same_v<Fact, entry::Unknown>) {
          take(index, known);
        }
      },
      fact);
}

void Fold::disregard(EntryIndex index, std::string why, bool unknown_type) {
  state_->disregarded.push_back({index, unknown_type, std::move(why)});
  if (unknown_type) return;
  checks::Finding finding;
  finding.code = checks::Code::malformed_entry;
  finding.severity = checks::Severity::error;
  finding.set_aside = true;
  finding.entries = {index.value()};
  finding.details = {{"why", state_->disregarded.back().why}};
  state_->findings.push_back(std::move(finding));
}

void Fold::take(EntryIndex index, const entry::EvidenceReceived& received) {
  state_->evidence.push_back({index, received});
  if (received.kind == entry::EvidenceKind::container)
    state_->containers.push_back({index, received.sha256});
}

Container* Fold::container_of(EntryIndex index, EntryIndex container, std::uint64_t part) {
  auto* found = const_cast<Container*>(state_->container_at(container));
  const char* amiss = !found                     ? "container: no container was received there"
                      : found->ending            ? "container: nothing of it comes after its end"
                      : found->parts + 1 != part ? "part: not the next of its container"
                                                 : nullptr;
  if (!amiss) return found;
  disregard(index, amiss);
  return nullptr;
}

void Fold::take(EntryIndex index, const entry::PartTaken& taken) {
  const bool earlier = taken.evidence < index;
  auto* file = const_cast<Evidence*>(earlier ? state_->evidence_at(taken.evidence) : nullptr);
  if (!file || !is_withheld(file->received.kind) || taken.evidence == taken.container) {
    return disregard(index, "evidence: no picture or container was received there");
  }
  Container* container = container_of(index, taken.container, taken.part);
  if (!container) return;
  ++container->parts;
  // Received as this part, if it stands right before; otherwise received again.
  if (taken.evidence.value() + 1 == index.value()) file->as_file = 0;
  ++file->as_part;
  if (file->received.kind != entry::EvidenceKind::container) return;
  container->nested.push_back(taken.evidence);
  auto* nested = const_cast<Container*>(state_->container_at(taken.evidence));
  if (file->as_file == 0) nested->in_another = true;
}

void Fold::take(EntryIndex index, const entry::PartRefused& refused) {
  Container* container = container_of(index, refused.container, refused.part);
  if (!container) return;
  ++container->parts;
  checks::Finding finding;
  finding.code = checks::Code::part_refused;
  finding.severity = checks::Severity::warning;
  finding.source = election::SourceId(kSheetsSource);
  finding.entries = {index.value()};
  finding.details = {{"container", container->sha256.hex()},
                     {"part", std::to_string(refused.part)},
                     {"reason", refused.reason}};
  state_->findings.push_back(std::move(finding));
}

void Fold::take(EntryIndex index, const entry::ContainerClosed& closed) {
  Container* container = container_of(index, closed.container, closed.parts + 1);
  if (!container) return;
  container->ending = closed.ending;
  if (closed.ending == "whole") return;
  state_->findings.push_back(container_cut(index, *container, closed.ending));
}

void Fold::take(EntryIndex index, const entry::EvidenceRepeated& repeated) {
  const bool earlier = repeated.evidence < index;
  auto* file = const_cast<Evidence*>(earlier ? state_->evidence_at(repeated.evidence) : nullptr);
  if (!file || !is_withheld(file->received.kind)) {
    return disregard(index, "evidence: no picture or container was received there");
  }
  ++file->as_file;
}

void Fold::take(EntryIndex index, const entry::ReturnsImported& imported) {
  const Evidence* file = state_->evidence_at(imported.evidence);
  if (!file || file->received.kind != entry::EvidenceKind::returns) {
    return disregard(index, "evidence: no file of returns was received there");
  }
  if (imported.mapping) {
    const Evidence* mapping = state_->evidence_at(*imported.mapping);
    if (!mapping || mapping->received.kind != entry::EvidenceKind::mapping) {
      return disregard(index, "mapping: no mapping was received there");
    }
  }
  if (imported.source.value().empty()) return disregard(index, "source: empty");
  if (imported.source.value() == kSheetsSource) {
    return disregard(index, "source: that name is for readings of pictures");
  }
  state_->imports.push_back({index, imported, ordinal_of(state_->sources, imported.source)});
}

Import* Fold::import_of(EntryIndex index, EntryIndex import) {
  auto& imports = state_->imports;
  // Entries of an import stand right behind it, so it is the last one or none.
  if (!imports.empty() && imports.back().index == import && import < index) return &imports.back();
  disregard(index, "import: not the import that this entry stands behind");
  return nullptr;
}

void Fold::take(EntryIndex index, const entry::UnitNamed& named) {
  Import* import = import_of(index, named.import);
  if (!import) return;
  ++import->names_seen;
  pending_names_.push_back(named);
}

void Fold::take(EntryIndex index, const entry::ReturnTranscribed& transcribed) {
  Import* import = import_of(index, transcribed.import);
  if (!import) return;
  ++import->rows_seen;
  if (transcribed.votes.size() != state_->definition.options.size()) {
    return disregard(index, "votes: not one count for each option of the election");
  }
  if (transcribed.station.value().empty()) return disregard(index, "station: empty");
  review::Transcript transcript;
  transcript.source = import->source;
  review::StationReturn& figures = transcript.figures;
  figures.station = transcribed.station;
  figures.registered = transcribed.registered;
  figures.valid = transcribed.valid;
  figures.null = transcribed.null;
  figures.invalid = transcribed.invalid;
  figures.votes = transcribed.votes;
  figures.basis = index.value();
  auto unit = state_->geography.add_path(transcribed.place);
  if (unit) {
    figures.unit = *unit;
  } else {
    figures.unit = state_->geography.country();
    checks::Finding finding;
    finding.code = checks::Code::place_conflict;
    finding.severity = checks::Severity::warning;
    finding.station = transcribed.station;
    finding.source = import->imported.source;
    finding.entries = {index.value()};
    finding.details = {{"why", to_string(unit.error())}};
    state_->findings.push_back(std::move(finding));
  }
  state_->transcripts.push_back(std::move(transcript));
}

void Fold::take(EntryIndex index, const entry::RowRefused& refused) {
  Import* import = import_of(index, refused.import);
  if (!import) return;
  ++import->refused_seen;
  checks::Finding finding;
  finding.code = checks::Code::row_refused;
  finding.severity = checks::Severity::warning;
  finding.set_aside = true;
  finding.source = import->imported.source;
  finding.entries = {index.value()};
  finding.details = {
      {"column", refused.column}, {"reason", refused.code}, {"row", std::to_string(refused.row)}};
  state_->findings.push_back(std::move(finding));
}

void Fold::take(EntryIndex index, const entry::SheetRead& read) {
  const Evidence* file = state_->evidence_at(read.evidence);
  if (!file || file->received.kind != entry::EvidenceKind::picture) {
    return disregard(index, "evidence: no picture was received there");
  }
  const auto sheet = election::parse_sheet_payload(read.payload, state_->definition);
  if (!sheet) return disregard(index, "payload: " + to_string(sheet.error()));
  std::optional<election::Votes> valid = election::Votes();
  for (const election::Votes& votes : sheet->lines) {
    if (valid) valid = add(*valid, votes);
  }
  if (sheet->valid) valid = sheet->valid;
  if (!valid) return disregard(index, "payload: more votes than can be counted");
  state_->pictures.push_back(
      {index, file->received.sha256, read, sheet->station, sheet->zero_report});
  if (!read.contradictions.empty()) {
    state_->findings.push_back(print_differs(index, read, sheet->station, *file));
    const bool aside = state_->definition.rules.print_differs == election::Remedy::set_aside;
    state_->findings.back().set_aside = aside;
    // This reading counts for nothing; another picture of the sheet may.
    if (aside) return;
  }
  // A code that only names the station says nothing of its count: people type that.
  if (!sheet->counted) return;
  review::Transcript transcript;
  transcript.source = ordinal_of(state_->sources, election::SourceId(kSheetsSource));
  review::StationReturn& figures = transcript.figures;
  figures.station = sheet->station;
  figures.registered = sheet->registered;
  figures.valid = *valid;
  figures.null = sheet->null;
  figures.invalid = sheet->invalid;
  figures.votes = sheet->options;
  figures.basis = index.value();
  figures.unit = state_->geography.country();
  transcript.picture = review::FromPicture{.sha256 = file->received.sha256,
                                           .fingerprint = read.fingerprint,
                                           .compared = read.compared,
                                           .jointly = read.method.starts_with("joint")};
  state_->transcripts.push_back(std::move(transcript));
}

void Fold::take(EntryIndex index, const entry::PictureUnread& unread) {
  const Evidence* file = state_->evidence_at(unread.evidence);
  if (!file || file->received.kind != entry::EvidenceKind::picture) {
    return disregard(index, "evidence: no picture was received there");
  }
  state_->pictures.push_back({index, file->received.sha256, unread, {}, false});
  checks::Finding finding;
  finding.code = checks::Code::unread_picture;
  finding.severity = checks::Severity::warning;
  finding.source = election::SourceId(kSheetsSource);
  finding.entries = {index.value()};
  finding.details = {{"picture", file->received.sha256.hex()}, {"reason", unread.reason}};
  state_->findings.push_back(std::move(finding));
}

void Fold::take(EntryIndex index, const entry::ClaimMade& made) {
  const Evidence* file = state_->evidence_at(made.evidence);
  if (!file || file->received.kind != entry::EvidenceKind::claim) {
    return disregard(index, "evidence: no claim was received there");
  }
  for (const ClaimOnRecord& claim : state_->claims) {
    if (claim.made.claim == made.claim) return disregard(index, "claim: its id is taken");
  }
  state_->claims.push_back({index, made, file->received.sha256});
}

void Fold::take(EntryIndex index, const entry::ForensicsPlan& plan) {
  const auto is = [&](EntryIndex wanted, entry::EvidenceKind kind) {
    const Evidence* file = state_->evidence_at(wanted);
    return file && file->received.kind == kind;
  };
  for (const entry::PastReturns& past : plan.past) {
    const bool sound = is(past.definition, entry::EvidenceKind::definition) &&
                       is(past.returns, entry::EvidenceKind::returns) &&
                       (!past.mapping || is(*past.mapping, entry::EvidenceKind::mapping));
    if (!sound) return disregard(index, "past: no such files were received there");
  }
  state_->plans.push_back({index, plan, state_->transcripts.size()});
}

void Fold::take(EntryIndex index, const entry::ResultStated& stated) {
  if (stated.size != index.value()) {
    return disregard(index, "size: a result rests on all entries before it");
  }
  state_->results.push_back({index, stated});
}

void Fold::take(EntryIndex index, const entry::AuditPlanned& planned) {
  const auto rules = audit::rules_of(planned);
  if (!rules) return disregard(index, to_string(rules.error()));
  if (rules->strata && !state_->definition.level_position(*rules->strata))
    return disregard(index, "strata: the definition has no such level");
  if (!is_plain_id(planned.audit)) return disregard(index, "audit: not a name");
  if (find_audit(*state_, planned.audit)) return disregard(index, "audit: its name is taken");
  state_->audits.push_back({index, planned, std::nullopt, {}, {}});
}

void Fold::take(EntryIndex index, const entry::QuickCountPlanned& planned) {
  const auto& definition = state_->definition;
  const bool level_known =
      planned.level.value() == kCountryLevel || definition.level_position(planned.level);
  if (!level_known) return disregard(index, "level: the definition has no such level");
  if (planned.size == 0) return disregard(index, "size: no station");
  if (!is_plain_id(planned.count)) return disregard(index, "count: not a name");
  if (find_quick_count(*state_, planned.count)) return disregard(index, "count: its name is taken");
  state_->quick_counts.push_back({index, planned, std::nullopt});
}

void Fold::take(EntryIndex index, const entry::SeedDrawn& drawn) {
  if (!audit::is_seed(drawn.seed)) return disregard(index, "seed: not digits, letters or '-'");
  std::optional<SeedOnRecord>* place = nullptr;
  for (AuditOnRecord& one : state_->audits) {
    if (one.index == drawn.plan) place = &one.seed;
  }
  for (QuickCountOnRecord& one : state_->quick_counts) {
    if (one.index == drawn.plan) place = &one.seed;
  }
  if (!place) return disregard(index, "plan: nothing was planned there");
  if (*place) return disregard(index, "plan: it has its seed");
  *place = SeedOnRecord{index, drawn.seed};
}

void Fold::take(EntryIndex index, const entry::AuditDrawn& drawn) {
  AuditOnRecord* audit = audit_at(*state_, drawn.plan);
  if (!audit || !audit->seed) return disregard(index, "plan: no audit with a seed is there");
  const auto draws = static_cast<std::int64_t>(drawn.draws);
  const std::int64_t before = audit->rounds.empty() ? 0 : audit->rounds.back();
  if (draws <= before || draws > kMostDraws)
    return disregard(index, "draws: not more than there were, or too many");
  audit->rounds.push_back(draws);
}

void Fold::take(EntryIndex index, const entry::AuditFound& found) {
  AuditOnRecord* audit = audit_at(*state_, found.plan);
  if (!audit || audit->rounds.empty()) return disregard(index, "plan: no audit was drawn there");
  if (!is_plain_id(found.by)) return disregard(index, "by: not a label");
  if (found.of > audit->planned.with.size())
    return disregard(index, "of: the plan names no such contest");
  // How many options another contest has stands in its own record.
  const std::size_t options = found.found ? state_->definition.options.size() : 0;
  if (found.of == 0 ? found.votes.size() != options : found.votes.empty() == found.found)
    return disregard(index, "votes: not one count for each option of the election");
  audit->found.push_back(found);
}

Result<RecordState> Fold::finish() && {
  if (!state_) return fail(ErrorCode::bad_input, "the log is empty: not even its first entry");
  for (const entry::UnitNamed& named : pending_names_) {
    state_->geography.name_unit(named.unit, named.name);
  }
  for (const Evidence& file : state_->evidence) {
    if (file.as_file + file.as_part > 1) state_->findings.push_back(received_again(file));
  }
  for (const Container& container : state_->containers) {
    if (!container.ending)
      state_->findings.push_back(container_cut(container.evidence, container, "not-finished"));
  }
  return std::move(*state_);
}

}  // namespace scr::derive
