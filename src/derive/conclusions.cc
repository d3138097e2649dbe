// SPDX-License-Identifier: Apache-2.0
#include "derive/conclusions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"
#include "derive/repeats.h"
#include "review/rules.h"

namespace scr::derive {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

Result<void> must_know(const RecordState& state, const std::vector<election::SourceId>& named) {
  std::vector<std::string> known;
  for (const auto& source : state.sources) known.push_back(source.value());
  for (const auto& source : named) {
    if (std::find(known.begin(), known.end(), source.value()) != known.end()) continue;
    return fail(ErrorCode::not_found,
                "the record has no source of that name; it has: " + listed(known), source.value());
  }
  return {};
}

bool holds(const std::vector<election::SourceId>& sources, const election::SourceId& source) {
  return std::find(sources.begin(), sources.end(), source) != sources.end();
}

Result<election::Total> total_of(const election::Totals& totals,
                                 const std::optional<election::TotalId>& wanted) {
  if (!wanted) return totals.chosen_total();
  if (const election::Total* total = totals.find(*wanted)) return *total;
  std::vector<std::string> known;
  for (const election::Total& total : totals.known) known.push_back(total.id.value());
  return fail(ErrorCode::not_found, "the definition has no such total; it has: " + listed(known),
              wanted->value());
}

election::Total own_total(election::Votes value) {
  return {.id = election::TotalId("own"),
          .value = value,
          .what = {{{"en", "number given on the command line"},
                    {"es", "número dado en la línea de órdenes"}}},
          .source = ""};
}

// The sum of a complete roster's registered voters; nothing if any station lacks the number.
std::optional<election::Total> roster_electors(const RecordState& state) {
  if (!state.roster || !state.definition.roster_complete) return std::nullopt;
  election::Votes sum;
  for (const election::RosterStation& station : state.roster->stations) {
    const auto more = station.registered ? add(sum, *station.registered) : std::nullopt;
    if (!more) return std::nullopt;
    sum = *more;
  }
  return election::Total{
      .id = election::TotalId("roster"),
      .value = sum,
      .what = {{{"en", "sum of the roster"}, {"es", "suma del padrón de mesas"}}},
      .source = state.definition.roster->file};
}

std::optional<election::Total> roster_stations(const RecordState& state) {
  if (!state.roster || !state.definition.roster_complete) return std::nullopt;
  const auto count = static_cast<std::int64_t>(state.roster->stations.size());
  return election::Total{.id = election::TotalId("roster"),
                         .value = *election::Votes::from(count),
                         .what = {{{"en", "stations of the roster"}, {"es", "mesas del padrón"}}},
                         .source = state.definition.roster->file};
}

// The total of a kind that applies: one's own choice, the definition's, the roster's, or none.
Result<std::optional<election::Total>> applicable(const election::Totals& totals,
                                                  const std::optional<election::TotalId>& wanted,
                                                  std::optional<election::Total> of_roster) {
  if (totals.known.empty() && (!wanted || (of_roster && of_roster->id == *wanted))) {
    return of_roster;
  }
  SCR_TRY(total, total_of(totals, wanted));
  return std::optional(std::move(total));
}

// The latest claim before `claims[i]` that the same author announced, by the times that they carry;
// null if none, or if the times cannot be compared as they are written.
const entry::Claim* earlier_claim(const std::vector<entry::Claim>& claims, std::size_t i) {
  const entry::Claim& claim = claims[i];
  const auto zone = [](const std::string& time) {
    if (time.ends_with('Z')) return std::string("Z");
    return time.size() < 6 ? std::string() : time.substr(time.size() - 6);
  };
  const entry::Claim* latest = nullptr;
  for (const entry::Claim& other : claims) {
    const bool before = other.by == claim.by && !other.announced.empty() &&
                        zone(other.announced) == zone(claim.announced) &&
                        other.announced < claim.announced;
    if (before && (!latest || latest->announced < other.announced)) latest = &other;
  }
  return latest;
}

}  // namespace

