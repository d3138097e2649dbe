// SPDX-License-Identifier: Apache-2.0
#include "report/internal/plots_audit.h"

#include <algorithm>
#include <cmath>

#include "report/internal/audit_words.h"
#include "report/internal/axis.h"
#include "report/internal/figure.h"
#include "report/internal/real.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr double kMethodLeft = 2;  // per cent of the width
constexpr double kMethodRow = 46;  // pixels; the name of the method stands above its marks

// Draws along the foot, from 0 to `most`, between `left` and 98 per cent of the width.
struct Foot {
  double left = 0;
  double most = 1;

  double x(double draws) const { return left + draws / most * (98 - left); }
};

void draw_foot(Svg& svg, Language language, const Foot& foot, double top, double bottom,
               const std::string& axis) {
  const double step = std::max(1.0, round_step(foot.most, 6));
  for (double at = 0; at <= foot.most; at += step) {
    svg.line({foot.x(at), top}, {foot.x(at), bottom}, "grid");
    svg.text({foot.x(at), bottom + 18}, Anchor::middle, "tick", real(language, at, 0));
  }
  svg.text({(foot.left + 98) / 2, bottom + 36}, Anchor::middle, "tick", axis);
}

std::string axis_words(Language language, bool stations) {
  return say(language, stations ? "audit.plot.axis.stations" : "audit.plot.axis.ballots");
}

// ---- sizes by method

struct SizeMark {
  int percent;
  Mark mark;
};
constexpr SizeMark kSizeMarks[] = {{70, Mark::circle}, {80, Mark::diamond}, {90, Mark::cross}};

void draw_method(Svg& svg, Language language, const Foot& foot, double y,
                 const AuditPlan::Method& method) {
  const std::string& name = method.planned.method;
  svg.text({0, y - 13}, Anchor::start, "label", name);
  const auto first = draws_within(method, 70);
  const auto last = draws_within(method, 90);
  if (first && last) {
    svg.bar(foot.x(static_cast<double>(*first)), y - 3,
            foot.x(static_cast<double>(*last)) - foot.x(static_cast<double>(*first)), 6, "band",
            name);
  }
  for (const SizeMark& one : kSizeMarks) {
    const auto draws = draws_within(method, one.percent);
    if (!draws) continue;
    svg.mark({foot.x(static_cast<double>(*draws)), y}, one.mark,
             one.mark == Mark::cross ? "outside" : "within",
             name + ", " + std::to_string(one.percent) + " %: " + number(language, *draws));
  }
  if (first || !method.planned.expected) return;
  svg.mark({foot.x(static_cast<double>(*method.planned.expected)), y}, Mark::circle, "leader",
           name + ": " + number(language, *method.planned.expected));
}

void draw_size_legend(Svg& svg, Language language) {
  double x = kMethodLeft;
  for (const SizeMark& one : kSizeMarks) {
    const std::string words =
        say(language, "audit.plot.of_100", {{"n", std::to_string(one.percent)}});
    svg.mark({x, 14}, one.mark, one.mark == Mark::cross ? "outside" : "within", words);
    svg.text({x + 1.8, 18}, Anchor::start, "tick", words);
    x += 30;
  }
}

std::optional<Plot> sizes_plot(Language language, const AuditPlan& plan) {
  std::int64_t most = 0;
  for (const AuditPlan::Method& method : plan.methods) {
    most =
        std::max({most, draws_within(method, 90).value_or(0), method.planned.expected.value_or(0)});
  }
  if (most == 0) return std::nullopt;
  const std::string title = say(language, "audit.plot.sizes");
  const double bottom = kPlotTop - 6 + kMethodRow * static_cast<double>(plan.methods.size());
  const int height = static_cast<int>(bottom) + 42;
  Svg svg(plot_id("audit-sizes", language), title, height);
  const Foot foot{kMethodLeft, static_cast<double>(most) * 1.05};
  draw_foot(svg, language, foot, kPlotTop - 14, bottom,
            axis_words(language, plan.methods.front().planned.stations));
  for (std::size_t i = 0; i < plan.methods.size(); ++i) {
    draw_method(svg, language, foot, kPlotTop + 24 + kMethodRow * static_cast<double>(i),
                plan.methods[i]);
  }
  draw_size_legend(svg, language);
  return Plot{"audit-sizes", title, "", svg.done(), height};
}

