// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>

#include "report/internal/found.h"
#include "report/internal/ink.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/internal/text_table.h"
#include "report/text.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::Ink;
using internal::TextTable;
using internal::Tone;
using judge::Status;

constexpr std::string_view kIndent = "  ";

void add_verdict(Ink& ink, Language language, const Facts& facts) {
  const std::string title = facts.definition.title.by_language.empty()
                                ? facts.definition.id
                                : facts.definition.title.in(code_of(language));
  ink.sentence(internal::plain(title), Tone::quiet);
  ink.gap().sentence(internal::verdict(language, facts), Tone::strong);
  if (facts.outcome.any_votes) {
    ink.sentence(internal::verdict_conditions(language, facts), Tone::quiet);
  }
}

void add_count(Ink& ink, Language language, const Facts& facts) {
  ink.heading(say(language, "page.count.title"));
  if (facts.outcome.any_votes && !facts.outcome.tie) {
    ink.sentence(
        say(language, "count.lead",
            {{"leader", internal::option_name(facts.definition, facts.outcome.leader)},
             {"runner_up", internal::option_name(facts.definition, facts.outcome.runner_up)},
             {"margin", number(language, facts.outcome.margin)}}),
        Tone::none, kIndent);
  }
  for (const std::string& line : internal::coverage(language, facts)) {
    ink.sentence(line, Tone::none, kIndent);
  }
  if (facts.outcome.shares.empty()) return;
  TextTable table;
  table.columns = {{"", false},
                   {say(language, "word.votes")},
                   {say(language, "shares.on_sheets")},
                   {say(language, "shares.least")},
                   {say(language, "shares.most")}};
  const std::int64_t valid = facts.tallies.country().valid.count();
  for (const judge::ShareBounds& share : facts.outcome.shares) {
    const auto on_sheets = Fraction::of(share.votes.count(), valid);
    table.rows.push_back({internal::option_name(facts.definition, share.option),
                          number(language, share.votes.count()),
                          on_sheets ? percent(language, *on_sheets, 2) : std::string(),
                          percent(language, share.least, 2), percent(language, share.most, 2)});
  }
  ink.gap().raw(lines_of(table, std::string(kIndent), 32));
  ink.sentence(say(language, "shares.explained"), Tone::quiet, kIndent);
}

void add_worst_case(Ink& ink, Language language, const Facts& facts) {
  const std::vector<std::string> lines = internal::worst_case(language, facts);
  if (lines.empty()) return;
  ink.heading(say(language, "worst.title"));
  for (const std::string& line : lines) ink.sentence(line, Tone::none, kIndent);
}

void add_breakdown(Ink& ink, Language language, const Facts& facts) {
  if (!facts.outcome.any_votes) return;
  ink.heading(say(language, "breakdown.title"));
  ink.sentence(say(language, "breakdown.lead"), Tone::none, kIndent);
  TextTable table;
  table.columns = {{say(language, "breakdown.cap"), false},
                   {say(language, "breakdown.worst")},
                   {say(language, "breakdown.sheets")}};
  for (const judge::UnderCap& under : facts.outcome.under_caps) {
    const bool behind = under.worst_case_margin < Fraction(0);
    table.rows.push_back(
        {percent_in_full(language, under.cap),
         (behind ? "\u2212" : "") + internal::size_of(language, under.worst_case_margin),
         under.sheets ? number(language, *under.sheets) : say(language, "breakdown.open")});
  }
  ink.gap().raw(lines_of(table, std::string(kIndent), 60));
}

void add_check(Ink& ink, Language language, const Facts& facts, const judge::Check& check) {
  const bool contradicted = check.status == Status::contradicted;
  const std::string mark = contradicted                         ? "\u2717"
                           : check.status == Status::consistent ? "\u00b7"
                                                                : "?";
  ink.item(mark,
           say(language, key_of(check.status)) + " \u2014 " +
               internal::check_sentence(language, facts, check),
           contradicted ? Tone::bad : Tone::quiet, kIndent);
  if (!check.assumptions.empty() && check.status != Status::not_applicable) {
    ink.sentence(say(language, "claim.rests_on",
                     {{"assumptions", internal::assumptions(language, facts, check.assumptions)}}),
                 Tone::quiet, "      ");
  }
}

