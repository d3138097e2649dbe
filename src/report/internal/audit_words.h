// SPDX-License-Identifier: Apache-2.0
//
// What audits are called and how their figures are written: the same on the terminal, on pages and
// in plots. Plain text.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/audit.h"

namespace scr::report::internal {

// Rounded up to a hundredth of a per cent: no risk is shown smaller than it is.
std::string risk_words(Language language, double p);
std::string share_words(Language language, double share);
std::string number_or_dash(Language language, const std::optional<std::int64_t>& n);

std::string kind_words(Language language, audit::Kind kind);
std::string assertion_words(Language language, const election::Definition& definition,
                            const audit::Assertion& assertion);
// The same of a contest of an audit of several: of another than its own with the contest's title.
std::string assertion_of_contest(Language language, const election::Definition& own,
                                 const std::vector<election::Definition>& others,
                                 std::size_t contest, const audit::Assertion& assertion);
std::string subject_words(Language language, const audit::Subject& subject);
std::string contest_words(Language language, const election::Definition& definition);
// Strata and other contests, where there are any: a sentence each.
std::vector<std::string> design_words(Language language, const audit::Subject& subject,
                                      const std::vector<election::Definition>& others);
std::string named_title(Language language, const entry::AuditPlanned& planned,
                        const audit::Subject& subject);

// Draws within which so many of a hundred audits of a right report end: exact where there is a
// formula, played otherwise.
std::optional<std::int64_t> draws_within(const AuditPlan::Method& method, int percent);

}  // namespace scr::report::internal
