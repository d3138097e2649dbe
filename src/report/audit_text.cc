// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "report/audit.h"
#include "report/internal/audit_words.h"
#include "report/internal/ink.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/internal/text_table.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::Ink;
using internal::TextTable;
using internal::Tone;

constexpr std::string_view kAuditIndent = "  ";

// Exact sizes where there are any, played ones otherwise.
std::vector<std::string> plan_row(Language language, const AuditPlan::Method& method) {
  const audit::Planned& planned = method.planned;
  std::vector<std::string> row{planned.method + (planned.needs_records ? " *" : "")};
  std::optional<std::int64_t> average = planned.expected;
  if (!average && method.if_right && method.if_right->confirmed == method.if_right->trials)
    average = static_cast<std::int64_t>(std::llround(method.if_right->mean_draws));
  row.push_back(internal::number_or_dash(language, average));
  for (int percent : {70, 80, 90})
    row.push_back(internal::number_or_dash(language, internal::draws_within(method, percent)));
  row.push_back(internal::number_or_dash(language, method.stations));
  return row;
}

void add_sizes(Ink& ink, Language language, const AuditPlan& plan) {
  ink.heading(say(language, "audit.plan.quantiles"));
  TextTable table;
  table.columns = {{say(language, "audit.column.method"), false},
                   {say(language, "audit.column.average")},
                   {"70"},
                   {"80"},
                   {"90"},
                   {say(language, "audit.column.stations")}};
  bool starred = false;
  for (const AuditPlan::Method& method : plan.methods) {
    table.rows.push_back(plan_row(language, method));
    starred = starred || method.planned.needs_records;
  }
  ink.raw(lines_of(table, std::string(kAuditIndent), 40));
  if (plan.subject.batches) ink.sentence(say(language, "audit.plan.stations"), Tone::quiet);
  if (starred) ink.sentence(say(language, "audit.needs_records"), Tone::quiet);
}

void add_risks(Ink& ink, Language language, const AuditPlan& plan) {
  TextTable table;
  table.columns = {{say(language, "audit.column.method"), false},
                   {say(language, "audit.column.confirmed")},
                   {say(language, "audit.column.of_trials")}};
  for (const AuditPlan::Method& method : plan.methods) {
    if (!method.if_wrong) continue;
    const auto share = Fraction::of(method.if_wrong->confirmed, method.if_wrong->trials);
    table.rows.push_back({method.planned.method, number(language, method.if_wrong->confirmed),
                          percent(language, share.value_or(Fraction()), 1)});
  }
  if (table.rows.empty()) return;
  ink.heading(say(language, "audit.wrong",
                  {{"draws", number(language, plan.subject.strata ? audit::kMostOfAStratifiedTie
                                                                  : audit::kMostOfATie)},
                   {"trials", number(language, plan.trials)},
                   {"limit", percent_in_full(language, plan.subject.rules.risk)}}));
  ink.raw(lines_of(table, std::string(kAuditIndent), 40));
}

std::string figures_words(Language language, const election::Definition& definition,
                          const audit::Tallied& tallied) {
  std::string words;
  for (std::size_t o = 0; o < tallied.votes.size(); ++o) {
    words += (words.empty() ? "" : ", ") + definition.options[o].id.value() + " " +
             number(language, tallied.votes[o]);
  }
  return words;
}

// As reported, or as found; of every contest.
std::string all_figures(Language language, const AuditStatus& status, const audit::Unit& unit,
                        bool reported) {
  const std::size_t station = unit.draw.station;
  std::string words = figures_words(language, status.definition,
                                    reported ? status.subject.reported[station] : unit.tallied);
  for (std::size_t i = 0; i < status.others.size(); ++i) {
    words += "; " +
             figures_words(language, status.others[i],
                           reported ? status.subject.others[i].reported[station] : unit.others[i]);
  }
  return words;
}

void add_differences(Ink& ink, Language language, const AuditStatus& status) {
  bool any = false;
  for (const audit::Unit& unit : status.progress.units) {
    if (!unit.differs) continue;
    if (!any) ink.heading(say(language, "audit.differences"));
    any = true;
    ink.item("-",
             say(language, "audit.differs",
                 {{"unit", audit::unit_of(status.subject, unit.draw)},
                  {"times", number(language, unit.times)},
                  {"reported", all_figures(language, status, unit, true)},
                  {"found", unit.found ? all_figures(language, status, unit, false)
                                       : say(language, "audit.not_found")},
                  {"taint", internal::share_words(language, unit.taint)}}),
             Tone::none, kAuditIndent);
  }
  std::string disputed;
  for (const audit::Unit& unit : status.progress.units) {
    if (unit.disputed)
      disputed += (disputed.empty() ? "" : ", ") + audit::unit_of(status.subject, unit.draw);
  }
  if (!disputed.empty())
    ink.gap().sentence(say(language, "audit.disputed", {{"units", disputed}}), Tone::bad);
}

void add_assertions(Ink& ink, Language language, const AuditStatus& status) {
  TextTable table;
  table.columns = {{say(language, "audit.column.assertion"), false},
                   {say(language, "audit.column.margin")},
                   {say(language, "audit.column.risk")}};
  for (const audit::AssertionRisk& one : status.progress.assertions) {
    table.rows.push_back({internal::assertion_of_contest(language, status.definition, status.others,
                                                         one.contest, one.assertion),
                          internal::share_words(language, one.margin),
                          internal::risk_words(language, one.p)});
  }
  ink.gap().raw(lines_of(table, std::string(kAuditIndent), 90));
}

}  // namespace

