// SPDX-License-Identifier: Apache-2.0
#include "report/internal/audit_words.h"

#include <algorithm>
#include <cmath>

#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {

// Rounded up to a hundredth of a per cent: no risk is shown smaller than it is.
std::string risk_words(Language language, double p) {
  const auto parts = static_cast<std::int64_t>(std::ceil(std::min(1.0, p) * 10000));
  return percent(language, *Fraction::of(parts, 10000), 2);
}

std::string share_words(Language language, double share) {
  const auto parts = static_cast<std::int64_t>(std::llround(share * 10000));
  return percent(language, *Fraction::of(parts, 10000), 2);
}

std::string kind_words(Language language, audit::Kind kind) {
  return say(language, std::string("audit.kind.") + audit::name_of(kind));
}

std::string assertion_words(Language language, const election::Definition& definition,
                            const audit::Assertion& assertion) {
  const std::string winner = option_name(definition, definition.options[assertion.winner].id);
  if (!assertion.loser) {
    return say(language, "audit.assertion.majority",
               {{"winner", winner}, {"share", percent_in_full(language, assertion.majority)}});
  }
  return say(language, "audit.assertion",
             {{"winner", winner},
              {"loser", option_name(definition, definition.options[*assertion.loser].id)}});
}

std::string assertion_of_contest(Language language, const election::Definition& own,
                                 const std::vector<election::Definition>& others,
                                 std::size_t contest, const audit::Assertion& assertion) {
  if (contest == 0) return assertion_words(language, own, assertion);
  const election::Definition& definition = others[contest - 1];
  return contest_words(language, definition) + ": " +
         assertion_words(language, definition, assertion);
}

std::string subject_words(Language language, const audit::Subject& subject) {
  return say(language, "audit.subject",
             {{"stations", number(language, static_cast<std::int64_t>(subject.stations.size()))},
              {"ballots", number(language, subject.total.ballots)}});
}

std::string contest_words(Language language, const election::Definition& definition) {
  return plain(definition.title.by_language.empty() ? definition.id
                                                    : definition.title.in(code_of(language)));
}

// Strata and other contests, where there are any.
std::vector<std::string> design_words(Language language, const audit::Subject& subject,
                                      const std::vector<election::Definition>& others) {
  std::vector<std::string> lines;
  if (subject.strata) {
    lines.push_back(
        say(language, "audit.strata",
            {{"n", number(language, static_cast<std::int64_t>(subject.strata->units.size()))},
             {"level", subject.rules.strata->value()}}));
  }
  for (std::size_t i = 0; i < others.size(); ++i) {
    lines.push_back(say(language, "audit.with",
                        {{"contest", contest_words(language, others[i])},
                         {"ballots", number(language, subject.others[i].total.ballots)}}));
  }
  return lines;
}

std::string named_title(Language language, const entry::AuditPlanned& planned,
                        const audit::Subject& subject) {
  return say(language, "audit.title.named",
             {{"audit", planned.audit},
              {"kind", kind_words(language, subject.rules.kind)},
              {"method", planned.method},
              {"risk", percent_in_full(language, subject.rules.risk)}});
}

std::string number_or_dash(Language language, const std::optional<std::int64_t>& n) {
  return n ? number(language, *n) : "-";
}

std::optional<std::int64_t> draws_within(const AuditPlan::Method& method, int percent) {
  for (const audit::Within& one : method.planned.within) {
    if (one.percent == percent) return one.draws;
  }
  if (!method.planned.within.empty() || !method.if_right) return std::nullopt;
  for (const auto& one : method.if_right->within) {
    if (one.percent == percent) return one.draws;
  }
  return std::nullopt;
}

}  // namespace scr::report::internal
