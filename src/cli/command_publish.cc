// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/publish.h"

namespace scr::cli {
namespace {

Result<int> run_publish(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  const std::string out = *arguments.value("OUT");
  SCR_TRY(published, steps::publish(terminal.record, out, terminal.language, clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.publish/1");
    answer.set("out", out);
    answer.set("tree_size", static_cast<std::int64_t>(published.tree_size));
    answer.set("result_sha256", published.result_sha256);
    answer.set("stated_now", canon::Value(published.stated_now));
    answer.set("files", static_cast<std::int64_t>(published.files));
    answer.set("bytes", static_cast<std::int64_t>(published.bytes));
    answer.set("pictures_redacted", static_cast<std::int64_t>(published.pictures_redacted));
    answer.set("pictures_withheld", static_cast<std::int64_t>(published.pictures_withheld));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  say(terminal, (es ? "Publicado en " : "Published in ") + out + ": " +
                    grouped(terminal, published.files) + (es ? " archivos, " : " files, ") +
                    grouped(terminal, published.bytes) + (es ? " bytes" : " bytes"));
  if (published.pictures_withheld > 0) {
    say(terminal,
        grouped(terminal, published.pictures_withheld) +
            (es ? " imágenes de actas quedan en el expediente: muestran nombres y firmas"
                : " pictures of sheets stay in the record: they show names and signatures"));
  }
  if (published.pictures_redacted > 0) {
    say(terminal, grouped(terminal, published.pictures_redacted) +
                      (es ? " de ellas se publican con eso oculto, y con prueba de que nada más "
                            "cambió"
                          : " of them are published with that hidden, and with proof that nothing "
                            "else was changed"));
  }
  say(terminal, (es ? "El resultado consta en la bitácora; su SHA-256 es "
                    : "The result is stated in the log; its SHA-256 is ") +
                    published.result_sha256);
  say(terminal, Text{"Anybody checks it with: scrutineer verify FOLDER --key KEY",
                     "Cualquiera lo comprueba con: scrutineer verify CARPETA --key CLAVE"});
  return 0;
}

}  // namespace

Command publish_command() {
  return {.name = "publish",
          .summary = {"make a folder that can be handed to anybody",
                      "hacer una carpeta para entregar a cualquiera"},
          .description = {"States the result in the log, then copies the log, the evidence, the "
                          "definition, the result and "
                          "a page to a new folder. No key and no index goes along. The evidence "
                          "that is copied is what "
                          "was taken in: see that all of it may be public.",
                          "Hace constar el resultado en la bitácora y copia la bitácora, la "
                          "evidencia, la definición, el "
                          "resultado y una página a una carpeta nueva. No va ninguna clave ni "
                          "índice. La evidencia que se "
                          "copia es la incorporada: compruebe que toda puede ser pública."},
          .operands = {{"OUT", {"the folder to make", "la carpeta por crear"}}},
          .options = {},
          .run = run_publish};
}

}  // namespace scr::cli
