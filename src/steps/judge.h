// SPDX-License-Identifier: Apache-2.0
//
// The count and what follows from it, under premises that can be switched.

#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "derive/conclusions.h"
#include "report/facts.h"
#include "view/open_record.h"

namespace scr::steps {

struct Judged {
  view::OpenRecord record;
  derive::Selection selection;
  derive::Conclusions conclusions;
  std::optional<judge::ModelEstimate> model;  // only if asked for: add_model

  // Looks at this value; lives no longer.
  report::Facts facts() const;
};

// What figures made from this record under this selection rest on.
report::Basis basis_of(const view::OpenRecord& record, const derive::Selection& selection);

Result<Judged> judge(const std::filesystem::path& record, const derive::Switches& switches);

// The model of the missing, in addition. Fails with unsupported where there is nothing to go by.
Result<void> add_model(Judged& judged);

// The count alone: no premise about missing stations is needed for it.
struct Counted {
  view::OpenRecord record;
  derive::Selection selection;
  derive::Count count;
};
Result<Counted> count(const std::filesystem::path& record, const derive::Switches& switches);

// Stations named in a file, one a line (blank lines and what follows '#' are passed over); codes as
// printed on a sheet are understood too. bad_input with the line if one is no station's code.
Result<std::vector<election::StationId>> read_station_list(const std::filesystem::path& file,
                                                           const election::Definition& definition);

}  // namespace scr::steps
