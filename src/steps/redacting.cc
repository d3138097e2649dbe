// SPDX-License-Identifier: Apache-2.0
#include "steps/redacting.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "derive/dossier.h"
#include "entry/entry.h"
#include "os/files.h"
#include "privacy/decide.h"
#include "record/evidence.h"
#include "steps/open_log.h"
#include "steps/redacted_files.h"
#include "steps/vault.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

std::optional<election::Definition> definition_of(const fs::path& record) {
  const auto toml = os::read_text(record / "election.toml");
  if (!toml) return std::nullopt;
  auto definition = election::parse_definition(*toml);
  if (!definition) return std::nullopt;
  return std::move(*definition);
}

const char* extension_of(cells::Kind kind) {
  return kind == cells::Kind::jpeg ? "jpg" : "png";
}

entry::EntryIndex evidence_of(const derive::PictureRead& picture) {
  return picture.read() ? picture.read()->evidence : picture.unread()->evidence;
}

const derive::PictureRead* reading_of(const derive::RecordState& state,
                                      const derive::CommittedPicture& picture) {
  for (const derive::PictureRead& one : state.pictures) {
    if (one.sha256 == picture.sha256) return &one;
  }
  return nullptr;
}

// The code where the log says that it was read: this place needs no process to be believed.
std::optional<privacy::Part> code_in_log(const derive::PictureRead* reading) {
  if (reading == nullptr || !reading->read() || reading->read()->corners.size() != 8)
    return std::nullopt;
  privacy::Part code{"code", {}};
  for (std::size_t i = 0; i < 4; ++i)
    code.where[i] = {static_cast<double>(reading->read()->corners[2 * i]),
                     static_cast<double>(reading->read()->corners[2 * i + 1])};
  return code;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Result<void> must_be_of(const derive::CommittedPicture& picture, const privacy::MaskFile& file) {
  if (file.picture == picture.sha256) return {};
  return fail(ErrorCode::conflict,
              "the mask is of another picture: it begins " + file.picture.hex().substr(0, 16) +
                  ", the picture " + picture.sha256.hex().substr(0, 16),
              "picture");
}

// Which of the people may approve this, by the key.
Result<std::size_t> who_may_approve(const derive::RecordState& state,
                                    const derive::CommittedPicture& picture,
                                    const note::Vkey& key) {
  if (picture.withheld) {
    return fail(ErrorCode::conflict, "the picture is withheld by an entry of the log",
                picture.sha256.hex());
  }
  for (std::size_t i = 0; i < state.people.size(); ++i) {
    if (state.people[i].key == key && !state.people[i].withdrawn) return i;
  }
  return fail(ErrorCode::not_found,
              "nobody with this key was named in the log, or it was withdrawn: scrutineer redact "
              "person",
              key.name().value());
}

// Now, but later than what the person approved of this picture before: clocks go wrong, and two
// approvals fall within a second.
entry::ClaimedTime time_to_approve(const derive::CommittedPicture& picture, std::size_t person,
                                   os::Clock& clock) {
  std::uint64_t at = clock.now();
  for (const derive::Approval& one : picture.approvals) {
    if (one.person == person) at = std::max(at, one.at.value() + 1);
  }
  return entry::ClaimedTime(at);
}

}  // namespace

Result<Redacting> Redacting::open(const fs::path& folder) {
  // Before anything that makes threads. What the definition says is checked below.
  SCR_TRY(workers, RedactWorkers::start(definition_of(folder)));
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  if (record.state.committed.empty()) {
    return fail(ErrorCode::not_found,
                "no picture was committed to yet; do that first: scrutineer redact commit",
                folder.string());
  }
  SCR_TRY(key, read_vault_key(folder));
  return Redacting(std::move(workers), std::move(record), key);
}

