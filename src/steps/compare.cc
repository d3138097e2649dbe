// SPDX-License-Identifier: Apache-2.0
#include "steps/compare.h"

#include "derive/conclusions.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

Result<std::vector<review::StationReturn>> returns_of(const derive::RecordState& state,
                                                      const election::SourceId& source) {
  derive::Switches only;
  only.only_sources = {source};
  SCR_TRY(selection, derive::select(state, only));
  SCR_TRY(counted, derive::count(state, selection));
  return std::move(counted.returns);
}

}  // namespace

Result<tally::Comparison> compare(const std::filesystem::path& folder, const election::SourceId& a,
                                  const election::SourceId& b) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(of_a, returns_of(record.state, a));
  SCR_TRY(of_b, returns_of(record.state, b));
  return tally::compare(record.state.definition, of_a, of_b);
}

}  // namespace scr::steps
