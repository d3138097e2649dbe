// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/verify_output.h"
#include "steps/verify.h"

namespace scr::cli {
namespace {

Result<int> run_verify(const Arguments& arguments, Terminal& terminal) {
  steps::VerifyRequest request{.folder = arguments.value("PATH").value_or(terminal.record),
                               .key = arguments.value("--key")};
  SCR_TRY(report, steps::verify(request));
  if (terminal.json) {
    print_json(terminal, verification_json(report));
  } else {
    terminal.out << verification_text(report, terminal);
  }
  return verification_exit(report);
}

}  // namespace

Command verify_command() {
  return {.name = "verify",
          .summary = {"check a record or bundle, trusting nothing but a key",
                      "comprobar un registro o paquete, sin confiar más que en una clave"},
          .description = {"Level 0 the signature, 1 every entry and tile, 2 the grammar, 3 the "
                          "evidence, 4 the evidence "
                          "read again, 5 the result worked out again. Ends with 10 + the lowest "
                          "level that does not "
                          "hold.",
                          "Nivel 0 la firma, 1 cada entrada y losa, 2 la gramática, 3 la "
                          "evidencia, 4 la evidencia leída "
                          "de nuevo, 5 el resultado calculado de nuevo. Termina con 10 + el nivel "
                          "más bajo que no se "
                          "sostiene."},
          .operands = {{"PATH",
                        {"the folder (default: that of -C)", "la carpeta (por omisión, la de -C)"},
                        false}},
          .options = {{"--key",
                       "KEY",
                       {"the log's public key, or a file that holds it",
                        "la clave pública de la bitácora, o un archivo que la contenga"}}},
          .run = run_verify};
}

}  // namespace scr::cli
