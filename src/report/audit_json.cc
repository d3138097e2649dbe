// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "report/audit.h"
#include "report/internal/json.h"

namespace scr::report {
namespace {

using canon::Value;
using internal::json_of;

constexpr const char* kAuditSchema = "scrutineer.audit/1";

double parsed(std::string_view text) {
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  SCR_CHECK(end.ec == std::errc());
  return value;
}

std::string formatted(double value, std::chars_format format, int precision) {
  std::array<char, 40> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  SCR_CHECK(end.ec == std::errc());
  return {buffer.data(), end.ptr};
}

Value number_of(double value) {
  return Value(digits_of(value));
}

Value assertion_json(const election::Definition& definition, const audit::Assertion& assertion,
                     double margin) {
  Value one = Value::object();
  one.set("election", Value(definition.id));
  one.set("winner", Value(definition.options[assertion.winner].id.value()));
  one.set("loser",
          assertion.loser ? Value(definition.options[*assertion.loser].id.value()) : Value());
  one.set("majority", assertion.loser ? Value() : Value(assertion.majority.text()));
  one.set("margin", number_of(margin));
  return one;
}

const election::Definition& contest_definition(const election::Definition& own,
                                               const std::vector<election::Definition>& others,
                                               std::size_t contest) {
  return contest == 0 ? own : others[contest - 1];
}

Value others_json(const audit::Subject& subject, const std::vector<election::Definition>& others) {
  Value list = Value::array();
  for (std::size_t i = 0; i < others.size(); ++i) {
    Value one = Value::object();
    one.set("election", Value(others[i].id));
    one.set("ballots", Value(subject.others[i].total.ballots));
    list.push_back(std::move(one));
  }
  return list;
}

Value strata_json(const audit::Subject& subject) {
  if (!subject.strata) return {};
  Value units = Value::array();
  for (const std::string& unit : subject.strata->units) units.push_back(Value(unit));
  Value value = Value::object();
  value.set("level", Value(subject.rules.strata->value()));
  value.set("units", std::move(units));
  return value;
}

Value begun(const char* what, const audit::Subject& subject,
            const std::vector<election::Definition>& others) {
  Value value = Value::object();
  value.set("schema", Value(kAuditSchema));
  value.set("what", Value(what));
  value.set("kind", Value(audit::name_of(subject.rules.kind)));
  value.set("risk_limit", Value(subject.rules.risk.text()));
  value.set("sampler", Value(audit::name_of(subject.rules.sampler)));
  value.set("stations", Value(static_cast<std::int64_t>(subject.stations.size())));
  value.set("ballots", Value(subject.total.ballots));
  value.set("others", others_json(subject, others));
  value.set("strata", strata_json(subject));
  value.set("total_bound", subject.batches ? number_of(subject.batches->total_bound()) : Value());
  return value;
}

Value workload_json(const audit::Workload& workload) {
  Value value = Value::object();
  value.set("trials", Value(workload.trials));
  value.set("confirmed", Value(workload.confirmed));
  value.set("mean_draws", number_of(workload.mean_draws));
  Value within = Value::array();
  for (const auto& one : workload.within) {
    Value pair = Value::object();
    pair.set("percent", Value(one.percent));
    pair.set("draws", json_of(one.draws));
    within.push_back(std::move(pair));
  }
  value.set("within", std::move(within));
  return value;
}

Value method_json(const AuditPlan::Method& method) {
  Value value = Value::object();
  value.set("method", Value(method.planned.method));
  value.set("draws", Value(method.planned.stations ? "stations" : "ballots"));
  value.set("needs_records", Value(method.planned.needs_records));
  value.set("expected", json_of(method.planned.expected));
  Value within = Value::array();
  for (const audit::Within& one : method.planned.within) {
    Value pair = Value::object();
    pair.set("percent", Value(one.percent));
    pair.set("draws", json_of(one.draws));
    within.push_back(std::move(pair));
  }
  value.set("within", std::move(within));
  value.set("if_right", method.if_right ? workload_json(*method.if_right) : Value());
  value.set("if_wrong", method.if_wrong ? workload_json(*method.if_wrong) : Value());
  value.set("different_stations", json_of(method.stations));
  return value;
}

Value text_or_null(const std::optional<std::string>& text) {
  return text ? Value(*text) : Value();
}

Value votes_of(const election::Definition& definition, const audit::Tallied& tallied) {
  Value votes = Value::object();
  for (std::size_t o = 0; o < tallied.votes.size(); ++o)
    votes.set(definition.options[o].id.value(), Value(tallied.votes[o]));
  Value value = Value::object();
  value.set("votes", std::move(votes));
  value.set("ballots", Value(tallied.ballots));
  return value;
}

Value rounds_json(const std::vector<std::int64_t>& rounds) {
  Value list = Value::array();
  for (std::int64_t draws : rounds) list.push_back(Value(draws));
  return list;
}

Value unit_json(const AuditStatus& status, const audit::Unit& unit) {
  Value one = Value::object();
  one.set("unit", Value(audit::unit_of(status.subject, unit.draw)));
  one.set("times", Value(unit.times));
  one.set("readers", Value(unit.readers));
  one.set("state", Value(unit.settled ? "settled" : unit.disputed ? "disputed" : "waiting"));
  one.set("found", unit.settled ? Value(unit.found) : Value());
  one.set("taint", unit.settled ? number_of(unit.taint) : Value());
  const bool whole = unit.draw.ballot == 0;
  one.set("reported", whole
                          ? votes_of(status.definition, status.subject.reported[unit.draw.station])
                          : Value());
  one.set("tallied",
          unit.settled && unit.found ? votes_of(status.definition, unit.tallied) : Value());
  Value others = Value::array();
  for (std::size_t i = 0; i < status.others.size(); ++i) {
    Value other = Value::object();
    other.set("election", Value(status.others[i].id));
    other.set("reported",
              votes_of(status.others[i], status.subject.others[i].reported[unit.draw.station]));
    other.set("tallied",
              i < unit.others.size() ? votes_of(status.others[i], unit.others[i]) : Value());
    others.push_back(std::move(other));
  }
  one.set("others", std::move(others));
  return one;
}

}  // namespace

std::string digits_of(double value) {
  return formatted(value, std::chars_format::general, 10);
}

std::string risk_digits(double value) {
  std::string text = formatted(value, std::chars_format::scientific, 9);
  if (parsed(text) < value) {
    // One more in the tenth digit: "9.999999999e-03" becomes "1.000000000e-02".
    std::size_t i = 10;
    while (true) {
      if (text[i] == '.') --i;
      if (text[i] != '9') break;
      text[i] = '0';
      if (i == 0) {
        text = digits_of(parsed("1" + text.substr(1)) * 10);
        return text;
      }
      --i;
    }
    ++text[i];
  }
  return digits_of(parsed(text));
}

Value audit_json(const AuditPlan& plan) {
  Value value = begun(plan.simulation ? "simulate" : "plan", plan.subject, plan.others);
  value.set("audit", text_or_null(plan.name));
  value.set("source", text_or_null(plan.source));
  value.set("entry", plan.entry ? Value(static_cast<std::int64_t>(*plan.entry)) : Value());
  value.set("tree_size", Value(static_cast<std::int64_t>(plan.tree_size)));
  value.set("seed", Value(static_cast<std::int64_t>(plan.seed)));
  Value assertions = Value::array();
  for (const audit::Assertion& one : plan.subject.assertions)
    assertions.push_back(
        assertion_json(plan.definition, one, audit::margin_of(one, plan.subject.total)));
  for (std::size_t i = 0; i < plan.others.size(); ++i) {
    const audit::Contest& contest = plan.subject.others[i];
    for (const audit::Assertion& one : contest.assertions)
      assertions.push_back(
          assertion_json(plan.others[i], one, audit::margin_of(one, contest.total)));
  }
  value.set("assertions", std::move(assertions));
  Value methods = Value::array();
  for (const AuditPlan::Method& method : plan.methods) methods.push_back(method_json(method));
  value.set("methods", std::move(methods));
  return value;
}

Value audit_json(const AuditSample& sample) {
  Value value = begun("draw", sample.subject, sample.others);
  value.set("audit", Value(sample.planned.audit));
  value.set("method", Value(sample.planned.method));
  value.set("seed", Value(sample.seed));
  value.set("rounds", rounds_json(sample.rounds));
  value.set("tree_size", Value(static_cast<std::int64_t>(sample.tree_size)));
  Value list = Value::array();
  for (const audit::Draw& draw : sample.draws)
    list.push_back(Value(audit::unit_of(sample.subject, draw)));
  value.set("sample", std::move(list));
  return value;
}

Value audit_json(const AuditStatus& status) {
  const audit::Progress& progress = status.progress;
  Value value = begun("report", status.subject, status.others);
  value.set("audit", Value(status.planned.audit));
  value.set("entry", Value(static_cast<std::int64_t>(status.entry)));
  value.set("method", Value(status.planned.method));
  value.set("source", status.planned.source ? Value(status.planned.source->value()) : Value());
  value.set("seed", text_or_null(status.seed));
  value.set("rounds", rounds_json(status.rounds));
  value.set("p", Value(risk_digits(progress.p)));
  value.set("confirmed", Value(progress.confirmed));
  value.set("draws", Value(progress.draws));
  value.set("weighed", Value(progress.weighed));
  value.set("more_if_clean", json_of(progress.more_if_clean));
  Value history = Value::array();
  for (double p : progress.history) history.push_back(Value(risk_digits(p)));
  value.set("history", std::move(history));
  Value assertions = Value::array();
  for (const audit::AssertionRisk& one : progress.assertions) {
    Value assertion =
        assertion_json(contest_definition(status.definition, status.others, one.contest),
                       one.assertion, one.margin);
    assertion.set("p", Value(risk_digits(one.p)));
    assertions.push_back(std::move(assertion));
  }
  value.set("assertions", std::move(assertions));
  Value units = Value::array();
  for (const audit::Unit& unit : progress.units) units.push_back(unit_json(status, unit));
  value.set("units", std::move(units));
  return value;
}

}  // namespace scr::report
