// SPDX-License-Identifier: Apache-2.0
//
// What came in and could not be read or taken, by the reason that the log gives: what waits for a
// person. Pure; any thread.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "checks/finding.h"

namespace scr::report {

// unread_picture, part_refused and container_cut, each with its reasons and how often each.
using Waiting = std::map<checks::Code, std::map<std::string, std::int64_t>>;
Waiting waiting_of(std::span<const checks::Finding> findings);

}  // namespace scr::report
