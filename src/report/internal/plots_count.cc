// SPDX-License-Identifier: Apache-2.0
//
// Votes by option, and stations by the leader's share.

#include <algorithm>
#include <array>
#include <cmath>

#include "report/internal/figure.h"
#include "report/internal/plain.h"
#include "report/internal/plots.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr int kBins = 20;

std::string style_of(const Facts& facts, const election::OptionId& option) {
  if (option == facts.outcome.leader) return "leader";
  if (option == facts.outcome.runner_up) return "rival";
  return "other";
}

HtmlTable shares_table(Language language, const Facts& facts) {
  HtmlTable table;
  table.columns = {{say(language, "page.count.option"), false},
                   {"id", false},
                   {say(language, "word.votes")},
                   {say(language, "shares.on_sheets")},
                   {say(language, "shares.least")},
                   {say(language, "shares.most")}};
  const std::int64_t valid = facts.tallies.country().valid.count();
  for (const judge::ShareBounds& share : facts.outcome.shares) {
    const auto on_sheets = Fraction::of(share.votes.count(), valid);
    table.rows.push_back({option_name(facts.definition, share.option), share.option.value(),
                          number(language, share.votes.count()),
                          on_sheets ? percent(language, *on_sheets, 2) : std::string(),
                          percent(language, share.least, 2), percent(language, share.most, 2)});
  }
  return table;
}

// Stations in each of kBins equal steps of the leader's share; full support is in the last.
struct Histogram {
  std::array<std::int64_t, kBins> stations{};
  std::int64_t without_votes = 0;
};

Histogram histogram_of(const Facts& facts, std::size_t leader) {
  Histogram histogram;
  for (const review::StationReturn& figures : facts.returns) {
    const std::int64_t valid = figures.valid.count();
    if (valid == 0) {
      ++histogram.without_votes;
      continue;
    }
    const std::int64_t bin = figures.votes[leader].count() * kBins / valid;
    ++histogram.stations[static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, kBins - 1))];
  }
  return histogram;
}

std::string bin_name(Language language, int bin) {
  const auto edge = [&](int i) { return percent_in_full(language, *Fraction::of(i, kBins)); };
  return say(language, bin + 1 == kBins ? "page.histogram.last" : "page.histogram.bin",
             {{"from", edge(bin)}, {"to", edge(bin + 1)}});
}

}  // namespace

std::string votes_figure(Language language, const Facts& facts) {
  if (facts.outcome.shares.empty()) return "";
  constexpr double kRow = 48;
  double widest = 0.1;
  for (const judge::ShareBounds& share : facts.outcome.shares) {
    widest = std::max(widest, share.most.approximate());
  }
  const double scale = 100 / (std::ceil(widest * 10) / 10);  // up to the next ten per cent

  const std::string heading = say(language, "page.count.plot");
  const double bottom = kRow * static_cast<double>(facts.outcome.shares.size());
  Svg svg(plot_id("votes", language), heading, static_cast<int>(bottom) + 22);
  for (int tick = 0; tick * scale / 10 <= 100.01; tick += widest > 0.5 ? 2 : 1) {
    const double x = tick * scale / 10;
    svg.line({x, 18}, {x, bottom}, "grid");
    svg.text({x, bottom + 16},
             x < 1    ? Anchor::start
             : x > 99 ? Anchor::end
                      : Anchor::middle,
             "tick", percent_in_full(language, *Fraction::of(tick, 10)));
  }
  const std::int64_t valid = facts.tallies.country().valid.count();
  double y = 0;
  for (const judge::ShareBounds& share : facts.outcome.shares) {
    const std::string name = option_name(facts.definition, share.option);
    const Fraction on_sheets = Fraction::of(share.votes.count(), valid).value_or(Fraction());
    const std::string figures =
        number(language, share.votes.count()) + " \u00b7 " + percent(language, on_sheets, 2);
    svg.text({0, y + 15}, Anchor::start, "label", cut_to(name, 26));
    svg.text({100, y + 15}, Anchor::end, "value", figures);
    svg.bar(0, y + 21, on_sheets.approximate() * scale, 12, style_of(facts, share.option),
            name + ": " + figures);
    svg.bar(share.least.approximate() * scale, y + 36,
            (share.most.approximate() - share.least.approximate()) * scale, 3, "range",
            say(language, "word.range",
                {{"least", percent(language, share.least, 2)},
                 {"most", percent(language, share.most, 2)}}));
    y += kRow;
  }
  return figure_html({heading, say(language, "page.count.caption"), svg.done(),
                      folded_table(language, heading, shares_table(language, facts))});
}

std::string histogram_figure(Language language, const Facts& facts) {
  if (!facts.outcome.any_votes) return "";
  const auto leader = facts.definition.option_position(facts.outcome.leader);
  if (!leader) return "";
  constexpr double kTop = 20;
  constexpr double kBottom = 220;
  const Histogram histogram = histogram_of(facts, *leader);
  const auto most =
      static_cast<double>(*std::max_element(histogram.stations.begin(), histogram.stations.end()));
  if (most == 0) return "";

  const std::string name = option_name(facts.definition, facts.outcome.leader);
  const std::string heading = say(language, "page.histogram.plot", {{"leader", name}});
  Svg svg(plot_id("histogram", language), heading, static_cast<int>(kBottom) + 44);
  draw_vertical_axis(svg, language, 0, most, kTop, kBottom);
  HtmlTable table;
  table.columns = {{say(language, "word.share"), false}, {say(language, "word.stations")}};
  for (int bin = 0; bin < kBins; ++bin) {
    const std::int64_t stations = histogram.stations[static_cast<std::size_t>(bin)];
    const double height = static_cast<double>(stations) / most * (kBottom - kTop);
    const std::string words = bin_name(language, bin);
    if (stations > 0) {
      svg.bar(bin * 5 + 0.4, kBottom - height, 4.2, height, bin < kBins / 2 ? "other" : "leader",
              words + ": " + number(language, stations));
    }
    table.rows.push_back({words, number(language, stations)});
  }
  svg.line({50, kTop - 8}, {50, kBottom}, "middle");
  for (int tick = 0; tick <= 100; tick += 25) {
    svg.text({static_cast<double>(tick), kBottom + 16},
             tick == 0     ? Anchor::start
             : tick == 100 ? Anchor::end
                           : Anchor::middle,
             "tick", percent_in_full(language, *Fraction::of(tick, 100)));
  }
  svg.text({50, kBottom + 36}, Anchor::middle, "tick",
           say(language, "page.histogram.x", {{"leader", name}}));
  const std::string empty =
      histogram.without_votes == 0
          ? std::string()
          : say_count(language, "page.histogram.empty", histogram.without_votes);
  return figure_html({heading,
                      say(language, "page.histogram.caption", {{"leader", name}, {"empty", empty}}),
                      svg.done(), folded_table(language, heading, table)});
}

}  // namespace scr::report::internal
