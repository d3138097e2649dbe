// SPDX-License-Identifier: Apache-2.0
//
// A part of a container was taken in, as the evidence that stands right before or that was received
// before. So this is also how it is noted that the same bytes came again.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

// "member": the very bytes of an archive's member. "embedded": the very bytes of the only picture
// that a page draws. "rendered": drawn from the page by the program that took it in.
enum class TakenHow { member, embedded, rendered };
const char* name_of(TakenHow how);

struct PartTaken {
  static constexpr const char* kType = "scrutineer/part.taken/v1";

  ClaimedTime at;
  EntryIndex container;  // evidence.received of the container
  EntryIndex evidence;   // evidence.received of what was in it
  TakenHow how = TakenHow::member;
  std::uint64_t part = 0;  // from 1, of members that are no folders, or of pages
};

std::string encode(const PartTaken& taken);
Result<PartTaken> decode_part_taken(canon::Node root);

}  // namespace scr::entry