Result<const derive::CommittedPicture*> Redacting::find(std::string_view typed) const {
  SCR_TRY(meant, derive::meant_by(state(), typed));
  if (meant.picture == nullptr)
    return fail(ErrorCode::not_found, "that is a transcription, not a picture", std::string(typed));
  const auto* committed = state().committed_of(evidence_of(*meant.picture));
  if (committed == nullptr) {
    return fail(ErrorCode::not_found,
                "the picture was not committed to yet; do that first: scrutineer redact commit",
                std::string(typed));
  }
  if (!committed->cells) {
    return fail(ErrorCode::unsupported,
                "the file is damaged or of a kind that cannot be shown in part; it stays with the "
                "record",
                std::string(typed));
  }
  return committed;
}

Result<std::string> Redacting::original_of(const derive::CommittedPicture& picture) const {
  return record::EvidenceStore(record_.folder).get(picture.sha256);
}

Result<std::vector<privacy::Part>> Redacting::figures_of(const derive::CommittedPicture& picture,
                                                         std::string_view original) {
  SCR_TRY(parts, workers_.parts_of(original));
  std::vector<privacy::Part> figures = std::move(parts.figures);
  if (auto code = code_in_log(reading_of(state(), picture))) figures.push_back(std::move(*code));
  return figures;
}

Result<privacy::MaskFile> Redacting::propose(const derive::CommittedPicture& picture) {
  SCR_TRY(original, original_of(picture));
  SCR_TRY(parts, workers_.parts_of(original));
  return privacy::MaskFile{picture.sha256, std::move(parts.personal)};
}

Result<redact::Redacted> Redacting::made(const derive::CommittedPicture& picture,
                                         const cells::Mask& mask, std::string_view original) {
  const cells::Seed seed = cell_seed(secret_of(key_, picture.sha256));
  SCR_TRY(said, workers_.ask(redact::ask_redact(seed, mask, original)));
  SCR_TRY(redacted, redact::redacted_in(said));
  // By another request, and so by a process that has not seen the original.
  SCR_TRY(checked,
          workers_.ask(redact::ask_check(*picture.cells, mask, redacted.proof, redacted.file)));
  if (auto held = redact::check_in(checked); !held) return tl::unexpected(std::move(held).error());
  return redacted;
}

Result<Preview> Redacting::preview(const derive::CommittedPicture& picture,
                                   const privacy::MaskFile& file) {
  SCR_TRY_VOID(must_be_of(picture, file));
  SCR_TRY(original, original_of(picture));
  SCR_TRY(figures, figures_of(picture, original));
  SCR_TRY(grid_said, workers_.ask(redact::ask_grid(original)));
  SCR_TRY(grid, redact::grid_in(grid_said));
  Preview preview{.file = {},
                  .extension = extension_of(picture.cells->kind),
                  .mask = privacy::mask_of(grid, file.hide, figures),
                  .cells = picture.cells->leaves - 1,
                  .covered = privacy::covered_figures(file.hide, figures)};
  SCR_TRY(redacted, made(picture, preview.mask, original));
  preview.file = std::move(redacted.file);
  return preview;
}

Result<void> Redacting::check_reading(const derive::CommittedPicture& picture,
                                      std::string_view file) {
  const derive::PictureRead* before = reading_of(state(), picture);
  if (before == nullptr || !before->read()) return {};  // nothing was read: people decide alone
  SCR_TRY(after, workers_.read(file));
  if (after.code && after.code->payload == before->read()->payload) return {};
  return fail(ErrorCode::conflict,
              "with these parts hidden the code can no longer be read; hide less about it");
}

// What others approved meanwhile must be known: an approval that is not later than the person's
// last is a fault. Pictures and people stay where they are, since callers hold them.
Result<void> Redacting::see_what_came_since(std::uint64_t size) {
  if (size == record_.size) return {};
  SCR_TRY(now, view::open_record(record_.folder));
  auto& mine = record_.state;
  const auto& theirs = now.state;
  const bool goes_on = std::equal(mine.committed.begin(), mine.committed.end(),
                                  theirs.committed.begin(), theirs.committed.end(),
                                  [](const auto& a, const auto& b) { return a.index == b.index; });
  if (!goes_on || now.size != size) {
    return fail(
        ErrorCode::conflict,
        "the record changed while this was looked at; nothing was approved, do it once more",
        record_.folder.string());
  }
  std::copy(theirs.committed.begin(), theirs.committed.end(), mine.committed.begin());
  mine.people = theirs.people;
  record_.size = size;
  return {};
}

