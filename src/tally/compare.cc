// SPDX-License-Identifier: Apache-2.0
#include "tally/compare.h"

#include <utility>

#include "base/check.h"

namespace scr::tally {
namespace {

using review::StationReturn;

std::string field_of(const election::OptionId& option) {
  const std::string& id = option.value();
  const bool taken = id == "valid" || id == "null" || id == "invalid" || id == "registered";
  return taken ? "votes." + id : id;
}

std::vector<Difference> differences(const election::Definition& definition, const StationReturn& a,
                                    const StationReturn& b) {
  std::vector<Difference> found;
  const auto note = [&found](std::string field, election::Votes in_a, election::Votes in_b) {
    if (in_a != in_b) found.push_back({std::move(field), in_a.count(), in_b.count()});
  };
  for (std::size_t i = 0; i < definition.options.size(); ++i) {
    note(field_of(definition.options[i].id), a.votes[i], b.votes[i]);
  }
  note("valid", a.valid, b.valid);
  note("null", a.null, b.null);
  note("invalid", a.invalid, b.invalid);
  if (a.registered && b.registered) note("registered", *a.registered, *b.registered);
  return found;
}

}  // namespace

Comparison compare(const election::Definition& definition, std::span<const StationReturn> a,
                   std::span<const StationReturn> b, const Stations& unclear_a,
                   const Stations& unclear_b) {
  Comparison comparison;
  comparison.unclear_a.assign(unclear_a.begin(), unclear_a.end());
  comparison.unclear_b.assign(unclear_b.begin(), unclear_b.end());
  const auto only_here = [](const StationReturn& here, const Stations& unclear_there,
                            std::vector<election::StationId>& list) {
    if (!unclear_there.contains(here.station)) list.push_back(here.station);
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].station < b[j].station)) {
      only_here(a[i++], unclear_b, comparison.only_a);
      continue;
    }
    if (i == a.size() || b[j].station < a[i].station) {
      only_here(b[j++], unclear_a, comparison.only_b);
      continue;
    }
    SCR_CHECK(a[i].votes.size() == definition.options.size());
    SCR_CHECK(b[j].votes.size() == definition.options.size());
    ++comparison.joined;
    std::vector<Difference> found = differences(definition, a[i], b[j]);
    if (found.empty()) {
      ++comparison.equal;
    } else {
      comparison.differ.push_back({a[i].station, std::move(found)});
    }
    ++i, ++j;
  }
  return comparison;
}

}  // namespace scr::tally
