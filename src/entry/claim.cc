// SPDX-License-Identifier: Apache-2.0
//
// The only file of the room that reads TOML.
#include "entry/claim.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"
#include "toml/parse.h"

namespace scr::entry {
namespace {

using election::Definition;
using election::OptionId;
using election::Votes;

constexpr std::array<std::string_view, 12> kKeys{
    "id",    "by",   "announced", "published",       "tables", "tables_percent",
    "valid", "null", "cast",      "turnout_percent", "votes",  "percent"};
constexpr std::string_view kOthers = "others";

std::string line_of(const ::toml::node& node) {
  return "line " + std::to_string(node.source().begin.line);
}

Result<std::string> text_of(const ::toml::table& table, std::string_view key, bool required) {
  const ::toml::node* node = table.get(key);
  if (!node && !required) return std::string();
  if (!node) return fail(ErrorCode::bad_input, std::string(key) + ": is missing");
  const auto* text = node->as_string();
  if (!text || text->get().empty() || !toml::is_plain_text(text->get())) {
    return fail(ErrorCode::bad_input,
                std::string(key) + ": must be a text without control characters", line_of(*node));
  }
  return text->get();
}

Result<std::optional<Votes>> votes_of(const ::toml::table& table, std::string_view key) {
  const ::toml::node* node = table.get(key);
  if (!node) return std::optional<Votes>();
  const auto* number = node->as_integer();
  const auto votes = number ? Votes::from(number->get()) : std::nullopt;
  if (!votes) {
    return fail(ErrorCode::bad_input, std::string(key) + ": must be a whole number of at least 0",
                line_of(*node));
  }
  return votes;
}

// A percentage in quotes, so that its digits are those that were announced: "51.2", not 51.2.
Result<std::optional<Announced>> percent_of(const ::toml::table& table, std::string_view key) {
  const ::toml::node* node = table.get(key);
  if (!node) return std::optional<Announced>();
  const auto* text = node->as_string();
  const auto value = text ? Fraction::parse_decimal(text->get()) : std::nullopt;
  const auto digits = text ? digits_after_point(text->get()) : std::nullopt;
  if (!value || *value < Fraction(0) || *value > Fraction(100) || *digits > 6) {
    return fail(ErrorCode::bad_input,
                std::string(key) +
                    ": must be a percentage in quotes with the digits as announced, "
                    "such as \"51.2\"",
                line_of(*node));
  }
  return std::optional(Announced{text->get()});
}

Result<std::string> time_of(const ::toml::table& table) {
  const ::toml::node* node = table.get("announced");
  if (!node) return std::string();
  if (const auto* time = node->as_date_time(); time && time->get().offset) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << time->get();
    return text.str();
  }
  // Claims of one author are put in order by it, so words will not do.
  return fail(ErrorCode::bad_input,
              "announced: must be a time with its zone, not in quotes, such as "
              "2024-07-29T00:09:00-04:00",
              line_of(*node));
}

// What each label of [votes] or [percent] stands for: an option, or with "others" all that have no
// line of their own there.
Result<std::vector<std::pair<std::string, std::vector<OptionId>>>> groups_of(
    const ::toml::table& table, const Definition& definition) {
  std::vector<std::pair<std::string, std::vector<OptionId>>> groups;
  std::vector<OptionId> rest;
  for (const auto& option : definition.options) {
    if (table.contains(option.id.value())) {
      groups.emplace_back(option.id.value(), std::vector<OptionId>{option.id});
    } else {
      rest.push_back(option.id);
    }
  }
  for (const auto& [key, value] : table) {
    if (key.str() == kOthers || definition.option_position(OptionId(std::string(key.str()))))
      continue;
    std::string known;
    for (const auto& option : definition.options) known += option.id.value() + ", ";
    return fail(ErrorCode::bad_input,
                "no option \"" + std::string(key.str()) + "\"; there are " + known + "and others",
                "line " + std::to_string(key.source().begin.line));
  }
  if (table.contains(kOthers)) {
    if (rest.empty()) {
      return fail(ErrorCode::bad_input,
                  "others: every option has a line of its own, so nothing is left");
    }
    groups.emplace_back(kOthers, std::move(rest));
  }
  return groups;
}

Result<const ::toml::table*> table_of(const ::toml::table& root, std::string_view key) {
  const ::toml::node* node = root.get(key);
  if (!node) return static_cast<const ::toml::table*>(nullptr);
  if (const auto* table = node->as_table()) return table;
  return fail(ErrorCode::bad_input,
              std::string(key) + ": must be a table, [" + std::string(key) + "]", line_of(*node));
}

Result<void> read_votes(const ::toml::table& root, const Definition& definition, Claim& claim) {
  SCR_TRY(table, table_of(root, "votes"));
  if (!table) return {};
  SCR_TRY(groups, groups_of(*table, definition));
  for (auto& [label, options] : groups) {
    SCR_TRY(votes, votes_of(*table, label));
    claim.votes.push_back({label, std::move(options), *votes});
  }
  return {};
}

Result<void> read_percentages(const ::toml::table& root, const Definition& definition,
                              Claim& claim) {
  SCR_TRY(table, table_of(root, "percent"));
  if (!table) return {};
  SCR_TRY(groups, groups_of(*table, definition));
  for (auto& [label, options] : groups) {
    SCR_TRY(percent, percent_of(*table, label));
    claim.percent.push_back({label, std::move(options), *percent});
  }
  return {};
}

Result<void> check_keys(const ::toml::table& root) {
  for (const auto& [key, value] : root) {
    if (std::find(kKeys.begin(), kKeys.end(), key.str()) != kKeys.end()) continue;
    std::string known;
    for (std::string_view each : kKeys) known += (known.empty() ? "" : ", ") + std::string(each);
    return fail(ErrorCode::bad_input,
                "unknown key \"" + std::string(key.str()) + "\"; known here are " + known,
                "line " + std::to_string(key.source().begin.line));
  }
  return {};
}

Result<election::ClaimId> id_of(const ::toml::table& root) {
  SCR_TRY(id, text_of(root, "id", true));
  for (char c : id) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!good || id.size() > 64) {
      return fail(ErrorCode::bad_input, "id: has at most 64 lower-case letters, digits and '-'",
                  line_of(*root.get("id")));
    }
  }
  return election::ClaimId(std::move(id));
}

