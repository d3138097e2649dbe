// SPDX-License-Identifier: Apache-2.0
#include "report/internal/json.h"

#include "base/check.h"
#include "base/decimal.h"

namespace scr::report::internal {

using canon::Value;

Value json_of(const Fraction& fraction) {
  if (fraction.denominator() == 1) return Value(fraction.numerator());
  return Value(fraction.text());
}

Value json_of(const std::optional<Fraction>& fraction) {
  return fraction ? json_of(*fraction) : Value();
}

Value json_of(election::Votes votes) {
  return Value(votes.count());
}

Value json_of(const std::optional<election::Votes>& votes) {
  return votes ? json_of(*votes) : Value();
}

Value json_of(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value();
}

Value json_of(const election::Words& words) {
  Value value = Value::object();
  for (const auto& [language, text] : words.by_language) value.set(language, Value(text));
  return value;
}

Value json_of(const election::Total& total) {
  Value value = Value::object();
  value.set("id", Value(total.id.value()));
  value.set("value", json_of(total.value));
  value.set("what", json_of(total.what));
  value.set("source", Value(total.source));
  return value;
}

Value json_of(const Basis& basis) {
  Value value = Value::object();
  value.set("origin", Value(basis.origin));
  value.set("tree_size", Value(static_cast<std::int64_t>(basis.tree_size)));
  value.set("root", Value(basis.root.hex()));
  value.set("sources", json_of(basis.sources));
  value.set("sources_dropped", json_of(basis.sources_dropped));
  value.set("stations_dropped", Value(basis.stations_dropped));
  value.set("program", Value(basis.program));
  return value;
}

Value json_of_detail(const std::string& text) {
  const bool negative = !text.empty() && text.front() == '-';
  const auto n = parse_decimal(std::string_view(text).substr(negative ? 1 : 0));
  if (!n || *n > static_cast<std::uint64_t>(election::Votes::kMax) || (negative && *n == 0)) {
    return Value(text);
  }
  const auto whole = static_cast<std::int64_t>(*n);
  return Value(negative ? -whole : whole);
}

Value votes_json(const election::Definition& definition,
                 const std::vector<election::Votes>& votes) {
  SCR_CHECK(votes.size() == definition.options.size());
  Value value = Value::object();
  for (std::size_t i = 0; i < votes.size(); ++i) {
    value.set(definition.options[i].id.value(), json_of(votes[i]));
  }
  return value;
}

}  // namespace scr::report::internal
