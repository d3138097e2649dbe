// SPDX-License-Identifier: Apache-2.0
//
// Proofs given out: proof and receipt.
#include <string>

#include "cli/commands.h"
#include "cli/output.h"
#include "os/files.h"
#include "steps/receipts.h"

namespace scr::cli {
namespace {

// To the file that was named, or as it is to standard output.
Result<int> give(const Arguments& arguments, Terminal& terminal, const steps::ProofGiven& given,
                 int mode) {
  const auto out = arguments.value("--out");
  if (out) SCR_TRY_VOID(os::create_file(*out, given.text, mode));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.proof/1");
    answer.set("entry", static_cast<std::int64_t>(given.index));
    answer.set("tree_size", static_cast<std::int64_t>(given.tree_size));
    answer.set("type", given.type);
    answer.set("text", given.text);
    print_json(terminal, answer);
  } else if (!out) {
    terminal.out << given.text;
  }
  return 0;
}

Result<int> give_all(const std::string& folder, Terminal& terminal) {
  SCR_TRY(given, steps::give_all_proofs(terminal.record, folder));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.proof/1");
    answer.set("files", static_cast<std::int64_t>(given));
    print_json(terminal, answer);
  } else {
    say(terminal, grouped(terminal, given) + (terminal.language == report::Language::es
                                                  ? " pruebas, una por acta leída"
                                                  : " proofs, one for each sheet that was read"));
  }
  return 0;
}

Result<int> run_proof(const Arguments& arguments, Terminal& terminal) {
  if (const auto folder = arguments.value("--all")) return give_all(*folder, terminal);
  const auto subject = arguments.value("SUBJECT");
  if (!subject)
    return fail(ErrorCode::bad_input, "name an entry or a picture, or --all and a folder",
                "SUBJECT");
  SCR_TRY(given, steps::give_proof(terminal.record, *subject));
  return give(arguments, terminal, given, os::kPublic);
}

Result<int> run_receipt(const Arguments& arguments, Terminal& terminal) {
  const auto holder = arguments.has("--court") ? receipt::Holder::court : receipt::Holder::sender;
  SCR_TRY(given, steps::give_receipt(terminal.record, *arguments.value("PICTURE"), holder));
  return give(arguments, terminal, given, os::kPrivate);
}

}  // namespace

Command proof_command() {
  return {
      .name = "proof",
      .summary = {"the proof that a sheet, or any entry, is in the log",
                  "la prueba de que un acta, o cualquier entrada, está en la bitácora"},
      .description =
          {"A small file that holds the entry, the way from it to the root and the signed "
           "checkpoint. Anybody checks it with verify-receipt and the log's public key, without "
           "a network and without the record.",
           "Un archivo pequeño con la entrada, el camino de ella a la raíz y el punto de "
           "control firmado. Cualquiera lo comprueba con verify-receipt y la clave pública de "
           "la bitácora, sin red y sin el registro."},
      .operands = {{"SUBJECT",
                    {"the number of an entry, or how the SHA-256 of a picture begins: the "
                     "reading of it",
                     "el número de una entrada, o el comienzo del SHA-256 de una imagen: su "
                     "lectura"},
                    false}},
      .options = {{"--all",
                   "FOLDER",
                   {"one file for each sheet that was read, in a new folder",
                    "un archivo por cada acta leída, en una carpeta nueva"}},
                  {"--out",
                   "FILE",
                   {"the file to make (default: standard output)",
                    "el archivo por hacer (por omisión, la salida)"}}},
      .run = run_proof};
}

Command receipt_command() {
  return {
      .name = "receipt",
      .summary = {"a receipt for whoever sent a picture", "un recibo para quien envió una imagen"},
      .description =
          {"Proof that the log commits to a picture, with the salt with which its sender can see "
           "that it is theirs: verify-receipt. With --court, the picture's secret in its place, "
           "with which a court can also check every cell of the original: verify-original. Whoever "
           "has that and a published picture can try what its hidden cells held: give it to "
           "nobody else.",
           "Prueba de que la bitácora compromete una imagen, con la sal con que quien la envió ve "
           "que es la suya: verify-receipt. Con --court, en su lugar el secreto de la imagen, con "
           "el que un tribunal puede comprobar además cada celda del original: verify-original. "
           "Quien tenga eso y una imagen publicada puede ensayar qué había en las celdas ocultas: "
           "no se lo dé a nadie más."},
      .operands = {{"PICTURE",
                    {"the number of its entry, or how its SHA-256 begins",
                     "el número de su entrada, o el comienzo de su SHA-256"}}},
      .options = {{"--court",
                   nullptr,
                   {"for a court: the picture's secret instead of the salt",
                    "para un tribunal: el secreto de la imagen en vez de la sal"}},
                  {"--out",
                   "FILE",
                   {"the file to make (default: standard output)",
                    "el archivo por hacer (por omisión, la salida)"}}},
      .run = run_receipt};
}

}  // namespace scr::cli
