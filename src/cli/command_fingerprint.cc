// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/fingerprint.h"

namespace scr::cli {
namespace {

Result<int> run_fingerprint(const Arguments& arguments, Terminal& terminal) {
  steps::FingerprintRequest request{.place = arguments.value("PLACE").value_or(terminal.record),
                                    .key = arguments.value("--key"),
                                    .proxy = arguments.value("--proxy").value_or("")};
  if (const auto file = arguments.value("--qr")) request.qr = *file;
  SCR_TRY(seen, steps::fingerprint(request));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.fingerprint/1");
    answer.set("origin", seen.origin);
    answer.set("tree_size", static_cast<std::int64_t>(seen.tree_size));
    answer.set("signatures", static_cast<std::int64_t>(seen.signatures));
    answer.set("fingerprint", seen.text);
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  terminal.out << seen.text << "\n"
               << seen.origin << ", " << grouped(terminal, seen.tree_size)
               << (es ? " entradas\n" : " entries\n");
  return 0;
}

}  // namespace

Command fingerprint_command() {
  return {
      .name = "fingerprint",
      .summary = {"a checkpoint for print and television",
                  "un punto de control para la prensa y la televisión"},
      .description = {"Thirty-two digits that stand for the whole log as it is: who has printed "
                      "them holds the log to them. --qr writes the whole cosigned checkpoint as a "
                      "QR code.",
                      "Treinta y dos cifras que representan toda la bitácora tal como está: quien "
                      "las imprimió puede exigir que se mantenga. --qr escribe el punto de control "
                      "entero, con sus firmas, como código QR."},
      .operands = {{"PLACE",
                    {"a record, bundle or mirror, a log's URL, or a lone checkpoint (default: -C)",
                     "un registro, paquete o espejo, la URL de una bitácora o un punto de control "
                     "suelto (por omisión, -C)"},
                    false}},
      .options = {{"--key",
                   "KEY",
                   {"the log's public key, or a file that holds it",
                    "la clave pública de la bitácora, o un archivo que la contenga"}},
                  {"--qr",
                   "FILE",
                   {"where to write the QR code, as SVG", "dónde escribir el código QR, en SVG"}},
                  {"--proxy",
                   "URL",
                   {"ask through it: socks5h://127.0.0.1:9050",
                    "preguntar a través de él: socks5h://127.0.0.1:9050"}}},
      .run = run_fingerprint};
}

}  // namespace scr::cli
