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
#include "reading/handwritten.h"
#include "reading/read_sheet.h"

namespace scr::steps {

struct FileReading {
  std::filesystem::path file;
  reading::ReadSheet read;
  std::vector<reading::Crop> crops;  // if they were asked for: of read.form
  // Processor time of the worker, from the file's bytes in memory to the whole reading.
  double milliseconds = 0;
  // The same for decoding the same file to grey once more, after the reading, when all that
  // decoding needs is warm. 0 if not asked for, or if it is no picture.
  double decoding = 0;
};

enum class Timing { reading, reading_and_decoding };
// What is cut out for people to type: of forms that are filled in by hand.
enum class Cutting { nothing, rows };

// Files, and folders with all that is in them, in confined processes; `heard` in their order.
Result<void> read_files(const std::vector<std::filesystem::path>& paths,
                        const election::Definition& definition, Timing timing, Cutting cutting,
                        const std::function<void(const FileReading&)>& heard);

}  // namespace scr::steps
