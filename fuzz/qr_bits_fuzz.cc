// SPDX-License-Identifier: Apache-2.0
// rooms: qr
//
// Any codewords: a message or an error; a plain message, written again, says the same.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "qr/bits.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const int version = 1 + data[0] % 40;
  const auto message = scr::qr::read_message(std::span(data + 1, size - 1), version);
  if (!message || !message->eci.empty() || message->part || message->fnc1) return 0;
  const auto written = scr::qr::write_message(message->payload, version, 4000);
  if (!written) return 0;
  const auto again = scr::qr::read_message(*written, version);
  if (!again || again->payload != message->payload) std::abort();
  return 0;
}
