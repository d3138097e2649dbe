// SPDX-License-Identifier: Apache-2.0
#include "os/clock.h"

#include <chrono>

namespace scr::os {

std::uint64_t SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

}  // namespace scr::os
