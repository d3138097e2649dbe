// SPDX-License-Identifier: Apache-2.0
#include "review/rules.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/decimal.h"

namespace scr::review {
namespace {

using checks::Code;
using checks::Finding;
using checks::Severity;
using election::Remedy;

// No country numbers tables of one place higher; a larger number is a code, not a count.
constexpr std::uint64_t kHighestTable = 200;

Finding broken(Code code, Severity severity, Remedy remedy, const StationReturn& figures) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  finding.set_aside = remedy == Remedy::set_aside;
  finding.station = figures.station;
  finding.entries = {figures.basis};
  return finding;
}

struct Numbered {
  std::string_view place;  // "010113042"
  std::uint64_t table = 0;
};

std::optional<Numbered> numbered(const election::StationId& station) {
  const std::string_view id = station.value();
  const std::size_t dot = id.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::string_view digits = id.substr(dot + 1);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  const auto table = parse_decimal(digits);
  if (!table || *table == 0 || *table > kHighestTable) return std::nullopt;
  return Numbered{id.substr(0, dot), *table};
}

}  // namespace

std::vector<Finding> broken_rules(const election::Definition& definition, bool has_roster,
                                  const election::RosterStation* listed,
                                  const StationReturn& figures) {
  std::vector<Finding> findings;
  const election::Rules& rules = definition.rules;
  std::int64_t sum = 0;
  for (election::Votes count : figures.votes) sum += count.count();

  if (has_roster && definition.roster_complete && !listed) {
    findings.push_back(
        broken(Code::unknown_station, Severity::error, rules.unknown_station, figures));
  }
  if (cast(figures) == 0 && sum == 0) {
    findings.push_back(broken(Code::zero_sheet, Severity::warning, rules.zero_sheet, figures));
  }
  if (sum != figures.valid.count()) {
    Finding finding =
        broken(Code::votes_do_not_sum, Severity::error, rules.votes_sum_to_valid, figures);
    finding.details = {{"votes", std::to_string(sum)},
                       {"valid", std::to_string(figures.valid.count())}};
    findings.push_back(std::move(finding));
  }
  const auto registered = listed && listed->registered ? listed->registered : figures.registered;
  if (registered && cast(figures) > registered->count()) {
    Finding finding = broken(Code::cast_over_registered, Severity::warning,
                             rules.cast_within_registered, figures);
    finding.details = {{"cast", std::to_string(cast(figures))},
                       {"registered", std::to_string(registered->count())}};
    findings.push_back(std::move(finding));
  }
  if (listed && listed->registered && figures.registered &&
      *listed->registered != *figures.registered) {
    Finding finding = broken(Code::registered_differs, Severity::info, Remedy::note, figures);
    finding.details = {{"roster", std::to_string(listed->registered->count())},
                       {"sheet", std::to_string(figures.registered->count())}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Finding> numbering_gaps(std::span<const StationReturn> returns) {
  std::vector<Finding> findings;
  for (std::size_t begin = 0; begin < returns.size();) {
    const auto first = numbered(returns[begin].station);
    if (!first) {
      ++begin;
      continue;
    }
    std::vector<std::uint64_t> tables;
    std::size_t end = begin;
    while (end < returns.size()) {
      const auto next = numbered(returns[end].station);
      if (!next || next->place != first->place) break;
      tables.push_back(next->table);
      ++end;
    }
    std::sort(tables.begin(), tables.end());
    std::string missing;
    std::uint64_t gaps = 0;
    for (std::uint64_t table = 1; table < tables.back(); ++table) {
      if (std::binary_search(tables.begin(), tables.end(), table)) continue;
      missing += (missing.empty() ? "" : " ") + std::to_string(table);
      ++gaps;
    }
    if (gaps > 0) {
      Finding finding;
      finding.code = Code::numbering_gap;
      finding.severity = Severity::info;
      finding.station = returns[end - 1].station;
      finding.entries = {returns[end - 1].basis};
      finding.details = {{"place", std::string(first->place)},
                         {"missing", missing},
                         {"missing_count", std::to_string(gaps)}};
      findings.push_back(std::move(finding));
    }
    begin = end;
  }
  return findings;
}

}  // namespace scr::review
