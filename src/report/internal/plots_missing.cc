// SPDX-License-Identifier: Apache-2.0
//
// What the missing stations could change: the worst case, the breakdown, the sensitivity.

#include <algorithm>
#include <array>
#include <vector>

#include "report/internal/figure.h"
#include "report/internal/html.h"
#include "report/internal/plots.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr std::size_t kCurvePoints = 120;

bool one_leads(const judge::Outcome& outcome) {
  return somebody_leads(outcome) && !outcome.tie;
}

std::string signed_size(Language language, const Fraction& votes) {
  return (votes < Fraction(0) ? "\u2212" : "") + size_of(language, votes);
}

// ---- breakdown

struct Curve {
  const judge::UnderCap* under = nullptr;
  std::vector<judge::CurvePoint> points;
};

std::vector<Curve> curves_of(const Facts& facts) {
  std::vector<Curve> curves;
  for (const judge::UnderCap& under : facts.outcome.under_caps) {
    curves.push_back({&under, judge::breakdown_curve(facts.definition, facts.returns,
                                                     facts.premises, under.cap, kCurvePoints)});
  }
  return curves;
}

// The frame in which all curves are drawn: half as far below 0 as above, at most.
struct Frame {
  double most_sheets = 1;
  double most = 1;
  double least = 0;
  double top = 26;
  double bottom = 0;  // where the margin is 0

  double pixels() const { return (bottom - top) / most; }
  Point at(const judge::CurvePoint& point) const {
    return {100 * static_cast<double>(point.sheets) / most_sheets,
            bottom - point.worst_case_margin.approximate() * pixels()};
  }
};

Frame frame_of(const std::vector<Curve>& curves) {
  Frame frame;
  double lowest = 0;
  for (const Curve& curve : curves) {
    for (const judge::CurvePoint& point : curve.points) {
      frame.most = std::max(frame.most, point.worst_case_margin.approximate());
      lowest = std::min(lowest, point.worst_case_margin.approximate());
    }
  }
  frame.least = std::max(lowest, -frame.most / 2);
  if (frame.most <= 1) frame.most = -frame.least;  // all are open already
  for (const Curve& curve : curves) {
    for (const judge::CurvePoint& point : curve.points) {
      if (point.worst_case_margin.approximate() < frame.least) break;
      frame.most_sheets = std::max(frame.most_sheets, static_cast<double>(point.sheets));
    }
  }
  frame.bottom = frame.top + 190;
  return frame;
}

void draw_sheets_axis(Svg& svg, Language language, const Frame& frame, double floor) {
  const double step = round_step(frame.most_sheets, 4);
  for (int tick = 0; tick * step <= frame.most_sheets; ++tick) {
    const double sheets = tick * step;
    const double x = 100 * sheets / frame.most_sheets;
    svg.line({x, floor}, {x, floor + 4}, "axis");
    svg.text({x, floor + 17},
             x < 4    ? Anchor::start
             : x > 95 ? Anchor::end
                      : Anchor::middle,
             "tick", number(language, static_cast<std::int64_t>(sheets)));
  }
  svg.line({0, floor}, {100, floor}, "grid");
  svg.text({100, floor + 34}, Anchor::end, "tick", say(language, "page.breakdown.x"));
}

// As many as a definition usually has caps, each with a pattern of its own: colour alone would not
// do.
const char* style_of_line(std::size_t nth) {
  constexpr std::array kStyles{"line-a", "line-b", "line-c", "line-d", "line-e", "line-f"};
  return kStyles[nth % kStyles.size()];
}

// The line itself, drawn small, so that the legend cannot differ from the plot.
std::string key_of_line(std::size_t nth) {
  return element("svg", "aria-hidden=\"true\" class=\"key\"",
                 "<polyline class=\"" + std::string(style_of_line(nth)) +
                     "\" points=\"0,4 42,4\"></polyline>");
}

void draw_curve(Svg& svg, Language language, const Curve& curve, const Frame& frame,
                std::size_t nth) {
  std::vector<Point> points;
  for (const judge::CurvePoint& point : curve.points) {
    if (point.worst_case_margin.approximate() < frame.least) break;
    points.push_back(frame.at(point));
  }
  const std::string cap =
      say(language, "page.breakdown.cap", {{"cap", percent_in_full(language, curve.under->cap)}});
  svg.curve(points, style_of_line(nth), cap);
  if (!curve.under->sheets) return;
  const double x = 100 * static_cast<double>(*curve.under->sheets) / frame.most_sheets;
  const std::string sheets = number(language, *curve.under->sheets);
  const double row = frame.bottom - 10 - 17 * static_cast<double>(nth);
  svg.line({x, frame.bottom}, {x, row - 4}, "drop");
  svg.mark({x, frame.bottom}, Mark::circle, "crossing",
           say(language, "page.breakdown.at", {{"cap", cap}, {"sheets", sheets}}));
  svg.text({x, row}, x > 70 ? Anchor::end : Anchor::start, "note",
           sheets + " (" + percent_in_full(language, curve.under->cap) + ")", x > 70 ? -6 : 6);
}

