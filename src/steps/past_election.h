// SPDX-License-Identifier: Apache-2.0
//
// The returns of an election of the past, from files: what statistical tests hold those of today
// against.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "election/geography.h"
#include "review/station_return.h"

namespace scr::steps {

struct PastElection {
  election::Definition definition;
  std::unique_ptr<election::Geography> geography;
  std::vector<review::StationReturn> returns;  // accepted by the definition's rules
  std::size_t refused = 0;                     // lines that say no return
};

// Texts of a definition, of a mapping (nothing: columns by convention) and of returns as CSV. A
// roster that the definition names is not looked at.
//
// Fails with bad_input if one of them cannot be read.
Result<PastElection> past_election(std::string_view definition,
                                   const std::optional<std::string>& mapping,
                                   std::string_view returns);

}  // namespace scr::steps
