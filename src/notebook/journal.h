// SPDX-License-Identifier: Apache-2.0
//
// The form in which a witness keeps every note that it ever cosigned: segments that only grow.
//
//   segment = "scrutineer notes v1" LF batch *batch
//   batch   = "batch " decimal " " hex LF *( "note " decimal LF note )
//
// The decimal of a batch is the length of what stands below its line, in bytes, the hex its
// SHA-256. A batch is what was made durable together. The first one of a segment repeats the latest
// note of every log, so that nobody has to read the segments before it.
//
// A crash may tear the batch that was being written, and only that: the next is begun when it is
// durable. So what is wrong at the end of a segment was never acknowledged and may be cut off, and
// what is wrong before the end is damage. What cannot be told apart: damage to the very last batch
// from a torn one.
//
// Format: docs/formats/witness.md. Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scr::notebook {

inline constexpr std::string_view kSegmentHead = "scrutineer notes v1\n";

// The bytes of one batch.
std::string batch_of(std::span<const std::string> notes);

struct Segment {
  std::vector<std::string_view> notes;  // oldest first; looking into the bytes
  std::uint64_t batches = 0;            // sound ones
  std::uint64_t sound = 0;              // bytes up to where a torn batch begins, if there is one
};

// Fails with untrusted if anything but the last batch is damaged. Notes are not looked into.
Result<Segment> read_segment(std::string_view bytes);

}  // namespace scr::notebook
