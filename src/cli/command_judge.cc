// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/switches.h"
#include "os/files.h"
#include "report/judgement_json.h"
#include "report/page.h"
#include "report/text.h"
#include "steps/judge.h"

namespace scr::cli {
namespace {

Result<int> run_judge(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(switches, switches_of(arguments, terminal.record));
  SCR_TRY(judged, steps::judge(terminal.record, switches));
  const auto claim = arguments.value("--claim");
  if (claim) {
    auto& claims = judged.conclusions.claims;
    std::erase_if(claims, [&](const auto& each) { return each.id.value() != *claim; });
    if (claims.empty())
      return fail(ErrorCode::not_found, "no claim of that id is on record", *claim);
  }
  if (arguments.has("--model")) SCR_TRY_VOID(steps::add_model(judged));
  const report::Facts facts = judged.facts();
  if (terminal.json) {
    print_json(terminal, report::judgement_json(facts));
  } else {
    terminal.out << report::judgement_text(terminal.language, facts, {.colour = terminal.colour});
  }
  if (const auto page = arguments.value("--page")) {
    SCR_TRY_VOID(os::replace_file(*page, report::page(facts, terminal.language), os::kPublic));
    terminal.err << (terminal.language == report::Language::es ? "Página: " : "Page: ") << *page
                 << "\n";
  }
  return 0;
}

}  // namespace

Command judge_command() {
  std::vector<OptionSpec> options{{"--claim", "ID", {"only this claim", "solo esta afirmación"}},
                                  {"--model",
                                   nullptr,
                                   {"also a model of the missing stations, labelled as one",
                                    "también un modelo de las mesas que faltan, llamado así"}},
                                  {"--page",
                                   "FILE",
                                   {"also write one self-contained web page with plots",
                                    "escribir además una página web autónoma con gráficos"}}};
  for (OptionSpec& option : premise_options()) options.push_back(option);
  return {
      .name = "judge",
      .summary = {"what the evidence proves, contradicts and leaves open",
                  "lo que la evidencia prueba, contradice y deja abierto"},
      .description =
          {"Who is ahead; whether the sheets that are missing can still change that; how many "
           "sheets "
           "would have to be false; and which announced figures cannot be true. Each line names "
           "what "
           "it rests on, and each assumption can be switched.",
           "Quién va delante; si las actas que faltan aún pueden cambiarlo; cuántas actas tendrían "
           "que "
           "ser falsas; y qué cifras anunciadas no pueden ser ciertas. Cada línea nombra en qué se "
           "apoya, y cada supuesto se puede cambiar."},
      .operands = {},
      .options = options,
      .run = run_judge};
}

}  // namespace scr::cli
