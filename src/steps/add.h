// SPDX-License-Identifier: Apache-2.0
//
// Takes in pictures of sheets: each file becomes evidence, is read, and what was read becomes an
// entry.
//
// In batches, each durable and signed as a whole. Interrupted at any point, a second run finds what
// is on record already and goes on with the rest; the end is the same but for the times.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/clock.h"

namespace scr::steps {

struct AddRequest {
  std::filesystem::path record;
  std::vector<std::filesystem::path> paths;  // files, and folders with all that is in them
};

struct AddProgress {
  std::uint64_t done = 0;
  std::uint64_t all = 0;
  double seconds = 0;
};

struct Added {
  std::uint64_t files = 0;
  std::uint64_t read = 0;
  std::uint64_t jointly = 0;   // of these, with help of the print
  std::uint64_t disagree = 0;  // of these, with printed numbers that are not what the code says
  std::uint64_t already_there = 0;              // the same bytes, on record or earlier in this run
  std::map<std::string, std::uint64_t> unread;  // by reason
  std::uint64_t bytes = 0;                      // of the files that were read now
  std::uint64_t tree_size = 0;
  double seconds = 0;
};

// Fails, with what was done so far durable, if a file cannot be read from disk or the record not
// written. `tell` is called now and then.
Result<Added> add(const AddRequest& request, os::Clock& clock,
                  const std::function<void(const AddProgress&)>& tell);

}  // namespace scr::steps
