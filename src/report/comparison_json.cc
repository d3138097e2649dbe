// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_json.h"

#include <utility>

#include "report/internal/json.h"

namespace scr::report {

using canon::Value;
using internal::json_of;

Value comparison_json(const tally::Comparison& comparison, std::string_view a, std::string_view b) {
  Value differ = Value::array();
  for (const tally::DifferingStation& station : comparison.differ) {
    Value fields = Value::object();
    for (const tally::Difference& difference : station.differences) {
      Value pair = Value::array();
      pair.push_back(Value(difference.a));
      pair.push_back(Value(difference.b));
      fields.set(difference.field, std::move(pair));
    }
    Value one = Value::object();
    one.set("station", Value(station.station.value()));
    one.set("fields", std::move(fields));
    differ.push_back(std::move(one));
  }
  Value value = Value::object();
  value.set("schema", Value("scrutineer.comparison/1"));
  value.set("a", Value(a));
  value.set("b", Value(b));
  value.set("joined", Value(comparison.joined));
  value.set("equal", Value(comparison.equal));
  value.set("differ", std::move(differ));
  value.set("only_a", Value(static_cast<std::int64_t>(comparison.only_a.size())));
  value.set("only_b", Value(static_cast<std::int64_t>(comparison.only_b.size())));
  value.set("unclear_a", json_of(comparison.unclear_a));
  value.set("unclear_b", json_of(comparison.unclear_b));
  value.set("only_a_stations", json_of(comparison.only_a));
  value.set("only_b_stations", json_of(comparison.only_b));
  return value;
}

}  // namespace scr::report
