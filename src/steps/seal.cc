// SPDX-License-Identifier: Apache-2.0
#include "steps/seal.h"

#include <utility>

#include "entry/entry.h"
#include "steps/open_log.h"
#include "steps/stated_result.h"
#include "view/open_record.h"

namespace scr::steps {

Result<Sealed> seal(const std::filesystem::path& folder, os::Clock& clock) {
  SCR_TRY_VOID(open_log(folder));  // says so if it is sealed already
  SCR_TRY(stated, state_result(folder, clock));
  SCR_TRY(log, open_log(folder));
  if (log.size() != stated.tree_size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; seal it again",
                folder.string());
  }
  const std::string entry =
      encode(entry::LogSealed{.at = entry::ClaimedTime(clock.now()), .size = stated.tree_size});
  SCR_TRY_VOID(log.append({&entry, 1}));
  SCR_TRY(record, view::open_record(folder));
  return Sealed{record.size, record.root.hex(), stated.result.digest.hex()};
}

}  // namespace scr::steps
