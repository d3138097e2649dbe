// SPDX-License-Identifier: Apache-2.0
//
// Which transcription of a station counts. The rule, by the definition's [rules] and [acceptance]:
//
//  1. A transcript that breaks a rule with remedy set_aside does not count.
//  2. Of one source: a zero report, printed before voting starts, steps back behind a picture of
//  the
//     same station that has votes. If what is left differs, none of it counts; but where
//     acceptance.pictures_differ is "most", of pictures the figures that more than half of them
//     bear. The same figures twice are one.
//  3. Figures stand if a source that typed them has them, or another source too, or two pictures at
//     least, or one picture that is strong enough alone: acceptance.alone, alone_jointly and
//     alone_compared. Near repeats of one photograph (likeness) are one picture.
//  4. If the sources that are left agree and their figures stand, the return is accepted. If they
//     differ, the first source of acceptance.prefer that has the station with figures that stand is
//     taken; without one the station is set aside: it counts as missing, which is what every bound
//     then assumes.
//
// Every decision against a transcript leaves a finding. Nothing else is looked at: no order of
// arrival, no majority of sources.
//
//   Accepted accepted = review::accept(definition, roster, sources, std::move(transcripts),
//   nobody);
//
// Pure: the same transcripts in any order give the same result. Any thread.

#pragma once

#include <functional>
#include <span>
#include <vector>

#include "checks/finding.h"
#include "election/definition.h"
#include "election/roster.h"
#include "review/transcript.h"

namespace scr::review {

struct Accepted {
  std::vector<StationReturn> returns;     // sorted by station, each once
  std::vector<checks::Finding> findings;  // sorted by station, then code
};

// What is left out before anything is looked at, by somebody's wish ("what if these were false?").
struct LeftOut {
  std::vector<bool> sources;                  // by SourceOrdinal; shorter = none beyond
  std::vector<election::StationId> stations;  // sorted
};

// `roster` may be null. `sources` by ordinal.
Accepted accept(const election::Definition& definition, const election::Roster* roster,
                std::span<const election::SourceId> sources,
                std::span<const Transcript> transcripts, const LeftOut& left_out);

}  // namespace scr::review
