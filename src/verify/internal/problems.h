// SPDX-License-Identifier: Apache-2.0
//
// Collects what is wrong at one level, up to a number that a person can read.

#pragma once

#include <string>
#include <utility>

#include "base/result.h"
#include "verify/report.h"

namespace scr::verify {

class Problems {
 public:
  explicit Problems(LevelReport& report) : report_(report) { report_.reached = true; }

  void checked(std::uint64_t count = 1) { report_.checked += count; }
  void add(std::string where, std::string what) {
    if (report_.problems.size() < 100) {
      report_.problems.push_back({std::move(where), std::move(what)});
    } else {
      ++report_.further_problems;
    }
  }
  void add(const Error& error) { add(error.where, error.what); }

 private:
  LevelReport& report_;
};

}  // namespace scr::verify