std::string audit_text(Language language, const AuditPlan& plan, const TextStyle& style) {
  Ink ink(style);
  ink.sentence(say(language, "audit.title",
                   {{"kind", internal::kind_words(language, plan.subject.rules.kind)}}),
               Tone::strong);
  ink.sentence(
      say(language, std::string("audit.scope.") + audit::name_of(plan.subject.rules.kind)));
  ink.sentence(internal::subject_words(language, plan.subject));
  if (plan.subject.batches) {
    ink.sentence(
        say(language, "audit.bound", {{"bound", digits_of(plan.subject.batches->total_bound())}}));
  }
  for (const std::string& line : internal::design_words(language, plan.subject, plan.others))
    ink.sentence(line);
  const auto add = [&](std::size_t number, const audit::Contest& contest) {
    for (const audit::Assertion& one : contest.assertions) {
      const double margin = audit::margin_of(one, contest.total);
      ink.item("-",
               internal::assertion_of_contest(language, plan.definition, plan.others, number, one) +
                   " (" + internal::share_words(language, margin) + ")",
               Tone::none, kAuditIndent);
    }
  };
  add(0, plan.subject);
  for (std::size_t i = 0; i < plan.others.size(); ++i) add(i + 1, plan.subject.others[i]);
  add_sizes(ink, language, plan);
  add_risks(ink, language, plan);
  ink.gap().sentence(
      say(language, "audit.simulated",
          {{"trials", number(language, plan.trials)}, {"seed", std::to_string(plan.seed)}}),
      Tone::quiet);
  if (plan.entry) {
    ink.gap().sentence(say(language, "audit.on_record",
                           {{"audit", *plan.name}, {"entry", std::to_string(*plan.entry)}}),
                       Tone::strong);
  }
  return ink.text();
}

std::string audit_text(Language language, const AuditSample& sample, const TextStyle& style) {
  Ink ink(style);
  const std::int64_t before =
      sample.rounds.size() > 1 ? sample.rounds[sample.rounds.size() - 2] : 0;
  ink.sentence(internal::named_title(language, sample.planned, sample.subject), Tone::strong);
  ink.sentence(say(language, "audit.sample.seed",
                   {{"seed", sample.seed},
                    {"sampler", sample.planned.sampler},
                    {"from", number(language, before + 1)},
                    {"to", number(language, static_cast<std::int64_t>(sample.draws.size()))}}));
  // The round's units in the order of their names, as they are fetched; what earlier rounds had is
  // at hand.
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> units;  // first draw, times
  std::set<std::string> earlier;
  for (std::size_t i = 0; i < sample.draws.size(); ++i) {
    const std::string unit = audit::unit_of(sample.subject, sample.draws[i]);
    if (static_cast<std::int64_t>(i) < before) {
      earlier.insert(unit);
      continue;
    }
    auto& place = units.try_emplace(unit, static_cast<std::int64_t>(i) + 1, 0).first->second;
    ++place.second;
  }
  TextTable table;
  table.columns = {{say(language, "audit.column.unit"), false},
                   {say(language, "audit.column.draw")},
                   {say(language, "audit.column.times")}};
  for (const auto& [unit, place] : units) {
    if (earlier.contains(unit)) continue;
    table.rows.push_back({unit, number(language, place.first), number(language, place.second)});
  }
  ink.gap().raw(lines_of(table, std::string(kAuditIndent), 40));
  return ink.text();
}

std::string audit_text(Language language, const AuditStatus& status, const TextStyle& style) {
  Ink ink(style);
  const audit::Progress& progress = status.progress;
  ink.sentence(internal::named_title(language, status.planned, status.subject), Tone::strong);
  ink.sentence(
      say(language, std::string("audit.scope.") + audit::name_of(status.subject.rules.kind)));
  ink.sentence(internal::subject_words(language, status.subject));
  for (const std::string& line : internal::design_words(language, status.subject, status.others))
    ink.sentence(line);
  if (!status.seed) {
    ink.gap().sentence(say(language, "audit.no_seed", {{"audit", status.planned.audit}}));
    return ink.text();
  }
  if (progress.draws == 0) {
    ink.gap().sentence(say(language, "audit.no_draws"));
    return ink.text();
  }
  const auto settled = std::count_if(progress.units.begin(), progress.units.end(),
                                     [](const audit::Unit& unit) { return unit.settled; });
  ink.sentence(say(language, "audit.units",
                   {{"draws", number(language, progress.draws)},
                    {"weighed", number(language, progress.weighed)},
                    {"units", number(language, static_cast<std::int64_t>(progress.units.size()))},
                    {"settled", number(language, settled)}}));
  ink.gap().sentence(say(language, "audit.risk",
                         {{"risk", internal::risk_words(language, progress.p)},
                          {"limit", percent_in_full(language, status.subject.rules.risk)}}),
                     Tone::strong);
  ink.sentence(say(language, progress.confirmed ? "audit.confirmed" : "audit.escalate"),
               progress.confirmed ? Tone::good : Tone::none);
  if (!progress.confirmed && progress.more_if_clean)
    ink.sentence(say_count(language, "audit.more", *progress.more_if_clean));
  add_assertions(ink, language, status);
  add_differences(ink, language, status);
  return ink.text();
}

}  // namespace scr::report
