// SPDX-License-Identifier: Apache-2.0
#include "steps/reindex.h"

#include <system_error>

#include "derive/conclusions.h"
#include "os/files.h"
#include "view/open_record.h"
#include "view/sqlite_view.h"

namespace scr::steps {

Result<Reindexed> reindex(const std::filesystem::path& folder) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(selection, derive::select(record.state, {}));
  SCR_TRY(count, derive::count(record.state, selection));

  const std::filesystem::path index = folder / "view.sqlite";
  const std::filesystem::path fresh = folder / ".view.sqlite.new";
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);  // left by an earlier run that was cut off
  SCR_TRY_VOID(view::write_sqlite_view(record, count, fresh));
  const auto before = os::read_text(index);
  SCR_TRY(after, os::read_text(fresh));
  std::error_code error;
  std::filesystem::rename(fresh, index, error);
  if (error) return fail(ErrorCode::io, error.message(), index.string());
  return Reindexed{.tree_size = record.size,
                   .returns = count.returns.size(),
                   .changed = !before || *before != after};
}

}  // namespace scr::steps
