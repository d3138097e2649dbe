// SPDX-License-Identifier: Apache-2.0
#include "audit/course.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "audit/internal/weigh.h"
#include "audit/turns.h"
#include "base/check.h"

namespace scr::audit {
namespace {

constexpr std::array<std::pair<Kind, const char*>, 4> kKinds{
    {{Kind::transcription, "transcription"},
     {Kind::breakdown, "breakdown"},
     {Kind::boxes, "boxes"},
     {Kind::ballots, "ballots"}}};
constexpr std::array<std::pair<By, const char*>, 9> kMethods{
    {{By::kaplan_markov, "kaplan-markov"},
     {By::alpha_stations, "alpha-stations"},
     {By::product_stations, "product-stations"},
     {By::alpha, "alpha"},
     {By::kelly, "kelly"},
     {By::bravo, "bravo"},
     {By::minerva, "minerva"},
     {By::oneaudit, "oneaudit"},
     {By::product, "product"}}};

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

Result<std::vector<Rule>> rules_of_others(const entry::AuditPlanned& planned) {
  if (planned.with.size() > 100)
    return fail(ErrorCode::bad_input, "with: more than a hundred contests");
  std::vector<Rule> rules;
  for (const entry::AuditedWith& other : planned.with) {
    if (other.winners == 0 || other.winners > 1000)
      return fail(ErrorCode::bad_input, "winners: must be at least 1", other.origin);
    rules.push_back({.winners = static_cast<std::size_t>(other.winners), .majority = std::nullopt});
  }
  return rules;
}

}  // namespace

const char* name_of(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)].second;
}
const char* name_of(By by) {
  return kMethods[static_cast<std::size_t>(by)].second;
}
std::optional<By> by_named(std::string_view name) {
  return find_in(kMethods, name);
}
bool of_stations(By by) {
  return by == By::kaplan_markov || by == By::alpha_stations || by == By::product_stations;
}
bool of_strata(By by) {
  return by == By::product_stations || by == By::product;
}

Result<Rules> rules_of(const entry::AuditPlanned& planned) {
  const auto kind = find_in(kKinds, planned.kind);
  if (!kind) {
    return fail(ErrorCode::bad_input, "no such kind; there are " + words_of(kKinds), planned.kind);
  }
  const auto by = by_named(planned.method);
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
  if (of_strata(*by) != planned.strata.has_value()) {
    return fail(ErrorCode::unsupported,
                "strata are weighed by product-stations or product, and these need strata");
  }
  if (!planned.with.empty() && (!stations || planned.strata)) {
    return fail(ErrorCode::unsupported,
                "several contests are audited by stations, without strata: kaplan-markov or "
                "alpha-stations");
  }
  SCR_TRY(rule, rule_of(planned));
  SCR_TRY(others, rules_of_others(planned));
  const bool pairs_only = stations || *by == By::bravo || *by == By::minerva;
  if (rule.majority && pairs_only) {
    return fail(ErrorCode::unsupported,
                "a majority is confirmed with ballots, by alpha, kelly or oneaudit");
  }
  return Rules{*kind, *by, *risk, *sampler, rule, planned.strata, std::move(others)};
}

