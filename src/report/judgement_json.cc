// SPDX-License-Identifier: Apache-2.0
#include "report/judgement_json.h"

#include <utility>

#include "report/internal/found.h"
#include "report/internal/json.h"

namespace scr::report {
namespace {

using canon::Value;
using internal::json_of;

Value breakdown_json(const judge::Outcome& outcome) {
  Value list = Value::array();
  for (const judge::UnderCap& under : outcome.under_caps) {
    Value one = Value::object();
    one.set("turnout_cap", Value(under.cap.text()));
    one.set("sheets", json_of(under.sheets));
    one.set("worst_case_margin", json_of(under.worst_case_margin));
    one.set("decided", Value(under.decided));
    list.push_back(std::move(one));
  }
  return list;
}

Value shares_json(const judge::Outcome& outcome) {
  Value list = Value::array();
  for (const judge::ShareBounds& share : outcome.shares) {
    Value one = Value::object();
    one.set("option", Value(share.option.value()));
    one.set("votes", json_of(share.votes));
    one.set("least", Value(share.least.text()));
    one.set("most", Value(share.most.text()));
    list.push_back(std::move(one));
  }
  return list;
}

// What nobody won has no leader, no margin and no worst case: null, not 0.
Value outcome_json(const judge::Outcome& outcome) {
  const bool any = outcome.any_votes && !outcome.under_caps.empty();
  Value value = Value::object();
  value.set("leader", any ? Value(outcome.leader.value()) : Value());
  value.set("runner_up", any ? Value(outcome.runner_up.value()) : Value());
  value.set("tie", Value(any && outcome.tie));
  value.set("margin", any ? Value(std::int64_t{outcome.margin}) : Value());
  value.set("stations_counted", Value(outcome.stations_counted));
  value.set("stations_missing", json_of(outcome.stations_missing));
  value.set("registered_covered", Value(outcome.registered_covered));
  value.set("missing_registered", Value(outcome.missing_registered));
  value.set("turnout_cap", any ? Value(outcome.without_assumption().cap.text()) : Value());
  value.set("worst_case_margin",
            any ? json_of(outcome.without_assumption().worst_case_margin) : Value());
  value.set("decided", Value(any && outcome.without_assumption().decided));
  value.set("breakdown", breakdown_json(outcome));
  value.set("lead_needed", outcome.lead_needed ? Value(outcome.lead_needed->text()) : Value());
  value.set("shares", shares_json(outcome));
  return value;
}

Value check_json(const judge::Check& check) {
  Value value = Value::object();
  value.set("code", Value(judge::name_of(check.code)));
  value.set("option", Value(check.subject));
  value.set("status", Value(judge::name_of(check.status)));
  value.set("bound", json_of(check.bound));
  value.set("claimed", json_of(check.claimed));
  value.set("sheets_false_at_least", json_of(check.sheets_false_at_least));
  value.set("reason", check.reason.empty() ? Value() : Value(check.reason));
  Value assumptions = Value::array();
  for (const judge::Assumption assumption : check.assumptions) {
    assumptions.push_back(Value(judge::name_of(assumption)));
  }
  value.set("assumptions", std::move(assumptions));
  Value details = Value::object();
  for (const auto& [name, text] : check.details) {
    details.set(name, internal::json_of_detail(text));
  }
  value.set("details", std::move(details));
  return value;
}

Value claim_json(const judge::JudgedClaim& claim) {
  Value value = Value::object();
  value.set("id", Value(claim.id.value()));
  value.set("by", Value(claim.by));
  Value tables = Value::object();
  tables.set("least", json_of(claim.tables_least));
  tables.set("most", json_of(claim.tables_most));
  value.set("tables", std::move(tables));
  value.set("overlap_at_least", json_of(claim.overlap_at_least));
  value.set("contradicted", Value(claim.contradicted()));
  Value checks = Value::array();
  for (const judge::Check& check : claim.checks) checks.push_back(check_json(check));
  value.set("checks", std::move(checks));
  return value;
}

Value premises_json(const judge::Premises& premises) {
  Value value = Value::object();
  value.set("electors", json_of(premises.electors));
  value.set("stations", premises.stations ? json_of(*premises.stations) : Value());
  Value caps = Value::array();
  for (const Fraction& cap : premises.turnout_caps) caps.push_back(Value(cap.text()));
  value.set("turnout_caps", std::move(caps));
  return value;
}

}  // namespace

Value judgement_json(const Facts& facts) {
  Value claims = Value::array();
  for (const judge::JudgedClaim& claim : facts.claims) claims.push_back(claim_json(claim));
  Value value = Value::object();
  value.set("schema", Value("scrutineer.judgement/1"));
  value.set("election", Value(facts.definition.id));
  value.set("outcome", outcome_json(facts.outcome));
  value.set("claims", std::move(claims));
  value.set("premises", premises_json(facts.premises));
  value.set("basis", json_of(facts.basis));
  if (facts.model) {
    value.set("curve", internal::curve_json(facts));
    value.set("model", internal::model_json(facts));
  }
  return value;
}

}  // namespace scr::report
