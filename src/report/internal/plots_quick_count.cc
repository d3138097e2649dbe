// SPDX-License-Identifier: Apache-2.0
#include "report/internal/plots_quick_count.h"

#include <algorithm>
#include <array>

#include "report/internal/axis.h"
#include "report/internal/figure.h"
#include "report/internal/quick_count_words.h"
#include "report/internal/real.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr double kShareLeft = 2;  // per cent of the width
constexpr double kShareRow = 46;  // pixels; the name of the option stands above its bar

double share_x(double share) {
  return kShareLeft + share * (98 - kShareLeft);
}

// A row for each option: its interval as a bar, its share as a mark.
Plot shares_plot(Language language, const QuickCount& count) {
  const std::string title = say(language, "quickcount.plot.shares");
  const double bottom = 20 + kShareRow * static_cast<double>(count.options.size());
  const int height = static_cast<int>(bottom) + 42;
  Svg svg(plot_id("quick-count-shares", language), title, height);
  for (int tick = 0; tick <= 100; tick += 20) {
    const double x = share_x(tick / 100.0);
    svg.line({x, 6}, {x, bottom}, "grid");
    svg.text({x, bottom + 18}, Anchor::middle, "tick",
             percent_in_full(language, *Fraction::of(tick, 100)));
  }
  for (std::size_t o = 0; o < count.options.size(); ++o) {
    const QuickCountOption& one = count.options[o];
    const double y = 38 + kShareRow * static_cast<double>(o);
    svg.text({0, y - 13}, Anchor::start, "label", option_name(count.definition, one.option));
    if (!one.combined) continue;
    const std::string words = option_name(count.definition, one.option) + ": " +
                              share_text(language, one.combined->share) + ", " +
                              interval_text(language, one.combined->low, one.combined->high);
    svg.bar(share_x(one.combined->low), y - 8,
            std::max(0.4, share_x(one.combined->high) - share_x(one.combined->low)), 16, "leader",
            words);
    // Beside the bar, where there is room.
    const bool right = one.combined->high < 0.6;
    svg.text({share_x(right ? one.combined->high : one.combined->low) + (right ? 1 : -1), y + 4},
             right ? Anchor::start : Anchor::end, "note",
             interval_text(language, one.combined->low, one.combined->high));
  }
  svg.text({(kShareLeft + 98) / 2, bottom + 36}, Anchor::middle, "tick",
           say(language, "quickcount.plot.shares.axis"));
  return {"quick-count-shares", title, "", svg.done(), height};
}

constexpr std::array<const char*, 3> kArrivalLines{"line-a", "line-b", "line-c"};

// The two options with the most votes; more would lie on top of one another.
std::vector<const QuickCountOption*> first_two(const QuickCount& count) {
  std::vector<const QuickCountOption*> options;
  for (const QuickCountOption& one : count.options) {
    if (!one.arrivals.empty() && one.combined) options.push_back(&one);
  }
  std::stable_sort(options.begin(), options.end(), [](const auto* a, const auto* b) {
    return a->combined->share > b->combined->share;
  });
  if (options.size() > 2) options.resize(2);
  return options;
}

// Two lines for each option: between them lies its share, as far as can be said by then.
std::optional<Plot> arrivals_plot(Language language, const QuickCount& count) {
  const auto options = first_two(count);
  if (options.empty()) return std::nullopt;
  const std::string title = say(language, "quickcount.plot.arrivals");
  const Axis axis{0, 100, 20, 0};
  const double most = static_cast<double>(options.front()->arrivals.back().stations);
  const auto x_of = [&](std::int64_t stations) {
    return kPlotLeft + static_cast<double>(stations) / most * (98 - kPlotLeft);
  };
  Svg svg(plot_id("quick-count-arrivals", language), title, kPlotHeight);
  draw_axis(svg, language, axis, "\u00a0%");
  const double step = std::max(1.0, round_step(most, 6));
  for (double at = 0; at <= most; at += step) {
    svg.text({x_of(static_cast<std::int64_t>(at)), kPlotBottom + 18}, Anchor::middle, "tick",
             real(language, at, 0));
  }
  double key = kPlotLeft;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string name = option_name(count.definition, options[i]->option);
    std::vector<Point> low{{kPlotLeft, axis.y(0)}};
    std::vector<Point> high{{kPlotLeft, axis.y(100)}};
    for (const auto& one : options[i]->arrivals) {
      low.push_back({x_of(one.stations), axis.y(100 * one.limits.low)});
      high.push_back({x_of(one.stations), axis.y(100 * one.limits.high)});
    }
    svg.curve(low, kArrivalLines[i], name);
    svg.curve(high, kArrivalLines[i], name);
    const Point legend[] = {{key, 14}, {key + 4, 14}};
    svg.curve(legend, kArrivalLines[i], name);
    svg.text({key + 5, 18}, Anchor::start, "tick", name);
    key += 40;
  }
  svg.text({50, kPlotBottom + 36}, Anchor::middle, "tick",
           say(language, "quickcount.plot.arrivals.axis"));
  return Plot{"quick-count-arrivals", title, "", svg.done(), kPlotHeight};
}

}  // namespace

std::vector<Plot> plots_of(Language language, const QuickCount& count) {
  if (!count.by_chance) return {};
  std::vector<Plot> plots{shares_plot(language, count)};
  if (auto arrivals = arrivals_plot(language, count)) plots.push_back(std::move(*arrivals));
  return plots;
}

}  // namespace scr::report::internal
