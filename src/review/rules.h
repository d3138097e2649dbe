// SPDX-License-Identifier: Apache-2.0
//
// The rules of arithmetic that a sheet must obey, each checked on its own.

#pragma once

#include <span>
#include <vector>

#include "checks/finding.h"
#include "election/definition.h"
#include "election/roster.h"
#include "review/station_return.h"

namespace scr::review {

// What `figures` break of the definition's rules, with `set_aside` as each rule's remedy has it.
// `has_roster`: there is one; `listed`: the station's line in it, or null.
std::vector<checks::Finding> broken_rules(const election::Definition& definition, bool has_roster,
                                          const election::RosterStation* listed,
                                          const StationReturn& figures);

// Tables of a centre are numbered on: "centre.01", "centre.02", ... If .01 and .03 are there, .02
// must exist. One finding for each group of stations with such a gap, with the missing numbers.
// `stations`: sorted, those of which a return is known. Stations whose id does not end in "." and a
// number are left alone.
std::vector<checks::Finding> numbering_gaps(std::span<const StationReturn> returns);

}  // namespace scr::review
