// SPDX-License-Identifier: Apache-2.0
//
// view.sqlite: what the log says, as tables for questions in SQL. Derived; it may be deleted.
//
// The same log gives the same bytes: it is always made from nothing, by the same statements in the
// same order. Tables and columns: docs/formats/view.md.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "derive/conclusions.h"
#include "view/open_record.h"

namespace scr::view {

// Writes the index of `record` to `file`, which must not exist. io if the disk would not.
Result<void> write_sqlite_view(const OpenRecord& record, const derive::Count& count,
                               const std::filesystem::path& file);

}  // namespace scr::view
