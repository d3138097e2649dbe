// SPDX-License-Identifier: Apache-2.0
//
// Randomness from the kernel, for keys. Never for results: those take a seed that is published.

#pragma once

#include <array>
#include <cstddef>

#include "base/result.h"

namespace scr::os {

// Fit for keys (getrandom). The caller wipes it.
Result<std::array<std::byte, 32>> random_32_bytes();

}  // namespace scr::os
