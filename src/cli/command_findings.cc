// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "checks/finding.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/switches.h"
#include "election/station_code.h"
#include "report/findings_json.h"
#include "report/text.h"
#include "steps/judge.h"

namespace scr::cli {
namespace {

constexpr std::size_t kFindingsShown = 40;

Result<checks::Code> code_of(const std::string& name) {
  std::string known;
  for (const checks::Code code : checks::all_codes()) {
    if (name == checks::name_of(code)) return code;
    known += (known.empty() ? "" : ", ") + std::string(checks::name_of(code));
  }
  return fail(ErrorCode::bad_input, "no such code; there are " + known, "--code " + name);
}

Result<int> run_findings(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(switches, switches_of(arguments, terminal.record));
  SCR_TRY(counted, steps::count(terminal.record, switches));
  auto& findings = counted.count.findings;
  if (const auto name = arguments.value("--code")) {
    SCR_TRY(code, code_of(*name));
    std::erase_if(findings, [&](const auto& finding) { return finding.code != code; });
  }
  if (const auto typed = arguments.value("--station")) {
    SCR_TRY(station,
            at("--station", election::station_of_code(*typed, counted.record.state.definition)));
    std::erase_if(findings, [&](const auto& finding) { return finding.station != station; });
  }
  if (terminal.json) {
    print_json(terminal, report::findings_json(findings));
    return 0;
  }
  const std::size_t most =
      arguments.has("--all") ? std::numeric_limits<std::size_t>::max() : kFindingsShown;
  terminal.out << report::findings_text(terminal.language, findings, most,
                                        {.colour = terminal.colour});
  return 0;
}

}  // namespace

Command findings_command() {
  std::vector<OptionSpec> options{
      {"--code",
       "CODE",
       {"only this kind; docs/findings.md lists them",
        "solo de esta clase; docs/findings.md las enumera"}},
      {"--station", "CODE", {"only of this station", "solo de esta mesa"}},
      {"--all", nullptr, {"every one, however many", "todos, por muchos que sean"}}};
  for (OptionSpec& option : count_options()) options.push_back(option);
  return {.name = "findings",
          .summary = {"what the checks noticed", "lo que notaron las comprobaciones"},
          .description = {"A finding is something noticed, not an accusation. Each says which "
                          "return was set aside "
                          "because of it, if any.",
                          "Un hallazgo es algo que se notó, no una acusación. Cada uno dice qué "
                          "acta se apartó por "
                          "él, si alguna."},
          .operands = {},
          .options = options,
          .run = run_findings};
}

}  // namespace scr::cli
