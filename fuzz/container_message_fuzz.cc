// SPDX-License-Identifier: Apache-2.0
// rooms: container
//
// Whatever a process that was taken over says of a container: refused, or the same when written
// again.

#include <cstdint>
#include <cstdlib>

#include "container/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto message = scr::container::message_of(bytes);
  if (message && to_bytes(*message) != bytes) std::abort();
  return 0;
}
