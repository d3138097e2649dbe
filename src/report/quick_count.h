// SPDX-License-Identifier: Apache-2.0
//
// What a quick count says, as data (schema/quick-count.json, docs/json.md) and in words. From a
// sample that was drawn before anything was known: shares with sampling errors. From anything else:
// bounds, a curve, a model, in this order, and nothing more (docs/statistics.md, "Quick count").
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "canon/value.h"
#include "entry/quickcount_planned.h"
#include "quickcount/estimate.h"
#include "report/facts.h"
#include "report/plot_file.h"
#include "report/text.h"

namespace scr::report {

struct QuickCountSample {
  entry::QuickCountPlanned planned;
  std::optional<std::uint64_t> entry;  // of the plan, if it is on record
  std::optional<std::string> seed;
  struct Stratum {
    std::string id;
    std::int64_t stations = 0;
    std::int64_t size = 0;                            // to be drawn
    std::vector<election::StationId> stations_drawn;  // in their order; none without a seed
  };
  std::vector<Stratum> strata;
  std::uint64_t tree_size = 0;
};

struct QuickCountOption {
  election::OptionId option;
  std::optional<quickcount::Estimate> combined;
  std::optional<quickcount::Estimate> separate;  // where all electors are known
  std::optional<quickcount::Limits> sequence;    // of a single stratum
  // The same after fewer draws, up to `sequence`; to be drawn.
  struct Arrived {
    std::int64_t stations = 0;
    quickcount::Limits limits;
  };
  std::vector<Arrived> arrivals;
};

struct QuickCount {
  const election::Definition& definition;
  std::optional<QuickCountSample> sample;
  // True: the sample was drawn before anything was known of its stations; `options` says the
  // shares. False: `found` does.
  bool by_chance = false;
  std::int64_t counted = 0;  // of the sample
  std::int64_t in_sample = 0;
  std::int64_t known_before = 0;  // returns of it that were on record before its seed
  std::int64_t in_order = 0;      // how many of the first draws are in
  std::vector<QuickCountOption> options;
  std::optional<Facts> found;  // of returns that are no sample: bounds, curve and model
};

// A page that explains itself (what was asked and seen, what it would show if nothing were wrong,
// what it cannot tell), one file like every page (page.h), and its plots as files that stand alone.
std::string quick_count_page(Language default_language, const QuickCount& count);
std::vector<PlotFile> quick_count_plots(Language language, const QuickCount& count);

canon::Value quick_count_json(const QuickCountSample& sample);
canon::Value quick_count_json(const QuickCount& count);
std::string quick_count_text(Language language, const QuickCountSample& sample,
                             const TextStyle& style);
std::string quick_count_text(Language language, const QuickCount& count, const TextStyle& style);

}  // namespace scr::report
