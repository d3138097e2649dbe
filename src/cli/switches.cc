// SPDX-License-Identifier: Apache-2.0
#include "cli/switches.h"

#include <algorithm>

#include "base/decimal.h"
#include "steps/judge.h"
#include "view/open_record.h"

namespace scr::cli {

Result<derive::Switches> switches_of(const Arguments& arguments, const std::string& record) {
  derive::Switches switches;
  for (const auto& name : arguments.all("--source")) switches.only_sources.emplace_back(name);
  for (const auto& name : arguments.all("--without-source")) {
    switches.without_sources.emplace_back(name);
  }
  if (const auto file = arguments.value("--without")) {
    SCR_TRY(opened, view::open_definition(record));
    SCR_TRY(stations, steps::read_station_list(*file, opened.definition));
    switches.without_stations = std::move(stations);
  }
  if (const auto electors = arguments.value("--electors")) {
    const auto number = parse_decimal(*electors);
    const auto votes =
        number ? election::Votes::from(static_cast<std::int64_t>(*number)) : std::nullopt;
    if (number && !votes) return fail(ErrorCode::bad_input, "too large", "--electors");
    if (votes) {
      switches.electors_value = votes;
    } else {
      switches.electors = election::TotalId(*electors);
    }
  }
  if (const auto stations = arguments.value("--stations")) {
    switches.stations = election::TotalId(*stations);
  }
  for (const auto& text : arguments.all("--cap")) {
    const auto cap = Fraction::parse(text);
    if (!cap || *cap <= Fraction(0) || *cap > Fraction(1)) {
      return fail(ErrorCode::bad_input,
                  text + " is no turnout; give a share above 0 and at most 1, such as 4/5 or 0.8",
                  "--cap");
    }
    switches.turnout_caps.push_back(*cap);
  }
  std::sort(switches.turnout_caps.rbegin(), switches.turnout_caps.rend());
  auto& caps = switches.turnout_caps;
  caps.erase(std::unique(caps.begin(), caps.end()), caps.end());
  return switches;
}

}  // namespace scr::cli
