// SPDX-License-Identifier: Apache-2.0
//
// The two first options in every unit of the first level.

#include <algorithm>

#include "report/internal/figure.h"
#include "report/internal/plain.h"
#include "report/internal/plots.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr std::size_t kMostRows = 40;
constexpr double kUnitRow = 40;
constexpr double kFullShare = 36;  // per cent of the width on each side; the rest is for numbers

struct UnitRow {
  std::string name;
  std::string stations;
  std::int64_t valid = 0;
  Fraction leader;
  Fraction rival;
};

std::string stations_of(Language language, const tally::Coverage& coverage) {
  const std::string returned = number(language, coverage.stations_returned.count());
  if (!coverage.stations_expected) return returned;
  return say(
      language, "word.of",
      {{"part", returned}, {"whole", number(language, coverage.stations_expected->count())}});
}

std::vector<UnitRow> rows_of(Language language, const Facts& facts, std::size_t leader,
                             std::size_t rival) {
  std::vector<UnitRow> rows;
  for (const election::UnitOrdinal ordinal : tally::units_at_depth(facts.geography, 1)) {
    const tally::Tally& tally = facts.tallies.of(ordinal);
    UnitRow row;
    row.name = unit_name(language, facts.definition, facts.geography.unit(ordinal));
    row.stations = stations_of(language, tally.coverage);
    row.valid = tally.valid.count();
    row.leader = Fraction::of(tally.votes[leader].count(), row.valid).value_or(Fraction());
    row.rival = Fraction::of(tally.votes[rival].count(), row.valid).value_or(Fraction());
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string table_of(Language language, const std::string& heading, const std::string& leader,
                     const std::string& rival, const std::vector<UnitRow>& rows) {
  HtmlTable table;
  table.columns = {{say(language, "tally.name"), false},
                   {leader},
                   {rival},
                   {say(language, "word.valid")},
                   {say(language, "word.stations")}};
  for (const UnitRow& row : rows) {
    const bool any = row.valid > 0;
    table.rows.push_back({row.name, any ? percent(language, row.leader, 2) : "",
                          any ? percent(language, row.rival, 2) : "", number(language, row.valid),
                          row.stations});
  }
  return folded_table(language, heading, table);
}

void draw(Svg& svg, Language language, const UnitRow& row, double y, const std::string& leader,
          const std::string& rival) {
  svg.text({0, y + 14}, Anchor::start, "label", cut_to(row.name, 26));
  svg.text({100, y + 14}, Anchor::end, "value", row.stations);
  if (row.valid == 0) {
    svg.text({50, y + 29}, Anchor::middle, "tick", "\u2013");
    return;
  }
  const double left = row.leader.approximate() * kFullShare;
  const double right = row.rival.approximate() * kFullShare;
  const std::string in_leader = percent(language, row.leader, 1);
  const std::string in_rival = percent(language, row.rival, 1);
  svg.bar(50 - left, y + 19, left, 12, "leader", row.name + ", " + leader + ": " + in_leader);
  svg.bar(50, y + 19, right, 12, "rival", row.name + ", " + rival + ": " + in_rival);
  svg.text({50 - left, y + 29}, Anchor::end, "tick", in_leader, -5);
  svg.text({50 + right, y + 29}, Anchor::start, "tick", in_rival, 5);
}

}  // namespace

std::string where_figure(Language language, const Facts& facts) {
  if (!facts.outcome.any_votes || facts.definition.levels.empty()) return "";
  const auto leader = facts.definition.option_position(facts.outcome.leader);
  const auto rival = facts.definition.option_position(facts.outcome.runner_up);
  if (!leader || !rival) return "";
  const std::vector<UnitRow> rows = rows_of(language, facts, *leader, *rival);
  if (rows.empty()) return "";

  std::vector<UnitRow> shown = rows;
  std::string caption =
      say(language, "page.where.caption",
          {{"leader", option_name(facts.definition, facts.outcome.leader)},
           {"runner_up", option_name(facts.definition, facts.outcome.runner_up)}});
  if (shown.size() > kMostRows) {
    std::stable_sort(shown.begin(), shown.end(),
                     [](const UnitRow& a, const UnitRow& b) { return a.valid > b.valid; });
    shown.resize(kMostRows);
    caption += " " + say(language, "page.where.some",
                         {{"shown", number(language, kMostRows)},
                          {"all", number(language, static_cast<std::int64_t>(rows.size()))}});
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [](const UnitRow& a, const UnitRow& b) { return a.leader > b.leader; });

  const std::string leader_name = option_name(facts.definition, facts.outcome.leader);
  const std::string rival_name = option_name(facts.definition, facts.outcome.runner_up);
  const std::string heading =
      say(language, "page.where.plot",
          {{"leader", leader_name},
           {"runner_up", rival_name},
           {"level", plain(facts.definition.levels.front().plural.in(code_of(language)))}});
  Svg svg(plot_id("where", language), heading,
          static_cast<int>(kUnitRow * static_cast<double>(shown.size())) + 4);
  double y = 0;
  for (const UnitRow& row : shown) {
    draw(svg, language, row, y, leader_name, rival_name);
    y += kUnitRow;
  }
  svg.line({50, 0}, {50, y}, "axis");
  return figure_html(
      {heading, caption, svg.done(), table_of(language, heading, leader_name, rival_name, rows)});
}

}  // namespace scr::report::internal
