// SPDX-License-Identifier: Apache-2.0
//
// Which pictures a verification has read again and found sound, in a file of one's own, so that a
// run of hours that is cut off goes on. Text: a first line that names this program, then 64 hex
// digits a line, each written as soon as the reading is done. A last line that was cut off is not
// believed. Believe the file as far as you believe who could write to it.
//
// One thread.

#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "os/files.h"

namespace scr::steps {

class ReadingsDone {
 public:
  // A file that is not there is begun. conflict if it is of another version of this program, which
  // may read otherwise; bad_input if it is something else.
  static Result<ReadingsDone> open(const std::filesystem::path& file);

  bool holds(const Digest& reading) const { return done_.count(reading) > 0; }
  void add(const Digest& reading);
  // Makes what was added durable; the first error of add(), if there was one.
  Result<void> finish();

 private:
  ReadingsDone(std::set<Digest> done, os::SequentialFile file)
      : done_(std::move(done)), file_(std::move(file)) {}

  std::set<Digest> done_;
  os::SequentialFile file_;
  Result<void> trouble_;
};

}  // namespace scr::steps
