// SPDX-License-Identifier: Apache-2.0
#include "report/findings_json.h"

#include <map>
#include <utility>

#include "report/internal/json.h"

namespace scr::report {
namespace {

using canon::Value;

Value finding_json(const checks::Finding& finding) {
  Value value = Value::object();
  value.set("code", Value(checks::name_of(finding.code)));
  value.set("severity", Value(checks::name_of(finding.severity)));
  value.set("set_aside", Value(finding.set_aside));
  const std::string& station = finding.station.value();
  const std::string& source = finding.source.value();
  value.set("station", station.empty() ? Value() : Value(station));
  value.set("source", source.empty() ? Value() : Value(source));
  Value entries = Value::array();
  for (const std::uint64_t entry : finding.entries) {
    entries.push_back(Value(static_cast<std::int64_t>(entry)));
  }
  value.set("entries", std::move(entries));
  Value details = Value::object();
  for (const auto& [name, text] : finding.details) {
    details.set(name, internal::json_of_detail(text));
  }
  value.set("details", std::move(details));
  return value;
}

}  // namespace

Value findings_by_code(std::span<const checks::Finding> findings) {
  std::map<checks::Code, std::int64_t> counts;
  for (const checks::Code code : checks::all_codes()) counts[code] = 0;
  for (const checks::Finding& finding : findings) ++counts[finding.code];
  Value value = Value::object();
  for (const auto& [code, n] : counts) value.set(checks::name_of(code), Value(n));
  return value;
}

Value findings_json(std::span<const checks::Finding> findings) {
  Value list = Value::array();
  for (const checks::Finding& finding : findings) list.push_back(finding_json(finding));
  Value value = Value::object();
  value.set("schema", Value("scrutineer.findings/1"));
  value.set("by_code", findings_by_code(findings));
  value.set("findings", std::move(list));
  return value;
}

}  // namespace scr::report
