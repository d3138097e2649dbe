// SPDX-License-Identifier: Apache-2.0
#include "os/random.h"

#include <sys/random.h>

namespace scr::os {

Result<std::array<std::byte, 32>> random_32_bytes() {
  std::array<std::byte, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return fail(ErrorCode::io, "the system gives no random numbers");
  }
  return bytes;
}

}  // namespace scr::os
