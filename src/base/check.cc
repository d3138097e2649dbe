// SPDX-License-Identifier: Apache-2.0
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace scr::detail {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "scrutineer: a mistake in the program: %s does not hold (%s:%d). "
               "Nothing further was written; please report this line.\n",
               condition, file, line);
  std::abort();
}

}  // namespace scr::detail
