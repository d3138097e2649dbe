// SPDX-License-Identifier: Apache-2.0
#include "container/reason.h"

#include <array>

namespace scr::container {
namespace {

constexpr std::array<const char*, kReasons> kNames{
    "whole",           "not-a-picture",    "empty",          "too-large",
    "encrypted",       "damaged",          "link",           "needs-fonts",
    "nested-too-deep", "expands-too-much", "too-many-parts", "unknown-compression",
    "killed-reader",   "out-of-memory",    "out-of-time",    "forbidden-call"};

}  // namespace

const char* name_of(Reason reason) {
  return kNames[static_cast<std::size_t>(reason)];
}

std::optional<Reason> reason_of(std::string_view name) {
  for (std::uint8_t i = 0; i < kReasons; ++i) {
    if (kNames[i] == name) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

}  // namespace scr::container
