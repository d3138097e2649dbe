// SPDX-License-Identifier: Apache-2.0
#include "forensics/sources.h"

#include <algorithm>
#include <map>
#include <string>

#include "forensics/internal/distributions.h"

namespace scr::forensics {
namespace {

using review::StationReturn;
using ByStation = std::map<election::StationId, const StationReturn*>;

bool say_the_same(const StationReturn& a, const StationReturn& b) {
  return a.valid == b.valid && a.null == b.null && a.invalid == b.invalid && a.votes == b.votes;
}

ByStation read_off_pictures(std::span<const SourceReturns> sources) {
  ByStation read;
  for (const SourceReturns& source : sources) {
    if (!source.pictures) continue;
    for (const StationReturn& figures : source.returns) read.emplace(figures.station, &figures);
  }
  return read;
}

void take(const StationReturn& a, const StationReturn& b, const ByStation& pictures,
          SourcePair& pair) {
  const bool same = say_the_same(a, b);
  ++pair.both;
  pair.same += same;
  const auto picture = pictures.find(a.station);
  if (picture == pictures.end()) return;
  ++pair.joined;
  const bool wrong_a = !say_the_same(a, *picture->second);
  const bool wrong_b = !say_the_same(b, *picture->second);
  pair.wrong_a += wrong_a;
  pair.wrong_b += wrong_b;
  pair.wrong_alike += wrong_a && same;
}

SourcePair pair_of(const SourceReturns& a, const SourceReturns& b, const ByStation& pictures) {
  SourcePair pair{a.source, b.source};
  std::size_t j = 0;
  for (const StationReturn& of_a : a.returns) {
    while (j < b.returns.size() && b.returns[j].station < of_a.station) ++j;
    if (j < b.returns.size() && b.returns[j].station == of_a.station) {
      take(of_a, b.returns[j], pictures, pair);
    }
  }
  pair.only_a = static_cast<std::int64_t>(a.returns.size()) - pair.both;
  pair.only_b = static_cast<std::int64_t>(b.returns.size()) - pair.both;
  if (pair.wrong_a == 0 || pair.wrong_b == 0) return pair;
  pair.expected = static_cast<double>(pair.wrong_a) * static_cast<double>(pair.wrong_b) /
                  static_cast<double>(pair.joined);
  pair.p = hypergeometric_tail(pair.joined, pair.wrong_a, pair.wrong_b, pair.wrong_alike);
  return pair;
}

// The made-up station `i`: two options, no two mistakes alike by chance alone.
StationReturn made_up(std::int64_t i, std::int64_t mistake) {
  std::string name = std::to_string(i);
  name.insert(0, 12 - std::min<std::size_t>(name.size(), 12), '0');
  const auto votes = [](std::int64_t n) { return *election::Votes::from(n); };
  return {.station = election::StationId(name),
          .unit = election::UnitOrdinal(0),
          .registered = std::nullopt,
          .valid = votes(400),
          .null = votes(0),
          .invalid = votes(0),
          .votes = {votes(250 + mistake), votes(150 - mistake)}};
}

std::int64_t some_mistake(std::int64_t every, Chance& chance) {
  return chance.happens(1, every) ? 1 + chance.below(100) : 0;
}

std::vector<SourceReturns> three(std::int64_t count, std::int64_t every, bool copied,
                                 Chance& chance) {
  std::vector<SourceReturns> sources(3);
  sources[0] = {election::SourceId("a"), false, {}};
  sources[1] = {election::SourceId("b"), false, {}};
  sources[2] = {election::SourceId("pictures"), true, {}};
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t of_a = some_mistake(every, chance);
    const std::int64_t own = some_mistake(every, chance);
    const bool copies = copied && chance.happens(1, 2);
    sources[0].returns.push_back(made_up(i, of_a));
    sources[1].returns.push_back(made_up(i, copies ? of_a : own));
    sources[2].returns.push_back(made_up(i, 0));
  }
  return sources;
}

}  // namespace

std::vector<SourcePair> compare_sources(std::span<const SourceReturns> sources) {
  const ByStation pictures = read_off_pictures(sources);
  std::vector<SourcePair> pairs;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (std::size_t j = i + 1; j < sources.size(); ++j) {
      if (sources[i].pictures || sources[j].pictures) continue;
      pairs.push_back(pair_of(sources[i], sources[j], pictures));
    }
  }
  return pairs;
}

std::vector<SourceReturns> two_that_typed_apart(std::int64_t count, std::int64_t every,
                                                Chance& chance) {
  return three(count, every, false, chance);
}

std::vector<SourceReturns> one_that_copied(std::int64_t count, std::int64_t every, Chance& chance) {
  return three(count, every, true, chance);
}

}  // namespace scr::forensics
