// SPDX-License-Identifier: Apache-2.0
#include "audit/course.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "audit/internal/weigh.h"
#include "base/check.h"

namespace scr::audit {
namespace {

constexpr std::array<std::pair<Kind, const char*>, 4> kKinds{
    {{Kind::transcription, "transcription"},
     {Kind::breakdown, "breakdown"},
     {Kind::boxes, "boxes"},
     {Kind::ballots, "ballots"}}};
constexpr std::array<std::pair<By, const char*>, 7> kMethods{
    {{By::kaplan_markov, "kaplan-markov"},
     {By::alpha_stations, "alpha-stations"},
     {By::alpha, "alpha"},
     {By::kelly, "kelly"},
     {By::bravo, "bravo"},
     {By::minerva, "minerva"},
     {By::oneaudit, "oneaudit"}}};

template <class Table>
std::string words_of(const Table& table) {
  std::string words;
  for (const auto& [value, name] : table) words += (words.empty() ? "" : ", ") + std::string(name);
  return words;
}

template <class Table>
auto find_in(const Table& table, std::string_view word)
    -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, name] : table) {
    if (word == name) return value;
  }
  return std::nullopt;
}

constexpr std::int64_t kMostListed = 2'000'000;

Result<Rule> rule_of(const entry::AuditPlanned& planned) {
  Rule rule;
  rule.winners = static_cast<std::size_t>(planned.winners);
  if (planned.winners == 0 || planned.winners > 1000)
    return fail(ErrorCode::bad_input, "winners: must be at least 1");
  if (!planned.majority) return rule;
  rule.majority = Fraction::parse(*planned.majority);
  if (!rule.majority || *rule.majority <= Fraction(0) || *rule.majority >= Fraction(1))
    return fail(ErrorCode::bad_input, "majority: must be a share between 0 and 1, such as 1/2");
  return rule;
}

}  // namespace

const char* name_of(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)].second;
}
const char* name_of(By by) {
  return kMethods[static_cast<std::size_t>(by)].second;
}
bool of_stations(By by) {
  return by == By::kaplan_markov || by == By::alpha_stations;
}

Result<Rules> rules_of(const entry::AuditPlanned& planned) {
  const auto kind = find_in(kKinds, planned.kind);
  if (!kind) {
    return fail(ErrorCode::bad_input, "no such kind; there are " + words_of(kKinds), planned.kind);
  }
  const auto by = find_in(kMethods, planned.method);
  if (!by) {
    return fail(ErrorCode::bad_input, "no such method; there are " + words_of(kMethods),
                planned.method);
  }
  const auto sampler = sampler_named(planned.sampler);
  if (!sampler) {
    return fail(ErrorCode::bad_input,
                "no such sampler; there are cryptorandom, rivest, consistent-sampler, weighted",
                planned.sampler);
  }
  const auto risk = Fraction::parse(planned.risk);
  if (!risk || *risk <= Fraction(0) || *risk > *Fraction::of(1, 2)) {
    return fail(ErrorCode::bad_input, "the risk limit must be above 0 and at most 1/2",
                planned.risk);
  }
  const bool stations = *kind != Kind::ballots;
  if (stations != of_stations(*by)) {
    return fail(ErrorCode::unsupported, std::string("the method ") + name_of(*by) + " is for " +
                                            (of_stations(*by) ? "stations" : "single ballots") +
                                            ", not for " + name_of(*kind));
  }
  if (stations != (*sampler == Sampler::weighted)) {
    return fail(ErrorCode::unsupported,
                "stations are drawn by the sampler weighted, ballots by one of the others");
  }
  SCR_TRY(rule, rule_of(planned));
  const bool pairs_only = stations || *by == By::bravo || *by == By::minerva;
  if (rule.majority && pairs_only) {
    return fail(ErrorCode::unsupported,
                "a majority is confirmed with ballots, by alpha, kelly or oneaudit");
  }
  return Rules{*kind, *by, *risk, *sampler, rule};
}

Result<Subject> subject_of(const Rules& rules, const election::Definition& definition,
                           std::span<const review::StationReturn> returns) {
  if (returns.empty()) return fail(ErrorCode::bad_input, "there are no returns to audit");
  Subject subject{.rules = rules};
  subject.total.votes.assign(definition.options.size(), 0);
  for (const review::StationReturn& one : returns) {
    subject.stations.push_back(one.station);
    Tallied tallied;
    std::int64_t votes = 0;
    for (std::size_t o = 0; o < definition.options.size(); ++o) {
      tallied.votes.push_back(one.votes[o].count());
      subject.total.votes[o] += tallied.votes.back();
      votes += tallied.votes.back();
    }
    tallied.ballots = std::max(cast(one), votes);
    subject.total.ballots += tallied.ballots;
    subject.most.push_back(
        std::max(tallied.ballots, one.registered ? one.registered->count() : std::int64_t{0}));
    subject.reported.push_back(std::move(tallied));
  }
  SCR_TRY(assertions, assertions_of(rules.rule, subject.total.votes));
  subject.assertions = std::move(assertions);
  if (!of_stations(rules.by)) return subject;
  ContestBatches contest{subject.assertions, subject.reported};
  for (std::size_t i = 0; i < subject.most.size(); ++i)
    contest.batches[i].ballots = subject.most[i];
  SCR_TRY(batches, Batches::make({std::move(contest)}));
  subject.batches = std::move(batches);
  return subject;
}