Result<Selection> select(const RecordState& state, const Switches& switches) {
  SCR_TRY_VOID(must_know(state, switches.only_sources));
  SCR_TRY_VOID(must_know(state, switches.without_sources));
  Selection selection;
  for (const election::SourceId& source : state.sources) {
    const bool dropped = holds(switches.without_sources, source) ||
                         (!switches.only_sources.empty() && !holds(switches.only_sources, source));
    selection.left_out.sources.push_back(dropped);
    (dropped ? selection.sources_dropped : selection.sources_used).push_back(source);
  }
  selection.left_out.stations = switches.without_stations;
  auto& stations = selection.left_out.stations;
  std::sort(stations.begin(), stations.end());
  stations.erase(std::unique(stations.begin(), stations.end()), stations.end());

  const election::Definition& definition = state.definition;
  if (switches.electors_value) {
    selection.premises.electors = own_total(*switches.electors_value);
    selection.electors_known = true;
  } else {
    SCR_TRY(electors, applicable(definition.electors, switches.electors, roster_electors(state)));
    selection.electors_known = electors.has_value();
    if (electors) selection.premises.electors = *electors;
  }
  SCR_TRY(stations_total,
          applicable(definition.stations, switches.stations, roster_stations(state)));
  selection.premises.stations = stations_total;
  selection.premises.turnout_caps =
      switches.turnout_caps.empty() ? definition.turnout_caps : switches.turnout_caps;
  return selection;
}

Result<Count> count(const RecordState& state, const Selection& selection) {
  const election::Roster* roster = state.roster ? &*state.roster : nullptr;
  // Which transcription of each station counts.
  review::Accepted accepted = review::accept(state.definition, roster, state.sources,
                                             state.transcripts, selection.left_out);
  // What the checks noticed: of single entries, of stations, and of numbers left out.
  std::vector<checks::Finding> findings = state.findings;
  std::move(accepted.findings.begin(), accepted.findings.end(), std::back_inserter(findings));
  auto repeats = near_repeats(state);
  std::move(repeats.begin(), repeats.end(), std::back_inserter(findings));
  if (!state.definition.roster_complete) {
    auto gaps = review::numbering_gaps(accepted.returns);
    std::move(gaps.begin(), gaps.end(), std::back_inserter(findings));
  }
  // The sums, for every unit.
  const auto& premises = selection.premises;
  SCR_TRY(tallies,
          tally::add_up(
              state.definition, state.geography, roster,
              premises.stations ? std::optional(premises.stations->value) : std::nullopt,
              selection.electors_known ? std::optional(premises.electors.value) : std::nullopt,
              accepted.returns));
  return Count{std::move(accepted.returns), std::move(findings), std::move(tallies)};
}

Result<Conclusions> conclude(const RecordState& state, const std::vector<entry::Claim>& claims,
                             const Selection& selection) {
  SCR_CHECK(claims.size() == state.claims.size());
  if (!selection.electors_known) {
    return fail(ErrorCode::bad_input,
                "nobody says how many registered voters there are, so nothing can be said of the "
                "sheets that are missing; add [[electors]] to the definition, or give --electors "
                "NUMBER");
  }
  SCR_TRY(counted, count(state, selection));
  // Who won, as far as that is certain.
  SCR_TRY(outcome, judge::judge_outcome(state.definition, counted.returns, selection.premises));
  // What the returns say of each claim.
  std::vector<judge::JudgedClaim> judged;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    SCR_TRY(checks, at(claims[i].id.value(),
                       judge::judge_claim(state.definition, claims[i], earlier_claim(claims, i),
                                          counted.returns, selection.premises)));
    judged.push_back(std::move(checks));
  }
  return Conclusions{std::move(counted.returns), std::move(counted.findings),
                     std::move(counted.tallies), std::move(outcome), std::move(judged)};
}

}  // namespace scr::derive
