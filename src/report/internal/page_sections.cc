// SPDX-License-Identifier: Apache-2.0
#include "report/internal/page_sections.h"

#include <map>

#include "report/internal/figure.h"
#include "report/internal/found.h"
#include "report/internal/html.h"
#include "report/internal/plain.h"
#include "report/internal/plots.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

std::string section(const std::string& title, const std::string& inside) {
  return element("section", "", text_element("h2", "", title) + "\n" + inside) + "\n";
}

std::string paragraph(const std::string& text) {
  return text_element("p", "", text) + "\n";
}

std::string paragraphs(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += paragraph(line);
  return out;
}

std::string list(const std::vector<std::string>& lines) {
  std::string items;
  for (const std::string& line : lines) items += text_element("li", "", line) + "\n";
  return element("ul", "class=\"plain\"", items);
}

// ---- verdict and key figures

std::string verdict_box(Language language, const Facts& facts) {
  const bool decided = somebody_leads(facts.outcome) && facts.outcome.without_assumption().decided;
  const std::string state = !somebody_leads(facts.outcome) ? "nothing"
                            : decided                      ? "decided"
                                                           : "open";
  std::string inside = text_element("p", "class=\"word\"", say(language, "verdict.short." + state));
  inside += text_element("strong", "", verdict(language, facts));
  if (somebody_leads(facts.outcome)) {
    inside += text_element("p", "class=\"soft\"", verdict_conditions(language, facts));
  }
  return element("div", "class=\"verdict " + state + "\"", inside) + "\n";
}

std::string key_figure(const std::string& name, const std::string& value, const std::string& more) {
  std::string inside = text_element("dt", "", name) + text_element("dd", "", value);
  if (!more.empty()) inside += text_element("dd", "class=\"more\"", more);
  return element("div", "", inside) + "\n";
}

std::string share_figure(Language language, const char* key, std::int64_t part,
                         std::optional<std::int64_t> whole) {
  const std::string counted = number(language, part);
  const auto share = whole ? Fraction::of(part, *whole) : std::nullopt;
  if (!share) return key_figure(say(language, key), counted, "");
  return key_figure(
      say(language, key), percent(language, *share, 1),
      say(language, "word.of", {{"part", counted}, {"whole", number(language, *whole)}}));
}

std::string leader_figures(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  const judge::UnderCap& widest = outcome.without_assumption();
  const std::string runner_up = option_name(facts.definition, outcome.runner_up);
  const std::string sign = widest.worst_case_margin < Fraction(0) ? "\u2212" : "";
  return key_figure(say(language, "page.key.lead"), number(language, outcome.margin),
                    say(language, "page.votes")) +
         key_figure(say(language, "page.key.worst"),
                    sign + size_of(language, widest.worst_case_margin),
                    say(language, "page.key.worst_note", {{"runner_up", runner_up}})) +
         key_figure(say(language, "page.key.false"),
                    widest.sheets ? number(language, *widest.sheets) : "\u2013",
                    say(language, widest.sheets ? "page.key.false_note" : "page.key.open_note"));
}

std::string key_figures(Language language, const Facts& facts) {
  std::string inside;
  if (somebody_leads(facts.outcome)) inside += leader_figures(language, facts);
  const auto stations = facts.premises.stations
                            ? std::optional(facts.premises.stations->value.count())
                            : std::nullopt;
  inside += share_figure(language, "page.key.stations", facts.outcome.stations_counted, stations);
  inside += share_figure(language, "page.key.electors", facts.outcome.registered_covered,
                         facts.premises.electors.value.count());
  return element("dl",
                 "class=\"keys\" aria-label=\"" + escaped(say(language, "page.key_figures")) + "\"",
                 inside) +
         "\n";
}

// ---- claims

