// SPDX-License-Identifier: Apache-2.0
//
// Reads files and says what was read; writes nothing.

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "reading/read_sheet.h"

namespace scr::steps {

struct FileReading {
  std::filesystem::path file;
  reading::ReadSheet read;
  double milliseconds = 0;  // from the file's bytes in memory to the whole reading
  double decoding = 0;      // milliseconds that decoding the picture to grey alone takes
};

// Files, and folders with all that is in them, in confined processes; `heard` in their order.
Result<void> read_files(const std::vector<std::filesystem::path>& paths,
                        const election::Definition& definition,
                        const std::function<void(const FileReading&)>& heard);

}  // namespace scr::steps
