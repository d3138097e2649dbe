// SPDX-License-Identifier: Apache-2.0
//
// The rows of forms that are filled in by hand, as files for people to type from.

#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "election/ids.h"
#include "reading/handwritten.h"
#include "steps/read_files.h"

namespace scr::steps {

// Names of files in the folder; empty if the row has no such part or the form was not found.
struct RowFiles {
  std::string boxes;
  std::string words;
};

// Writes <number>-<station>-<row>-boxes.png and ...-words.png, one pair for each row of the form,
// in place of what has that name. `number`: of the file among those that were read, from 1. The
// folder is made if it is missing. io if a file cannot be written.
Result<std::vector<RowFiles>> write_row_files(const std::filesystem::path& folder,
                                              std::size_t number,
                                              const election::StationId& station,
                                              const FileReading& reading);

}  // namespace scr::steps
