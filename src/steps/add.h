// SPDX-License-Identifier: Apache-2.0
//
// Takes in pictures of sheets, single or in containers (PDF, zip, 7z, tar): each file becomes
// evidence, each picture is read, and what was read becomes an entry.
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
  std::uint64_t files_done = 0;  // files whose pictures are all handed out to be read
  std::uint64_t files = 0;
  std::uint64_t pictures = 0;  // read, or tried
  std::uint64_t in_part = 0;   // of the container under way; 0 if there is none
  bool containers = false;     // there was one: how many pictures are to come is not known
  double seconds = 0;
};

struct Added {
  std::uint64_t files = 0;
  std::uint64_t containers = 0;  // gone through now, also those in others
  std::uint64_t parts = 0;       // of them, taken or refused
  std::uint64_t read = 0;
  std::uint64_t jointly = 0;   // of these, with help of the print
  std::uint64_t disagree = 0;  // of these, with printed numbers that are not what the code says
  std::uint64_t already_there = 0;               // files that are on record as often as they came
  std::uint64_t repeated = 0;                    // the same bytes once more: noted in the log
  std::map<std::string, std::uint64_t> unread;   // pictures, by reason
  std::map<std::string, std::uint64_t> refused;  // parts of containers, by reason
  std::map<std::string, std::uint64_t> cut;  // containers not gone through to the end, by reason
  std::uint64_t bytes = 0;                   // of the pictures that were read now
  std::uint64_t tree_size = 0;
  double seconds = 0;
};

// Fails, with what was done so far durable, if a file cannot be read from disk or the record not
// written. `tell` is called now and then.
Result<Added> add(const AddRequest& request, os::Clock& clock,
                  const std::function<void(const AddProgress&)>& tell);

}  // namespace scr::steps
