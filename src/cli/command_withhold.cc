// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include "cli/commands.h"
#include "cli/output.h"
#include "entry/picture_withheld.h"
#include "os/clock.h"
#include "steps/withhold.h"

namespace scr::cli {
namespace {

constexpr std::array<entry::WithheldFor, 3> kReasons{entry::WithheldFor::court_order,
                                                     entry::WithheldFor::personal_safety,
                                                     entry::WithheldFor::unlawful_content};

Result<entry::WithheldFor> reason_in(const Arguments& arguments) {
  const auto typed = arguments.value("--reason");
  std::string all;
  for (const entry::WithheldFor reason : kReasons) {
    if (typed == entry::name_of(reason)) return reason;
    all += (all.empty() ? "" : ", ") + std::string(entry::name_of(reason));
  }
  return fail(ErrorCode::bad_input, "is needed, and stands in the log; one of " + all, "--reason");
}

Result<int> run_withhold(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(reason, reason_in(arguments));
  os::SystemClock clock;
  SCR_TRY(done, steps::withhold(terminal.record, *arguments.value("PICTURE"), reason, clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.withhold/1");
    answer.set("picture", done.picture.hex());
    answer.set("reason", entry::name_of(reason));
    answer.set("tree_size", static_cast<std::int64_t>(done.tree_size));
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, done.picture.hex());
  say(terminal,
      Text{
          "is withheld: it is not handed out, and the log says why. What was read off it still "
          "counts. What was published before cannot be called back.",
          "queda retenida: no se entrega, y la bitácora dice por qué. Lo que se leyó de ella sigue "
          "contando. Lo que se publicó antes no se puede recuperar."});
  return 0;
}

}  // namespace

Command withhold_command() {
  return {
      .name = "withhold",
      .summary = {"keep a picture back, and say why in the log",
                  "retener una imagen y decir por qué en la bitácora"},
      .description =
          {"The picture, and what two people approved to show of it, is not handed out any "
           "more. Its hash, its commitment and its reading stay, and every verifier lists it "
           "with the reason. This is the only way to keep back a picture that was approved: "
           "a copy that just lacks it does not verify. It cannot be undone. Where its very "
           "bytes must go, remove evidence/aa/SHA-256 afterwards; fsck then knows why it is "
           "not there.",
           "La imagen, y lo que dos personas aprobaron mostrar de ella, ya no se entrega. Quedan "
           "su resumen, su compromiso y su lectura, y todo verificador la lista con el motivo. "
           "Es la única manera de retener una imagen aprobada: una copia a la que simplemente "
           "le falta no se verifica. No se puede deshacer. Si sus propios bytes deben "
           "desaparecer, borre después evidence/aa/SHA-256; fsck sabe entonces por qué no "
           "está."},
      .operands = {{"PICTURE",
                    {"the number of its entry, or the beginning of its SHA-256",
                     "el número de su entrada o el comienzo de su SHA-256"}}},
      .options = {{"--reason",
                   "WHY",
                   {"court-order, personal-safety or unlawful-content",
                    "court-order, personal-safety o unlawful-content"}}},
      .run = run_withhold};
}

}  // namespace scr::cli