namespace {

constexpr std::size_t kMostStrata = 1000;

Tallied tallied_of(const review::StationReturn& one, std::size_t options) {
  Tallied tallied;
  std::int64_t votes = 0;
  for (std::size_t o = 0; o < options; ++o) {
    tallied.votes.push_back(one.votes[o].count());
    votes += tallied.votes.back();
  }
  tallied.ballots = std::max(cast(one), votes);
  return tallied;
}

// The contest's figures at the subject's stations, of which its own are a part.
Result<Contest> contest_of(const Rule& rule, const Reported& reported,
                           std::span<const election::StationId> stations) {
  const std::size_t options = reported.definition.options.size();
  Contest contest;
  contest.total.votes.assign(options, 0);
  auto next = reported.returns.begin();
  for (const election::StationId& station : stations) {
    const bool has = next != reported.returns.end() && next->station == station;
    Tallied tallied{std::vector<std::int64_t>(options, 0), 0};
    std::int64_t most = 0;
    if (has) {
      tallied = tallied_of(*next, options);
      most = std::max(tallied.ballots, next->registered ? next->registered->count() : 0);
      ++next;
    }
    for (std::size_t o = 0; o < options; ++o) contest.total.votes[o] += tallied.votes[o];
    contest.total.ballots += tallied.ballots;
    contest.has.push_back(has);
    contest.most.push_back(most);
    contest.reported.push_back(std::move(tallied));
  }
  SCR_TRY(assertions, assertions_of(rule, contest.total.votes));
  contest.assertions = std::move(assertions);
  return contest;
}

std::vector<election::StationId> stations_of(std::span<const Reported> contests) {
  std::vector<election::StationId> stations;
  for (const Reported& one : contests) {
    for (const review::StationReturn& each : one.returns) stations.push_back(each.station);
  }
  std::sort(stations.begin(), stations.end());
  stations.erase(std::unique(stations.begin(), stations.end()), stations.end());
  return stations;
}

ContestBatches batches_of(const Contest& contest) {
  ContestBatches batches{contest.assertions, contest.reported};
  for (std::size_t i = 0; i < contest.most.size(); ++i)
    batches.batches[i].ballots = contest.most[i];
  return batches;
}

// Of an audit of one contest, whose returns are its stations.
Result<Strata> strata_in(const Subject& subject, const Reported& reported) {
  const auto position = reported.definition.level_position(*subject.rules.strata);
  if (!position) {
    return fail(ErrorCode::bad_input, "the definition has no such level",
                subject.rules.strata->value());
  }
  std::vector<std::string> unit_of_station;
  for (const review::StationReturn& one : reported.returns) {
    const auto unit =
        reported.geography.ancestor_at(one.unit, static_cast<std::uint32_t>(*position + 1));
    unit_of_station.push_back(reported.geography.unit(unit.value_or(one.unit)).id.value());
  }
  Strata strata;
  strata.units = unit_of_station;
  std::sort(strata.units.begin(), strata.units.end());
  strata.units.erase(std::unique(strata.units.begin(), strata.units.end()), strata.units.end());
  if (strata.units.size() < 2 || strata.units.size() > kMostStrata) {
    return fail(ErrorCode::unsupported,
                "strata must be 2 to " + std::to_string(kMostStrata) + "; there are " +
                    std::to_string(strata.units.size()),
                subject.rules.strata->value());
  }
  strata.weight.assign(strata.units.size(), 0);
  for (std::size_t i = 0; i < unit_of_station.size(); ++i) {
    const auto at = std::lower_bound(strata.units.begin(), strata.units.end(), unit_of_station[i]);
    const auto h = static_cast<std::size_t>(at - strata.units.begin());
    strata.of.push_back(h);
    strata.weight[h] +=
        subject.batches ? subject.batches->weights()[i] : subject.reported[i].ballots;
  }
  return strata;
}

}  // namespace

