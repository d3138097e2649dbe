// SPDX-License-Identifier: Apache-2.0
#include "report/internal/found.h"

#include <array>
#include <utility>

#include "report/internal/json.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

constexpr std::string_view kFoundIndent = "  ";

const std::array<Fraction, 5>& curve_gaps() {
  static const std::array<Fraction, 5> kGaps{Fraction(0), *Fraction::of(1, 4), *Fraction::of(1, 2),
                                             *Fraction::of(3, 4), Fraction(1)};
  return kGaps;
}

}  // namespace

std::vector<CurvePoint> curve_of(const Facts& facts) {
  const Fraction& cap = facts.outcome.without_assumption().cap;
  std::vector<CurvePoint> points;
  for (const Fraction& gap : curve_gaps()) {
    points.push_back(
        {gap, judge::margin_at(facts.outcome.margin, facts.outcome.missing_registered, cap, gap)});
  }
  return points;
}

void add_curve(Ink& ink, Language language, const Facts& facts) {
  if (!facts.outcome.any_votes) return;
  const Fraction& cap = facts.outcome.without_assumption().cap;
  ink.heading(say(language, "found.curve", {{"cap", percent_in_full(language, cap)}}));
  TextTable table;
  table.columns = {{"", true}, {"", true}};
  for (const CurvePoint& point : curve_of(facts)) {
    const bool behind = point.margin && *point.margin < Fraction(0);
    table.rows.push_back({percent_in_full(language, point.gap),
                          point.margin ? (behind ? "\u2212" : "") + size_of(language, *point.margin)
                                       : std::string("-")});
  }
  ink.raw(lines_of(table, std::string(kFoundIndent), 40));
}

canon::Value curve_json(const Facts& facts) {
  canon::Value list = canon::Value::array();
  if (!facts.outcome.any_votes) return list;
  const Fraction& cap = facts.outcome.without_assumption().cap;
  for (const CurvePoint& at : curve_of(facts)) {
    canon::Value point = canon::Value::object();
    point.set("gap", canon::Value(at.gap.text()));
    point.set("turnout_cap", canon::Value(cap.text()));
    point.set("margin", json_of(at.margin));
    list.push_back(std::move(point));
  }
  return list;
}

std::vector<std::string> model_sentences(Language language, const Facts& facts) {
  const judge::ModelEstimate& model = *facts.model;
  std::vector<std::string> lines{say(language, "model.lead",
                                     {{"stations", number(language, model.stations_missing)},
                                      {"electors", number(language, model.missing_registered)},
                                      {"strata", number(language, model.strata)}})};
  if (model.registered_without_like > 0) {
    lines.push_back(say(language, "model.without_like",
                        {{"electors", number(language, model.registered_without_like)}}));
  }
  return lines;
}

std::vector<std::vector<std::string>> model_rows(Language language, const Facts& facts) {
  const judge::ModelEstimate& model = *facts.model;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < model.votes.size(); ++i) {
    const auto share = Fraction::of(model.votes[i], model.valid);
    rows.push_back({option_name(facts.definition, facts.definition.options[i].id),
                    number(language, model.votes[i]),
                    share ? percent(language, *share, 1) : std::string()});
  }
  return rows;
}

void add_model(Ink& ink, Language language, const Facts& facts) {
  if (!facts.model) return;
  ink.heading(say(language, "model.title"));
  for (const std::string& line : model_sentences(language, facts))
    ink.sentence(line, Tone::none, kFoundIndent);
  TextTable table;
  table.columns = {{"", false}, {say(language, "word.votes")}, {say(language, "word.share")}};
  table.rows = model_rows(language, facts);
  ink.gap().raw(lines_of(table, std::string(kFoundIndent), 32));
  ink.sentence(say(language, "model.no_error"), Tone::quiet, kFoundIndent);
}

canon::Value model_json(const Facts& facts) {
  if (!facts.model) return {};
  const judge::ModelEstimate& model = *facts.model;
  canon::Value votes = canon::Value::object();
  for (std::size_t i = 0; i < model.votes.size(); ++i)
    votes.set(facts.definition.options[i].id.value(), canon::Value(model.votes[i]));
  canon::Value value = canon::Value::object();
  value.set("assumption", canon::Value("missing-at-random-by-unit-and-size"));
  value.set("strata", canon::Value(model.strata));
  value.set("stations_missing", canon::Value(model.stations_missing));
  value.set("missing_registered", canon::Value(model.missing_registered));
  value.set("registered_without_like", canon::Value(model.registered_without_like));
  value.set("votes", std::move(votes));
  value.set("valid", canon::Value(model.valid));
  return value;
}

}  // namespace scr::report::internal
