// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <algorithm>

#include "base/check.h"
#include "report/internal/tables.h"

namespace scr::report {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";
constexpr std::string_view kMinus = "\u2212";

char thousands_mark(Language language) {
  return language == Language::es ? '.' : ',';
}
char decimal_mark(Language language) {
  return language == Language::es ? ',' : '.';
}

std::string grouped(Language language, std::string digits) {
  for (std::size_t i = digits.size(); i > 3; i -= 3) {
    digits.insert(i - 3, 1, thousands_mark(language));
  }
  return digits;
}

// `plain`: what Fraction::decimal gives, "-1234.50".
std::string localised(Language language, std::string_view plain) {
  std::string text;
  if (!plain.empty() && plain.front() == '-') {
    text += kMinus;
    plain.remove_prefix(1);
  }
  const std::size_t point = plain.find('.');
  text += grouped(language, std::string(plain.substr(0, point)));
  if (point != std::string_view::npos) {
    text += decimal_mark(language);
    text += plain.substr(point + 1);
  }
  return text;
}

std::string filled(std::string_view text, const Slot* slots, std::size_t count) {
  std::string out;
  while (true) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find('}', open);
    SCR_CHECK(close != std::string_view::npos);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const Slot* slot =
        std::find_if(slots, slots + count, [&](const Slot& s) { return s.name == name; });
    SCR_CHECK(slot != slots + count);
    out += slot->text;
    text.remove_prefix(close + 1);
  }
}

}  // namespace

std::span<const Message> messages(Language language) {
  return language == Language::es ? internal::spanish() : internal::english();
}

std::optional<std::string_view> find_words(Language language, std::string_view key) {
  const std::span<const Message> all = messages(language);
  const auto found =
      std::lower_bound(all.begin(), all.end(), key,
                       [](const Message& message, std::string_view k) { return message.key < k; });
  if (found == all.end() || found->key != key) return std::nullopt;
  return found->text;
}

std::string say(Language language, std::string_view key, std::initializer_list<Slot> slots) {
  const std::optional<std::string_view> text = find_words(language, key);
  SCR_CHECK(text.has_value());
  return filled(*text, slots.begin(), slots.size());
}

std::string say_count(Language language, std::string_view key, std::int64_t n,
                      std::initializer_list<Slot> slots) {
  std::vector<Slot> all(slots);
  all.push_back({"n", number(language, n)});
  const std::string one = std::string(key) + ".one";
  std::optional<std::string_view> text;
  if (n == 1) text = find_words(language, one);
  if (!text) text = find_words(language, key);
  SCR_CHECK(text.has_value());
  return filled(*text, all.data(), all.size());
}

const char* code_of(Language language) {
  return language == Language::es ? "es" : "en";
}

std::string key_of(checks::Code code) {
  return std::string("finding.") + checks::name_of(code);
}

std::string key_of(checks::Severity severity) {
  return std::string("severity.") + checks::name_of(severity);
}

std::string key_of(judge::CheckCode code) {
  switch (code) {
    case judge::CheckCode::sum_of_votes:
      return "check.sum_of_votes";
    case judge::CheckCode::cast:
      return "check.cast";
    case judge::CheckCode::percentage:
      return "check.percentage";
    case judge::CheckCode::turnout:
      return "check.turnout";
    case judge::CheckCode::overlap:
      return "check.overlap";
    case judge::CheckCode::ceiling:
      return "check.ceiling";
    case judge::CheckCode::share_most:
      return "check.share_most";
    case judge::CheckCode::share_least:
      return "check.share_least";
    case judge::CheckCode::null_votes:
      return "check.null_votes";
    case judge::CheckCode::derived_from_percent:
      return "check.derived_from_percent";
    case judge::CheckCode::increment:
      return "check.increment";
  }
  SCR_CHECK(false);
}

std::string key_of(judge::Status status) {
  switch (status) {
    case judge::Status::contradicted:
      return "status.contradicted";
    case judge::Status::consistent:
      return "status.consistent";
    case judge::Status::not_applicable:
      return "status.not_applicable";
  }
  SCR_CHECK(false);
}

std::string key_of(judge::Assumption assumption) {
  switch (assumption) {
    case judge::Assumption::none:
      return "assumption.none";
    case judge::Assumption::sheets_true:
      return "assumption.sheets_true";
    case judge::Assumption::one_vote_per_elector:
      return "assumption.one_vote_per_elector";
    case judge::Assumption::electors_total:
      return "assumption.electors_total";
    case judge::Assumption::stations_total:
      return "assumption.stations_total";
    case judge::Assumption::tables_claimed:
      return "assumption.tables_claimed";
    case judge::Assumption::counts_not_from_percent:
      return "assumption.counts_not_from_percent";
  }
  SCR_CHECK(false);
}

std::string reason_words(Language language, std::string_view reason) {
  const auto words = find_words(language, "why." + std::string(reason));
  return std::string(words.value_or(reason));
}

std::string number(Language language, std::int64_t n) {
  return localised(language, std::to_string(n));
}

std::string percent(Language language, const Fraction& share, int digits) {
  const Fraction none(0);
  const Fraction all(1);
  while (digits < 9 && share != none && share != all) {
    const std::optional<Fraction> shown = Fraction::parse_decimal(share.percent(digits));
    if (!shown || (*shown != none && *shown != Fraction(100))) break;
    ++digits;
  }
  return localised(language, share.percent(digits)) + std::string(kNoBreakSpace) + "%";
}

std::string percent_in_full(Language language, const Fraction& share) {
  const std::optional<Fraction> exact = multiply(share, Fraction(100));
  int digits = 0;
  while (digits < 4 && exact && Fraction::parse_decimal(share.percent(digits)) != exact) ++digits;
  return percent(language, share, digits);
}

std::string decimal(Language language, const Fraction& value, int digits) {
  return localised(language, value.decimal(digits));
}

std::string announced(Language language, std::string_view text) {
  return localised(language, text);
}

int digits_to_tell_apart(const Fraction& a, const Fraction& b, int least) {
  int digits = least;
  while (digits < 9 && a != b && a.percent(digits) == b.percent(digits)) ++digits;
  return digits;
}

}  // namespace scr::report
