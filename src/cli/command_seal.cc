// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/seal.h"

namespace scr::cli {
namespace {

Result<int> run_seal(const Arguments&, Terminal& terminal) {
  os::SystemClock clock;
  SCR_TRY(sealed, steps::seal(terminal.record, clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.seal/1");
    answer.set("tree_size", static_cast<std::int64_t>(sealed.tree_size));
    answer.set("root", sealed.root);
    answer.set("result_sha256", sealed.result_sha256);
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, Text{"The log is sealed, and complete; nothing can be added to it. Its last "
                     "checkpoint, for all to keep:",
                     "La bitácora está sellada y completa; nada se le puede añadir. Su último "
                     "punto de control, para que todos lo guarden:"});
  say(terminal,
      Text{"entries: ", "entradas: "}.in(terminal.language) + std::to_string(sealed.tree_size));
  say(terminal, Text{"root hash (SHA-256): ", "resumen raíz (SHA-256): "}.in(terminal.language) +
                    sealed.root);
  return 0;
}

}  // namespace

Command seal_command() {
  return {
      .name = "seal",
      .summary = {"close the record for good", "cerrar el registro para siempre"},
      .description = {"States the result and adds the last entry, the seal. After that nothing "
                      "can be added, and every verifier says that the log is complete; an "
                      "entry behind a seal is a fault that they name. It cannot be undone: "
                      "what comes later belongs in a record of its own. Then publish, and have "
                      "witnesses cosign the last checkpoint.",
                      "Declara el resultado y añade la última entrada, el sello. Después nada "
                      "se puede añadir, y todo verificador dice que la bitácora está completa; "
                      "una entrada tras el sello es una falta que señalan. No se puede deshacer: "
                      "lo que llegue después va en otro registro. Luego publique, y que los "
                      "testigos cofirmen el último punto de control."},
      .run = run_seal};
}

}  // namespace scr::cli
