// SPDX-License-Identifier: Apache-2.0
#include "verify/report.h"

namespace scr::verify {

const char* name_of(Level level) {
  switch (level) {
    case Level::signature:
      return "signature";
    case Level::tree:
      return "tree";
    case Level::grammar:
      return "grammar";
    case Level::evidence:
      return "evidence";
    case Level::readings:
      return "readings";
    case Level::result:
      return "result";
  }
  return "unknown";
}

std::optional<Level> Report::fails_at() const {
  for (const LevelReport& level : levels) {
    if (!level.holds()) return level.level;
  }
  return std::nullopt;
}

}  // namespace scr::verify