Result<Subject> subject_of(const Rules& rules, std::span<const Reported> contests) {
  SCR_CHECK(contests.size() == rules.others.size() + 1);
  for (const Reported& one : contests) {
    if (one.returns.empty())
      return fail(ErrorCode::bad_input, "there are no returns to audit", one.definition.id);
  }
  Subject subject;
  subject.rules = rules;
  subject.stations = stations_of(contests);
  SCR_TRY(own, contest_of(rules.rule, contests.front(), subject.stations));
  static_cast<Contest&>(subject) = std::move(own);
  for (std::size_t i = 0; i < rules.others.size(); ++i) {
    SCR_TRY(other, at(contests[i + 1].definition.id,
                      contest_of(rules.others[i], contests[i + 1], subject.stations)));
    subject.others.push_back(std::move(other));
  }
  if (of_stations(rules.by)) {
    std::vector<ContestBatches> all{batches_of(subject)};
    for (const Contest& other : subject.others) all.push_back(batches_of(other));
    SCR_TRY(batches, Batches::make(std::move(all)));
    subject.batches = std::move(batches);
  }
  if (rules.strata) {
    SCR_TRY(strata, strata_in(subject, contests.front()));
    subject.strata = std::move(strata);
  }
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

// Which stations a sample is drawn from.
using Places = std::vector<std::size_t>;

Result<std::vector<Draw>> draw_stations(const Subject& subject, const Places& places,
                                        const std::string& seed, std::int64_t count) {
  std::vector<std::int64_t> weights;
  for (std::size_t place : places) weights.push_back(subject.batches->weights()[place]);
  SCR_TRY(positions, weighted_sample(seed, weights, count));
  std::vector<Draw> draws;
  for (std::size_t position : positions) draws.push_back({places[position], 0});
  return draws;
}

// Ballots are numbered through, station after station: `ends` says where each ends.
Result<std::vector<std::int64_t>> draw_numbers(const Subject& subject, const Places& places,
                                               const std::string& seed, std::int64_t count,
                                               std::span<const std::int64_t> ends) {
  const std::int64_t ballots = ends.back();
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
      ids.push_back(unit_of(subject, {places[s], ballot}));
      number_of[ids.back()] = number;
    }
  }
  std::vector<std::int64_t> numbers;
  for (const Ticket& ticket : consistent_sample(ids, seed, false, static_cast<std::size_t>(count)))
    numbers.push_back(number_of[ticket.id]);
  return numbers;
}

Result<std::vector<Draw>> draw_from(const Subject& subject, const Places& places,
                                    const std::string& seed, std::int64_t count) {
  if (of_stations(subject.rules.by)) return draw_stations(subject, places, seed, count);
  std::vector<std::int64_t> ends;
  std::int64_t sum = 0;
  for (std::size_t place : places) ends.push_back(sum += subject.reported[place].ballots);
  SCR_TRY(numbers, draw_numbers(subject, places, seed, count, ends));
  std::vector<Draw> draws;
  for (std::int64_t number : numbers) {
    const auto end = std::upper_bound(ends.begin(), ends.end(), number);
    const std::size_t place = places[static_cast<std::size_t>(end - ends.begin())];
    const std::int64_t before = *end - subject.reported[place].ballots;
    draws.push_back({place, number - before + 1});
  }
  return draws;
}

// Each stratum has a sample of its own, from a seed of its own; they take turns.
Result<std::vector<Draw>> draw_from_strata(const Subject& subject, const std::string& seed,
                                           std::int64_t count) {
  const Strata& strata = *subject.strata;
  std::vector<Places> places(strata.units.size());
  for (std::size_t i = 0; i < strata.of.size(); ++i) places[strata.of[i]].push_back(i);
  Turns turns = turns_of(subject);
  std::vector<std::size_t> order;
  for (std::int64_t j = 0; j < count; ++j) {
    const auto next = turns.next();
    if (!next) {
      return fail(ErrorCode::bad_input, "there are only " + std::to_string(subject.total.ballots) +
                                            " ballots to draw from");
    }
    order.push_back(*next);
  }
  std::vector<std::vector<Draw>> samples;
  for (std::size_t h = 0; h < places.size(); ++h) {
    const std::int64_t size = turns.drawn()[h];
    samples.emplace_back();
    if (size == 0) continue;
    SCR_TRY(sample, draw_from(subject, places[h], seed + "/" + strata.units[h], size));
    samples.back() = std::move(sample);
  }
  std::vector<std::size_t> next(samples.size(), 0);
  std::vector<Draw> draws;
  for (std::size_t h : order) draws.push_back(samples[h][next[h]++]);
  return draws;
}

}  // namespace

