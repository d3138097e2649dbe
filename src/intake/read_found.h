// SPDX-License-Identifier: Apache-2.0
//
// Reads what one reader of an audit typed: a CSV file with a header row, a line for each unit of
// the sample. All or nothing: a line that is wrong is named, and nothing is taken.
//
// Stations: columns "unit", each option's id, "null", and if there are any "invalid", "valid" (the
// sum of the options if left out) and "what" ("figures", "not-found" or empty). Codes of stations
// as printed on a sheet are understood. Ballots: columns "unit" ("2010001.01#17") and "choice": an
// option's id, "none" for a ballot without a valid vote, or "not-found".
//
// Pure; any thread.

#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "entry/audit_found.h"

namespace scr::intake {

// The entries to be made, but for `at`, `by` and `plan`. bad_input with the line, the column and
// what is allowed there; also if a unit comes twice or there is none.
Result<std::vector<entry::AuditFound>> read_found(std::string_view csv, bool ballots,
                                                  const election::Definition& definition);

}  // namespace scr::intake