// ---- trials of a method: what part of them has confirmed after so many draws

std::vector<Point> staircase(const audit::Workload& workload, const Foot& foot, const Axis& axis) {
  std::vector<Point> points{{foot.x(0), axis.y(0)}};
  for (const auto& one : workload.reached) {
    const double x = foot.x(std::min(foot.most, static_cast<double>(one.draws)));
    points.push_back({x, points.back().y});
    points.push_back({x, axis.y(100 * one.part)});
  }
  points.push_back({foot.x(foot.most), points.back().y});
  return points;
}

void draw_key(Svg& svg, double y, const char* style, const std::string& words) {
  const Point key[] = {{kPlotLeft, y}, {kPlotLeft + 4, y}};
  svg.curve(key, style, words);
  svg.text({kPlotLeft + 5, y + 4}, Anchor::start, "tick", words);
}

Plot trials_plot(Language language, const AuditPlan& plan, const AuditPlan::Method& method) {
  const std::string name = "audit-trials-" + method.planned.method;
  const std::string title = say(language, "audit.plot.trials", {{"method", method.planned.method}});
  const double limit = 100 * plan.subject.rules.risk.approximate();
  const Axis axis{0, 100, 20, 0};
  double most = 10;
  for (const auto* workload : {&method.if_right, &method.if_wrong}) {
    if (*workload && !(*workload)->reached.empty())
      most = std::max(most, 1.2 * static_cast<double>((*workload)->reached.back().draws));
  }
  const Foot foot{kPlotLeft, most};
  Svg svg(plot_id(name, language), title, kPlotHeight);
  draw_axis(svg, language, axis, "\u00a0%");
  draw_foot(svg, language, foot, kPlotTop, kPlotBottom,
            axis_words(language, method.planned.stations));
  svg.line({kPlotLeft, axis.y(limit)}, {98, axis.y(limit)}, "middle");
  svg.text({55, axis.y(limit) - 6}, Anchor::middle, "note",
           say(language, "audit.plot.limit",
               {{"limit", percent_in_full(language, plan.subject.rules.risk)}}));
  if (method.if_right) {
    svg.curve(staircase(*method.if_right, foot, axis), "line-a",
              say(language, "audit.plot.if_right"));
    draw_key(svg, 10, "line-a", say(language, "audit.plot.if_right"));
  }
  if (method.if_wrong) {
    svg.curve(staircase(*method.if_wrong, foot, axis), "line-b",
              say(language, "audit.plot.if_wrong"));
    draw_key(svg, 28, "line-b", say(language, "audit.plot.if_wrong"));
  }
  return {name, title, "", svg.done(), kPlotHeight};
}

// ---- the risk so far

// From 100 % down, a step for each power of ten.
struct Depth {
  int powers = 2;

  double y(double p) const {
    const double depth = p > 0 ? -std::log10(p) : powers;
    return kPlotTop + std::clamp(depth / powers, 0.0, 1.0) * (kPlotBottom - kPlotTop);
  }
};

void draw_depth(Svg& svg, Language language, const Depth& depth) {
  double p = 1;
  for (int power = 0; power <= depth.powers; ++power, p /= 10) {
    svg.line({kPlotLeft, depth.y(p)}, {100, depth.y(p)}, "grid");
    svg.text({kPlotLeft - 1, depth.y(p) + 4}, Anchor::end, "tick",
             real(language, 100 * p, std::max(0, power - 2)) + "\u00a0%");
  }
}

