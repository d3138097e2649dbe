// SPDX-License-Identifier: Apache-2.0
// rooms: container
//
// Any archive: messages in their order and within the limits, whatever the bytes; and from the
// second part on the same as before.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "container/message_order.h"
#include "container/unpack.h"

namespace {

using namespace scr::container;

std::vector<std::string> told(Format format, scr::ByteView file, std::uint64_t first) {
  const Limits limits{.picture_bytes = 1 << 16,
                      .nested_bytes = 1 << 16,
                      .parts = 50,
                      .unpacked_bytes = 1 << 20,
                      .unpacked_times = 1};
  const Source source{
      file.size(),
      [file](std::uint64_t offset, std::span<char> out) -> std::optional<std::size_t> {
        if (offset >= file.size()) return 0;
        return scr::text_of(file).copy(out.data(), out.size(), offset);
      },
      [file] { return file; }};
  std::vector<std::string> messages;
  MessageOrder order(first, file.size(), limits);
  unpack(format, source, first, limits, [&](const Message& message) {
    if (!order.take(message)) std::abort();
    messages.push_back(to_bytes(message));
  });
  if (!order.closed()) std::abort();
  return messages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scr::ByteView file(reinterpret_cast<const std::byte*>(data), size);
  const auto format = format_of(file);
  if (!format || *format == Format::pdf) return 0;
  told(*format, file, 1);
  told(*format, file, 2);
  return 0;
}
