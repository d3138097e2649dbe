// SPDX-License-Identifier: Apache-2.0
//
// The two tables of words, sorted by key.

#pragma once

#include <span>

#include "report/words.h"

namespace scr::report::internal {

std::span<const Message> english();
std::span<const Message> spanish();

}  // namespace scr::report::internal