std::string unit_of(const Subject& subject, const Draw& draw) {
  const std::string& station = subject.stations[draw.station].value();
  return draw.ballot == 0 ? station : station + "#" + std::to_string(draw.ballot);
}

bool is_seed(std::string_view seed) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return !seed.empty() && seed.size() <= 200 && std::all_of(seed.begin(), seed.end(), fits);
}

namespace {

Result<std::vector<Draw>> draw_stations(const Subject& subject, const std::string& seed,
                                        std::int64_t count) {
  SCR_TRY(positions, weighted_sample(seed, subject.batches->weights(), count));
  std::vector<Draw> draws;
  for (std::size_t position : positions) draws.push_back({position, 0});
  return draws;
}

// Ballots are numbered through, station after station.
Result<std::vector<std::int64_t>> draw_numbers(const Subject& subject, const std::string& seed,
                                               std::int64_t count,
                                               std::span<const std::int64_t> ends) {
  const std::int64_t ballots = subject.total.ballots;
  if (count > ballots) {
    return fail(ErrorCode::bad_input,
                "there are only " + std::to_string(ballots) + " ballots to draw from");
  }
  if (subject.rules.sampler == Sampler::cryptorandom)
    return cryptorandom_sample(seed, ballots, count);
  if (subject.rules.sampler == Sampler::rivest)
    return rivest_sample(seed, 0, ballots - 1, false, count);
  if (ballots > kMostListed) {
    return fail(ErrorCode::unsupported, "consistent-sampler hashes every ballot, and there are " +
                                            std::to_string(ballots) +
                                            "; plan the audit with cryptorandom");
  }
  std::vector<std::string> ids;
  std::map<std::string, std::int64_t> number_of;
  std::int64_t number = 0;
  for (std::size_t s = 0; s < ends.size(); ++s) {
    for (std::int64_t ballot = 1; number < ends[s]; ++ballot, ++number) {
      ids.push_back(unit_of(subject, {s, ballot}));
      number_of[ids.back()] = number;
    }
  }
  std::vector<std::int64_t> numbers;
  for (const Ticket& ticket : consistent_sample(ids, seed, false, static_cast<std::size_t>(count)))
    numbers.push_back(number_of[ticket.id]);
  return numbers;
}

}  // namespace

Result<std::vector<Draw>> draws_of(const Subject& subject, const std::string& seed,
                                   std::int64_t count) {
  if (of_stations(subject.rules.by)) return draw_stations(subject, seed, count);
  std::vector<std::int64_t> ends;
  std::int64_t sum = 0;
  for (const Tallied& tallied : subject.reported) ends.push_back(sum += tallied.ballots);
  SCR_TRY(numbers, draw_numbers(subject, seed, count, ends));
  std::vector<Draw> draws;
  for (std::int64_t number : numbers) {
    const auto end = std::upper_bound(ends.begin(), ends.end(), number);
    const auto station = static_cast<std::size_t>(end - ends.begin());
    const std::int64_t before = *end - subject.reported[station].ballots;
    draws.push_back({station, number - before + 1});
  }
  return draws;
}

namespace {

using Words = std::map<std::string, const entry::AuditFound*>;  // by reader, the last one

bool say_the_same(const entry::AuditFound& a, const entry::AuditFound& b) {
  if (a.found != b.found) return false;
  return !a.found ||
         (a.votes == b.votes && a.valid == b.valid && a.null == b.null && a.invalid == b.invalid);
}

void settle(const Words& words, Unit& unit) {
  unit.readers = static_cast<std::int64_t>(words.size());
  for (auto one = words.begin(); one != words.end() && !unit.settled; ++one) {
    for (auto other = std::next(one); other != words.end(); ++other) {
      if (!say_the_same(*one->second, *other->second)) continue;
      unit.settled = true;
      unit.found = one->second->found;
      if (!unit.found) break;
      const entry::AuditFound& said = *one->second;
      for (election::Votes votes : said.votes) unit.tallied.votes.push_back(votes.count());
      unit.tallied.ballots = said.valid.count() + said.null.count() + said.invalid.count();
      break;
    }
  }
  unit.disputed = words.size() > 1 && !unit.settled;
}

}  // namespace

Progress progress_of(const Subject& subject, std::span<const Draw> draws,
                     std::span<const std::int64_t> rounds,
                     std::span<const entry::AuditFound> found) {
  Progress progress;
  progress.draws = static_cast<std::int64_t>(draws.size());
  std::map<Draw, std::size_t> place;
  std::map<std::string, std::size_t> named;
  std::vector<std::size_t> order;  // unit of each draw
  for (const Draw& draw : draws) {
    const auto [at, fresh] = place.try_emplace(draw, progress.units.size());
    if (fresh) {
      Unit unit;
      unit.draw = draw;
      progress.units.push_back(std::move(unit));
      named[unit_of(subject, draw)] = at->second;
    }
    ++progress.units[at->second].times;
    order.push_back(at->second);
  }
  std::vector<Words> words(progress.units.size());
  for (const entry::AuditFound& one : found) {
    const auto at = named.find(one.unit);
    if (at != named.end()) words[at->second][one.by] = &one;
  }
  for (std::size_t i = 0; i < progress.units.size(); ++i) settle(words[i], progress.units[i]);
  while (progress.weighed < progress.draws &&
         progress.units[order[static_cast<std::size_t>(progress.weighed)]].settled) {
    ++progress.weighed;
  }
  internal::weigh(subject, order, rounds, progress);
  progress.confirmed = progress.p <= subject.rules.risk.approximate();
  return progress;
}

}  // namespace scr::audit
