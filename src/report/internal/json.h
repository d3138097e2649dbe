// SPDX-License-Identifier: Apache-2.0
//
// How the values of other rooms stand in JSON: counts as integers, fractions exactly, what nobody
// knows as null.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fraction.h"
#include "canon/value.h"
#include "election/definition.h"
#include "election/votes.h"
#include "report/facts.h"

namespace scr::report::internal {

// An integer if it is whole, else "p/q": a double would round.
canon::Value json_of(const Fraction& fraction);
canon::Value json_of(const std::optional<Fraction>& fraction);
canon::Value json_of(election::Votes votes);
canon::Value json_of(const std::optional<election::Votes>& votes);
canon::Value json_of(const std::optional<std::int64_t>& number);
canon::Value json_of(const election::Words& words);
canon::Value json_of(const election::Total& total);
canon::Value json_of(const Basis& basis);

// A detail of a check or finding: an integer where the text is one.
canon::Value json_of_detail(const std::string& text);

// Texts that ids hold, in their order.
template <class Kind>
canon::Value json_of(const std::vector<Id<Kind>>& ids) {
  canon::Value list = canon::Value::array();
  for (const Id<Kind>& id : ids) list.push_back(canon::Value(id.value()));
  return list;
}

// {"EG": 7173152, ...}
canon::Value votes_json(const election::Definition& definition,
                        const std::vector<election::Votes>& votes);

}  // namespace scr::report::internal
