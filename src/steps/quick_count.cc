// SPDX-License-Identifier: Apache-2.0
#include "steps/quick_count.h"

#include <algorithm>
#include <set>
#include <utility>

#include "audit/course.h"
#include "derive/conclusions.h"
#include "entry/entry.h"
#include "quickcount/sample.h"
#include "steps/open_log.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

constexpr double kConfidence = 0.95;

Result<const election::Roster*> whole_roster(const derive::RecordState& state) {
  if (state.roster && state.definition.roster_complete) return &*state.roster;
  return fail(ErrorCode::unsupported,
              "a sample is drawn from all stations: the definition needs a complete roster");
}

Result<const derive::QuickCountOnRecord*> find_count(const derive::RecordState& state,
                                                     const std::string& name) {
  if (const auto* found = derive::find_quick_count(state, name)) return found;
  std::string known;
  for (const auto& one : state.quick_counts)
    known += (known.empty() ? "; there are " : ", ") + one.planned.count;
  return fail(ErrorCode::not_found, "no quick count of that name is on record" + known, name);
}

struct Drawn {
  report::QuickCountSample sample;
  std::vector<quickcount::RosterStratum> strata;
  std::vector<quickcount::Chosen> chosen;  // none without a seed
};

Result<Drawn> draw(const derive::RecordState& state, const entry::QuickCountPlanned& planned,
                   const std::optional<std::string>& seed) {
  SCR_TRY(roster, whole_roster(state));
  SCR_TRY(strata, quickcount::strata_of(state.definition, state.geography, *roster, planned.level));
  Drawn drawn;
  drawn.sample.planned = planned;
  drawn.sample.seed = seed;
  const auto sizes = quickcount::allocate(strata, static_cast<std::int64_t>(planned.size));
  for (std::size_t h = 0; h < strata.size(); ++h) {
    drawn.sample.strata.push_back(
        {strata[h].id, static_cast<std::int64_t>(strata[h].stations.size()), sizes[h], {}});
  }
  if (seed) {
    drawn.chosen = quickcount::sample_of(strata, sizes, *seed);
    for (const quickcount::Chosen& one : drawn.chosen)
      drawn.sample.strata[one.stratum].stations_drawn.push_back(roster->stations[one.station].id);
  }
  drawn.strata = std::move(strata);
  return drawn;
}

Result<std::uint64_t> append_one(const view::OpenRecord& record, const std::string& entry) {
  SCR_TRY(log, open_log(record.folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                record.folder.string());
  }
  const std::vector<std::string> entries{entry};
  SCR_TRY_VOID(log.append(entries));
  return log.size();
}

}  // namespace

Result<report::QuickCountSample> plan_quick_count(const fs::path& folder, const std::string& name,
                                                  std::int64_t size, const std::string& level,
                                                  os::Clock& clock) {
  SCR_TRY(record, view::open_record(folder));
  if (derive::find_quick_count(record.state, name))
    return fail(ErrorCode::conflict, "a quick count of that name is on record", name);
  const entry::QuickCountPlanned planned{.at = entry::ClaimedTime(clock.now()),
                                         .count = name,
                                         .level = election::LevelId(level),
                                         .size = static_cast<std::uint64_t>(size)};
  SCR_TRY(drawn, draw(record.state, planned, std::nullopt));
  SCR_TRY(grown, append_one(record, encode(planned)));
  drawn.sample.entry = record.size;
  drawn.sample.tree_size = grown;
  return std::move(drawn.sample);
}

Result<report::QuickCountSample> draw_quick_count(const fs::path& folder, const std::string& name,
                                                  const std::optional<std::string>& seed,
                                                  os::Clock& clock) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(count, find_count(record.state, name));
  if (count->seed && seed && *seed != count->seed->seed) {
    return fail(ErrorCode::conflict,
                "the quick count has its seed, and it is another; it is never replaced", "--seed");
  }
  if (!count->seed && !seed) {
    return fail(ErrorCode::bad_input,
                "it has no seed yet: give the one that was made in public, with --seed");
  }
  if (!count->seed && !audit::is_seed(*seed))
    return fail(ErrorCode::bad_input, "a seed is 1 to 200 digits, letters or '-'", "--seed");
  SCR_TRY(drawn, draw(record.state, count->planned, count->seed ? count->seed->seed : *seed));
  drawn.sample.entry = count->index.value();
  drawn.sample.tree_size = record.size;
  if (count->seed) return std::move(drawn.sample);
  SCR_TRY(grown, append_one(record, encode(entry::SeedDrawn{entry::ClaimedTime(clock.now()),
                                                            count->index, *seed})));
  drawn.sample.tree_size = grown;
  return std::move(drawn.sample);
}

