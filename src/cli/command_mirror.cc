// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/mirror.h"

namespace scr::cli {
namespace {

Result<int> run_mirror(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(mirrored, steps::mirror({.from = *arguments.value("FROM"),
                                   .folder = terminal.record,
                                   .key = arguments.value("--key"),
                                   .proxy = arguments.value("--proxy").value_or("")}));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.mirror/1");
    answer.set("origin", mirrored.origin);
    answer.set("size_before", static_cast<std::int64_t>(mirrored.size_before));
    answer.set("tree_size", static_cast<std::int64_t>(mirrored.size));
    answer.set("bundles_fetched", static_cast<std::int64_t>(mirrored.bundles_fetched));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  say(terminal, mirrored.origin + ": " + grouped(terminal, mirrored.size) +
                    (es ? " entradas, todas comprobadas; antes eran "
                        : " entries, all checked; before there were ") +
                    grouped(terminal, mirrored.size_before));
  return 0;
}

}  // namespace

Command mirror_command() {
  return {.name = "mirror",
          .summary = {"fetch another's log and check every entry",
                      "traer la bitácora de otro y comprobar cada entrada"},
          .description = {"Brings the mirror in the folder of -C up to date: fetches the entries "
                          "that are new, works all hashes out again and compares with what was "
                          "signed. Cut off, it goes on where it was. Refuses another history, and "
                          "an older one.",
                          "Pone al día el espejo de la carpeta de -C: trae las entradas nuevas, "
                          "calcula de nuevo cada hash y lo compara con lo firmado. Si se corta, "
                          "sigue donde estaba. Rechaza otra historia, y una más antigua."},
          .operands = {{"FROM",
                        {"the URL under which the log is served, or a folder",
                         "la URL con la que se sirve la bitácora, o una carpeta"}}},
          .options = {{"--key",
                       "KEY",
                       {"the log's public key, or a file that holds it",
                        "la clave pública de la bitácora, o un archivo que la contenga"}},
                      {"--proxy",
                       "URL",
                       {"ask through it: socks5h://127.0.0.1:9050",
                        "preguntar a través de él: socks5h://127.0.0.1:9050"}}},
          .run = run_mirror};
}

}  // namespace scr::cli