std::string check_item(Language language, const Facts& facts, const judge::Check& check) {
  const std::string status = key_of(check.status).substr(std::string_view("status.").size());
  std::string inside =
      text_element("span", "class=\"badge " + status + "\"", say(language, key_of(check.status))) +
      escaped(check_sentence(language, facts, check));
  if (!check.assumptions.empty()) {
    inside += text_element("span", "class=\"rests\"",
                           say(language, "claim.rests_on",
                               {{"assumptions", assumptions(language, facts, check.assumptions)}}));
  }
  return element("li", "", inside) + "\n";
}

// The checks with one result; what is contradicted is open to the eye, the rest folded away.
std::string checks_with(Language language, const Facts& facts, const judge::JudgedClaim& claim,
                        judge::Status status, const char* title) {
  std::string items;
  std::int64_t n = 0;
  for (const judge::Check& check : claim.checks) {
    if (check.status != status) continue;
    items += check_item(language, facts, check);
    ++n;
  }
  if (n == 0) return "";
  const std::string name = say(language, title) + " (" + number(language, n) + ")";
  const std::string all = element("ul", "class=\"checks\"", items);
  if (status == judge::Status::contradicted) return text_element("h4", "", name) + all;
  return element("details", "", text_element("summary", "", name) + all) + "\n";
}

std::string claim_part(Language language, const Facts& facts, std::size_t position) {
  const judge::JudgedClaim& claim = facts.claims[position];
  const std::string heading =
      say(language, "claim.heading", {{"id", plain(claim.id.value())}, {"by", plain(claim.by)}});
  return text_element("h3", "", heading) + paragraphs(claim_reach(language, claim)) +
         element("p", "", text_element("b", "", claim_summary(language, claim))) +
         checks_with(language, facts, claim, judge::Status::contradicted,
                     "page.claim.contradicted") +
         checks_with(language, facts, claim, judge::Status::consistent,
                     "page.claim.not_contradicted") +
         checks_with(language, facts, claim, judge::Status::not_applicable,
                     "page.claim.not_tested") +
         claim_figures(language, facts, position);
}

// ---- findings and basis

struct Noticed {
  std::int64_t all = 0;
  std::int64_t set_aside = 0;
};

std::string pair(const std::string& name, const std::string& html) {
  return text_element("dt", "", name) + element("dd", "", html) + "\n";
}

std::string other_totals(Language language, const Facts& facts) {
  std::string items;
  for (const election::Total& total : facts.definition.electors.known) {
    if (total.id == facts.premises.electors.id) continue;
    const std::string what =
        total.what.by_language.empty() ? total.id.value() : total.what.in(code_of(language));
    items +=
        text_element("li", "",
                     total.id.value() + ": " + number(language, total.value.count()) + " \u2013 " +
                         what + (total.source.empty() ? "" : " (" + total.source + ")"));
  }
  if (items.empty()) return "";
  return paragraph(say(language, "rests.other_totals")) + element("ul", "class=\"plain\"", items);
}

}  // namespace

std::string header_section(Language language, const Facts& facts) {
  const election::Definition& definition = facts.definition;
  const std::string title =
      definition.title.by_language.empty() ? definition.id : definition.title.in(code_of(language));
  std::string under = definition.contest.by_language.empty()
                          ? std::string()
                          : definition.contest.in(code_of(language));
  if (!definition.date.empty()) under += (under.empty() ? "" : ", ") + definition.date;
  return element("header", "",
                 text_element("h1", "", title) + text_element("p", "class=\"soft\"", under)) +
         "\n" + verdict_box(language, facts) + key_figures(language, facts);
}

std::string count_section(Language language, const Facts& facts) {
  std::string inside;
  if (somebody_leads(facts.outcome) && !facts.outcome.tie) {
    inside += paragraph(say(language, "count.lead",
                            {{"leader", option_name(facts.definition, facts.outcome.leader)},
                             {"runner_up", option_name(facts.definition, facts.outcome.runner_up)},
                             {"margin", number(language, facts.outcome.margin)}}));
  }
  inside += paragraphs(coverage(language, facts)) + votes_figure(language, facts);
  return section(say(language, "page.count.title"), inside);
}

