// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/init.h"

namespace scr::cli {
namespace {

Result<int> run_init(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  const steps::InitRequest request{.definition = *arguments.value("--election"),
                                   .record = arguments.value("RECORD").value_or(terminal.record),
                                   .origin = arguments.value("--origin").value_or("")};
  SCR_TRY(made, steps::init(request, clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", canon::Value("scrutineer.init/1"));
    answer.set("election", canon::Value(made.election));
    answer.set("origin", canon::Value(made.origin));
    answer.set("vkey", canon::Value(made.vkey));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  say(terminal, (es ? "Registro nuevo: " : "New record: ") + made.title);
  say(terminal,
      (es ? "La clave pública de su bitácora; publíquela ya, en más de un sitio, pues con ella "
            "comprueba cualquiera el registro:\n  "
          : "The public key of its log; publish it now, in more than one place, since with it "
            "anybody can check the record:\n  ") +
          made.vkey);
  return 0;
}

}  // namespace

Command init_command() {
  return {.name = "init",
          .summary = {"start a record", "abrir un registro"},
          .description =
              {"Makes a folder with the election's definition, a signing key that never leaves "
               "it, and a log whose first entry names the definition by its hash.",
               "Crea una carpeta con la definición de la elección, una clave de firma que nunca "
               "sale de ella y una bitácora cuya primera entrada nombra la definición por su "
               "huella."},
          .operands = {{"RECORD",
                        {"folder to make (default: that of -C)", "carpeta (por omisión, la de -C)"},
                        false}},
          .options = {{"--election",
                       "FILE",
                       {"the definition, an election.toml", "la definición, un election.toml"},
                       true},
                      {"--origin",
                       "NAME",
                       {"name of the log (default: made from the election and the key)",
                        "nombre de la bitácora (por omisión, de la elección y la clave)"}}},
          .run = run_init};
}

}  // namespace scr::cli
