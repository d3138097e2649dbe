// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "report/internal/ink.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/internal/text_table.h"
#include "report/status.h"
#include "report/text.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::Ink;
using internal::plain;
using internal::TextTable;
using internal::Tone;

std::string part_over(Language language, election::Votes part,
                      const std::optional<election::Votes>& whole) {
  const std::string counted = number(language, part.count());
  if (!whole) return counted;
  return counted + "/" + number(language, whole->count());
}

void add_option_columns(TextTable& table, const election::Definition& definition) {
  for (const election::Option& option : definition.options) {
    table.columns.push_back({plain(option.id.value())});
  }
}

void add_votes(Language language, std::vector<std::string>& row,
               const std::vector<election::Votes>& votes) {
  for (const election::Votes& v : votes) row.push_back(number(language, v.count()));
}

std::string finding_line(Language language, const checks::Finding& finding) {
  std::string line = say(language, key_of(finding.code));
  if (!finding.station.value().empty()) {
    line = say(language, "findings.station", {{"station", plain(finding.station.value())}}) + ": " +
           line;
  }
  std::vector<std::string> notes;
  if (!finding.source.value().empty()) {
    notes.push_back(say(language, "findings.source", {{"source", plain(finding.source.value())}}));
  }
  for (const auto& [name, text] : finding.details) notes.push_back(plain(name) + " " + plain(text));
  if (finding.set_aside) notes.push_back(say(language, "findings.set_aside"));
  const auto reason = finding.details.find("reason");
  const auto words = reason == finding.details.end()
                         ? std::nullopt
                         : find_words(language, "why." + reason->second);
  if (words) line += ": " + std::string(*words);
  if (!notes.empty()) line += " (" + internal::joined(notes, "; ") + ")";
  return line;
}

void add_findings_by_code(Ink& ink, Language language, std::span<const checks::Finding> findings) {
  struct Count {
    std::int64_t all = 0;
    std::int64_t set_aside = 0;
  };
  std::map<checks::Code, Count> counts;
  for (const checks::Finding& finding : findings) {
    ++counts[finding.code].all;
    counts[finding.code].set_aside += finding.set_aside;
  }
  TextTable table;
  table.columns = {{say(language, "word.number")},
                   {say(language, "findings.set_aside_count")},
                   {say(language, "word.code"), false}};
  for (const auto& [code, count] : counts) {
    table.rows.push_back({number(language, count.all), number(language, count.set_aside),
                          say(language, key_of(code)) + " (" + checks::name_of(code) + ")"});
  }
  ink.raw(lines_of(table, "  ", 120));
}

}  // namespace

std::string tally_text(Language language, const election::Definition& definition,
                       const election::Geography& geography, const tally::Tallies& tallies,
                       std::span<const election::UnitOrdinal> units, const TextStyle& style) {
  TextTable table;
  table.columns = {{say(language, "tally.unit"), false}, {say(language, "tally.name"), false},
                   {say(language, "tally.stations")},    {say(language, "tally.covered")},
                   {say(language, "tally.valid")},       {say(language, "tally.null")},
                   {say(language, "tally.invalid")}};
  add_option_columns(table, definition);
  for (const election::UnitOrdinal ordinal : units) {
    const election::Unit& unit = geography.unit(ordinal);
    const tally::Tally& tally = tallies.of(ordinal);
    const tally::Coverage& coverage = tally.coverage;
    std::vector<std::string> row = {
        plain(unit.id.value()),
        internal::unit_name(language, definition, unit),
        part_over(language, coverage.stations_returned, coverage.stations_expected),
        part_over(language, coverage.registered_covered, coverage.registered_total),
        number(language, tally.valid.count()),
        number(language, tally.null.count()),
        number(language, tally.invalid.count())};
    add_votes(language, row, tally.votes);
    table.rows.push_back(std::move(row));
  }
  return Ink(style).raw(lines_of(table, "", 28)).text();
}

