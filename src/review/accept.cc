// SPDX-License-Identifier: Apache-2.0
#include "review/accept.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>

#include "review/rules.h"

namespace scr::review {
namespace {

using checks::Code;
using checks::Finding;
using checks::Severity;

class Desk {
 public:
  Desk(const election::Definition& definition, const election::Roster* roster,
       std::span<const election::SourceId> sources)
      : definition_(definition), roster_(roster), sources_(sources) {}

  // `group`: all transcripts of one station, sorted by source, then entry.
  void decide(std::span<const Transcript* const> group);

  Accepted take() { return std::move(accepted_); }

 private:
  // One transcript of each source that still counts.
  std::vector<const Transcript*> one_of_each_source(std::span<const Transcript* const> candidates);
  const Transcript* choose(std::span<const Transcript* const> candidates);
  void accept_return(const Transcript& chosen, std::span<const Transcript* const> candidates);
  void note(Finding finding) { accepted_.findings.push_back(std::move(finding)); }

  const election::Definition& definition_;
  const election::Roster* roster_;
  std::span<const election::SourceId> sources_;
  Accepted accepted_;
};

Finding about(Code code, Severity severity, const Transcript& transcript,
              std::span<const election::SourceId> sources) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  finding.station = transcript.figures.station;
  finding.source = sources[transcript.source.value()];
  finding.entries = {transcript.figures.basis};
  return finding;
}

std::vector<std::uint64_t> entries_of(std::span<const Transcript* const> transcripts) {
  std::vector<std::uint64_t> entries;
  for (const Transcript* t : transcripts) entries.push_back(t->figures.basis);
  std::sort(entries.begin(), entries.end());
  return entries;
}

void Desk::decide(std::span<const Transcript* const> group) {
  const election::RosterStation* listed =
      roster_ ? roster_->find(group.front()->figures.station) : nullptr;
  std::vector<const Transcript*> candidates;
  for (const Transcript* transcript : group) {
    bool counts = true;
    for (Finding& finding :
         broken_rules(definition_, roster_ != nullptr, listed, transcript->figures)) {
      finding.source = sources_[transcript->source.value()];
      counts = counts && !finding.set_aside;
      note(std::move(finding));
    }
    if (counts) candidates.push_back(transcript);
  }
  candidates = one_of_each_source(candidates);
  if (candidates.empty()) return;
  const Transcript* chosen = choose(candidates);
  if (chosen) accept_return(*chosen, candidates);
}

std::vector<const Transcript*> Desk::one_of_each_source(
    std::span<const Transcript* const> candidates) {
  std::vector<const Transcript*> firsts;
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin + 1;
    bool agree = true;
    while (end < candidates.size() && candidates[end]->source == candidates[begin]->source) {
      agree = agree && same_count(candidates[begin]->figures, candidates[end]->figures);
      ++end;
    }
    const auto of_source = candidates.subspan(begin, end - begin);
    if (of_source.size() > 1) {
      Finding finding = about(agree ? Code::duplicate : Code::conflict_in_source,
                              agree ? Severity::info : Severity::error, *of_source[0], sources_);
      finding.entries = entries_of(of_source);
      finding.set_aside = !agree;
      note(std::move(finding));
    }
    if (agree) firsts.push_back(of_source[0]);
    begin = end;
  }
  return firsts;
}

const Transcript* Desk::choose(std::span<const Transcript* const> candidates) {
  const bool agree = std::all_of(candidates.begin(), candidates.end(), [&](const Transcript* t) {
    return same_count(t->figures, candidates.front()->figures);
  });
  if (agree) return candidates.front();
  const Transcript* preferred = nullptr;
  for (const election::SourceId& source : definition_.acceptance.prefer) {
    for (const Transcript* t : candidates) {
      if (!preferred && sources_[t->source.value()] == source) preferred = t;
    }
  }
  Finding finding =
      about(Code::conflict_of_sources, Severity::error, *candidates.front(), sources_);
  finding.source = preferred ? sources_[preferred->source.value()] : election::SourceId();
  finding.entries = entries_of(candidates);
  finding.set_aside = preferred == nullptr;
  note(std::move(finding));
  return preferred;
}

void Desk::accept_return(const Transcript& chosen, std::span<const Transcript* const> candidates) {
  StationReturn accepted = chosen.figures;
  accepted.agreeing = static_cast<std::uint32_t>(
      std::count_if(candidates.begin(), candidates.end(),
                    [&](const Transcript* t) { return same_count(t->figures, chosen.figures); }));
  const election::RosterStation* listed = roster_ ? roster_->find(accepted.station) : nullptr;
  if (listed) {
    accepted.unit = listed->unit;
    if (listed->registered) accepted.registered = listed->registered;
  }
  for (const Transcript* t : candidates) {
    // A reading of a sheet does not know where its station lies; another source may.
    if (accepted.unit == election::UnitOrdinal{0}) accepted.unit = t->figures.unit;
    if (!accepted.registered) accepted.registered = t->figures.registered;
  }
  accepted_.returns.push_back(std::move(accepted));
}

bool is_left_out(const Transcript& transcript, const LeftOut& left_out) {
  const std::size_t source = transcript.source.value();
  return (source < left_out.sources.size() && left_out.sources[source]) ||
         std::binary_search(left_out.stations.begin(), left_out.stations.end(),
                            transcript.figures.station);
}

}  // namespace

bool same_count(const StationReturn& a, const StationReturn& b) {
  return a.valid == b.valid && a.null == b.null && a.invalid == b.invalid && a.votes == b.votes;
}

Accepted accept(const election::Definition& definition, const election::Roster* roster,
                std::span<const election::SourceId> sources,
                std::span<const Transcript> transcripts, const LeftOut& left_out) {
  std::vector<const Transcript*> order;
  order.reserve(transcripts.size());
  for (const Transcript& transcript : transcripts) {
    if (!is_left_out(transcript, left_out)) order.push_back(&transcript);
  }
  std::sort(order.begin(), order.end(), [](const Transcript* a, const Transcript* b) {
    const int by_station = a->figures.station.value().compare(b->figures.station.value());
    if (by_station != 0) return by_station < 0;
    if (a->source != b->source) return a->source < b->source;
    return a->figures.basis < b->figures.basis;
  });

  Desk desk(definition, roster, sources);
  for (auto begin = order.begin(); begin != order.end();) {
    auto end = std::find_if(begin, order.end(), [&](const Transcript* t) {
      return t->figures.station != (*begin)->figures.station;
    });
    desk.decide({begin, end});
    begin = end;
  }
  return desk.take();
}

}  // namespace scr::review
