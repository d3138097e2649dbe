// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.h"
#include "cli/output.h"
#include "election/station_code.h"
#include "report/findings_json.h"
#include "report/tally_json.h"
#include "report/text.h"
#include "review/transcript.h"
#include "steps/judge.h"

namespace scr::cli {
namespace {

// All that the record has of one station.
struct Station {
  std::vector<review::Transcript> transcripts;
  std::vector<checks::Finding> findings;
  std::vector<review::StationReturn> accepted;  // one or none
};

Station gather(const steps::Counted& counted, const election::StationId& station) {
  Station all;
  for (const auto& transcript : counted.record.state.transcripts) {
    if (transcript.figures.station == station) all.transcripts.push_back(transcript);
  }
  for (const auto& finding : counted.count.findings) {
    if (finding.station == station) all.findings.push_back(finding);
  }
  for (const auto& accepted : counted.count.returns) {
    if (accepted.station == station) all.accepted.push_back(accepted);
  }
  return all;
}

// The import behind an entry: the last one that stands before it.
const derive::Import* import_of(const derive::RecordState& state, std::uint64_t entry) {
  const derive::Import* found = nullptr;
  for (const auto& import : state.imports) {
    if (import.index.value() < entry) found = &import;
  }
  return found;
}

std::string file_of(const derive::RecordState& state, std::uint64_t entry) {
  const derive::Import* import = import_of(state, entry);
  const auto* evidence = import ? state.evidence_at(import->imported.evidence) : nullptr;
  return evidence ? evidence->received.sha256.hex() : "";
}

canon::Value as_json(const steps::Counted& counted, const Station& all,
                     const election::StationId& station) {
  const auto& state = counted.record.state;
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.station/1");
  answer.set("station", station.value());
  canon::Value transcripts = canon::Value::array();
  for (const auto& transcript : all.transcripts) {
    const review::StationReturn one[] = {transcript.figures};
    const canon::Value row = report::tally_json(state.definition, state.geography, one);
    transcripts.push_back(canon::Value::object()
                              .set("source", state.sources[transcript.source.value()].value())
                              .set("entry", static_cast<std::int64_t>(transcript.figures.basis))
                              .set("evidence", file_of(state, transcript.figures.basis))
                              .set("figures", row.find("rows")->items().front()));
  }
  answer.set("transcripts", transcripts);
  answer.set("findings", report::findings_json(all.findings));
  answer.set("accepted", canon::Value(!all.accepted.empty()));
  if (!all.accepted.empty()) {
    answer.set("basis", static_cast<std::int64_t>(all.accepted.front().basis));
  }
  return answer;
}

void tell(Terminal& terminal, const steps::Counted& counted, const Station& all,
          const election::StationId& station) {
  const bool es = terminal.language == report::Language::es;
  const auto& state = counted.record.state;
  const report::TextStyle style{.colour = terminal.colour};
  terminal.out << (es ? "Mesa " : "Station ") << station.value() << "\n";
  for (const auto& transcript : all.transcripts) {
    terminal.out << "\n"
                 << (es ? "Según " : "By ") << state.sources[transcript.source.value()].value()
                 << (es ? ", entrada " : ", entry ") << transcript.figures.basis
                 << (es ? ", del archivo " : ", of the file ")
                 << file_of(state, transcript.figures.basis) << "\n";
    const review::StationReturn one[] = {transcript.figures};
    terminal.out << report::tally_text(terminal.language, state.definition, one, style);
  }
  if (!all.findings.empty()) {
    terminal.out << "\n" << report::findings_text(terminal.language, all.findings, 100, style);
  }
  if (all.accepted.empty()) {
    terminal.out << (es ? "\nNo cuenta: ninguna transcripción suya se aceptó.\n"
                        : "\nIt does not count: no transcription of it was accepted.\n");
  } else {
    terminal.out << (es ? "\nCuenta, con lo que dice la entrada "
                        : "\nIt counts, with what stands in entry ")
                 << all.accepted.front().basis << ".\n";
  }
}

Result<int> run(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(counted, steps::count(terminal.record, {}));
  SCR_TRY(station,
          election::station_of_code(*arguments.value("STATION"), counted.record.state.definition));
  const Station all = gather(counted, station);
  if (all.transcripts.empty()) {
    return fail(ErrorCode::not_found, "nothing is on record of this station", station.value());
  }
  if (terminal.json) {
    print_json(terminal, as_json(counted, all, station));
  } else {
    tell(terminal, counted, all, station);
  }
  return 0;
}

}  // namespace

Command show_command() {
  return {.name = "show",
          .summary = {"all that is on record of one station", "todo lo que consta de una mesa"},
          .description = {"Each transcription with its source, its entry in the log and the file "
                          "it came from; what the "
                          "checks noticed; and whether it counts.",
                          "Cada transcripción con su fuente, su entrada en la bitácora y el "
                          "archivo del que vino; lo que "
                          "notaron las comprobaciones; y si cuenta."},
          .operands = {{"STATION",
                        {"its code, as printed or as in the definition",
                         "su código, impreso o como en la definición"}}},
          .options = {},
          .run = run};
}

}  // namespace scr::cli
