// SPDX-License-Identifier: Apache-2.0
//
// Quick counts: a sample of stations planned, then drawn by a public seed, then reported; and what
// can be said without one.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/clock.h"
#include "report/quick_count.h"
#include "steps/judge.h"

namespace scr::steps {

// Puts on record that so many stations will be drawn, in the units of a level. unsupported without
// a complete roster; conflict if the name is taken.
Result<report::QuickCountSample> plan_quick_count(const std::filesystem::path& record,
                                                  const std::string& name, std::int64_t size,
                                                  const std::string& level, os::Clock& clock);

// Puts the seed on record (needed the first time, and never another) and lists the sample.
Result<report::QuickCountSample> draw_quick_count(const std::filesystem::path& record,
                                                  const std::string& name,
                                                  const std::optional<std::string>& seed,
                                                  os::Clock& clock);

// What the sample says; without a name, or if returns of the sample were known before its seed,
// what found returns say.
struct QuickCounted {
  Judged judged;
  std::optional<report::QuickCountSample> sample;
  bool by_chance = false;
  std::int64_t counted = 0;
  std::int64_t in_sample = 0;
  std::int64_t known_before = 0;
  std::int64_t in_order = 0;
  std::vector<report::QuickCountOption> options;

  // Looks at this value; lives no longer.
  report::QuickCount report() const;
};
Result<QuickCounted> report_quick_count(const std::filesystem::path& record,
                                        const std::optional<std::string>& name);

}  // namespace scr::steps
