// SPDX-License-Identifier: Apache-2.0
//
// Figures that somebody announced: an official bulletin, a party's count, a newspaper's.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fraction.h"
#include "base/result.h"
#include "election/definition.h"
#include "election/ids.h"
#include "election/votes.h"

namespace scr::entry {

// A number with the digits after the point with which it was announced: "51.2", "96.87".
// Whoever announced it may have rounded: the true value lies within half a unit of the last digit.
struct Announced {
  std::string text;

  Fraction value() const;        // 512/10
  Fraction half_a_unit() const;  // 1/20 for one digit after the point
};

// Votes, or a percentage, of one option or of several together.
template <class T>
struct ClaimedFor {
  std::string label;                        // the option's id, or a name for the group
  std::vector<election::OptionId> options;  // what it stands for; never empty
  T value;
};

struct Claim {
  election::ClaimId id;
  std::string by;
  std::string announced;                    // RFC 3339, as written; empty if unknown
  std::string published;                    // where it can be read; empty if unknown
  std::optional<election::Votes> tables;    // stations counted, as a number
  std::optional<Announced> tables_percent;  // or as a share of all stations
  std::optional<election::Votes> valid;
  std::optional<election::Votes> null;
  std::optional<election::Votes> cast;
  std::optional<Announced> turnout_percent;
  std::vector<ClaimedFor<election::Votes>> votes;  // in the definition's order, groups last
  std::vector<ClaimedFor<Announced>> percent;      // of the valid votes
};

// Reads a claim from TOML (docs/election-definition.md, "Claims"). "others" stands for all options
// that have no line of their own in the table. bad_input with the line, and with what is allowed
// there.
Result<Claim> parse_claim(std::string_view toml, const election::Definition& definition);

}  // namespace scr::entry
