// SPDX-License-Identifier: Apache-2.0
//
// A list of tests that was registered beforehand, run over the returns.
//
//   const Screening screening = screen(now, past, sources, plan);
//
// Each test passes a gate first, runs beside a clean and a tampered control, and is held against
// elections of the past where its model is not exact. What it can say is its standing. None of it
// changes a count or a judgement, and none of it says why something is as it is.
//
// Pure; any thread. The same bits on every machine.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "election/definition.h"
#include "election/geography.h"
#include "forensics/catalogue.h"
#include "forensics/measured.h"
#include "forensics/sources.h"
#include "forensics/station.h"
#include "review/station_return.h"

namespace scr::forensics {

// The returns of one election. Looked at, never owned.
struct Election {
  std::string id;
  const election::Definition& definition;
  const election::Geography& geography;
  std::span<const review::StationReturn> returns;
  const Arrivals& arrivals;
};

// What was registered.
struct Plan {
  std::string seed;             // of the controls
  std::vector<TestCode> tests;  // each once
};

// The two options that are looked at: those with the most votes, the earlier one of the definition
// where two have equally many. Positions in the definition's options. One is no vote: then it is
// not among them.
std::vector<std::size_t> leading_options(const Election& election);

enum class Standing {
  refused,          // the gate: it does not apply here
  shown,            // it never claims anything
  uncalibrated,     // its model is not exact, and no election of the past is at hand
  controls_failed,  // an innocent control of the same sizes stands out too
  too_weak,         // not even the tampered control stands out: to see nothing means nothing
  tested            // it has a p-value, adjusted
};
const char* name_of(Standing standing);  // "refused", "shown", "uncalibrated", ...

// A control stands out below it.
inline constexpr double kControlLevel = 0.001;
// An adjusted p at or below it stands out.
inline constexpr double kLevel = 0.05;

struct PastFigure {
  std::string election;
  Measured measured;
  double p = 1;  // of now and then having the same statistic: difference by both spreads
};

struct TestResult {
  TestCode test{};
  std::optional<election::OptionId> option;
  Standing standing = Standing::refused;
  std::string reason;  // of a refusal
  std::optional<Measured> measured;
  std::optional<Measured> clean, tampered;  // the controls
  std::vector<PastFigure> past;
  std::vector<SourcePair> pairs;  // source-independence only
  std::optional<double> p;        // only if `tested`; of several elections of the past the largest
  std::optional<double> adjusted;

  bool stands_out() const { return adjusted && *adjusted <= kLevel; }
};

struct Screening {
  Plan plan;
  std::size_t hypotheses = 0;       // that the plan promised a p-value for
  std::vector<TestResult> results;  // in the order of the catalogue, then of the options
};

// `sources` may be empty. Tests that the plan names twice are run once.
Screening screen(const Election& now, std::span<const Election> past,
                 std::span<const SourceReturns> sources, const Plan& plan);

}  // namespace scr::forensics
