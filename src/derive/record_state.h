// SPDX-License-Identifier: Apache-2.0
//
// What the log says, entry by entry, gathered into one value: the first half of every result.
//
//   SCR_TRY(state, fold_entries(files, entries));   // the definition's files, by name
//
// It is a fold: the state after n+1 entries is that after n and the next entry; only where a key
// was declared bad (keys.h), what it signed is left out from the beginning. View, report and
// verifier run this same code, so they cannot disagree. An entry that is malformed, of an unknown
// type, or refers to what is not there is kept in a list and counts for nothing.
//
// The second half, what follows for given premises, is conclusions.h.
//
// Pure. One thread at a time.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "checks/finding.h"
#include "derive/keys.h"
#include "derive/redactions.h"
#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"
#include "entry/claim_made.h"
#include "entry/entry.h"
#include "entry/index.h"
#include "likeness/fingerprint.h"
#include "review/transcript.h"

namespace scr::derive {

// The source that readings of pictures by this program count as. No import may take its name.
inline constexpr const char* kSheetsSource = "sheets";

// Files that stand beside the log, by name: "election.toml", the roster, the mapping.
using FilesByName = std::map<std::string, std::string>;

struct Import {
  entry::EntryIndex index;
  entry::ReturnsImported imported;
  review::SourceOrdinal source;
  // How many entries of each kind stood behind it: as many as it announces, or verification fails.
  std::uint64_t names_seen = 0;
  std::uint64_t rows_seen = 0;
  std::uint64_t refused_seen = 0;
};

struct Evidence {
  entry::EntryIndex index;
  entry::EvidenceReceived received;
  // How often the same bytes came: as a file of its own, and as part of a container.
  std::uint64_t as_file = 1;
  std::uint64_t as_part = 0;
};

// A file that holds others, as far as it was gone through.
struct Container {
  entry::EntryIndex evidence;
  Digest sha256;
  std::uint64_t parts = 0;                // parts 1 .. parts were taken or refused
  std::vector<entry::EntryIndex> nested;  // containers in it, in the order of their parts
  bool in_another = false;                // it came as a part itself
  std::optional<std::string> ending;      // none: it was not gone through to its end yet
};

// A picture, and what a machine read off it.
struct PictureRead {
  entry::EntryIndex index;  // of `said`
  Digest sha256;            // of the picture
  std::variant<entry::SheetRead, entry::PictureUnread> said;
  election::StationId station;  // empty: unread
  bool zero_report = false;     // every figure is 0: printed before voting starts

  const entry::SheetRead* read() const { return std::get_if<entry::SheetRead>(&said); }
  const entry::PictureUnread* unread() const { return std::get_if<entry::PictureUnread>(&said); }
  // Nothing: no picture could be made of the file.
  std::optional<likeness::Fingerprint> fingerprint() const;
};

struct WithheldPicture {
  entry::EntryIndex index;
  Digest sha256;  // of the picture
  entry::WithheldFor reason = entry::WithheldFor::court_order;
};

struct ClaimOnRecord {
  entry::EntryIndex index;
  entry::ClaimMade made;
  Digest evidence;
};

// A list of statistical tests, registered.
struct PlanOnRecord {
  entry::EntryIndex index;
  entry::ForensicsPlan plan;
  std::uint64_t transcripts_before = 0;  // returns on record by then, of all sources together
};

struct StatedResult {
  entry::EntryIndex index;
  entry::ResultStated stated;
};

// The seed of a sample, as the log has it.
struct SeedOnRecord {
  entry::EntryIndex index;
  std::string seed;
};

// An audit, as far as the log has it. What follows from it: audit/course.h.
struct AuditOnRecord {
  entry::EntryIndex index;  // of `planned`; the reported figures are those of the log up to it
  entry::AuditPlanned planned;
  std::optional<SeedOnRecord> seed;
  std::vector<std::int64_t> rounds;  // draws after each, ascending
  std::vector<entry::AuditFound> found;
};

struct QuickCountOnRecord {
  entry::EntryIndex index;
  entry::QuickCountPlanned planned;
  std::optional<SeedOnRecord> seed;
};

// An entry that counts for nothing.
struct Disregarded {
  entry::EntryIndex index;
  bool unknown_type = false;  // from a later program; otherwise it is malformed
  std::string why;
};

struct RecordState {
  explicit RecordState(election::Definition read)
      : definition(std::move(read)), geography(definition) {}

  std::uint64_t size = 0;  // entries taken
  entry::Genesis genesis;
  election::Definition definition;
  election::Geography geography;
  std::optional<election::Roster> roster;
  std::vector<election::SourceId> sources;  // by SourceOrdinal
  std::vector<Evidence> evidence;           // ascending by index
  std::vector<Import> imports;
  std::vector<review::Transcript> transcripts;
  std::vector<PictureRead> pictures;
  std::vector<Container> containers;        // ascending by evidence
  std::vector<CommittedPicture> committed;  // ascending by index
  std::map<entry::EntryIndex, std::size_t> committed_by_evidence;
  std::vector<Person> people;
  std::vector<WithheldPicture> withheld_pictures;
  std::vector<ClaimOnRecord> claims;
  std::vector<StatedResult> results;
  std::vector<AuditOnRecord> audits;
  std::vector<QuickCountOnRecord> quick_counts;
  std::vector<PlanOnRecord> plans;
  std::vector<checks::Finding> findings;  // of single entries: refused rows, places that differ
  std::vector<Disregarded> disregarded;
  // Empty: the log has had one key since it began, and no entry says which. Else all of them, the
  // first first.
  std::vector<LogKey> log_keys;
  std::vector<Voided> voided;  // ascending by `by`
  std::optional<entry::EntryIndex> sealed;

