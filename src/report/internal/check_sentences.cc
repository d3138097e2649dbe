// SPDX-License-Identifier: Apache-2.0
//
// What one check of a claim finds, in words. Which detail means what: judge/claim_checks.h and
// docs/statistics.md.

#include <algorithm>

#include "report/internal/plain.h"
#include "report/internal/sentences.h"

namespace scr::report::internal {
namespace {

using judge::Check;
using judge::CheckCode;
using judge::Status;

// How the bound and the announced figure of a check are to be read.
enum class Kind { votes, share, percentage };

Kind kind_of(CheckCode code) {
  switch (code) {
    case CheckCode::share_most:
    case CheckCode::share_least:
      return Kind::share;
    case CheckCode::percentage:
    case CheckCode::turnout:
      return Kind::percentage;
    case CheckCode::sum_of_votes:
    case CheckCode::cast:
    case CheckCode::overlap:
    case CheckCode::ceiling:
    case CheckCode::null_votes:
    case CheckCode::derived_from_percent:
    case CheckCode::increment:
      return Kind::votes;
  }
  return Kind::votes;
}

std::string detail(const Check& check, const char* name) {
  const auto found = check.details.find(name);
  return found == check.details.end() ? std::string() : found->second;
}

// A detail that is a whole number, grouped; as it stands if it is not.
std::string count_detail(Language language, const Check& check, const char* name) {
  return announced(language, detail(check, name));
}

std::string rate_detail(Language language, const Check& check, const char* name) {
  const auto rate = Fraction::parse(detail(check, name));
  return rate ? percent(language, *rate, 2) : say(language, "word.unknown");
}

std::string reason_of(Language language, const Check& check) {
  const auto words = find_words(language, "reason." + check.reason);
  return words ? std::string(*words) : say(language, "reason.other");
}

std::string not_applicable(Language language, const Facts& facts, const Check& check) {
  const std::string subject = subject_name(language, facts.definition, check.subject);
  return say(language, "said.not_applicable",
             {{"check", say(language, key_of(check.code))},
              {"of", subject.empty() ? "" : " (" + subject + ")"},
              {"reason", reason_of(language, check)}});
}

std::string derived(Language language, const Check& check) {
  const bool exact = detail(check, "exact_match") == "yes";
  return say(language,
             exact ? "said.derived_from_percent.exact" : "said.derived_from_percent.not_exact",
             {{"compatible", count_detail(language, check, "compatible")},
              {"offset", count_detail(language, check, "largest_offset")}});
}

std::string increments(Language language, const Facts& facts, const Check& check) {
  constexpr std::string_view kPrefix = "increment.";
  std::vector<std::string> parts;
  for (const auto& [name, text] : check.details) {
    if (name.compare(0, kPrefix.size(), kPrefix) != 0) continue;
    const bool down = !text.empty() && text.front() == '-';
    parts.push_back(subject_name(language, facts.definition, name.substr(kPrefix.size())) + " " +
                    (down ? "" : "+") + announced(language, text));
  }
  return say(language,
             check.status == Status::contradicted ? "said.increment.contradicted"
                                                  : "said.increment.consistent",
             {{"earlier", plain(detail(check, "earlier"))},
              {"list", parts.empty() ? say(language, "word.unknown") : joined(parts, ", ")}});
}

std::string null_votes(Language language, const Check& check, const std::string& sentence) {
  if (detail(check, "rate_on_sheets").empty() || detail(check, "rate_needed_elsewhere").empty()) {
    return sentence;
  }
  return sentence + " " +
         say(language, "said.null_votes.rates",
             {{"rate", rate_detail(language, check, "rate_on_sheets")},
              {"needed_rate", rate_detail(language, check, "rate_needed_elsewhere")}});
}

int share_digits(const Check& check) {
  constexpr int kUsual = 2;
  if (!check.bound || !check.claimed) return kUsual;
  return digits_to_tell_apart(*check.bound, *check.claimed, kUsual);
}

std::string percentage(Language language, const Fraction& value) {
  int digits = 0;
  while (digits < 6 && Fraction::parse_decimal(value.decimal(digits)) != value) ++digits;
  return decimal(language, value, digits) + "\u00a0%";
}

}  // namespace

std::string check_figure(Language language, const Check& check,
                         const std::optional<Fraction>& value) {
  if (!value) return "";
  switch (kind_of(check.code)) {
    case Kind::share:
      return percent(language, *value, share_digits(check));
    case Kind::percentage:
      return percentage(language, *value);
    case Kind::votes:
      return (*value < Fraction(0) ? "\u2212" : "") + size_of(language, *value);
  }
  return "";
}

std::string check_sentence(Language language, const Facts& facts, const Check& check) {
  if (check.status == Status::not_applicable) return not_applicable(language, facts, check);
  if (check.code == CheckCode::derived_from_percent) return derived(language, check);
  if (check.code == CheckCode::increment) return increments(language, facts, check);

  std::string key = "said." + key_of(check.code).substr(std::string_view("check.").size());
  key += check.status == Status::contradicted ? ".contradicted" : ".consistent";
  const std::string sentence =
      say(language, key,
          {{"subject", subject_name(language, facts.definition, check.subject)},
           {"bound", check_figure(language, check, check.bound)},
           {"claimed", check_figure(language, check, check.claimed)},
           {"sheets", number(language, check.sheets_false_at_least.value_or(0))},
           {"overlap", count_detail(language, check, "sheets_counted_at_least")},
           {"cast", count_detail(language, check, "cast")},
           {"fits", plain(detail(check, "fits"))},
           {"nulls", count_detail(language, check, "nulls_on_sheets")},
           {"needed", count_detail(language, check, "nulls_needed_elsewhere")},
           {"missing", count_detail(language, check, "missing_registered")}});
  return check.code == CheckCode::null_votes ? null_votes(language, check, sentence) : sentence;
}

}  // namespace scr::report::internal
