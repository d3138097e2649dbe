// SPDX-License-Identifier: Apache-2.0
//
// SCR_CHECK(condition): what must hold unless the program itself is wrong. Prints where and aborts;
// nothing is signed or written after it. Not for bad input: that is a Result or a Finding.

#pragma once

namespace scr::detail {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define SCR_CHECK(condition) \
  ((condition) ? void(0) : ::scr::detail::check_failed(#condition, __FILE__, __LINE__))
