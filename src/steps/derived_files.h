// SPDX-License-Identifier: Apache-2.0
//
// The files of a bundle that follow from the log: publishing writes them, verifying makes them
// again and compares. docs/formats/bundle.md.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/record_state.h"
#include "entry/claim.h"

namespace scr::steps {

inline constexpr const char* kResultFile = "result.json";
inline constexpr const char* kCsvFile = "data/returns.csv";
inline constexpr const char* kParquetFile = "data/returns.parquet";

// Path -> bytes. `result`: result_bytes() of the same state.
Result<std::map<std::string, std::string>> derived_files(const derive::RecordState& state,
                                                         const std::string& result);

}  // namespace scr::steps
