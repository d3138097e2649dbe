// SPDX-License-Identifier: Apache-2.0
#include "review/accept.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "likeness/near_repeats.h"
#include "review/rules.h"

namespace scr::review {
namespace {

using checks::Code;
using checks::Finding;
using checks::Severity;

// What one source says of a station: transcripts with the same figures, at least one, by entry.
struct Voice {
  std::vector<const Transcript*> same;
  std::size_t pictures = 0;  // different ones; 0: typed

  const Transcript& first() const { return *same.front(); }
};

class Desk {
 public:
  Desk(const election::Definition& definition, const election::Roster* roster,
       std::span<const election::SourceId> sources)
      : definition_(definition), roster_(roster), sources_(sources) {}

  // `group`: all transcripts of one station, sorted by source, then entry.
  void decide(std::span<const Transcript* const> group);

  Accepted take() { return std::move(accepted_); }

 private:
  // What each source says, of those that do not contradict themselves.
  std::vector<Voice> voices_of(std::span<const Transcript* const> candidates);
  // What these transcripts of one source say; nothing if they differ.
  std::optional<Voice> voice_of(std::span<const Transcript* const> of_source);
  // Why a picture that stands alone may not; nothing if it may.
  std::optional<Finding> too_weak(const Voice& voice) const;
  const Voice* choose(const std::vector<Voice>& voices);
  void accept_return(const Voice& chosen, const std::vector<Voice>& voices);
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

bool is_zero(const StationReturn& figures) {
  return cast(figures) == 0 && std::all_of(figures.votes.begin(), figures.votes.end(),
                                           [](election::Votes v) { return v.count() == 0; });
}

// Photographs, near repeats counted once.
std::size_t different_pictures(std::span<const Transcript* const> transcripts) {
  std::vector<likeness::Likeness> pictures;
  for (const Transcript* t : transcripts) {
    if (t->picture) pictures.push_back({t->picture->fingerprint, 0});
  }
  if (pictures.size() < 2) return pictures.size();
  std::size_t repeats = 0;
  for (const auto& group : likeness::near_repeats(pictures)) repeats += group.size() - 1;
  return pictures.size() - repeats;
}

// Transcripts with the same figures together, in the order of the first of each.
std::vector<Voice> by_figures(std::span<const Transcript* const> transcripts) {
  std::vector<Voice> voices;
  for (const Transcript* t : transcripts) {
    const auto same = std::find_if(voices.begin(), voices.end(), [&](const Voice& voice) {
      return same_count(voice.first().figures, t->figures);
    });
    if (same != voices.end()) {
      same->same.push_back(t);
    } else {
      voices.push_back({{t}, 0});
    }
  }
  for (Voice& voice : voices) voice.pictures = different_pictures(voice.same);
  return voices;
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
  const std::vector<Voice> voices = voices_of(candidates);
  if (voices.empty()) return;
  const Voice* chosen = choose(voices);
  if (chosen) accept_return(*chosen, voices);
}

std::vector<Voice> Desk::voices_of(std::span<const Transcript* const> candidates) {
  std::vector<Voice> voices;
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin + 1;
    while (end < candidates.size() && candidates[end]->source == candidates[begin]->source) ++end;
    if (auto voice = voice_of(candidates.subspan(begin, end - begin)))
      voices.push_back(std::move(*voice));
    begin = end;
  }
  return voices;
}

std::optional<Voice> Desk::voice_of(std::span<const Transcript* const> of_source) {
  std::vector<Voice> voices = by_figures(of_source);
  if (voices.size() > 1)
    std::erase_if(voices, [](const Voice& voice) {
      return voice.pictures > 0 && is_zero(voice.first().figures);
    });
  if (voices.size() == 1) {
    Voice& voice = voices.front();
    if (voice.same.size() > 1 && voice.pictures == 0) {
      Finding finding = about(Code::duplicate, Severity::info, voice.first(), sources_);
      finding.entries = entries_of(voice.same);
      note(std::move(finding));
    }
    return std::move(voice);
  }
  std::size_t pictures = 0;
  for (const Voice& voice : voices) pictures += voice.pictures;
  const bool most_count = definition_.acceptance.pictures_differ == election::Remedy::note;
  const auto most = std::find_if(voices.begin(), voices.end(), [&](const Voice& voice) {
    return most_count && 2 * voice.pictures > pictures;
  });
  Finding finding = about(Code::conflict_in_source, Severity::error, *of_source.front(), sources_);
  finding.entries = entries_of(of_source);
  finding.set_aside = most == voices.end();
  if (pictures > 0) finding.details = {{"pictures", std::to_string(pictures)}};
  if (most != voices.end()) finding.details["most"] = std::to_string(most->pictures);
  note(std::move(finding));
  if (most == voices.end()) return std::nullopt;
  return std::move(*most);
}

std::optional<Finding> Desk::too_weak(const Voice& voice) const {
  if (voice.pictures != 1) return std::nullopt;
  const election::Acceptance& rule = definition_.acceptance;
  // Of near repeats the best.
  const bool jointly = std::all_of(voice.same.begin(), voice.same.end(),
                                   [](const Transcript* t) { return t->picture->jointly; });
  std::uint64_t compared = 0;
  for (const Transcript* t : voice.same) {
    if (t->picture->jointly == jointly) compared = std::max(compared, t->picture->compared);
  }
  std::string reason;
  if (rule.alone == election::Remedy::set_aside) {
    reason = "alone";
  } else if (jointly && rule.alone_jointly == election::Remedy::set_aside) {
    reason = "jointly";
  } else if (compared < static_cast<std::uint64_t>(rule.alone_compared)) {
    reason = "compared";
  }
  if (reason.empty()) return std::nullopt;
  Finding finding = about(Code::picture_alone, Severity::warning, voice.first(), sources_);
  finding.entries = entries_of(voice.same);
  finding.set_aside = true;
  finding.details = {{"compared", std::to_string(compared)}, {"reason", reason}};
  return finding;
}

const Voice* Desk::choose(const std::vector<Voice>& voices) {
  const auto says_the_same = [](const Voice& a, const Voice& b) {
    return same_count(a.first().figures, b.first().figures);
  };
  const auto stands = [&](const Voice& voice) {
    const auto borne = std::count_if(voices.begin(), voices.end(), [&](const Voice& other) {
      return says_the_same(voice, other);
    });
    return borne > 1 || !too_weak(voice);
  };
  const bool agree = std::all_of(voices.begin(), voices.end(), [&](const Voice& voice) {
    return says_the_same(voice, voices.front());
  });
  if (agree) {
    if (stands(voices.front())) return &voices.front();
    note(*too_weak(voices.front()));
    return nullptr;
  }
  const Voice* preferred = nullptr;
  for (const election::SourceId& source : definition_.acceptance.prefer) {
    for (const Voice& voice : voices) {
      const bool of_source = sources_[voice.first().source.value()] == source;
      if (!preferred && of_source && stands(voice)) preferred = &voice;
    }
  }
  Finding finding =
      about(Code::conflict_of_sources, Severity::error, voices.front().first(), sources_);
  finding.source = preferred ? sources_[preferred->first().source.value()] : election::SourceId();
  std::vector<const Transcript*> firsts;
  for (const Voice& voice : voices) firsts.push_back(&voice.first());
  finding.entries = entries_of(firsts);
  finding.set_aside = preferred == nullptr;
  note(std::move(finding));
  return preferred;
}

void Desk::accept_return(const Voice& chosen, const std::vector<Voice>& voices) {
  StationReturn accepted = chosen.first().figures;
  accepted.agreeing = 0;
  accepted.borne_by.clear();
  for (const Voice& voice : voices) {
    if (!same_count(voice.first().figures, accepted)) continue;
    ++accepted.agreeing;
    for (const Transcript* t : voice.same) accepted.borne_by.push_back(t->figures.basis);
  }
  std::sort(accepted.borne_by.begin(), accepted.borne_by.end());
  const election::RosterStation* listed = roster_ ? roster_->find(accepted.station) : nullptr;
  if (listed) {
    accepted.unit = listed->unit;
    if (listed->registered) accepted.registered = listed->registered;
  }
  for (const Voice& voice : voices) {
    // A reading of a sheet does not know where its station lies; another source may.
    const StationReturn& other = voice.first().figures;
    if (accepted.unit == election::UnitOrdinal{0}) accepted.unit = other.unit;
    if (!accepted.registered) accepted.registered = other.registered;
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
