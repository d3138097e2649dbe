// SPDX-License-Identifier: Apache-2.0
//
// Results of statistical tests in sentences: the same on the terminal and on the page.

#pragma once

#include <string>
#include <vector>

#include "report/forensics_facts.h"

namespace scr::report::internal {

// The words of a result's test: words_of(result, "asked").
std::string words_of(Language language, const forensics::TestResult& result, const char* what);

// "Ties between two tables: Alba Rey"
std::string test_title(Language language, const ForensicsFacts& facts,
                       const forensics::TestResult& result);

// The name of the result's option, or of the whole.
std::string subject_of(Language language, const ForensicsFacts& facts,
                       const forensics::TestResult& result);

// A statistic, or what is expected of it, with as many digits as it is worth.
std::string statistic_text(Language language, forensics::TestCode test, double value);
std::string expected_text(Language language, forensics::TestCode test, double value);

// "nothing stands out", "does not apply", ...
std::string outcome_of(Language language, const forensics::TestResult& result);

// What was seen, with its p and its effect in votes; or why nothing is said.
std::vector<std::string> what_was_seen(Language language, const forensics::TestResult& result);

// How many of the tests that can say something stand out.
std::string screening_summary(Language language, const ForensicsFacts& facts);

// When the list was put on record, how p-values are adjusted, what the past is.
std::vector<std::string> about_plan(Language language, const ForensicsFacts& facts);

}  // namespace scr::report::internal
