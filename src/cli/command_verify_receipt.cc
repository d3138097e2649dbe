// SPDX-License-Identifier: Apache-2.0
//
// Proofs checked: verify-receipt and verify-original. Neither needs a record.
#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/receipt_output.h"
#include "steps/receipts.h"

namespace scr::cli {
namespace {

steps::ReceiptRequest request_of(const Arguments& arguments) {
  steps::ReceiptRequest request;
  request.receipt = *arguments.value("RECEIPT");
  request.key = arguments.value("--key");
  if (const auto original = arguments.value("ORIGINAL")) request.original = *original;
  if (const auto policy = arguments.value("--policy")) request.policy = *policy;
  return request;
}

Result<int> run_receipt_check(const Arguments& arguments, Terminal& terminal) {
  const steps::ReceiptRequest request = request_of(arguments);
  SCR_TRY(opened, steps::check_receipt(request));
  return tell_receipt(terminal, opened, request.original.has_value(), std::nullopt);
}

Result<int> run_original_check(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(checked, steps::check_original(request_of(arguments)));
  return tell_receipt(terminal, checked.opened, true, checked.cells);
}

std::vector<OptionSpec> trust_options() {
  return {{"--key",
           "KEY",
           {"the log's public key, or a file that holds it",
            "la clave pública de la bitácora, o un archivo que la contenga"}},
          {"--policy",
           "FILE",
           {"instead of a key: a policy file, which also says whose cosignatures are needed",
            "en vez de una clave: una política, que dice además qué cofirmas hacen falta"}}};
}

constexpr Text kReceiptOperand{"the file that proof or receipt made",
                               "el archivo que hizo proof o receipt"};

}  // namespace

Command verify_receipt_command() {
  return {
      .name = "verify-receipt",
      .summary = {"check a proof or receipt, offline", "comprobar una prueba o recibo, sin red"},
      .description =
          {"That the entry stands in a log that was signed with this key; and, if the original "
           "is given, that the entry commits to just this file. Ends with 10 if the signature, "
           "11 if the way to the root, 12 if the form, 13 if the file does not hold.",
           "Que la entrada está en una bitácora firmada con esta clave; y, si se da el "
           "original, que la entrada compromete justo ese archivo. Termina con 10 si no se "
           "sostiene la firma, 11 el camino a la raíz, 12 la forma, 13 el archivo."},
      .operands = {{"RECEIPT", kReceiptOperand},
                   {"ORIGINAL",
                    {"the picture as it was sent", "la imagen tal como se envió"},
                    false}},
      .options = trust_options(),
      .run = run_receipt_check};
}

Command verify_original_command() {
  return {.name = "verify-original",
          .summary = {"for a court: is this original the picture in the log, cell by cell",
                      "para un tribunal: si este original es la imagen de la bitácora, celda a "
                      "celda"},
          .description =
              {"The whole file against the commitment to it, and every cell of it against the "
               "root with which published pictures are compared. Needs a receipt made with "
               "--court. Ends as verify-receipt does.",
               "El archivo entero contra su compromiso, y cada celda contra la raíz con la que se "
               "comparan las imágenes publicadas. Necesita un recibo hecho con --court. Termina "
               "como verify-receipt."},
          .operands = {{"ORIGINAL", {"the picture as it was received", "la imagen recibida"}},
                       {"RECEIPT", kReceiptOperand}},
          .options = trust_options(),
          .run = run_original_check};
}

}  // namespace scr::cli
