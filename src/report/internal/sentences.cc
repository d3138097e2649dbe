// SPDX-License-Identifier: Apache-2.0
#include "report/internal/sentences.h"

#include "base/int128.h"
#include "report/internal/plain.h"

namespace scr::report::internal {
namespace {

using judge::Status;

const Fraction kNothing(0);
const Fraction kAll(1);

std::string electors_of(Language language, const Facts& facts) {
  return number(language, facts.premises.electors.value.count());
}

// worst.ahead, worst.behind or worst.level; the same below a cap that is less than all.
std::string under_cap(Language language, const Facts& facts, const judge::UnderCap& under) {
  std::string key = under.cap == kAll ? "worst." : "worst.cap_";
  key += under.worst_case_margin > kNothing   ? "ahead"
         : under.worst_case_margin < kNothing ? "behind"
                                              : "level";
  return say(language, key,
             {{"leader", leader_of(facts)},
              {"runner_up", runner_up_of(facts)},
              {"cap", percent_in_full(language, under.cap)},
              {"worst", size_of(language, under.worst_case_margin)}});
}

std::string lead_needed(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  const bool possible = *outcome.lead_needed <= kAll;
  return say(language, possible ? "worst.lead_needed" : "worst.lead_impossible",
             {{"leader", leader_of(facts)},
              {"runner_up", runner_up_of(facts)},
              {"votes", number(language, outcome.margin)},
              {"missing", number(language, outcome.missing_registered)},
              {"share", percent(language, *outcome.lead_needed, 1)}});
}

std::string total_sentence(Language language, const char* key, const char* slot,
                           const election::Total& total) {
  const std::string what =
      total.what.by_language.empty() ? total.id.value() : total.what.in(code_of(language));
  return say(
      language, key,
      {{slot, number(language, total.value.count())},
       {"what", plain(what)},
       {"source", total.source.empty() ? say(language, "word.unknown") : plain(total.source)}});
}

std::string sources(const std::vector<election::SourceId>& ids) {
  std::vector<std::string> names;
  for (const election::SourceId& id : ids) names.push_back(plain(id.value()));
  return joined(names, ", ");
}

}  // namespace

bool somebody_leads(const judge::Outcome& outcome) {
  return outcome.any_votes && !outcome.under_caps.empty();
}

std::string leader_of(const Facts& facts) {
  return option_name(facts.definition, facts.outcome.leader);
}

std::string runner_up_of(const Facts& facts) {
  return option_name(facts.definition, facts.outcome.runner_up);
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string option_name(const election::Definition& definition, const election::OptionId& id) {
  for (const election::Option& option : definition.options) {
    if (option.id == id && !option.name.empty()) return plain(option.name);
  }
  return plain(id.value());
}

std::string subject_name(Language language, const election::Definition& definition,
                         const std::string& subject) {
  const election::OptionId id{subject};
  for (const election::Option& option : definition.options) {
    if (option.id == id) return option_name(definition, id);
  }
  for (const char* figure : {"valid", "null", "cast", "turnout", "others"}) {
    if (subject == figure) return say(language, std::string("word.") + figure);
  }
  return plain(subject);
}

std::string unit_name(Language language, const election::Definition& definition,
                      const election::Unit& unit) {
  if (unit.depth == 0 && !definition.country_name.by_language.empty()) {
    return plain(definition.country_name.in(code_of(language)));
  }
  return plain(unit.name.empty() ? unit.id.value() : unit.name);
}

std::string size_of(Language language, const Fraction& votes) {
  const std::int64_t numerator = votes.numerator();
  const std::int64_t size = numerator < 0 ? -numerator : numerator;
  if (votes.denominator() == 1) return number(language, size);
  const auto tenths = static_cast<std::int64_t>(Int128{size} * 10 / votes.denominator());
  return decimal(language, *Fraction::of(tenths, 10), 1);
}

std::string verdict(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  if (!somebody_leads(outcome)) return say(language, "verdict.nothing");
  const judge::UnderCap& widest = outcome.without_assumption();
  const char* key = outcome.tie                       ? "verdict.tie"
                    : !widest.decided                 ? "verdict.open"
                    : outcome.missing_registered == 0 ? "verdict.decided_complete"
                    : widest.cap == kAll              ? "verdict.decided"
                                                      : "verdict.decided_cap";
  return say(language, key,
             {{"leader", leader_of(facts)},
              {"runner_up", runner_up_of(facts)},
              {"margin", number(language, outcome.margin)},
              {"cap", percent_in_full(language, widest.cap)},
              {"worst", size_of(language, widest.worst_case_margin)}});
}

std::string verdict_conditions(Language language, const Facts& facts) {
  return say(language, "verdict.if", {{"electors", electors_of(language, facts)}});
}

std::vector<std::string> coverage(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  std::vector<std::string> lines;
  const std::int64_t counted = outcome.stations_counted;
  const std::int64_t expected =
      facts.premises.stations ? facts.premises.stations->value.count() : 0;
  if (expected > 0) {
    lines.push_back(say(language, "coverage.stations",
                        {{"counted", number(language, counted)},
                         {"expected", number(language, expected)},
                         {"percent", percent(language, *Fraction::of(counted, expected), 1)}}));
  } else {
    lines.push_back(say_count(language, "coverage.stations_unknown", counted));
  }
  const std::int64_t electors = facts.premises.electors.value.count();
  if (electors > 0) {
    lines.push_back(say(
        language, "coverage.electors",
        {{"covered", number(language, outcome.registered_covered)},
         {"total", number(language, electors)},
         {"percent", percent(language, *Fraction::of(outcome.registered_covered, electors), 1)}}));
  }
  return lines;
}

std::vector<std::string> worst_case(Language language, const Facts& facts) {
  const judge::Outcome& outcome = facts.outcome;
  std::vector<std::string> lines;
  if (!somebody_leads(outcome)) return lines;
  if (outcome.missing_registered == 0) {
    lines.push_back(say(language, "worst.none_missing"));
    return lines;
  }
  lines.push_back(
      say(language, "worst.missing", {{"missing", number(language, outcome.missing_registered)}}));
  lines.push_back(under_cap(language, facts, outcome.without_assumption()));
  if (outcome.lead_needed && !outcome.tie) lines.push_back(lead_needed(language, facts));
  return lines;
}

std::string claim_summary(Language language, const judge::JudgedClaim& claim) {
  std::int64_t tested = 0;
  for (const judge::Check& check : claim.checks) tested += check.status != Status::not_applicable;
  if (tested == 0) return say(language, "claim.summary_untested");
  const Slot slot{"tested", number(language, tested)};
  if (claim.contradicted() == 0) return say(language, "claim.summary_none", {slot});
  return say_count(language, "claim.summary", claim.contradicted(), {slot});
}

std::vector<std::string> claim_reach(Language language, const judge::JudgedClaim& claim) {
  std::vector<std::string> lines;
  if (!claim.tables_least || !claim.tables_most) {
    lines.push_back(say(language, "claim.tables_unknown"));
  } else if (*claim.tables_least == *claim.tables_most) {
    lines.push_back(
        say(language, "claim.tables", {{"tables", number(language, *claim.tables_least)}}));
  } else {
    lines.push_back(say(language, "claim.tables_range",
                        {{"least", number(language, *claim.tables_least)},
                         {"most", number(language, *claim.tables_most)}}));
  }
  if (claim.overlap_at_least && *claim.overlap_at_least > 0) {
    lines.push_back(say_count(language, "claim.overlap", *claim.overlap_at_least));
  }
  return lines;
}

std::string assumptions(Language language, const Facts& facts,
                        std::span<const judge::Assumption> assumptions) {
  std::vector<std::string> parts;
  for (const judge::Assumption assumption : assumptions) {
    if (assumption == judge::Assumption::electors_total) {
      parts.push_back(
          say(language, key_of(assumption), {{"electors", electors_of(language, facts)}}));
    } else if (assumption == judge::Assumption::stations_total && facts.premises.stations) {
      parts.push_back(
          say(language, key_of(assumption),
              {{"stations", number(language, facts.premises.stations->value.count())}}));
    } else if (assumption == judge::Assumption::stations_total) {
      parts.push_back(say(language, "assumption.stations_total_unknown"));
    } else {
      parts.push_back(say(language, key_of(assumption)));
    }
  }
  return joined(parts, "; ");
}

std::vector<std::string> foundations(Language language, const Facts& facts) {
  std::vector<std::string> lines = {say(language, "rests.sheets"), say(language, "rests.one_vote")};
  lines.push_back(total_sentence(language, "rests.electors", "electors", facts.premises.electors));
  lines.push_back(facts.premises.stations ? total_sentence(language, "rests.stations", "stations",
                                                           *facts.premises.stations)
                                          : say(language, "rests.stations_unknown"));
  if (!facts.basis.sources.empty()) {
    lines.push_back(say(language, "rests.sources", {{"sources", sources(facts.basis.sources)}}));
  }
  if (!facts.basis.sources_dropped.empty()) {
    lines.push_back(say(language, "rests.dropped_sources",
                        {{"sources", sources(facts.basis.sources_dropped)}}));
  }
  if (facts.basis.stations_dropped > 0) {
    lines.push_back(say_count(language, "rests.dropped_stations", facts.basis.stations_dropped));
  }
  return lines;
}

std::vector<std::string> limits(Language language) {
  std::vector<std::string> lines;
  for (const char* key :
       {"not.authentic", "not.why", "not.confirmed", "not.missing", "not.sample", "not.free"}) {
    lines.push_back(say(language, key));
  }
  return lines;
}

std::vector<Instruction> instructions(Language language, const Facts& facts) {
  std::vector<Instruction> list = {
      {"scrutineer verify RECORD", say(language, "self.verify")},
      {"scrutineer -C RECORD judge", say(language, "self.judge")},
  };
  const std::string level = facts.definition.levels.empty()
                                ? "station"
                                : plain(facts.definition.levels.front().id.value());
  list.push_back({"scrutineer -C RECORD tally --by " + level, say(language, "self.tally")});
  list.push_back({"scrutineer -C RECORD judge --electors TOTAL", say(language, "self.electors")});
  list.push_back({"scrutineer -C RECORD judge --without FILE", say(language, "self.without")});
  return list;
}

}  // namespace scr::report::internal
