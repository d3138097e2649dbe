// SPDX-License-Identifier: Apache-2.0
// rooms: container
//
// Any PDF: messages in their order and within the limits, whatever the bytes.

#include <cstdint>
#include <cstdlib>
#include <new>

#include "container/message_order.h"
#include "container/unpack.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr::container;
  const scr::ByteView file(reinterpret_cast<const std::byte*>(data), size);
  if (format_of(file) != Format::pdf) return 0;
  const Limits limits{.parts = 5, .unpacked_bytes = 1 << 24, .page_pixels = 250'000};
  const Source source{size, nullptr, [file] { return file; }};
  MessageOrder order(1, size, limits);
  try {
    unpack(Format::pdf, source, 1, limits, [&](const Message& message) {
      if (!order.take(message)) std::abort();
    });
  } catch (const std::bad_alloc&) {
    return 0;  // an answer too: out-of-memory
  }
  if (!order.closed()) std::abort();
  return 0;
}
