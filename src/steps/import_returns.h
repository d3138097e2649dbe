// SPDX-License-Identifier: Apache-2.0
//
// Takes in a file of returns that somebody else transcribed: the file becomes evidence, each of its
// lines an entry of the log.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "election/ids.h"
#include "os/clock.h"

namespace scr::steps {

struct ImportRequest {
  std::filesystem::path record;
  std::filesystem::path file;
  election::SourceId source;
  std::optional<std::filesystem::path>
      mapping;  // else the definition's, else columns by convention
};

struct Imported {
  bool already_there = false;  // the same file from the same source: nothing was done
  std::uint64_t rows = 0;
  std::uint64_t refused = 0;  // lines that do not say a return; each is an entry and a finding
  std::uint64_t first_entry = 0;
  std::uint64_t tree_size = 0;  // of the log, now
  double seconds = 0;           // from the first byte read to the signed, durable checkpoint
};

// All or nothing: after a failure or a crash the log is as it was, or the whole file is in it.
Result<Imported> import_returns(const ImportRequest& request, os::Clock& clock);

}  // namespace scr::steps