std::string legend(Language language, const std::vector<Curve>& curves) {
  std::string items;
  std::size_t nth = 0;
  for (const Curve& curve : curves) {
    const std::string cap =
        say(language, "page.breakdown.cap", {{"cap", percent_in_full(language, curve.under->cap)}});
    const std::string words =
        curve.under->sheets
            ? say(language, "page.breakdown.at",
                  {{"cap", cap}, {"sheets", number(language, *curve.under->sheets)}})
            : say(language, "page.breakdown.already", {{"cap", cap}});
    items += element("li", "", key_of_line(nth++) + escaped(words));
  }
  return element("ul", "class=\"legend\"", items);
}

std::string breakdown_table(Language language, const Facts& facts, const std::string& heading) {
  HtmlTable table;
  table.columns = {{say(language, "breakdown.cap"), false},
                   {say(language, "breakdown.worst")},
                   {say(language, "breakdown.sheets")}};
  for (const judge::UnderCap& under : facts.outcome.under_caps) {
    table.rows.push_back(
        {percent_in_full(language, under.cap), signed_size(language, under.worst_case_margin),
         under.sheets ? number(language, *under.sheets) : say(language, "breakdown.open")});
  }
  return folded_table(language, heading, table);
}

// ---- sensitivity

std::string break_even_words(Language language, const Facts& facts, const Fraction& gap) {
  const bool possible = gap <= Fraction(1);
  return say(language, possible ? "page.sensitivity.break_even" : "page.sensitivity.never",
             {{"leader", leader_of(facts)},
              {"runner_up", runner_up_of(facts)},
              {"gap", percent(language, gap, 1)}});
}

std::string gap_name(Language language, const Facts& facts, int points) {
  if (points == 0) return say(language, "page.sensitivity.even");
  return say(language, "page.sensitivity.for",
             {{"points", number(language, points < 0 ? -points : points)},
              {"option", points < 0 ? leader_of(facts) : runner_up_of(facts)}});
}

}  // namespace

std::string missing_figure(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  if (!one_leads(outcome)) return "";
  const std::int64_t remains = outcome.margin - outcome.missing_registered;
  const double scale = 100 / static_cast<double>(std::max<std::int64_t>(
                                 {outcome.margin, outcome.missing_registered, std::int64_t{1}}));
  const double lead = static_cast<double>(outcome.margin) * scale;
  const double missing = static_cast<double>(outcome.missing_registered) * scale;
  const std::string heading = say(language, "page.missing.plot");
  const std::string names[] = {
      say(language, "page.missing.lead", {{"leader", leader_of(facts)}}),
      say(language, "page.missing.electors"),
      say(language,
          remains > 0   ? "page.missing.remains"
          : remains < 0 ? "page.missing.lacking"
                        : "page.missing.level",
          {{"votes", number(language, remains < 0 ? -remains : remains)}})};

  Svg svg(plot_id("missing", language), heading, 146);
  svg.text({0, 14}, Anchor::start, "label", names[0] + ": " + number(language, outcome.margin));
  svg.bar(0, 20, lead, 24, "leader", names[0] + ": " + number(language, outcome.margin));
  svg.text({0, 66}, Anchor::start, "label",
           names[1] + ": " + number(language, outcome.missing_registered));
  svg.bar(0, 72, missing, 24, "rival",
          names[1] + ": " + number(language, outcome.missing_registered));
  svg.line({std::min(lead, missing), 16}, {std::min(lead, missing), 132}, "drop");
  svg.line({std::max(lead, missing), 16}, {std::max(lead, missing), 132}, "drop");
  svg.bar(std::min(lead, missing), 108, std::max(lead, missing) - std::min(lead, missing), 6,
          remains >= 0 ? "leader" : "rival", names[2]);
  const bool narrow = std::min(lead, missing) > 50;
  svg.text({narrow ? std::max(lead, missing) : std::min(lead, missing), 132},
           narrow ? Anchor::end : Anchor::start, "note", names[2], narrow ? -4 : 4);

  HtmlTable table;
  table.columns = {{say(language, "word.code"), false}, {say(language, "word.votes")}};
  table.rows = {{names[0], number(language, outcome.margin)},
                {names[1], number(language, outcome.missing_registered)},
                {say(language, "page.key.worst"), number(language, remains)}};
  return figure_html({heading,
                      say(language, "page.missing.caption",
                          {{"leader", leader_of(facts)}, {"runner_up", runner_up_of(facts)}}),
                      svg.done(), folded_table(language, heading, table)});
}

