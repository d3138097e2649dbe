// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include "cli/commands.h"
#include "cli/redact_actions.h"

namespace scr::cli {
namespace {

struct Action {
  const char* name;
  Run run;
};
constexpr std::array<Action, 9> kActions{{{"commit", redaction::commit},
                                          {"key", redaction::make_key},
                                          {"person", redaction::person},
                                          {"withdraw", redaction::withdraw},
                                          {"propose", redaction::propose},
                                          {"preview", redaction::preview},
                                          {"approve", redaction::approve},
                                          {"make", redaction::make},
                                          {"status", redaction::status}}};

Result<int> run_redact(const Arguments& arguments, Terminal& terminal) {
  const std::string wanted = *arguments.value("ACTION");
  std::string all;
  for (const Action& action : kActions) {
    if (wanted == action.name) return action.run(arguments, terminal);
    all += (all.empty() ? "" : ", ") + std::string(action.name);
  }
  return fail(ErrorCode::bad_input, "no such action; there are " + all, wanted);
}

}  // namespace

Command redact_command() {
  return {
      .name = "redact",
      .summary = {"hide names and signatures in pictures, with proof that nothing else changed",
                  "ocultar nombres y firmas en imágenes, con prueba de que nada más cambió"},
      .description =
          {"commit puts into the log what each picture is, bit for bit, without a word of what it "
           "shows: do it soon after add. key makes a key for a person, person names its public "
           "part in the log, withdraw takes that back. propose writes to a file what the "
           "definition says that such a sheet shows of people; correct it, look at it with "
           "preview. approve signs it: it takes two people who mean the same cells. A mask that "
           "covers the code or a number is refused. make makes again what was approved and is not "
           "there, status says what waits. publish hands out what two people approved, and a proof "
           "with each picture.",
           "commit deja en la bitácora qué es cada imagen, bit por bit, sin decir qué muestra: "
           "hágalo poco después de add. key hace una clave para una persona, person nombra su "
           "parte pública en la bitácora, withdraw lo retira. propose escribe en un archivo lo que "
           "según la definición muestra de las personas tal acta; corríjalo y mírelo con preview. "
           "approve lo firma: hacen falta dos personas que quieran las mismas celdas. Una máscara "
           "que tape el código o una cifra se rechaza. make vuelve a hacer lo aprobado que falte, "
           "status dice qué espera. publish entrega lo que dos personas aprobaron, y una prueba "
           "con cada imagen."},
      .operands = {{"ACTION",
                    {"commit, key, person, withdraw, propose, preview, approve, make or status",
                     "commit, key, person, withdraw, propose, preview, approve, make o status"}},
                   {"SUBJECT",
                    {"propose, preview, approve: the picture, by the number of its entry or the "
                     "beginning of its SHA-256; key, withdraw: the name of a key; person: a public "
                     "key",
                     "propose, preview, approve: la imagen, por el número de su entrada o el "
                     "comienzo de su SHA-256; key, withdraw: el nombre de una clave; person: una "
                     "clave pública"},
                    false}},
      .options =
          {{"--all",
            "FOLDER",
            {"propose, approve: every picture that waits; a mask file and a preview each, in "
             "this folder",
             "propose, approve: cada imagen que espera; un archivo de máscara y una vista de "
             "cada una, en esta carpeta"}},
           {"--mask",
            "FILE",
            {"what is hidden; written by propose, read by preview and approve",
             "lo que se oculta; lo escribe propose, lo leen preview y approve"}},
           {"--out",
            "FILE",
            {"propose, preview: also write the picture as it would be published",
             "propose, preview: escribir además la imagen como se publicaría"}},
           {"--key",
            "FILE",
            {"your private key; made by key, used by approve",
             "su clave privada; la hace key, la usa approve"}}},
      .run = run_redact};
}

}  // namespace scr::cli
