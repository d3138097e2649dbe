// SPDX-License-Identifier: Apache-2.0
#include "steps/withhold.h"

#include <optional>
#include <utility>

#include "derive/dossier.h"
#include "entry/entry.h"
#include "steps/open_log.h"
#include "steps/redacted_files.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

const derive::Evidence* received(const derive::RecordState& state, const Digest& picture) {
  for (const derive::Evidence& one : state.evidence) {
    if (one.received.sha256 == picture && one.received.kind == entry::EvidenceKind::picture)
      return &one;
  }
  return nullptr;
}

// What was made to show a part of it.
Result<void> drop_shown(const fs::path& folder, const derive::RecordState& state,
                        const Digest& picture) {
  for (const derive::CommittedPicture& one : state.committed) {
    if (one.sha256 == picture) SCR_TRY_VOID(drop_redacted(folder, one));
  }
  return {};
}

}  // namespace

Result<Withheld> withhold(const fs::path& folder, const std::string& typed,
                          entry::WithheldFor reason, os::Clock& clock) {
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(meant, derive::meant_by(record.state, typed));
  const derive::Evidence* file =
      meant.picture ? received(record.state, meant.picture->sha256) : nullptr;
  if (!file) return fail(ErrorCode::not_found, "is no picture", typed);
  const Digest picture = file->received.sha256;
  if (record.state.withheld(picture)) {
    SCR_TRY_VOID(drop_shown(folder, record.state, picture));  // perhaps it was cut off there
    return fail(ErrorCode::conflict, "is withheld already", picture.hex());
  }
  SCR_TRY(log, open_log(folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                folder.string());
  }
  const std::string entry =
      encode(entry::PictureWithheld{entry::ClaimedTime(clock.now()), file->index, reason});
  SCR_TRY_VOID(log.append({&entry, 1}));
  SCR_TRY_VOID(drop_shown(folder, record.state, picture));
  return Withheld{picture, log.size()};
}

}  // namespace scr::steps
