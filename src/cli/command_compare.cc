// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "cli/commands.h"
#include "cli/output.h"
#include "report/comparison_json.h"
#include "report/text.h"
#include "steps/compare.h"

namespace scr::cli {
namespace {

constexpr std::size_t kDifferencesShown = 40;

Result<int> run_compare(const Arguments& arguments, Terminal& terminal) {
  const std::string a = *arguments.value("A");
  const std::string b = *arguments.value("B");
  SCR_TRY(comparison,
          steps::compare(terminal.record, election::SourceId(a), election::SourceId(b)));
  if (terminal.json) {
    print_json(terminal, report::comparison_json(comparison, a, b));
    return 0;
  }
  const std::size_t most =
      arguments.has("--all") ? std::numeric_limits<std::size_t>::max() : kDifferencesShown;
  terminal.out << report::comparison_text(terminal.language, comparison, a, b, most,
                                          {.colour = terminal.colour});
  return 0;
}

}  // namespace

Command compare_command() {
  return {
      .name = "compare",
      .summary = {"two sources, station by station", "dos fuentes, mesa por mesa"},
      .description = {"Holds the returns of two sources side by side: where both have a station, "
                      "do they say the "
                      "same? It does not say which one is right.",
                      "Pone lado a lado las actas de dos fuentes: donde ambas tienen una mesa, "
                      "¿dicen lo mismo? "
                      "No dice cuál tiene razón."},
      .operands = {{"A", {"a source", "una fuente"}}, {"B", {"another", "otra"}}},
      .options = {{"--all", nullptr, {"every difference, however many", "todas las diferencias"}}},
      .run = run_compare};
}

}  // namespace scr::cli