Result<Approved> Redacting::approve(const derive::CommittedPicture& picture,
                                    const privacy::MaskFile& file, const note::Signer& signer,
                                    os::Clock& clock) {
  SCR_TRY_VOID(who_may_approve(state(), picture, signer.vkey()));
  SCR_TRY_VOID(must_be_of(picture, file));
  if (file.hide.empty() && !file.all_may_be_seen) {
    return fail(ErrorCode::conflict,
                "the mask hides nothing; if all of the picture may be seen, say so in the file: "
                "all_may_be_seen = true",
                "hide");
  }
  SCR_TRY(original, original_of(picture));
  SCR_TRY(figures, figures_of(picture, original));
  const auto covered = privacy::covered_figures(file.hide, figures);
  if (!covered.empty())
    return fail(ErrorCode::conflict, "the mask covers what must be seen: " + joined(covered),
                "hide");
  SCR_TRY(grid_said, workers_.ask(redact::ask_grid(original)));
  SCR_TRY(grid, redact::grid_in(grid_said));
  const cells::Mask mask = privacy::mask_of(grid, file.hide, figures);
  if (mask.text().size() > cells::Mask::kMostBytes) {
    return fail(ErrorCode::unsupported,
                "the mask is in too many pieces; hide larger parts in their place", "hide");
  }
  SCR_TRY(redacted, made(picture, mask, original));
  SCR_TRY_VOID(check_reading(picture, redacted.file));

  SCR_TRY(log, open_log(record_.folder));
  SCR_TRY_VOID(see_what_came_since(log.size()));
  SCR_TRY(who, who_may_approve(state(), picture, signer.vkey()));
  entry::RedactionApproved approved{.at = time_to_approve(picture, who, clock),
                                    .by = signer.vkey().name().value(),
                                    .commitment = picture.index,
                                    .log = state().genesis.origin,
                                    .mask = mask,
                                    .signature = {}};
  const std::string said = signed_bytes(approved);
  approved.signature = signer.sign_message(bytes_of(said));
  const std::string entry = encode(approved);
  SCR_TRY_VOID(log.append({&entry, 1}));
  const std::uint64_t size = log.size();
  record_.size = size;

  derive::CommittedPicture& after = *record_.state.committed_at(picture.index);
  std::erase_if(after.approvals, [&](const derive::Approval& one) { return one.person == who; });
  after.approvals.push_back({entry::EntryIndex(size - 1), approved.at, who, mask});
  const auto people = std::count_if(after.approvals.begin(), after.approvals.end(),
                                    [&](const derive::Approval& one) { return one.mask == mask; });
  const cells::Mask* now = after.approved();
  const bool enough = now != nullptr && *now == mask;
  if (enough) SCR_TRY_VOID(keep_redacted(record_.folder, picture, redacted));
  if (now == nullptr) SCR_TRY_VOID(drop_redacted(record_.folder, picture));
  return Approved{mask, static_cast<std::size_t>(people), enough, size};
}

Result<Made> Redacting::make_all() {
  Made all;
  for (const derive::CommittedPicture& picture : state().committed) {
    if (picture.withheld) SCR_TRY_VOID(drop_redacted(record_.folder, picture));  // cut off before
    const cells::Mask* mask = picture.approved();
    if (mask == nullptr) continue;
    if (is_there(record_.folder, picture)) {
      ++all.there;
      continue;
    }
    SCR_TRY(original, original_of(picture));
    SCR_TRY(redacted, made(picture, *mask, original));
    SCR_TRY_VOID(keep_redacted(record_.folder, picture, redacted));
    ++all.made;
  }
  return all;
}

}  // namespace scr::steps
