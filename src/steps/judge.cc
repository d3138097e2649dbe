// SPDX-License-Identifier: Apache-2.0
#include "steps/judge.h"

#include <utility>

#include "election/station_code.h"
#include "os/files.h"
#include "steps/program.h"

namespace scr::steps {

report::Basis basis_of(const view::OpenRecord& record, const derive::Selection& selection) {
  report::Basis basis;
  basis.origin = record.origin;
  basis.tree_size = record.size;
  basis.root = record.root;
  basis.sources = selection.sources_used;
  basis.sources_dropped = selection.sources_dropped;
  basis.stations_dropped = static_cast<std::int64_t>(selection.left_out.stations.size());
  basis.program = kProgram;
  return basis;
}

report::Facts Judged::facts() const {
  return report::Facts{.definition = record.state.definition,
                       .geography = record.state.geography,
                       .tallies = conclusions.tallies,
                       .returns = conclusions.returns,
                       .findings = conclusions.findings,
                       .premises = selection.premises,
                       .outcome = conclusions.outcome,
                       .claims = conclusions.claims,
                       .basis = basis_of(record, selection),
                       .model = model ? &*model : nullptr};
}

Result<void> add_model(Judged& judged) {
  const derive::RecordState& state = judged.record.state;
  SCR_TRY(model, judge::estimate_missing(state.definition, state.geography,
                                         state.roster ? &*state.roster : nullptr,
                                         judged.conclusions.returns));
  judged.model = std::move(model);
  return {};
}

Result<Judged> judge(const std::filesystem::path& folder, const derive::Switches& switches) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(selection, derive::select(record.state, switches));
  SCR_TRY(conclusions, derive::conclude(record.state, record.claims, selection));
  return Judged{std::move(record), std::move(selection), std::move(conclusions), std::nullopt};
}

Result<Counted> count(const std::filesystem::path& folder, const derive::Switches& switches) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(selection, derive::select(record.state, switches));
  SCR_TRY(counted, derive::count(record.state, selection));
  return Counted{std::move(record), std::move(selection), std::move(counted)};
}

Result<std::vector<election::StationId>> read_station_list(const std::filesystem::path& file,
                                                           const election::Definition& definition) {
  SCR_TRY(text, os::read_text(file));
  std::vector<election::StationId> stations;
  std::size_t line_number = 0;
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);  // some editors write one
  while (!rest.empty()) {
    ++line_number;
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    line = line.substr(0, line.find('#'));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) {
      line.remove_suffix(1);
    }
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (line.empty()) continue;
    SCR_TRY(station, at(file.string() + ": line " + std::to_string(line_number),
                        election::station_of_code(line, definition)));
    stations.push_back(std::move(station));
  }
  return stations;
}

}  // namespace scr::steps