  const Evidence* evidence_at(entry::EntryIndex index) const;  // null if there is none
  const Container* container_at(entry::EntryIndex evidence) const;
  // Why the picture is not handed out, if an entry says so; null if none does.
  const WithheldPicture* withheld(const Digest& picture) const;
  CommittedPicture* committed_at(entry::EntryIndex index);  // null if there is none
  const CommittedPicture* committed_of(entry::EntryIndex received) const;
};

// By its name in the record; null if there is none.
const AuditOnRecord* find_audit(const RecordState& state, std::string_view name);
const QuickCountOnRecord* find_quick_count(const RecordState& state, std::string_view name);

class Fold {
 public:
  // `voided`: what a fold over the same entries found to count for nothing (RecordState::voided).
  explicit Fold(FilesByName files, std::vector<Voided> voided = {})
      : files_(std::move(files)), voided_(std::move(voided)) {}

  // Takes the next entry. Fails only if nothing can follow: the first is not a genesis whose files
  // are all at hand with the hashes that it names (untrusted), or the definition does not parse.
  Result<void> take(std::string_view bytes);

  // Fails with bad_input if not even a genesis was taken.
  Result<RecordState> finish() &&;

 private:
  Result<void> begin(std::string_view bytes);
  void take_fact(entry::EntryIndex index, const entry::Entry& fact);
  void disregard(entry::EntryIndex index, std::string why, bool unknown_type = false);

  void take(entry::EntryIndex index, const entry::EvidenceReceived& evidence);
  void take(entry::EntryIndex index, const entry::ReturnsImported& imported);
  void take(entry::EntryIndex index, const entry::UnitNamed& named);
  void take(entry::EntryIndex index, const entry::ReturnTranscribed& transcribed);
  void take(entry::EntryIndex index, const entry::RowRefused& refused);
  void take(entry::EntryIndex index, const entry::SheetRead& read);
  void take(entry::EntryIndex index, const entry::PictureUnread& unread);
  void take(entry::EntryIndex index, const entry::PartTaken& taken);
  void take(entry::EntryIndex index, const entry::PartRefused& refused);
  void take(entry::EntryIndex index, const entry::ContainerClosed& closed);
  void take(entry::EntryIndex index, const entry::EvidenceRepeated& repeated);
  void take(entry::EntryIndex index, const entry::PictureCommitted& committed);
  void take(entry::EntryIndex index, const entry::PersonNamed& named);
  void take(entry::EntryIndex index, const entry::PersonWithdrawn& withdrawn);
  void take(entry::EntryIndex index, const entry::RedactionApproved& approved);
  void take(entry::EntryIndex index, const entry::KeyRotated& rotated);
  void take(entry::EntryIndex index, const entry::KeyRevoked& revoked);
  void take(entry::EntryIndex index, const entry::LogSealed& sealed);
  void take(entry::EntryIndex index, const entry::PictureWithheld& withheld);
  void take(entry::EntryIndex index, const entry::ClaimMade& made);
  void take(entry::EntryIndex index, const entry::ForensicsPlan& plan);
  void take(entry::EntryIndex index, const entry::ResultStated& stated);
  void take(entry::EntryIndex index, const entry::AuditPlanned& planned);
  void take(entry::EntryIndex index, const entry::SeedDrawn& drawn);
  void take(entry::EntryIndex index, const entry::AuditDrawn& drawn);
  void take(entry::EntryIndex index, const entry::AuditFound& found);
  void take(entry::EntryIndex index, const entry::QuickCountPlanned& planned);
  // The container whose next part `part` is; null, and the entry disregarded, if there is none.
  Container* container_of(entry::EntryIndex index, entry::EntryIndex container, std::uint64_t part);
  Import* import_of(entry::EntryIndex index, entry::EntryIndex import);

  void revoke_log_key(entry::EntryIndex index, const entry::KeyRevoked& revoked,
                      const note::Vkey& key);
  void revoke_person(entry::EntryIndex index, const entry::KeyRevoked& revoked,
                     const note::Vkey& key);
  bool is_void(entry::EntryIndex index, std::string_view person) const;

  FilesByName files_;
  std::vector<Voided> voided_;
  canon::Document scratch_;
  std::optional<RecordState> state_;
  std::vector<entry::UnitNamed> pending_names_;  // their units come with the rows behind them
};

// The state after all of `entries`. Folds once, and once more if guardians declared a key bad: then
// what it signed counts for nothing, and only the end of the log says so. Fails as Fold does.
Result<RecordState> fold_entries(const FilesByName& files,
                                 std::span<const std::string_view> entries);

}  // namespace scr::derive
