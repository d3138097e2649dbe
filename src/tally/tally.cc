// SPDX-License-Identifier: Apache-2.0
//
// One pass over the returns into a flat table of sums, one row a unit; one pass up the tree,
// children before parents, since a unit is always numbered after its parent.
#include "tally/tally.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"

namespace scr::tally {
namespace {

using election::Votes;

// Columns of the table, before those of the options.
enum Column : std::size_t { kReturned, kCovered, kValid, kNull, kInvalid, kFirstOption };

class Sums {
 public:
  Sums(std::size_t units, std::size_t options)
      : width_(kFirstOption + options), cells_(units * width_, 0) {}

  std::int64_t* row(std::size_t unit) { return cells_.data() + unit * width_; }
  std::size_t width() const { return width_; }

 private:
  std::size_t width_;
  std::vector<std::int64_t> cells_;
};

// False if the sum is beyond what a count may be.
bool add_to(std::int64_t& sum, std::int64_t more) {
  sum += more;  // both below 2^53 (checked each time), so this cannot overflow
  return sum <= Votes::kMax;
}

// Electors of a return: as it says, else at least its ballots.
std::int64_t electors_of(const review::StationReturn& station_return) {
  return station_return.registered ? station_return.registered->count()
                                   : review::cast(station_return);
}

bool add_return(const review::StationReturn& station_return, std::int64_t* row) {
  bool fits = add_to(row[kReturned], 1);
  fits = add_to(row[kCovered], electors_of(station_return)) && fits;
  fits = add_to(row[kValid], station_return.valid.count()) && fits;
  fits = add_to(row[kNull], station_return.null.count()) && fits;
  fits = add_to(row[kInvalid], station_return.invalid.count()) && fits;
  std::size_t column = kFirstOption;
  for (Votes count : station_return.votes) fits = add_to(row[column++], count.count()) && fits;
  return fits;
}

Votes votes(std::int64_t n) {
  const auto count = Votes::from(n);
  SCR_CHECK(count.has_value());
  return *count;
}

// Stations and electors that a complete roster lists, by unit.
struct Expected {
  std::vector<std::int64_t> stations;
  std::vector<std::optional<std::int64_t>> registered;  // nothing if one station lacks it
};

Expected expected_by(const election::Geography& geography, const election::Roster& roster) {
  const auto units = geography.units();
  Expected expected{std::vector<std::int64_t>(units.size(), 0),
                    std::vector<std::optional<std::int64_t>>(units.size(), 0)};
  const auto add_registered = [](std::optional<std::int64_t>& sum,
                                 std::optional<std::int64_t> more) {
    if (!sum || !more || *sum + *more > Votes::kMax) {
      sum.reset();
    } else {
      *sum += *more;
    }
  };
  for (const election::RosterStation& station : roster.stations) {
    const std::size_t unit = station.unit.value();
    ++expected.stations[unit];
    add_registered(expected.registered[unit],
                   station.registered ? std::optional(station.registered->count()) : std::nullopt);
  }
  for (std::size_t unit = units.size(); unit-- > 1;) {
    const std::size_t parent = units[unit].parent.value();
    expected.stations[parent] += expected.stations[unit];
    add_registered(expected.registered[parent], expected.registered[unit]);
  }
  return expected;
}

Tally tally_of(election::UnitOrdinal unit, const std::int64_t* row, std::size_t options) {
  Tally tally;
  tally.unit = unit;
  tally.coverage.stations_returned = votes(row[kReturned]);
  tally.coverage.registered_covered = votes(row[kCovered]);
  tally.valid = votes(row[kValid]);
  tally.null = votes(row[kNull]);
  tally.invalid = votes(row[kInvalid]);
  tally.votes.reserve(options);
  for (std::size_t i = 0; i < options; ++i) tally.votes.push_back(votes(row[kFirstOption + i]));
  return tally;
}

Result<void> check_returns(const election::Geography& geography, std::size_t options,
                           std::span<const review::StationReturn> returns) {
  const review::StationReturn* before = nullptr;
  bool sorted = true;
  for (const review::StationReturn& r : returns) {
    if (r.votes.size() != options) {
      return fail(ErrorCode::bad_input, "not one count for each option", r.station.value());
    }
    if (r.unit.value() >= geography.units().size()) {
      return fail(ErrorCode::bad_input, "lies in a unit that is not known", r.station.value());
    }
    if (before && before->station == r.station) {
      return fail(ErrorCode::conflict, "has two returns", r.station.value());
    }
    sorted = sorted && (!before || before->station < r.station);
    before = &r;
  }
  if (sorted) return {};
  std::vector<std::string> stations;
  for (const review::StationReturn& r : returns) stations.push_back(r.station.value());
  std::sort(stations.begin(), stations.end());
  const auto twice = std::adjacent_find(stations.begin(), stations.end());
  if (twice == stations.end()) return {};
  return fail(ErrorCode::conflict, "has two returns", *twice);
}

}  // namespace

std::vector<election::UnitOrdinal> units_at_depth(const election::Geography& geography,
                                                  std::uint32_t depth) {
  std::vector<election::UnitOrdinal> ordinals;
  const auto units = geography.units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].depth == depth) ordinals.emplace_back(static_cast<std::uint32_t>(i));
  }
  std::sort(ordinals.begin(), ordinals.end(),
            [&](election::UnitOrdinal a, election::UnitOrdinal b) {
              return units[a.value()].id < units[b.value()].id;
            });
  return ordinals;
}

Result<Tallies> add_up(const election::Definition& definition, const election::Geography& geography,
                       const election::Roster* roster, std::optional<Votes> stations,
                       std::optional<Votes> electors,
                       std::span<const review::StationReturn> returns) {
  const std::size_t options = definition.options.size();
  const auto units = geography.units();
  SCR_TRY_VOID(check_returns(geography, options, returns));
  Sums sums(units.size(), options);
  bool fits = true;
  for (const review::StationReturn& r : returns) {
    fits = add_return(r, sums.row(r.unit.value())) && fits;
  }
  for (std::size_t unit = units.size(); unit-- > 1;) {
    std::int64_t* into = sums.row(units[unit].parent.value());
    const std::int64_t* from = sums.row(unit);
    for (std::size_t i = 0; i < sums.width() && fits; ++i) fits = add_to(into[i], from[i]);
  }
  if (!fits)
    return fail(ErrorCode::bad_input, "a sum of votes passes 2^53: the figures cannot be true");

  std::vector<Tally> tallies;
  tallies.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const election::UnitOrdinal unit(static_cast<std::uint32_t>(i));
    tallies.push_back(tally_of(unit, sums.row(i), options));
  }
  if (roster && definition.roster_complete) {
    const Expected expected = expected_by(geography, *roster);
    for (std::size_t i = 0; i < units.size(); ++i) {
      tallies[i].coverage.stations_expected = votes(expected.stations[i]);
      if (expected.registered[i]) {
        tallies[i].coverage.registered_total = votes(*expected.registered[i]);
      }
    }
  }
  if (stations) tallies[0].coverage.stations_expected = stations;
  if (electors) tallies[0].coverage.registered_total = electors;
  return Tallies(std::move(tallies));
}

}  // namespace scr::tally
