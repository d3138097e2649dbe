// SPDX-License-Identifier: Apache-2.0
//
// Results as lines of JSON in a file, the settings first: a long run that was interrupted goes on
// where it stopped, with the same program and the same settings or not at all.

#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/reading/attempts.h"

namespace scr::bench {

class Results {
 public:
  // `settings`: what two runs must have in common to be one; a line. `file` empty: kept in memory
  // only. conflict if the file's settings are others.
  static Result<Results> open(const std::filesystem::path& file, const std::string& settings);

  const std::vector<SheetOutcome>& all() const { return all_; }
  // Written through to the system before it returns; io.
  Result<void> add(SheetOutcome outcome);

 private:
  std::vector<SheetOutcome> all_;
  std::ofstream out_;
  std::filesystem::path file_;
};

}  // namespace scr::bench