std::string breakdown_figure(Language language, const Facts& facts) {
  if (!one_leads(facts.outcome)) return "";
  const std::vector<Curve> curves = curves_of(facts);
  const Frame frame = frame_of(curves);
  const double floor = frame.bottom - frame.least * frame.pixels() + 6;
  const std::string heading = say(language, "page.breakdown.plot");
  Svg svg(plot_id("breakdown", language), heading, static_cast<int>(floor) + 40);
  svg.text({0, 10}, Anchor::start, "tick", say(language, "page.breakdown.y"));
  draw_vertical_axis(svg, language, frame.least, frame.most, frame.top, frame.bottom);
  draw_sheets_axis(svg, language, frame, floor);
  for (std::size_t i = 0; i < curves.size(); ++i) draw_curve(svg, language, curves[i], frame, i);
  return figure_html({heading, say(language, "page.breakdown.caption"), svg.done(),
                      legend(language, curves) + breakdown_table(language, facts, heading)});
}

std::string sensitivity_figure(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  if (!one_leads(outcome) || outcome.missing_registered == 0) return "";
  const Fraction cap = outcome.without_assumption().cap;
  const auto gap = judge::break_even_gap(outcome.margin, outcome.missing_registered, cap);
  if (!gap) return "";

  HtmlTable table;
  table.columns = {{say(language, "page.sensitivity.axis"), false},
                   {say(language, "page.breakdown.y")}};
  std::vector<std::pair<int, double>> values;
  for (int points = -100; points <= 100; points += 25) {
    const auto margin = judge::margin_at(outcome.margin, outcome.missing_registered, cap,
                                         *Fraction::of(points, 100));
    if (!margin) return "";
    values.emplace_back(points, margin->approximate());
    table.rows.push_back({gap_name(language, facts, points), signed_size(language, *margin)});
  }
  constexpr double kTop = 26;
  constexpr double kBottom = 200;
  const double most = values.front().second;
  const double least = std::min(0.0, values.back().second);
  const double pixels = (kBottom - kTop) / most;
  const double floor = kBottom - least * pixels + 6;
  const std::string heading = say(language, "page.sensitivity.plot");
  Svg svg(plot_id("sensitivity", language), heading, static_cast<int>(floor) + 40);
  svg.text({0, 10}, Anchor::start, "tick", say(language, "page.breakdown.y"));
  draw_vertical_axis(svg, language, least, most, kTop, kBottom);
  std::vector<Point> line;
  for (const auto& [points, margin] : values) {
    line.push_back({(points + 100) / 2.0, kBottom - margin * pixels});
  }
  svg.line({0, floor}, {100, floor}, "grid");
  svg.line({50, kTop}, {50, floor}, "middle");
  svg.curve(line, "line-a", heading);
  for (const int points : {-100, 0, 100}) {
    svg.text({(points + 100) / 2.0, floor + 17},
             points < 0   ? Anchor::start
             : points > 0 ? Anchor::end
                          : Anchor::middle,
             "tick",
             points == 0 ? say(language, "page.sensitivity.even")
                         : number(language, points < 0 ? -points : points));
  }
  svg.text({0, floor + 34}, Anchor::start, "tick", "\u2190 " + leader_of(facts));
  svg.text({100, floor + 34}, Anchor::end, "tick", runner_up_of(facts) + " \u2192");
  const std::string words = break_even_words(language, facts, *gap);
  if (*gap <= Fraction(1)) {
    const double x = (gap->approximate() + 1) * 50;
    svg.mark({x, kBottom}, Mark::circle, "crossing", words);
    svg.text({x, kBottom - 12}, x > 70 ? Anchor::end : Anchor::middle, "note",
             percent(language, *gap, 1));
  }
  return figure_html({heading,
                      say(language, "page.sensitivity.caption",
                          {{"leader", leader_of(facts)},
                           {"runner_up", runner_up_of(facts)},
                           {"cap", percent_in_full(language, cap)},
                           {"break_even", words}}),
                      svg.done(), folded_table(language, heading, table)});
}

}  // namespace scr::report::internal
