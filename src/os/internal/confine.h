// SPDX-License-Identifier: Apache-2.0
//
// This process, confined for good: what computing needs, and nothing else.

#pragma once

#include <cstdint>

namespace scr::os {

// What becomes of a process that asks for a file: it ends, or it is told that it may not (for
// libraries that look for their settings and go on without).
enum class AskedForFile { ends, is_refused };

// False if the system refuses. `memory`: bytes of address space (not held under sanitizers, which
// take terabytes of it).
bool confine(std::uint64_t memory, AskedForFile asked = AskedForFile::ends);

}  // namespace scr::os
