// SPDX-License-Identifier: Apache-2.0
#include "report/internal/quick_count_words.h"

#include <cmath>

#include "report/words.h"

namespace scr::report::internal {

std::string share_text(Language language, double share) {
  return percent(language,
                 *Fraction::of(static_cast<std::int64_t>(std::llround(share * 10000)), 10000), 2);
}

std::string interval_text(Language language, double low, double high) {
  return share_text(language, low) + " - " + share_text(language, high);
}

std::vector<std::string> sample_sentences(Language language, const QuickCount& count) {
  std::vector<std::string> lines;
  if (!count.sample) return lines;
  const QuickCountSample& sample = *count.sample;
  if (!sample.seed) {
    lines.push_back(say(language, "quickcount.no_seed", {{"count", sample.planned.count}}));
    return lines;
  }
  if (!count.by_chance) {
    lines.push_back(say_count(language, "quickcount.known_before", count.known_before));
    return lines;
  }
  lines.push_back(
      say(language, "quickcount.sample",
          {{"size", number(language, count.in_sample)},
           {"strata", number(language, static_cast<std::int64_t>(sample.strata.size()))},
           {"level", sample.planned.level.value()},
           {"seed", *sample.seed},
           {"counted", number(language, count.counted)}}));
  const std::int64_t missing = count.in_sample - count.counted;
  lines.push_back(missing == 0 ? say(language, "quickcount.complete")
                               : say_count(language, "quickcount.incomplete", missing));
  return lines;
}

}  // namespace scr::report::internal