Result<Claim> read_claim(const ::toml::table& root, const Definition& definition) {
  SCR_TRY_VOID(check_keys(root));
  Claim claim;
  SCR_TRY(id, id_of(root));
  SCR_TRY(by, text_of(root, "by", true));
  SCR_TRY(announced, time_of(root));
  SCR_TRY(published, text_of(root, "published", false));
  SCR_TRY(tables, votes_of(root, "tables"));
  SCR_TRY(tables_percent, percent_of(root, "tables_percent"));
  SCR_TRY(valid, votes_of(root, "valid"));
  SCR_TRY(null, votes_of(root, "null"));
  SCR_TRY(cast, votes_of(root, "cast"));
  SCR_TRY(turnout, percent_of(root, "turnout_percent"));
  claim.id = std::move(id);
  claim.by = std::move(by);
  claim.announced = std::move(announced);
  claim.published = std::move(published);
  claim.tables = tables;
  claim.tables_percent = std::move(tables_percent);
  claim.valid = valid;
  claim.null = null;
  claim.cast = cast;
  claim.turnout_percent = std::move(turnout);
  SCR_TRY_VOID(read_votes(root, definition, claim));
  SCR_TRY_VOID(read_percentages(root, definition, claim));
  if (claim.tables && claim.tables_percent) {
    return fail(ErrorCode::bad_input, "tables and tables_percent: give the one that was announced");
  }
  if (claim.votes.empty() && claim.percent.empty() && !claim.valid && !claim.cast) {
    return fail(ErrorCode::bad_input, "says no figure at all: add [votes] or [percent]");
  }
  return claim;
}

}  // namespace

Fraction Announced::value() const {
  const auto value = Fraction::parse_decimal(text);
  SCR_CHECK(value.has_value());
  return *value;
}

Fraction Announced::half_a_unit() const {
  const auto digits = digits_after_point(text);
  SCR_CHECK(digits && *digits <= 6);
  std::int64_t denominator = 2;
  for (int i = 0; i < *digits; ++i) denominator *= 10;
  return *Fraction::of(1, denominator);
}

Result<Claim> parse_claim(std::string_view text, const Definition& definition) {
  SCR_TRY(root, toml::parse_text(text));
  return read_claim(root, definition);
}

}  // namespace scr::entry
