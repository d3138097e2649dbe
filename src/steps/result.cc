// SPDX-License-Identifier: Apache-2.0
#include "steps/result.h"

#include <utility>

#include "canon/value.h"
#include "derive/conclusions.h"
#include "report/judgement_json.h"
#include "report/tally_json.h"
#include "review/station_return.h"
#include "tally/tally.h"

namespace scr::steps {
namespace {

// The count of every level, the country first, then each station.
canon::Value counts_of(const derive::RecordState& state, const tally::Tallies& tallies,
                       std::span<const review::StationReturn> returns) {
  canon::Value counts = canon::Value::array();
  for (std::uint32_t depth = 0; depth <= state.definition.levels.size(); ++depth) {
    const auto units = tally::units_at_depth(state.geography, depth);
    counts.push_back(report::tally_json(state.definition, state.geography, tallies, units));
  }
  counts.push_back(report::tally_json(state.definition, state.geography, returns));
  return counts;
}

}  // namespace

Result<std::string> result_bytes(const derive::RecordState& state,
                                 const std::vector<entry::Claim>& claims) {
  SCR_TRY(selection, derive::select(state, {}));
  canon::Value result = canon::Value::object();
  result.set("schema", kResultSchema);
  result.set("size", static_cast<std::int64_t>(state.size));
  if (!selection.electors_known) {
    SCR_TRY(count, derive::count(state, selection));
    result.set("counts", counts_of(state, count.tallies, count.returns));
    return canon::write(result);
  }
  SCR_TRY(conclusions, derive::conclude(state, claims, selection));
  result.set("counts", counts_of(state, conclusions.tallies, conclusions.returns));
  const report::Facts facts{.definition = state.definition,
                            .geography = state.geography,
                            .tallies = conclusions.tallies,
                            .returns = conclusions.returns,
                            .findings = conclusions.findings,
                            .premises = selection.premises,
                            .outcome = conclusions.outcome,
                            .claims = conclusions.claims,
                            // The root is left out: the entry that states the result binds it.
                            .basis = {.origin = state.genesis.origin,
                                      .tree_size = state.size,
                                      .root = {},
                                      .sources = selection.sources_used,
                                      .sources_dropped = {},
                                      .stations_dropped = 0,
                                      .program = ""}};
  result.set("judgement", report::judgement_json(facts));
  return canon::write(result);
}

}  // namespace scr::steps