// Tests of one figure each, of which an announcement with ten options has dozens.
bool is_per_figure(judge::CheckCode code) {
  using judge::CheckCode;
  return code == CheckCode::percentage || code == CheckCode::overlap ||
         code == CheckCode::ceiling || code == CheckCode::share_most ||
         code == CheckCode::share_least;
}

// All figures that one test does not contradict, in one item.
void add_uncontradicted(Ink& ink, Language language, const Facts& facts,
                        const judge::JudgedClaim& claim, judge::CheckCode code) {
  std::string names;
  const judge::Check* first = nullptr;
  for (const judge::Check& check : claim.checks) {
    if (check.code != code || check.status != Status::consistent) continue;
    if (!first) first = &check;
    names += (names.empty() ? "" : ", ") +
             internal::subject_name(language, facts.definition, check.subject);
  }
  if (!first) return;
  ink.item("\u00b7",
           say(language, key_of(Status::consistent)) + " \u2014 " + say(language, key_of(code)) +
               ": " + names,
           Tone::quiet, kIndent);
  ink.sentence(say(language, "claim.rests_on",
                   {{"assumptions", internal::assumptions(language, facts, first->assumptions)}}),
               Tone::quiet, "      ");
}

// What is contradicted first, in full; then the rest, as short as it can be said.
void add_checks(Ink& ink, Language language, const Facts& facts, const judge::JudgedClaim& claim) {
  for (const judge::Check& check : claim.checks) {
    if (check.status == Status::contradicted) add_check(ink, language, facts, check);
  }
  std::set<judge::CheckCode> grouped;
  for (const judge::Check& check : claim.checks) {
    if (check.status == Status::contradicted) continue;
    if (!is_per_figure(check.code) || check.status == Status::not_applicable) {
      add_check(ink, language, facts, check);
    } else if (grouped.insert(check.code).second) {
      add_uncontradicted(ink, language, facts, claim, check.code);
    }
  }
}

void add_claim(Ink& ink, Language language, const Facts& facts, const judge::JudgedClaim& claim) {
  ink.heading(say(language, "claim.heading",
                  {{"id", internal::plain(claim.id.value())}, {"by", internal::plain(claim.by)}}));
  for (const std::string& line : internal::claim_reach(language, claim)) {
    ink.sentence(line, Tone::none, kIndent);
  }
  ink.sentence(internal::claim_summary(language, claim), Tone::strong, kIndent);
  add_checks(ink, language, facts, claim);
}

void add_list(Ink& ink, Language language, const char* key, const std::vector<std::string>& lines) {
  ink.heading(say(language, key));
  for (const std::string& line : lines) ink.item("-", line, Tone::none, kIndent);
}

void add_basis(Ink& ink, Language language, const Facts& facts) {
  std::vector<std::string> lines = internal::foundations(language, facts);
  const Basis& basis = facts.basis;
  lines.push_back(say(language, "rests.log",
                      {{"origin", internal::plain(basis.origin)},
                       {"size", number(language, static_cast<std::int64_t>(basis.tree_size))}}));
  lines.push_back(say(language, "rests.root") + ": " + basis.root.hex());
  add_list(ink, language, "rests.title", lines);
}

}  // namespace

std::string judgement_text(Language language, const Facts& facts, const TextStyle& style) {
  Ink ink(style);
  add_verdict(ink, language, facts);
  add_count(ink, language, facts);
  add_worst_case(ink, language, facts);
  add_breakdown(ink, language, facts);
  // The last two of the three answers, where they are asked for.
  if (facts.model) internal::add_curve(ink, language, facts);
  internal::add_model(ink, language, facts);
  for (const judge::JudgedClaim& claim : facts.claims) add_claim(ink, language, facts, claim);
  add_basis(ink, language, facts);
  add_list(ink, language, "not.title", internal::limits(language));
  return ink.text();
}

}  // namespace scr::report