std::string missing_section(Language language, const Facts& facts) {
  const std::vector<std::string> lines = worst_case(language, facts);
  if (lines.empty()) return "";
  std::string inside = paragraphs(lines) + missing_figure(language, facts);
  const judge::UnderCap& widest = facts.outcome.without_assumption();
  inside += paragraph(say(language, "breakdown.lead"));
  if (widest.sheets) {
    inside += paragraph(say_count(language, "breakdown.sentence", *widest.sheets,
                                  {{"counted", number(language, facts.outcome.stations_counted)}}));
  }
  inside += breakdown_figure(language, facts) + sensitivity_figure(language, facts);
  return section(say(language, "page.missing.title"), inside);
}

std::string model_section(Language language, const Facts& facts) {
  if (!facts.model) return "";
  HtmlTable table;
  table.columns = {{"", false}, {say(language, "word.votes")}, {say(language, "word.share")}};
  table.rows = model_rows(language, facts);
  const std::string title = say(language, "model.title");
  return section(title, paragraphs(model_sentences(language, facts)) + table_html(title, table) +
                            paragraph(say(language, "model.no_error")));
}

std::string where_section(Language language, const Facts& facts) {
  const std::string inside = where_figure(language, facts) + histogram_figure(language, facts);
  return inside.empty() ? "" : section(say(language, "page.where.title"), inside);
}

std::string claims_section(Language language, const Facts& facts) {
  std::string inside;
  for (std::size_t i = 0; i < facts.claims.size(); ++i) inside += claim_part(language, facts, i);
  if (facts.claims.empty()) inside = paragraph(say(language, "claims.none"));
  return section(say(language, "claims.title"), inside);
}

std::string findings_section(Language language, const Facts& facts) {
  const std::string title = say(language, "findings.title");
  if (facts.findings.empty()) return section(title, paragraph(say(language, "findings.none")));
  std::map<checks::Code, Noticed> noticed;
  for (const checks::Finding& finding : facts.findings) {
    ++noticed[finding.code].all;
    noticed[finding.code].set_aside += finding.set_aside;
  }
  HtmlTable table;
  table.columns = {{say(language, "word.code"), false},
                   {say(language, "word.number")},
                   {say(language, "findings.set_aside_count")}};
  for (const auto& [code, counts] : noticed) {
    table.rows.push_back({say(language, key_of(code)), number(language, counts.all),
                          number(language, counts.set_aside)});
  }
  return section(title, paragraph(say(language, "findings.lead")) + table_html(title, table));
}

std::string basis_section(Language language, const Facts& facts) {
  const Basis& basis = facts.basis;
  const std::string log =
      pair(say(language, "rests.origin"), text_element("code", "", basis.origin)) +
      pair(say(language, "rests.size"),
           escaped(number(language, static_cast<std::int64_t>(basis.tree_size)))) +
      pair(say(language, "rests.root"), text_element("code", "", basis.root.hex())) +
      pair(say(language, "rests.program"), escaped(basis.program));
  return section(say(language, "rests.title"), list(foundations(language, facts)) +
                                                   other_totals(language, facts) +
                                                   element("dl", "class=\"basis\"", log));
}

std::string limits_section(Language language) {
  return section(say(language, "not.title"), list(limits(language)));
}

std::string self_check_section(Language language, const Facts& facts) {
  std::string commands;
  for (const Instruction& instruction : instructions(language, facts)) {
    commands += element("dt", "", text_element("code", "", instruction.command)) +
                text_element("dd", "", instruction.what) + "\n";
  }
  return section(say(language, "self.title"), paragraph(say(language, "self.lead")) +
                                                  element("dl", "class=\"commands\"", commands) +
                                                  paragraph(say(language, "self.compare")));
}

}  // namespace scr::report::internal
