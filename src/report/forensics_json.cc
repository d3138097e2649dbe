// SPDX-License-Identifier: Apache-2.0
#include "report/forensics_json.h"

#include <utility>

#include "report/internal/json.h"
#include "report/internal/real.h"

namespace scr::report {
namespace {

using canon::Value;
using forensics::Measured;
using forensics::TestResult;
using internal::significant;

constexpr int kDigits = 12;
constexpr int kDigitsOfP = 9;

Value unsigned_json(std::uint64_t n) {
  return Value(static_cast<std::int64_t>(n));
}

Value real_json(double value) {
  return Value(significant(value, kDigits));
}

Value p_json(const std::optional<double>& p) {
  return p ? Value(significant(*p, kDigitsOfP)) : Value();
}

Value bars_json(const Measured& measured) {
  Value list = Value::array();
  for (const forensics::Bar& bar : measured.bars) {
    Value one = Value::object();
    one.set("label", Value(bar.label));
    one.set("seen", real_json(bar.seen));
    one.set("expected", real_json(bar.expected));
    one.set("spread", real_json(bar.spread));
    list.push_back(std::move(one));
  }
  return list;
}

Value more_json(const Measured& measured) {
  Value all = Value::object();
  for (const auto& [name, value] : measured.more) all.set(name, real_json(value));
  return all;
}

// What a control measured, or an election of the past.
Value measured_json(const std::optional<Measured>& measured) {
  if (!measured) return {};
  Value value = Value::object();
  value.set("units", Value(measured->units));
  value.set("statistic", real_json(measured->statistic));
  value.set("expected", real_json(measured->expected));
  value.set("spread", real_json(measured->spread));
  value.set("model_p", p_json(measured->p));
  value.set("effect_votes", Value(measured->effect_votes));
  value.set("more", more_json(*measured));
  return value;
}

Value past_json(const TestResult& result) {
  Value list = Value::array();
  for (const forensics::PastFigure& figure : result.past) {
    Value one = measured_json(figure.measured);
    one.set("election", Value(figure.election));
    one.set("p", p_json(figure.p));
    list.push_back(std::move(one));
  }
  return list;
}

Value pairs_json(const TestResult& result) {
  Value list = Value::array();
  for (const forensics::SourcePair& pair : result.pairs) {
    Value one = Value::object();
    one.set("a", Value(pair.a.value()));
    one.set("b", Value(pair.b.value()));
    one.set("both", Value(pair.both));
    one.set("same", Value(pair.same));
    one.set("only_a", Value(pair.only_a));
    one.set("only_b", Value(pair.only_b));
    one.set("with_picture", Value(pair.joined));
    one.set("wrong_a", Value(pair.wrong_a));
    one.set("wrong_b", Value(pair.wrong_b));
    one.set("wrong_alike", Value(pair.wrong_alike));
    one.set("expected", real_json(pair.expected));
    one.set("p", p_json(pair.p));
    list.push_back(std::move(one));
  }
  return list;
}

Value result_json(const TestResult& result) {
  const bool applies = result.standing != forensics::Standing::refused;
  const auto& measured = result.measured;
  Value value = Value::object();
  value.set("test", Value(test_of(result.test).name));
  value.set("option", result.option ? Value(result.option->value()) : Value());
  value.set("applicable", Value(applies));
  value.set("reason", applies ? Value() : Value(result.reason));
  value.set("standing", Value(name_of(result.standing)));
  value.set("units", measured && applies ? Value(measured->units) : Value());
  value.set("statistic", measured && applies ? real_json(measured->statistic) : Value());
  value.set("expected", measured && applies ? real_json(measured->expected) : Value());
  value.set("spread", measured && applies ? real_json(measured->spread) : Value());
  value.set("model_p", measured && applies ? p_json(measured->p) : Value());
  value.set("p", p_json(result.p));
  value.set("adjusted_p", p_json(result.adjusted));
  value.set("stands_out", Value(result.stands_out()));
  value.set("effect_votes", measured && applies ? Value(measured->effect_votes) : Value());
  value.set("more", measured ? more_json(*measured) : Value::object());
  value.set("bars", measured ? bars_json(*measured) : Value::array());
  Value controls = Value::object();
  controls.set("clean", measured_json(result.clean));
  controls.set("tampered", measured_json(result.tampered));
  value.set("controls", std::move(controls));
  value.set("past", past_json(result));
  value.set("pairs", pairs_json(result));
  return value;
}

Value plan_json(const ForensicsFacts& facts) {
  Value tests = Value::array();
  for (const forensics::TestCode code : facts.screening.plan.tests) {
    tests.push_back(Value(forensics::test_of(code).name));
  }
  Value past = Value::array();
  for (const PastOnRecord& one : facts.past) {
    Value election = Value::object();
    election.set("election", Value(one.election));
    election.set("returns", Value(one.returns.hex()));
    election.set("stations", unsigned_json(one.counted));
    past.push_back(std::move(election));
  }
  Value plan = Value::object();
  plan.set("entry", unsigned_json(facts.plan_entry));
  plan.set("at", unsigned_json(facts.planned_at));
  plan.set("seed", Value(facts.screening.plan.seed));
  plan.set("tests", std::move(tests));
  plan.set("past", std::move(past));
  plan.set("earlier_plans", unsigned_json(facts.earlier_plans));
  plan.set("returns_before", unsigned_json(facts.returns_before));
  plan.set("returns_now", unsigned_json(facts.returns_now));
  return plan;
}

}  // namespace

Value forensics_json(const ForensicsFacts& facts) {
  Value results = Value::array();
  for (const TestResult& result : facts.screening.results) results.push_back(result_json(result));
  Value value = Value::object();
  value.set("schema", Value("scrutineer.forensics/1"));
  value.set("election", Value(facts.definition.id));
  value.set("basis", internal::json_of(facts.basis));
  value.set("stations", unsigned_json(facts.stations));
  value.set("plan", plan_json(facts));
  value.set("hypotheses", unsigned_json(facts.screening.hypotheses));
  value.set("level", real_json(forensics::kLevel));
  value.set("results", std::move(results));
  return value;
}

}  // namespace scr::report
