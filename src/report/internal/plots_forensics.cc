// SPDX-License-Identifier: Apache-2.0
#include "report/internal/plots_forensics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "report/internal/axis.h"
#include "report/internal/figure.h"
#include "report/internal/forensics_words.h"
#include "report/internal/html.h"
#include "report/internal/real.h"
#include "report/internal/svg.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

using forensics::Bar;
using forensics::Grid;
using forensics::Measured;
using forensics::TestResult;

Axis axis_of_bars(const std::vector<Bar>& bars) {
  double least = bars.front().seen, most = least;
  for (const Bar& bar : bars) {
    least = std::min({least, bar.seen, bar.expected - 2 * bar.spread});
    most = std::max({most, bar.seen, bar.expected + 2 * bar.spread});
  }
  return axis_of(least, most);
}

// A dot for what was seen, a line in a band for what is expected.
std::string seen_and_expected(Language language, const TestResult& result, const std::string& id,
                              const std::string& title) {
  const std::vector<Bar>& bars = result.measured->bars;
  const Axis axis = axis_of_bars(bars);
  Svg svg(id, title, kPlotHeight);
  draw_axis(svg, language, axis);
  const double slot = (100 - kPlotLeft) / static_cast<double>(bars.size());
  const bool spread =
      std::any_of(bars.begin(), bars.end(), [](const Bar& b) { return b.spread > 0; });
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Bar& bar = bars[i];
    const double left = kPlotLeft + slot * static_cast<double>(i);
    const std::string words = bar.label + ": " + say(language, "forensics.plot.seen") + " " +
                              real(language, bar.seen, axis.digits + 1) + ", " +
                              say(language, "forensics.plot.expected_only") + " " +
                              real(language, bar.expected, axis.digits + 1);
    if (bar.spread > 0) {
      const double high = axis.y(bar.expected + 2 * bar.spread);
      svg.bar(left + slot * 0.2, high, slot * 0.6, axis.y(bar.expected - 2 * bar.spread) - high,
              "band", words);
    }
    svg.line({left + slot * 0.2, axis.y(bar.expected)}, {left + slot * 0.8, axis.y(bar.expected)},
             "expected");
    svg.mark({left + slot / 2, axis.y(bar.seen)}, Mark::circle, "leader", words);
    const bool crowded = bars.size() > 8 && bar.label.size() > 4;
    const std::string label =
        crowded ? bar.label.substr(0, bar.label.find('-')) + "\u2013" : bar.label;
    svg.text({left + slot / 2, kPlotBottom + 18}, Anchor::middle, "tick", label);
  }
  svg.text({50, kPlotBottom + 36}, Anchor::middle, "tick", words_of(language, result, "axis"));
  svg.mark({1.5, 14}, Mark::circle, "leader", say(language, "forensics.plot.seen"));
  svg.text({3.5, 18}, Anchor::start, "tick", say(language, "forensics.plot.seen"));
  svg.line({16, 14}, {20, 14}, "expected");
  svg.text({21.5, 18}, Anchor::start, "tick",
           say(language, spread ? "forensics.plot.expected" : "forensics.plot.expected_only"));
  return svg.done();
}

constexpr std::array<const char*, 3> kLines{"line-a", "line-b", "line-c"};

// Each curve is named at its beginning, where they are farthest apart, in a legend of its own line.
std::string building_up(Language language, const std::vector<forensics::Curve>& curves,
                        const std::string& id, const std::string& title) {
  double least = 1, most = 0;
  for (const forensics::Curve& curve : curves) {
    for (const double share : curve.shares) {
      least = std::min(least, share);
      most = std::max(most, share);
    }
  }
  const Axis axis = axis_of(100 * least, 100 * most);
  Svg svg(id, title, kPlotHeight + 36);
  draw_axis(svg, language, axis, "\u00a0%");
  const auto x_of = [](double part) { return kPlotLeft + part * (100 - kPlotLeft); };
  for (std::size_t i = 0; i < curves.size(); ++i) {
    std::vector<Point> points;
    for (std::size_t k = 0; k < curves[i].shares.size(); ++k) {
      points.push_back(
          {x_of(static_cast<double>(k + 1) / static_cast<double>(curves[i].shares.size())),
           axis.y(100 * curves[i].shares[k])});
    }
    const std::string name = say(language, "forensics.curve." + curves[i].name);
    const char* style = kLines[(i + kLines.size() - curves.size()) % kLines.size()];
    svg.curve(points, style, name);
    const double y = kPlotBottom + 44 + 16 * static_cast<double>(i);
    const std::vector<Point> key{{kPlotLeft, y}, {kPlotLeft + 6, y}};
    svg.curve(key, style, name);
    svg.text({kPlotLeft + 7.5, y + 4}, Anchor::start, "tick", name);
  }
  for (int tick = 0; tick <= 100; tick += 25) {
    svg.text({x_of(tick / 100.0), kPlotBottom + 18},
             tick == 0     ? Anchor::start
             : tick == 100 ? Anchor::end
                           : Anchor::middle,
             "tick", percent_in_full(language, *Fraction::of(tick, 100)));
  }
  svg.text({50, kPlotBottom + 32}, Anchor::middle, "tick", say(language, "forensics.curve.axis"));
  return svg.done();
}

