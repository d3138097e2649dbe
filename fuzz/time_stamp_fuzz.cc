// SPDX-License-Identifier: Apache-2.0
// rooms: base stamps
//
// Nothing is a valid time stamp if nobody is trusted, and no bytes crash the reader of either kind.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "stamps/open_timestamps.h"
#include "stamps/rfc3161.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scr::ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
  if (scr::stamps::verify_time_stamp(bytes, "")) std::abort();
  const auto stamped = scr::stamps::stamped_by_open_timestamps(bytes);
  if (stamped && size <= 65) std::abort();
  return 0;
}
