// SPDX-License-Identifier: Apache-2.0
//
// Holds what a taken-over process may say against the grammar of message.h and the limits: after a
// message that does not fit, nothing of it is believed.
//
// Pure; one thread at a time.

#pragma once

#include <cstdint>

#include "base/result.h"
#include "container/message.h"
#include "container/unpack.h"

namespace scr::container {

class MessageOrder {
 public:
  // The first part expected is `first`, of a container of `size` bytes.
  MessageOrder(std::uint64_t first, std::uint64_t size, const Limits& limits)
      : next_(first), most_(most_unpacked(size, limits)), limits_(limits) {}

  // untrusted if the message does not fit here.
  Result<void> take(const Message& message);

  std::uint64_t next_part() const { return next_; }  // one more than the last that began
  bool in_part() const { return in_part_; }
  bool closed() const { return closed_; }

 private:
  Result<void> take(const PartBegins& begins);
  Result<void> take(const PartBytes& bytes);
  Result<void> take(const PartEnds& ends);
  Result<void> take(const PartRefused& refused);
  Result<void> take(const Passed& passed);
  Result<void> take(const Closed& closed);
  Result<void> count(std::uint64_t bytes);

  std::uint64_t next_;
  std::uint64_t most_;
  Limits limits_;
  std::uint64_t all_ = 0;      // bytes so far
  std::uint64_t of_part_ = 0;  // of these, of the part under way
  bool in_part_ = false;
  bool closed_ = false;
};

}  // namespace scr::container
