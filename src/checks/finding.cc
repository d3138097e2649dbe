// SPDX-License-Identifier: Apache-2.0
#include "checks/finding.h"

#include <array>

namespace scr::checks {
namespace {

constexpr std::array<const char*, 19> kNames{
    "votes_do_not_sum",   "cast_over_registered", "zero_sheet",     "duplicate",
    "conflict_in_source", "conflict_of_sources",  "numbering_gap",  "unknown_station",
    "place_conflict",     "registered_differs",   "row_refused",    "print_differs",
    "unread_picture",     "picture_alone",        "near_repeat",    "part_refused",
    "container_cut",      "received_again",       "malformed_entry"};

}  // namespace

const char* name_of(Code code) {
  return kNames[static_cast<std::size_t>(code)];
}

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < kNames.size(); ++i) codes.push_back(static_cast<Code>(i));
  return codes;
}

const char* name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "unknown";
}

}  // namespace scr::checks
