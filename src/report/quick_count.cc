// SPDX-License-Identifier: Apache-2.0
#include "report/quick_count.h"

#include <cmath>
#include <utility>

#include "report/audit.h"
#include "report/internal/found.h"
#include "report/internal/ink.h"
#include "report/internal/json.h"
#include "report/internal/quick_count_words.h"
#include "report/internal/sentences.h"
#include "report/internal/text_table.h"
#include "report/words.h"

namespace scr::report {
namespace {

using canon::Value;
using internal::Ink;
using internal::json_of;
using internal::TextTable;
using internal::Tone;

constexpr const char* kQuickCountSchema = "scrutineer.quick-count/1";
constexpr std::string_view kCountIndent = "  ";

Value estimate_json(const std::optional<quickcount::Estimate>& estimate) {
  if (!estimate) return Value();
  Value value = Value::object();
  value.set("share", Value(digits_of(estimate->share)));
  value.set("standard_error", Value(digits_of(estimate->standard_error)));
  value.set("low", Value(digits_of(estimate->low)));
  value.set("high", Value(digits_of(estimate->high)));
  value.set("collapsed", Value(estimate->collapsed));
  return value;
}

Value sequence_json(const std::optional<quickcount::Limits>& limits) {
  if (!limits) return Value();
  Value value = Value::object();
  value.set("low", Value(digits_of(limits->low)));
  value.set("high", Value(digits_of(limits->high)));
  return value;
}

Value found_json(const Facts& facts) {
  Value value = Value::object();
  const judge::Outcome& outcome = facts.outcome;
  Value bounds = Value::array();
  for (const judge::ShareBounds& share : outcome.shares) {
    Value one = Value::object();
    one.set("option", Value(share.option.value()));
    one.set("least", Value(share.least.text()));
    one.set("most", Value(share.most.text()));
    bounds.push_back(std::move(one));
  }
  value.set("bounds", std::move(bounds));
  value.set("decided", Value(outcome.any_votes && outcome.without_assumption().decided));
  value.set("curve", internal::curve_json(facts));
  value.set("model", internal::model_json(facts));
  return value;
}

std::int64_t size_of_sample(const QuickCountSample& sample) {
  std::int64_t size = 0;
  for (const auto& stratum : sample.strata) size += stratum.size;
  return size;
}

void add_shares(Ink& ink, Language language, const QuickCount& count) {
  bool sequence = false;
  for (const QuickCountOption& one : count.options) sequence = sequence || one.sequence;
  TextTable table;
  table.columns = {{say(language, "quickcount.option"), false},
                   {say(language, "quickcount.share")},
                   {say(language, "quickcount.standard_error")},
                   {say(language, "quickcount.interval")}};
  if (sequence) table.columns.push_back({say(language, "quickcount.sequence")});
  for (const QuickCountOption& one : count.options) {
    if (!one.combined) continue;
    std::vector<std::string> row{
        internal::option_name(count.definition, one.option),
        internal::share_text(language, one.combined->share),
        internal::share_text(language, one.combined->standard_error),
        internal::interval_text(language, one.combined->low, one.combined->high)};
    if (sequence) {
      row.push_back(one.sequence
                        ? internal::interval_text(language, one.sequence->low, one.sequence->high)
                        : std::string("-"));
    }
    table.rows.push_back(std::move(row));
  }
  ink.gap().raw(lines_of(table, std::string(kCountIndent), 40));
}

void add_bounds(Ink& ink, Language language, const election::Definition& definition,
                const Facts& facts) {
  ink.heading(say(language, "quickcount.found.bounds"));
  ink.sentence(internal::verdict(language, facts), Tone::none, kCountIndent);
  TextTable table;
  table.columns = {{"", false}, {say(language, "shares.least")}, {say(language, "shares.most")}};
  for (const judge::ShareBounds& share : facts.outcome.shares) {
    table.rows.push_back({internal::option_name(definition, share.option),
                          percent(language, share.least, 2), percent(language, share.most, 2)});
  }
  ink.raw(lines_of(table, std::string(kCountIndent), 40));
}

}  // namespace

Value quick_count_json(const QuickCountSample& sample) {
  Value value = Value::object();
  value.set("schema", Value(kQuickCountSchema));
  value.set("what", Value(sample.seed ? "draw" : "plan"));
  value.set("count", Value(sample.planned.count));
  value.set("level", Value(sample.planned.level.value()));
  value.set("entry", sample.entry ? Value(static_cast<std::int64_t>(*sample.entry)) : Value());
  value.set("seed", sample.seed ? Value(*sample.seed) : Value());
  value.set("size", Value(size_of_sample(sample)));
  value.set("tree_size", Value(static_cast<std::int64_t>(sample.tree_size)));
  Value strata = Value::array();
  for (const auto& stratum : sample.strata) {
    Value one = Value::object();
    one.set("stratum", Value(stratum.id));
    one.set("stations", Value(stratum.stations));
    one.set("size", Value(stratum.size));
    one.set("sample", json_of(stratum.stations_drawn));
    strata.push_back(std::move(one));
  }
  value.set("strata", std::move(strata));
  return value;
}

Value quick_count_json(const QuickCount& count) {
  Value value = Value::object();
  value.set("schema", Value(kQuickCountSchema));
  value.set("what", Value("report"));
  value.set("count", count.sample ? Value(count.sample->planned.count) : Value());
  value.set("by_chance", Value(count.by_chance));
  value.set("in_sample", Value(count.in_sample));
  value.set("counted", Value(count.counted));
  value.set("in_order", Value(count.in_order));
  value.set("known_before", Value(count.known_before));
  Value options = Value::array();
  for (const QuickCountOption& option : count.options) {
    Value one = Value::object();
    one.set("option", Value(option.option.value()));
    one.set("combined", estimate_json(option.combined));
    one.set("separate", estimate_json(option.separate));
    one.set("sequence", sequence_json(option.sequence));
    options.push_back(std::move(one));
  }
  value.set("options", std::move(options));
  value.set("found", count.found ? found_json(*count.found) : Value());
  return value;
}

std::string quick_count_text(Language language, const QuickCountSample& sample,
                             const TextStyle& style) {
  Ink ink(style);
  ink.sentence(say(language, "quickcount.title", {{"count", sample.planned.count}}), Tone::strong);
  if (!sample.seed)
    ink.sentence(say(language, "quickcount.no_seed", {{"count", sample.planned.count}}));
  TextTable table;
  table.columns = {{"", false}, {say(language, "audit.column.stations")}, {"n"}};
  for (const auto& stratum : sample.strata) {
    table.rows.push_back(
        {stratum.id, number(language, stratum.stations), number(language, stratum.size)});
  }
  ink.gap().raw(lines_of(table, std::string(kCountIndent), 40));
  std::string drawn;
  for (const auto& stratum : sample.strata) {
    for (const auto& station : stratum.stations_drawn)
      drawn += std::string(kCountIndent) + station.value() + "\n";
  }
  if (!drawn.empty()) ink.gap().raw(drawn);
  return ink.text();
}

std::string quick_count_text(Language language, const QuickCount& count, const TextStyle& style) {
  Ink ink(style);
  if (count.sample)
    ink.sentence(say(language, "quickcount.title", {{"count", count.sample->planned.count}}),
                 Tone::strong);
  for (const std::string& line : internal::sample_sentences(language, count)) ink.sentence(line);
  if (count.by_chance) {
    add_shares(ink, language, count);
    return ink.text();
  }
  if (!count.found) return ink.text();
  ink.sentence(say(language, "quickcount.found"));
  add_bounds(ink, language, count.definition, *count.found);
  internal::add_curve(ink, language, *count.found);
  internal::add_model(ink, language, *count.found);
  if (!count.found->model) ink.heading(say(language, "quickcount.found.no_model"));
  ink.gap().sentence(say(language, "quickcount.found.more"), Tone::quiet);
  return ink.text();
}

}  // namespace scr::report
