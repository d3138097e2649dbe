// SPDX-License-Identifier: Apache-2.0
#include "report/status.h"

#include <utility>

#include "report/findings_json.h"
#include "report/internal/ink.h"
#include "report/internal/json.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/waiting.h"
#include "report/words.h"

namespace scr::report {
namespace {

using canon::Value;
using internal::json_of;
using internal::plain;

std::int64_t set_aside(std::span<const checks::Finding> findings) {
  std::int64_t n = 0;
  for (const checks::Finding& finding : findings) n += finding.set_aside;
  return n;
}

std::string part_of(Language language, election::Votes part,
                    const std::optional<election::Votes>& whole) {
  if (!whole) return number(language, part.count());
  std::string text =
      say(language, "word.of",
          {{"part", number(language, part.count())}, {"whole", number(language, whole->count())}});
  const auto share = Fraction::of(part.count(), whole->count());
  if (share) text += " (" + percent(language, *share, 1) + ")";
  return text;
}

}  // namespace

Value status_json(const Holdings& holdings) {
  const tally::Coverage& coverage = holdings.country.coverage;
  Value stations = Value::object();
  stations.set("expected", json_of(coverage.stations_expected));
  stations.set("returned", json_of(coverage.stations_returned));
  Value registered = Value::object();
  registered.set("total", json_of(coverage.registered_total));
  registered.set("covered", json_of(coverage.registered_covered));
  Value findings = Value::object();
  findings.set("total", Value(static_cast<std::int64_t>(holdings.findings.size())));
  findings.set("set_aside", Value(set_aside(holdings.findings)));
  findings.set("by_code", findings_by_code(holdings.findings));
  Value waiting = Value::object();
  for (const auto& [code, reasons] : waiting_of(holdings.findings)) {
    Value counts = Value::object();
    for (const auto& [reason, n] : reasons) counts.set(reason, Value(n));
    waiting.set(checks::name_of(code), std::move(counts));
  }
  Value value = Value::object();
  value.set("waiting", std::move(waiting));
  value.set("schema", Value("scrutineer.status/1"));
  value.set("election", Value(holdings.definition.id));
  value.set("title", json_of(holdings.definition.title));
  value.set("stations", std::move(stations));
  value.set("registered", std::move(registered));
  value.set("findings", std::move(findings));
  value.set("claims", Value(holdings.claims));
  Value pictures = Value::object();
  pictures.set("total", Value(holdings.needs.pictures));
  pictures.set("read", Value(holdings.needs.read));
  pictures.set("zero_reports", Value(holdings.needs.zero_reports));
  value.set("pictures", std::move(pictures));
  Value needs = Value::object();
  needs.set("pictures_unread", Value(holdings.needs.unread));
  needs.set("stations_undecided", Value(holdings.needs.undecided));
  value.set("needs_a_person", std::move(needs));
  value.set("basis", json_of(holdings.basis));
  return value;
}

std::string status_text(Language language, const Holdings& holdings) {
  const tally::Coverage& coverage = holdings.country.coverage;
  const Basis& basis = holdings.basis;
  std::vector<std::string> sources;
  for (const election::SourceId& source : basis.sources) sources.push_back(plain(source.value()));
  const std::string title = holdings.definition.title.by_language.empty()
                                ? holdings.definition.id
                                : holdings.definition.title.in(code_of(language));
  internal::Ink ink({});
  ink.heading(plain(title));
  const auto line = [&](const char* key, const std::string& text) {
    ink.sentence(say(language, key) + ": " + text);
  };
  line("status.stations",
       part_of(language, coverage.stations_returned, coverage.stations_expected));
  line("status.electors",
       part_of(language, coverage.registered_covered, coverage.registered_total));
  line("status.sources",
       sources.empty() ? say(language, "word.none") : internal::joined(sources, ", "));
  line("status.claims", number(language, holdings.claims));
  if (holdings.needs.pictures > 0) {
    line("status.pictures", say(language, "status.pictures_counts",
                                {{"all", number(language, holdings.needs.pictures)},
                                 {"read", number(language, holdings.needs.read)},
                                 {"zero", number(language, holdings.needs.zero_reports)}}));
  }
  if (holdings.needs.unread > 0 || holdings.needs.undecided > 0) {
    line("status.needs_person", say(language, "status.needs_person_counts",
                                    {{"unread", number(language, holdings.needs.unread)},
                                     {"stations", number(language, holdings.needs.undecided)}}));
  }
  line("status.findings",
       say(language, "status.findings_counts",
           {{"total", number(language, static_cast<std::int64_t>(holdings.findings.size()))},
            {"set_aside", number(language, set_aside(holdings.findings))}}));
  for (const auto& [code, reasons] : waiting_of(holdings.findings)) {
    const std::string key = std::string("status.") + checks::name_of(code);
    for (const auto& [reason, n] : reasons)
      line(key.c_str(), number(language, n) + ", " + plain(reason) + ": " +
                            plain(reason_words(language, reason)));
  }
  std::int64_t again = 0;
  for (const checks::Finding& finding : holdings.findings)
    again += finding.code == checks::Code::received_again;
  if (again > 0) line("status.received_again", number(language, again));
  line("rests.origin", plain(basis.origin));
  line("rests.size", number(language, static_cast<std::int64_t>(basis.tree_size)));
  line("rests.root", basis.root.hex());
  return ink.text();
}

}  // namespace scr::report
