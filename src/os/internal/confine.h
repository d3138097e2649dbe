// SPDX-License-Identifier: Apache-2.0
//
// This process, confined for good: what computing needs, and nothing else.

#pragma once

#include <cstdint>

namespace scr::os {

// False if the system refuses. `memory`: bytes of address space (not held under sanitizers, which
// take terabytes of it).
bool confine(std::uint64_t memory);

}  // namespace scr::os
