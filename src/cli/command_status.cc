// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "derive/dossier.h"
#include "report/status.h"
#include "steps/judge.h"

namespace scr::cli {
namespace {

Result<int> run_status(const Arguments&, Terminal& terminal) {
  SCR_TRY(counted, steps::count(terminal.record, {}));
  const report::Basis basis = steps::basis_of(counted.record, counted.selection);
  const derive::Needs needs = derive::needs_of(counted.record.state, counted.count);
  const report::Holdings holdings{.definition = counted.record.state.definition,
                                  .country = counted.count.tallies.country(),
                                  .findings = counted.count.findings,
                                  .claims = static_cast<std::int64_t>(counted.record.claims.size()),
                                  .needs = needs,
                                  .basis = basis};
  if (terminal.json) {
    print_json(terminal, report::status_json(holdings));
  } else {
    terminal.out << report::status_text(terminal.language, holdings);
  }
  return 0;
}

}  // namespace

Command status_command() {
  return {.name = "status",
          .summary = {"what is here, what is missing, what needs a person",
                      "qué hay, qué falta, qué espera a una persona"},
          .description = {"Sources, coverage, findings and claims of the record, and the "
                          "checkpoint that it is under.",
                          "Fuentes, cobertura, hallazgos y afirmaciones del registro, y el punto "
                          "de control que lo "
                          "cubre."},
          .operands = {},
          .options = {},
          .run = run_status};
}

}  // namespace scr::cli