// Between what 10 and 90 of 100 right reports show, as upright bars side by side.
void draw_usual(Svg& svg, const std::vector<audit::Usual>& usual, const Foot& foot,
                const Depth& depth, const std::string& words) {
  for (std::size_t i = 0; i < usual.size(); ++i) {
    const auto draws = static_cast<double>(usual[i].draws);
    const double before = i > 0 ? static_cast<double>(usual[i - 1].draws) : draws - 1;
    const double after = i + 1 < usual.size() ? static_cast<double>(usual[i + 1].draws) : draws + 1;
    const double left = foot.x((before + draws) / 2);
    const double high = depth.y(usual[i].high) - 2;
    svg.bar(left, high, foot.x((draws + after) / 2) - left, depth.y(usual[i].low) + 2 - high,
            "band", words);
  }
}

// The draws at which something differed (stations).
void mark_differences(Svg& svg, Language language, const AuditStatus& status, const Foot& foot,
                      const Depth& depth) {
  for (const audit::Unit& unit : status.progress.units) {
    if (!unit.differs) continue;
    const std::int64_t first = status.first_draw(unit);
    if (first == 0 || first > static_cast<std::int64_t>(status.progress.history.size())) continue;
    const double p = status.progress.history[static_cast<std::size_t>(first - 1)];
    svg.mark({foot.x(static_cast<double>(first)), depth.y(p)}, Mark::cross, "outside",
             audit::unit_of(status.subject, unit.draw) + ": " + share_words(language, unit.taint));
  }
}

Plot risk_plot(Language language, const AuditStatus& status) {
  const std::string name = "audit-risk-" + status.planned.audit;
  const std::string title = say(language, "audit.plot.risk", {{"audit", status.planned.audit}});
  const double limit = status.subject.rules.risk.approximate();
  const std::vector<double>& history = status.progress.history;
  const bool by_rounds = status.subject.rules.by == audit::By::minerva;
  double least = std::min(limit, status.progress.p);
  for (const audit::Usual& one : status.usual) least = std::min(least, one.middle);
  Depth depth;
  while (depth.powers < 6 && least < std::pow(10.0, -depth.powers)) ++depth.powers;
  const Foot foot{kPlotLeft, std::max(5.0, 1.05 * static_cast<double>(status.progress.draws))};
  Svg svg(plot_id(name, language), title, kPlotHeight);
  const std::string usual = say(language, "audit.plot.usual");
  draw_usual(svg, status.usual, foot, depth, usual);
  draw_depth(svg, language, depth);
  draw_foot(svg, language, foot, kPlotTop, kPlotBottom,
            axis_words(language, audit::of_stations(status.subject.rules.by)));
  svg.line({kPlotLeft, depth.y(limit)}, {100, depth.y(limit)}, "middle");
  svg.text({kPlotLeft + 1, depth.y(limit) + 16}, Anchor::start, "note",
           say(language, "audit.plot.limit",
               {{"limit", percent_in_full(language, status.subject.rules.risk)}}));
  std::vector<Point> points{{foot.x(0), depth.y(1)}};
  for (std::size_t i = 0; i < history.size(); ++i) {
    const std::int64_t draws = by_rounds ? status.rounds[i] : static_cast<std::int64_t>(i) + 1;
    points.push_back({foot.x(static_cast<double>(draws)), depth.y(history[i])});
  }
  svg.curve(points, "line-a", title);
  mark_differences(svg, language, status, foot, depth);
  draw_key(svg, 10, "line-a", say(language, "audit.plot.so_far"));
  if (!status.usual.empty()) {
    svg.bar(kPlotLeft, 22, 4, 12, "band", "");
    svg.text({kPlotLeft + 5, 32}, Anchor::start, "tick", usual);
  }
  return {name, title, "", svg.done(), kPlotHeight};
}

}  // namespace

std::vector<Plot> plots_of(Language language, const AuditPlan& plan) {
  std::vector<Plot> plots;
  if (auto sizes = sizes_plot(language, plan)) plots.push_back(std::move(*sizes));
  for (const AuditPlan::Method& method : plan.methods) {
    if (plan.simulation && (method.if_right || method.if_wrong))
      plots.push_back(trials_plot(language, plan, method));
  }
  return plots;
}

std::vector<Plot> plots_of(Language language, const AuditStatus& status) {
  if (status.progress.draws == 0) return {};
  return {risk_plot(language, status)};
}

}  // namespace scr::report::internal