namespace {

const review::StationReturn* return_of(const std::vector<review::StationReturn>& returns,
                                       const election::StationId& station) {
  const auto found = std::lower_bound(
      returns.begin(), returns.end(), station,
      [](const review::StationReturn& r, const election::StationId& id) { return r.station < id; });
  return found != returns.end() && found->station == station ? &*found : nullptr;
}

// Stations of which anything was on record before the seed.
std::int64_t known_before(const derive::RecordState& state, const election::Roster& roster,
                          const Drawn& drawn, entry::EntryIndex seed) {
  std::set<election::StationId> known;
  for (const review::Transcript& transcript : state.transcripts) {
    if (transcript.figures.basis < seed.value()) known.insert(transcript.figures.station);
  }
  return std::count_if(drawn.chosen.begin(), drawn.chosen.end(), [&](const auto& one) {
    return known.contains(roster.stations[one.station].id);
  });
}

quickcount::Counted counted_of(const review::StationReturn& one, std::size_t option,
                               const election::RosterStation& station) {
  return {static_cast<double>(one.votes[option].count()), static_cast<double>(one.valid.count()),
          station.registered ? static_cast<double>(station.registered->count()) : 0};
}

// The most electors that a station has; nothing if that is not known of all.
std::optional<double> most_electors(const election::Roster& roster) {
  std::int64_t most = 0;
  for (const auto& station : roster.stations) {
    if (!station.registered) return std::nullopt;
    most = std::max(most, station.registered->count());
  }
  return static_cast<double>(most);
}

// The limits after fewer stations, at thirty moments at most.
std::vector<report::QuickCountOption::Arrived> arrivals_of(
    std::span<const quickcount::Counted> in_order, std::int64_t stations, double most) {
  constexpr std::size_t kMoments = 30;
  std::vector<report::QuickCountOption::Arrived> arrivals;
  const std::size_t moments = std::min(kMoments, in_order.size());
  for (std::size_t k = 1; k <= moments; ++k) {
    const std::size_t n = k * in_order.size() / moments;
    arrivals.push_back(
        {static_cast<std::int64_t>(n),
         quickcount::confidence_sequence(in_order.first(n), stations, most, kConfidence)});
  }
  return arrivals;
}

void estimate(const election::Roster& roster, const Drawn& drawn, QuickCounted& counted) {
  const auto& returns = counted.judged.conclusions.returns;
  const auto& definition = counted.judged.record.state.definition;
  std::vector<const review::StationReturn*> found;
  for (const quickcount::Chosen& one : drawn.chosen)
    found.push_back(return_of(returns, roster.stations[one.station].id));
  counted.in_sample = static_cast<std::int64_t>(found.size());
  counted.counted = static_cast<std::int64_t>(
      std::count_if(found.begin(), found.end(), [](const auto* one) { return one != nullptr; }));
  counted.in_order =
      static_cast<std::int64_t>(std::find(found.begin(), found.end(), nullptr) - found.begin());
  const auto most = most_electors(roster);
  for (std::size_t o = 0; o < definition.options.size(); ++o) {
    std::vector<quickcount::SampledStratum> strata;
    for (const quickcount::RosterStratum& stratum : drawn.strata) {
      strata.push_back({static_cast<std::int64_t>(stratum.stations.size()), 0, {}});
      for (std::size_t i : stratum.stations) {
        const auto& electors = roster.stations[i].registered;
        strata.back().registered += electors ? static_cast<double>(electors->count()) : 0;
      }
    }
    std::vector<quickcount::Counted> in_order;
    bool within = true;  // no station has more valid votes than the largest has electors
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!found[i]) continue;
      const auto one = counted_of(*found[i], o, roster.stations[drawn.chosen[i].station]);
      strata[drawn.chosen[i].stratum].sample.push_back(one);
      if (static_cast<std::int64_t>(i) < counted.in_order) in_order.push_back(one);
      within = within && most && one.valid <= *most;
    }
    report::QuickCountOption option{.option = definition.options[o].id};
    option.combined = quickcount::combined_ratio(strata);
    if (most) option.separate = quickcount::separate_ratio(strata);
    if (strata.size() == 1 && within) {
      option.sequence =
          quickcount::confidence_sequence(in_order, strata.front().stations, *most, kConfidence);
      option.arrivals = arrivals_of(in_order, strata.front().stations, *most);
    }
    counted.options.push_back(std::move(option));
  }
}

}  // namespace

Result<QuickCounted> report_quick_count(const fs::path& folder,
                                        const std::optional<std::string>& name) {
  SCR_TRY(judged, judge(folder, {}));
  QuickCounted counted{.judged = std::move(judged)};
  const auto& state = counted.judged.record.state;
  if (name) {
    SCR_TRY(on_record, find_count(state, *name));
    std::optional<std::string> seed;
    if (on_record->seed) seed = on_record->seed->seed;
    SCR_TRY(drawn, draw(state, on_record->planned, seed));
    drawn.sample.entry = on_record->index.value();
    counted.sample = drawn.sample;
    if (!seed) return counted;
    counted.known_before = known_before(state, *state.roster, drawn, on_record->seed->index);
    counted.by_chance = counted.known_before == 0;
    if (counted.by_chance) {
      estimate(*state.roster, drawn, counted);
      return counted;
    }
    counted.in_sample = static_cast<std::int64_t>(drawn.chosen.size());
  }
  // Without a complete roster there is no model, and the other two answers stand.
  const auto modelled = add_model(counted.judged);
  if (!modelled && modelled.error().code != ErrorCode::unsupported)
    return tl::unexpected(modelled.error());
  return counted;
}

report::QuickCount QuickCounted::report() const {
  report::QuickCount count{.definition = judged.record.state.definition,
                           .sample = sample,
                           .by_chance = by_chance,
                           .counted = counted,
                           .in_sample = in_sample,
                           .known_before = known_before,
                           .in_order = in_order,
                           .options = options,
                           .found = std::nullopt};
  const bool waits_for_seed = sample && !sample->seed;
  if (!by_chance && !waits_for_seed) count.found.emplace(judged.facts());
  return count;
}

}  // namespace scr::steps
