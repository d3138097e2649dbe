// SPDX-License-Identifier: Apache-2.0
//
// For one claim: each announced figure as a mark, against the band that the sheets allow.

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/internal/figure.h"
#include "report/internal/plain.h"
#include "report/internal/plots.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

using judge::Check;
using judge::CheckCode;
using judge::Status;

constexpr double kRow = 46;

// One announced figure, with the checks that bound it from below and from above.
struct Row {
  std::string subject;
  const Check* least = nullptr;
  const Check* most = nullptr;

  const Check& any() const { return least ? *least : *most; }
  bool contradicted() const {
    return (least && least->status == Status::contradicted) ||
           (most && most->status == Status::contradicted);
  }
};

std::vector<Row> rows_of(const judge::JudgedClaim& claim, CheckCode least, CheckCode most) {
  std::vector<Row> rows;
  for (const Check& check : claim.checks) {
    if ((check.code != least && check.code != most) || check.status == Status::not_applicable ||
        !check.bound || !check.claimed) {
      continue;
    }
    auto row = std::find_if(rows.begin(), rows.end(),
                            [&](const Row& r) { return r.subject == check.subject; });
    if (row == rows.end()) row = rows.insert(rows.end(), Row{check.subject});
    (check.code == least ? row->least : row->most) = &check;
  }
  return rows;
}

double drawn(const std::optional<Fraction>& value) {
  return value ? value->approximate() : 0;
}

double scale_of(const std::vector<Row>& rows) {
  double most = 0;
  for (const Row& row : rows) {
    most = std::max(most, drawn(row.any().claimed));
    if (row.least) most = std::max(most, drawn(row.least->bound));
    if (row.most) most = std::max(most, drawn(row.most->bound));
  }
  return most > 0 ? 96 / most : 1;
}

// "12.3 % to 45.6 %", or the one side that is known.
std::string allowed(Language language, const Row& row) {
  const std::string least = row.least ? check_figure(language, *row.least, row.least->bound) : "";
  const std::string most = row.most ? check_figure(language, *row.most, row.most->bound) : "";
  if (row.least && row.most) {
    return say(language, "word.range", {{"least", least}, {"most", most}});
  }
  return row.least ? "\u2265 " + least : "\u2264 " + most;
}

std::string verdict_of(Language language, const Row& row) {
  return say(language, row.contradicted() ? "claim.plot.outside" : "claim.plot.inside");
}

// The figure as announced, written as exactly as the check that contradicts it needs.
std::string announced_figure(Language language, const Row& row) {
  const bool by_most = row.most && row.most->status == Status::contradicted;
  const Check& check = by_most ? *row.most : row.any();
  return check_figure(language, check, check.claimed);
}

void draw(Svg& svg, Language language, const Row& row, const std::string& name, double y,
          double scale) {
  const double from = row.least ? drawn(row.least->bound) * scale : 0;
  const double to = row.most ? drawn(row.most->bound) * scale : 100;
  const double at = drawn(row.any().claimed) * scale;
  const std::string figure = announced_figure(language, row);
  svg.text({0, y + 15}, Anchor::start, "label", cut_to(name, 24));
  svg.text({100, y + 15}, Anchor::end, row.contradicted() ? "value outside" : "value",
           figure + " \u00b7 " + verdict_of(language, row));
  svg.line({0, y + 30}, {100, y + 30}, "grid");
  svg.bar(from, y + 23, std::max(to - from, 0.3), 14, "band",
          name + ", " + say(language, "claim.plot.allowed") + ": " + allowed(language, row));
  svg.mark({at, y + 30}, row.contradicted() ? Mark::cross : Mark::circle,
           row.contradicted() ? "outside" : "within",
           name + ", " + say(language, "claim.plot.announced") + ": " + figure + " (" +
               verdict_of(language, row) + ")");
}

std::string figure_of(Language language, const Facts& facts, const std::string& id,
                      const std::string& heading, const std::vector<Row>& rows) {
  if (rows.empty()) return "";
  Svg svg(id, heading, static_cast<int>(kRow * static_cast<double>(rows.size())) + 4);
  HtmlTable table;
  table.columns = {{say(language, "page.count.option"), false},
                   {say(language, "claim.plot.announced")},
                   {say(language, "claim.plot.allowed")},
                   {say(language, "claim.column.status"), false},
                   {say(language, "claim.column.false")}};
  const double scale = scale_of(rows);
  double y = 0;
  for (const Row& row : rows) {
    const std::string name = subject_name(language, facts.definition, row.subject);
    draw(svg, language, row, name, y, scale);
    std::string sheets_false;
    if (row.least && row.least->sheets_false_at_least) {
      sheets_false = number(language, *row.least->sheets_false_at_least);
    }
    table.rows.push_back({name, announced_figure(language, row), allowed(language, row),
                          verdict_of(language, row), sheets_false});
    y += kRow;
  }
  return figure_html({heading, say(language, "page.claim.caption"), svg.done(),
                      folded_table(language, heading, table)});
}

}  // namespace

std::string claim_figures(Language language, const Facts& facts, std::size_t position) {
  const judge::JudgedClaim& claim = facts.claims[position];
  const Slot id{"id", plain(claim.id.value())};
  const std::string nth = std::to_string(position + 1);
  return figure_of(language, facts, plot_id("claim-" + nth + "-shares", language),
                   say(language, "page.claim.shares", {id}),
                   rows_of(claim, CheckCode::share_least, CheckCode::share_most)) +
         figure_of(language, facts, plot_id("claim-" + nth + "-votes", language),
                   say(language, "page.claim.votes", {id}),
                   rows_of(claim, CheckCode::overlap, CheckCode::ceiling));
}

}  // namespace scr::report::internal
