// SPDX-License-Identifier: Apache-2.0
//
// The entries that one file of returns makes. The import and its verification both come here, so
// reading the same evidence again gives the same bytes or the record is not what it says.

#pragma once

#include <string>
#include <vector>

#include "entry/index.h"
#include "entry/returns_imported.h"
#include "intake/read_returns.h"

namespace scr::intake {

// Appends to `entries`: `imported` itself (its counts filled in), which is to stand at `head`, then
// the names, the rows and the refusals.
void append_import_entries(const ReadReturns& read, entry::ReturnsImported imported,
                           entry::EntryIndex head, std::vector<std::string>& entries);

}  // namespace scr::intake
