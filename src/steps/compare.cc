// SPDX-License-Identifier: Apache-2.0
#include "steps/compare.h"

#include "derive/conclusions.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

struct Side {
  std::vector<review::StationReturn> returns;
  tally::Stations unclear;
};

Result<Side> side_of(const derive::RecordState& state, const election::SourceId& source) {
  derive::Switches only;
  only.only_sources = {source};
  SCR_TRY(selection, derive::select(state, only));
  SCR_TRY(counted, derive::count(state, selection));
  Side side{std::move(counted.returns), {}};
  for (const checks::Finding& finding : counted.findings) {
    if (finding.code == checks::Code::conflict_in_source) side.unclear.insert(finding.station);
  }
  return side;
}

}  // namespace

Result<tally::Comparison> compare(const std::filesystem::path& folder, const election::SourceId& a,
                                  const election::SourceId& b) {
  SCR_TRY(record, view::open_record(folder));
  constexpr auto note = election::Remedy::note;
  record.state.definition.rules = {note, note, note, note, note};
  SCR_TRY(of_a, side_of(record.state, a));
  SCR_TRY(of_b, side_of(record.state, b));
  return tally::compare(record.state.definition, of_a.returns, of_b.returns, of_a.unclear,
                        of_b.unclear);
}

}  // namespace scr::steps