Turns turns_of(const Subject& subject) {
  std::vector<Turns::Part> parts;
  for (std::int64_t weight : subject.strata->weight) {
    Turns::Part part{.weight = weight, .limit = std::nullopt};
    if (!of_stations(subject.rules.by)) part.limit = weight;
    parts.push_back(part);
  }
  return Turns(std::move(parts));
}

Result<std::vector<Draw>> draws_of(const Subject& subject, const std::string& seed,
                                   std::int64_t count) {
  if (subject.strata) return draw_from_strata(subject, seed, count);
  Places places(subject.stations.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  return draw_from(subject, places, seed, count);
}

namespace {

using Words = std::map<std::string, const entry::AuditFound*>;  // by reader, the last one

bool say_the_same(const entry::AuditFound& a, const entry::AuditFound& b) {
  if (a.found != b.found) return false;
  return !a.found ||
         (a.votes == b.votes && a.valid == b.valid && a.null == b.null && a.invalid == b.invalid);
}

// What two readers agree on of one contest's figures at a unit.
const entry::AuditFound* agreed(const Words& words) {
  for (auto one = words.begin(); one != words.end(); ++one) {
    for (auto other = std::next(one); other != words.end(); ++other) {
      if (say_the_same(*one->second, *other->second)) return one->second;
    }
  }
  return nullptr;
}

Tallied tallied_of(const entry::AuditFound& said) {
  Tallied tallied;
  for (election::Votes votes : said.votes) tallied.votes.push_back(votes.count());
  tallied.ballots = said.valid.count() + said.null.count() + said.invalid.count();
  return tallied;
}

const Contest& contest_in(const Subject& subject, std::size_t contest) {
  return contest == 0 ? static_cast<const Contest&>(subject) : subject.others[contest - 1];
}

// `words`: of each contest.
void settle(const Subject& subject, std::span<const Words> words, Unit& unit) {
  unit.settled = true;
  bool first = true;
  for (std::size_t c = 0; c < words.size(); ++c) {
    const Contest& contest = contest_in(subject, c);
    Tallied tallied = contest.reported[unit.draw.station];  // where it has no figures: none
    if (contest.has[unit.draw.station]) {
      const auto readers = static_cast<std::int64_t>(words[c].size());
      unit.readers = first ? readers : std::min(unit.readers, readers);
      first = false;
      const entry::AuditFound* said = agreed(words[c]);
      unit.disputed = unit.disputed || (readers > 1 && !said);
      unit.settled = unit.settled && said;
      if (said && !said->found) unit.found = false;
      if (said && said->found) tallied = tallied_of(*said);
    }
    if (c == 0) {
      unit.tallied = std::move(tallied);
    } else {
      unit.others.push_back(std::move(tallied));
    }
  }
  if (unit.settled && unit.found) return;
  unit.tallied = {};
  unit.others.clear();
  if (!unit.settled) unit.found = true;
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
  const std::size_t contests = subject.others.size() + 1;
  std::vector<Words> words(progress.units.size() * contests);
  for (const entry::AuditFound& one : found) {
    const auto at = named.find(one.unit);
    if (at == named.end() || one.of >= contests) continue;
    const Contest& contest = contest_in(subject, static_cast<std::size_t>(one.of));
    if (one.found && one.votes.size() != contest.total.votes.size()) continue;
    words[at->second * contests + static_cast<std::size_t>(one.of)][one.by] = &one;
  }
  for (std::size_t i = 0; i < progress.units.size(); ++i)
    settle(subject, std::span(words).subspan(i * contests, contests), progress.units[i]);
  while (progress.weighed < progress.draws &&
         progress.units[order[static_cast<std::size_t>(progress.weighed)]].settled) {
    ++progress.weighed;
  }
  internal::weigh(subject, order, rounds, progress);
  progress.confirmed = progress.p <= subject.rules.risk.approximate();
  return progress;
}

}  // namespace scr::audit
