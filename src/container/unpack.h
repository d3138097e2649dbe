// SPDX-License-Identifier: Apache-2.0
//
// A container -> its parts, one after another.
//
//   unpack(Format::zip, source, 1, {}, [&](const Message& m) { send(to_bytes(m)); });
//
// The parts of an archive are its members, but for folders; their names are never looked at. The
// parts of a PDF are its pages: where a page draws one JPEG and nothing else, the part is that JPEG
// as it stands in the file; any other page is drawn at kPageDpi and becomes a PNG.
//
// The bytes are a stranger's, and the libraries behind this are large: call it in a process of its
// own (os/stream.h). That may end at any moment; what was said until then counts.
//
// Pure; one call at a time in a process (poppler has settings that all share).

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "container/format.h"
#include "container/message.h"

namespace scr::container {

struct Source {
  std::uint64_t size = 0;  // bytes
  // Bytes from an offset on; 0 at the end, nothing if they cannot be had.
  std::function<std::optional<std::size_t>(std::uint64_t offset, std::span<char> out)> read;
  // All of it, in memory that stays. Asked for with PDF only; empty if it cannot be had.
  std::function<ByteView()> whole;
};

struct Limits {
  std::uint64_t picture_bytes = std::uint64_t{256} << 20;  // of one picture
  std::uint64_t nested_bytes = std::uint64_t{4} << 30;     // of a container in the container
  std::uint64_t parts = 200'000;
  // All that may come out: so much, and so many times the container.
  std::uint64_t unpacked_bytes = std::uint64_t{1} << 30;
  std::uint64_t unpacked_times = 100;
  std::int64_t page_pixels = 60'000'000;  // of a drawn page
};

// Pages are drawn so: a code printed with 5 dots of 203 dpi a module has 6 pixels a module.
inline constexpr double kPageDpi = 250;

// All that may come out of a container of `size` bytes.
std::uint64_t most_unpacked(std::uint64_t size, const Limits& limits);

using Tell = std::function<void(const Message&)>;

// Tells of parts `first` and on, then Closed. What comes before `first` is passed over.
void unpack(Format format, const Source& source, std::uint64_t first, const Limits& limits,
            const Tell& tell);

}  // namespace scr::container