std::string tally_text(Language language, const election::Definition& definition,
                       std::span<const review::StationReturn> returns, const TextStyle& style) {
  TextTable table;
  table.columns = {{say(language, "word.station"), false},
                   {say(language, "word.electors")},
                   {say(language, "tally.valid")},
                   {say(language, "tally.null")},
                   {say(language, "tally.invalid")}};
  add_option_columns(table, definition);
  for (const review::StationReturn& figures : returns) {
    std::vector<std::string> row = {
        plain(figures.station.value()),
        figures.registered ? number(language, figures.registered->count()) : std::string("?"),
        number(language, figures.valid.count()), number(language, figures.null.count()),
        number(language, figures.invalid.count())};
    add_votes(language, row, figures.votes);
    table.rows.push_back(std::move(row));
  }
  return Ink(style).raw(lines_of(table, "", 28)).text();
}

std::string findings_text(Language language, std::span<const checks::Finding> findings,
                          std::size_t most, const TextStyle& style) {
  Ink ink(style);
  if (findings.empty()) return ink.sentence(say(language, "findings.none")).text();
  ink.sentence(say_count(language, "findings.count", static_cast<std::int64_t>(findings.size())) +
               " " + say(language, "findings.lead"));
  ink.gap();
  add_findings_by_code(ink, language, findings);
  if (most > 0) ink.gap();
  for (std::size_t i = 0; i < findings.size() && i < most; ++i) {
    const checks::Severity severity = findings[i].severity;
    ink.item("[" + say(language, key_of(severity)) + "]", finding_line(language, findings[i]),
             severity == checks::Severity::info ? Tone::quiet : Tone::bad);
  }
  if (most > 0 && findings.size() > most) {
    ink.sentence(
        say_count(language, "findings.more", static_cast<std::int64_t>(findings.size() - most)));
  }
  return ink.text();
}

std::string comparison_text(Language language, const tally::Comparison& comparison,
                            std::string_view a, std::string_view b, std::size_t most,
                            const TextStyle& style) {
  Ink ink(style);
  ink.heading(say(language, "comparison.title", {{"a", plain(a)}, {"b", plain(b)}}));
  ink.sentence(say_count(language, "comparison.joined", comparison.joined,
                         {{"equal", number(language, comparison.equal)}}));
  const auto only = [&](std::size_t n, std::string_view which) {
    ink.sentence(say_count(language, "comparison.only", static_cast<std::int64_t>(n),
                           {{"which", plain(which)}}));
  };
  only(comparison.only_a.size(), a);
  only(comparison.only_b.size(), b);
  const auto unclear = [&](std::size_t n, std::string_view which) {
    if (n == 0) return;
    ink.sentence(say_count(language, "comparison.unclear", static_cast<std::int64_t>(n),
                           {{"which", plain(which)}}));
  };
  unclear(comparison.unclear_a.size(), a);
  unclear(comparison.unclear_b.size(), b);
  if (comparison.differ.empty()) return ink.sentence(say(language, "comparison.none")).text();

  ink.gap().sentence(say_count(language, "comparison.differ",
                               static_cast<std::int64_t>(comparison.differ.size())));
  TextTable table;
  table.columns = {{say(language, "word.station"), false},
                   {say(language, "word.field"), false},
                   {internal::cut_to(plain(a), 24)},
                   {internal::cut_to(plain(b), 24)}};
  for (std::size_t i = 0; i < comparison.differ.size() && i < most; ++i) {
    for (const tally::Difference& difference : comparison.differ[i].differences) {
      table.rows.push_back({plain(comparison.differ[i].station.value()), plain(difference.field),
                            number(language, difference.a), number(language, difference.b)});
    }
  }
  ink.raw(lines_of(table, "  ", 40));
  if (comparison.differ.size() > most) {
    ink.sentence(say_count(language, "findings.more",
                           static_cast<std::int64_t>(comparison.differ.size() - most)));
  }
  return ink.text();
}

}  // namespace scr::report