constexpr int kLevels = 5;
constexpr int kCell = 11;  // pixels, before the picture takes the width that there is

// From 1 to kLevels by the logarithm of the count: a cell with one station can be seen.
int level_of(std::int64_t count, std::int64_t most) {
  int level = 1;
  double bound = 1;
  const double factor = std::sqrt(std::sqrt(static_cast<double>(std::max<std::int64_t>(most, 2))));
  while (level<kLevels&& static_cast<double>(count)> bound * factor) {
    bound *= factor;
    ++level;
  }
  return level;
}

// Cells of one level in one path: a page with six such pictures stays small.
std::string shaded(const Grid& grid, const std::string& id, const std::string& title) {
  std::array<std::string, kLevels> paths;
  const std::int64_t most = *std::max_element(grid.stations.begin(), grid.stations.end());
  for (int row = 0; row < forensics::kGridSide; ++row) {
    for (int column = 0; column < forensics::kGridSide; ++column) {
      const std::int64_t count =
          grid.stations[static_cast<std::size_t>(row * forensics::kGridSide + column)];
      if (count == 0) continue;
      const int y = (forensics::kGridSide - 1 - row) * kCell;
      paths[static_cast<std::size_t>(level_of(count, most) - 1)] +=
          "M" + std::to_string(column * kCell) + " " + std::to_string(y) + "h" +
          std::to_string(kCell) + "v" + std::to_string(kCell) + "h-" + std::to_string(kCell) + "z";
    }
  }
  const std::string side = std::to_string(forensics::kGridSide * kCell);
  std::string svg = "<svg role=\"img\" class=\"grid-plot\" id=\"" + id + "\" aria-labelledby=\"" +
                    id + "-title\" width=\"" + side + "\" height=\"" + side + "\" viewBox=\"0 0 " +
                    side + " " + side + "\"><title id=\"" + id + "-title\">" + escaped(title) +
                    "</title><rect class=\"frame\" width=\"" + side + "\" height=\"" + side +
                    "\"/>";
  for (int level = 0; level < kLevels; ++level) {
    if (paths[static_cast<std::size_t>(level)].empty()) continue;
    svg += "<path class=\"shade-" + std::to_string(level + 1) + "\" d=\"" +
           paths[static_cast<std::size_t>(level)] + "\"/>";
  }
  return svg + "</svg>";
}

// Ids of options may hold anything; names of files and ids of elements may not.
std::string name_of_plot(const TestResult& result) {
  std::string name = test_of(result.test).name;
  if (!result.option) return name;
  name += '-';
  for (const char c : result.option->value()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += plain ? c : '_';
  }
  return name;
}

// `title`: of the test and its option.
void add_grids(Language language, const std::optional<Measured>& measured, const std::string& who,
               const std::string& name, const std::string& title, std::vector<Plot>& plots) {
  if (!measured) return;
  for (const Grid& grid : measured->grids) {
    const std::string note =
        say(language, "forensics.row." + who) + ": " + say(language, "forensics.grid." + grid.name);
    const std::string own = name + "-" + grid.name + "-" + who;
    plots.push_back({own, title, note, shaded(grid, plot_id(own, language), title + ", " + note),
                     forensics::kGridSide * kCell});
  }
}

}  // namespace

std::vector<Plot> plots_of(Language language, const ForensicsFacts& facts,
                           const TestResult& result) {
  std::vector<Plot> plots;
  if (!result.measured) return plots;
  const std::string name = name_of_plot(result);
  const std::string title = test_title(language, facts, result);
  if (!result.measured->bars.empty()) {
    plots.push_back({name, title, "",
                     seen_and_expected(language, result, plot_id(name, language), title),
                     kPlotHeight});
  }
  const std::vector<forensics::Curve>& curves = result.measured->curves;
  const bool drawn = std::any_of(curves.begin(), curves.end(), [](const forensics::Curve& curve) {
    return !curve.shares.empty();
  });
  if (drawn) {
    const std::string own = name + "-curves";
    plots.push_back({own, title, "", building_up(language, curves, plot_id(own, language), title),
                     kPlotHeight + 36});
  }
  add_grids(language, result.measured, "now", name, title, plots);
  add_grids(language, result.clean, "clean", name, title, plots);
  add_grids(language, result.tampered, "tampered", name, title, plots);
  return plots;
}

}  // namespace scr::report::internal
