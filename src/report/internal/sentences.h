// SPDX-License-Identifier: Apache-2.0
//
// What the figures say, as sentences: the same on the terminal and on the page. Plain text; whoever
// puts it on a page escapes it.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/facts.h"
#include "report/words.h"

namespace scr::report::internal {

// Name of an option as people know it; its id where it has no name.
std::string option_name(const election::Definition& definition, const election::OptionId& id);

// Whether anybody is ahead, or several are level, at all: false where no vote is counted yet.
bool somebody_leads(const judge::Outcome& outcome);
std::string leader_of(const Facts& facts);
std::string runner_up_of(const Facts& facts);

// What a check speaks of: an option, a group, "valid votes", or nothing.
std::string subject_name(Language language, const election::Definition& definition,
                         const std::string& subject);

// Its name in the language or that of the language's level; its id where nobody named it.
std::string unit_name(Language language, const election::Definition& definition,
                      const election::Unit& unit);

// "24,532", or with one digit, cut off and never rounded up, where it is not whole. Without its
// sign: for "ahead by" and "behind by".
std::string size_of(Language language, const Fraction& votes);

// One sentence.
std::string verdict(Language language, const Facts& facts);
// Under what conditions it holds.
std::string verdict_conditions(Language language, const Facts& facts);

std::vector<std::string> coverage(Language language, const Facts& facts);

// What if every missing voter had chosen the runner-up; then what the runner-up would need there.
// Empty if nobody leads.
std::vector<std::string> worst_case(Language language, const Facts& facts);

// "24 of 30 of the tests that apply ..."
std::string claim_summary(Language language, const judge::JudgedClaim& claim);
// Which stations the claim speaks of, and what follows of the sheets counted.
std::vector<std::string> claim_reach(Language language, const judge::JudgedClaim& claim);

// What one check finds, in a sentence.
std::string check_sentence(Language language, const Facts& facts, const judge::Check& check);
// The figure of a check as it is shown: votes, or a percentage exact enough to tell bound from
// claimed.
std::string check_figure(Language language, const judge::Check& check,
                         const std::optional<Fraction>& value);
std::string assumptions(Language language, const Facts& facts,
                        std::span<const judge::Assumption> assumptions);

// What everything rests on, and what it does not prove: one sentence each.
std::vector<std::string> foundations(Language language, const Facts& facts);
std::vector<std::string> limits(Language language);

// Commands for checking, with what each does.
struct Instruction {
  std::string command;
  std::string what;
};
std::vector<Instruction> instructions(Language language, const Facts& facts);

std::string joined(const std::vector<std::string>& parts, std::string_view between);

}  // namespace scr::report::internal
