// SPDX-License-Identifier: Apache-2.0
//
// What a claim says, looked up.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "entry/claim.h"
#include "judge/outcome.h"

namespace scr::judge {

// The votes claimed under this label, if any.
std::optional<std::int64_t> votes_under(const entry::Claim& claim, const std::string& label);

// The votes claimed for exactly these options together, if the claim's own groups add up to them.
std::optional<std::int64_t> votes_of_options(const entry::Claim& claim,
                                             std::span<const election::OptionId> options);

// True if every option of the definition is in one of the groups with votes.
bool covers_all_options(const election::Definition& definition, const entry::Claim& claim);

// How many stations a claim counted: a number, or all the numbers that a rounded percentage can
// stand for. Nothing if it does not say or the total is not known.
struct TablesClaimed {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
std::optional<TablesClaimed> tables_claimed(const entry::Claim& claim, const Premises& premises);

}  // namespace scr::judge
