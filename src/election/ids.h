// SPDX-License-Identifier: Apache-2.0
//
// Names of the things that an election is made of. All are texts as the definition writes them,
// already padded: "010113042.01" is a station, "01" its state. Different kinds do not mix.

#pragma once

#include <type_traits>

#include "base/id.h"

namespace scr::election {

using StationId = Id<struct StationKind>;  // smallest counting place; owes one sheet
using UnitId = Id<struct UnitKind>;        // a piece of geography
using LevelId = Id<struct LevelKind>;      // "state", "centre", and always "country" on top
using OptionId = Id<struct OptionKind>;    // what a vote goes to
using LineId = Id<struct LineKind>;        // a party line of an option
using SourceId = Id<struct SourceKind>;    // who transcribed the returns of one import
using ClaimId = Id<struct ClaimKind>;      // an announcement on record
using TotalId = Id<struct TotalKind>;      // one published total of electors or stations

static_assert(!std::is_constructible_v<StationId, OptionId>);
static_assert(!std::is_convertible_v<const char*, StationId>);

}  // namespace scr::election
