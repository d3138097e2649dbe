// SPDX-License-Identifier: Apache-2.0
#include "report/audit.h"
#include "report/internal/audit_words.h"
#include "report/internal/figure.h"
#include "report/internal/four_answers.h"
#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/internal/plot.h"
#include "report/internal/plots_audit.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::HtmlTable;
using internal::text_element;

std::string scope_words(Language language, const audit::Subject& subject) {
  return say(language, std::string("audit.scope.") + audit::name_of(subject.rules.kind));
}

std::string limit_words(Language language, const audit::Subject& subject) {
  return percent_in_full(language, subject.rules.risk);
}

std::string sizes_table(Language language, const AuditPlan& plan) {
  HtmlTable table;
  table.columns = {{say(language, "audit.column.method"), false}, {"70"}, {"80"}, {"90"}};
  for (const AuditPlan::Method& method : plan.methods) {
    table.rows.push_back({method.planned.method});
    for (int percent : {70, 80, 90}) {
      table.rows.back().push_back(
          internal::number_or_dash(language, internal::draws_within(method, percent)));
    }
  }
  const std::string title = say(language, "audit.plot.sizes");
  return text_element("h3", "", title) + table_html(title, table);
}

std::string wrong_table(Language language, const AuditPlan& plan) {
  HtmlTable table;
  table.columns = {{say(language, "audit.column.method"), false},
                   {say(language, "audit.column.confirmed")},
                   {say(language, "audit.column.of_trials")}};
  for (const AuditPlan::Method& method : plan.methods) {
    if (!method.if_wrong) continue;
    const auto share = Fraction::of(method.if_wrong->confirmed, method.if_wrong->trials);
    table.rows.push_back({method.planned.method, number(language, method.if_wrong->confirmed),
                          percent(language, share.value_or(Fraction()), 1)});
  }
  if (table.rows.empty()) return "";
  const std::string title = say(language, "audit.plot.if_wrong");
  return text_element("h3", "", title) + table_html(title, table);
}

std::string risks_table(Language language, const AuditStatus& status) {
  HtmlTable table;
  table.columns = {{say(language, "audit.column.assertion"), false},
                   {say(language, "audit.column.margin")},
                   {say(language, "audit.column.risk")}};
  for (const audit::AssertionRisk& one : status.progress.assertions) {
    table.rows.push_back({internal::assertion_of_contest(language, status.definition, status.others,
                                                         one.contest, one.assertion),
                          internal::share_words(language, one.margin),
                          internal::risk_words(language, one.p)});
  }
  return table_html(say(language, "audit.column.assertion"), table);
}

std::string plan_version(Language language, const AuditPlan& plan) {
  internal::FourAnswers answers;
  answers.title = say(language, plan.simulation ? "audit.page.simulate" : "audit.page.plan");
  answers.election = internal::contest_words(language, plan.definition);
  answers.asked = {
      say(language, plan.simulation ? "audit.page.simulate.asked" : "audit.page.plan.asked",
          {{"kind", internal::kind_words(language, plan.subject.rules.kind)},
           {"limit", limit_words(language, plan.subject)}}),
      scope_words(language, plan.subject)};
  answers.seen = {internal::subject_words(language, plan.subject)};
  for (const std::string& line : internal::design_words(language, plan.subject, plan.others))
    answers.seen.push_back(line);
  answers.seen.push_back(
      say(language, "audit.simulated",
          {{"trials", number(language, plan.trials)}, {"seed", std::to_string(plan.seed)}}));
  answers.figures = internal::figures_of(internal::plots_of(language, plan)) +
                    sizes_table(language, plan) + wrong_table(language, plan);
  answers.innocent = {
      say(language, plan.simulation ? "audit.page.simulate.innocent" : "audit.page.plan.innocent",
          {{"limit", limit_words(language, plan.subject)}})};
  answers.cannot = {say(language, "audit.page.plan.cannot")};
  return internal::four_answers(language, answers);
}

std::string status_version(Language language, const AuditStatus& status) {
  const audit::Progress& progress = status.progress;
  internal::FourAnswers answers;
  answers.title = internal::named_title(language, status.planned, status.subject);
  answers.election = internal::contest_words(language, status.definition);
  answers.asked = {say(language, "audit.page.report.asked"), scope_words(language, status.subject)};
  answers.seen = {internal::subject_words(language, status.subject)};
  for (const std::string& line : internal::design_words(language, status.subject, status.others))
    answers.seen.push_back(line);
  if (!status.seed) {
    answers.seen.push_back(say(language, "audit.no_seed", {{"audit", status.planned.audit}}));
  } else if (progress.draws == 0) {
    answers.seen.push_back(say(language, "audit.no_draws"));
  } else {
    answers.seen.push_back(say(language, "audit.risk",
                               {{"risk", internal::risk_words(language, progress.p)},
                                {"limit", limit_words(language, status.subject)}}));
    answers.seen.push_back(
        say(language, progress.confirmed ? "audit.confirmed" : "audit.escalate"));
    const auto differ = std::count_if(progress.units.begin(), progress.units.end(),
                                      [](const audit::Unit& unit) { return unit.differs; });
    if (audit::of_stations(status.subject.rules.by))
      answers.seen.push_back(say_count(language, "audit.page.differ", differ));
    answers.figures =
        internal::figures_of(internal::plots_of(language, status)) + risks_table(language, status);
  }
  answers.innocent = {say(language, "audit.page.report.innocent")};
  answers.cannot = {say(language, "audit.page.report.cannot",
                        {{"limit", limit_words(language, status.subject)}})};
  return internal::four_answers(language, answers);
}

}  // namespace

std::string audit_page(Language default_language, const AuditPlan& plan) {
  return internal::framed_page(
      default_language,
      say(default_language, plan.simulation ? "audit.page.simulate" : "audit.page.plan"),
      plan_version(Language::en, plan), plan_version(Language::es, plan), internal::Pictures::none);
}

std::string audit_page(Language default_language, const AuditStatus& status) {
  return internal::framed_page(
      default_language, internal::named_title(default_language, status.planned, status.subject),
      status_version(Language::en, status), status_version(Language::es, status),
      internal::Pictures::none);
}

std::vector<PlotFile> audit_plots(Language language, const AuditPlan& plan) {
  return internal::files_of(internal::plots_of(language, plan));
}

std::vector<PlotFile> audit_plots(Language language, const AuditStatus& status) {
  return internal::files_of(internal::plots_of(language, status));
}

}  // namespace scr::report
