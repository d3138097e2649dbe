// SPDX-License-Identifier: Apache-2.0
#include "steps/add_claim.h"

#include <utility>
#include <vector>

#include "entry/entry.h"
#include "os/files.h"
#include "record/evidence.h"
#include "steps/open_log.h"
#include "view/open_record.h"

namespace scr::steps {

Result<ClaimAdded> add_claim(const std::filesystem::path& record, const std::filesystem::path& file,
                             os::Clock& clock) {
  SCR_TRY(text, os::read_text(file));
  SCR_TRY_VOID(finish_what_was_cut_off(record));
  SCR_TRY(opened, view::open_record(record));
  SCR_TRY(claim, at(file.string(), entry::parse_claim(text, opened.state.definition)));
  const Digest digest = sha256(bytes_of(text));
  for (const derive::ClaimOnRecord& earlier : opened.state.claims) {
    if (earlier.made.claim != claim.id) continue;
    if (earlier.evidence == digest) return ClaimAdded{true, std::move(claim), opened.size};
    return fail(ErrorCode::conflict,
                "another claim is on record under the id " + claim.id.value() +
                    "; nothing is ever replaced, so give this one an id of its own",
                file.string());
  }

  SCR_TRY(log, open_log(record));
  if (log.size() != opened.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                record.string());
  }
  record::EvidenceStore evidence(record);
  SCR_TRY_VOID(evidence.put(bytes_of(text)));
  const std::uint64_t first = log.size();
  const entry::ClaimedTime now(clock.now());
  const std::vector<std::string> entries{
      encode(entry::EvidenceReceived{now, entry::EvidenceKind::claim, digest, text.size()}),
      encode(entry::ClaimMade{now, claim.id, entry::EntryIndex(first)})};
  SCR_TRY_VOID(log.append(entries));
  return ClaimAdded{false, std::move(claim), log.size()};
}

}  // namespace scr::steps
