// SPDX-License-Identifier: Apache-2.0
//
// The clock, as something that is handed in: pure rooms have none, and tests bring their own.

#pragma once

#include <cstdint>

namespace scr::os {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::uint64_t now() = 0;  // seconds since 1970, UTC
};

class SystemClock : public Clock {
 public:
  std::uint64_t now() override;
};

class FixedClock : public Clock {
 public:
  explicit FixedClock(std::uint64_t now) : now_(now) {}
  std::uint64_t now() override { return now_; }

 private:
  std::uint64_t now_;
};

// Processor time that this thread has used, in milliseconds: what others do on the machine costs it
// nothing. Allowed in a worker (os/workers.h).
double processor_milliseconds();

}  // namespace scr::os
