// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/add.h"

namespace scr::cli {
namespace {

canon::Value as_json(const steps::Added& added) {
  canon::Value unread = canon::Value::object();
  for (const auto& [reason, count] : added.unread)
    unread.set(reason, static_cast<std::int64_t>(count));
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.add/1");
  answer.set("files", static_cast<std::int64_t>(added.files));
  answer.set("read", static_cast<std::int64_t>(added.read));
  answer.set("jointly", static_cast<std::int64_t>(added.jointly));
  answer.set("disagree", static_cast<std::int64_t>(added.disagree));
  answer.set("already_there", static_cast<std::int64_t>(added.already_there));
  answer.set("unread", unread);
  answer.set("bytes", static_cast<std::int64_t>(added.bytes));
  answer.set("tree_size", static_cast<std::int64_t>(added.tree_size));
  answer.set("milliseconds", static_cast<std::int64_t>(added.seconds * 1000));
  return answer;
}

std::uint64_t unread_in_all(const steps::Added& added) {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : added.unread) sum += count;
  return sum;
}

void tell(Terminal& terminal, const steps::Added& added) {
  const bool es = terminal.language == report::Language::es;
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", added.seconds);
  say(terminal, grouped(terminal, added.files) + (es ? " archivos: " : " files: ") +
                    grouped(terminal, added.read) +
                    (es ? " actas leídas, firmadas y a salvo en la bitácora en "
                        : " sheets read, signed and safe in the log in ") +
                    seconds);
  if (added.already_there > 0) {
    say(terminal, grouped(terminal, added.already_there) +
                      (es ? " ya constaban, byte por byte; nada se hizo con ellos"
                          : " were on record already, byte for byte; nothing was done with them"));
  }
  if (added.jointly > 0) {
    say(terminal,
        grouped(terminal, added.jointly) + (es ? " de ellas con la ayuda de las cifras impresas"
                                               : " of them with the help of the printed numbers"));
  }
  if (added.disagree > 0) {
    say(terminal, grouped(terminal, added.disagree) +
                      (es ? " tienen cifras impresas que no son las de su código: scrutineer "
                            "findings --code print_differs"
                          : " have printed numbers that are not what their code says: scrutineer "
                            "findings --code print_differs"));
  }
  const std::uint64_t unread = unread_in_all(added);
  if (unread == 0) return;
  say(terminal, grouped(terminal, unread) + (es ? " no se pudieron leer y esperan a una persona: "
                                                  "scrutineer findings --code unread_picture"
                                                : " could not be read and wait for a person: "
                                                  "scrutineer findings --code unread_picture"));
  for (const auto& [reason, count] : added.unread)
    say(terminal, "  " + reason + "  " + grouped(terminal, count));
}

// One line that is written over, on a terminal only.
void show_progress(Terminal& terminal, const steps::AddProgress& progress) {
  if (!terminal.progress || progress.seconds <= 0) return;
  const bool es = terminal.language == report::Language::es;
  const double rate = static_cast<double>(progress.done) / progress.seconds;
  const double left = static_cast<double>(progress.all - progress.done) / std::max(rate, 1e-9);
  char words[96];
  std::snprintf(words, sizeof words,
                es ? ", %.0f por segundo, faltan %d:%02d " : ", %.0f a second, %d:%02d left ", rate,
                static_cast<int>(left) / 60, static_cast<int>(left) % 60);
  terminal.err << "\r" << grouped(terminal, progress.done) << (es ? " de " : " of ")
               << grouped(terminal, progress.all) << words << std::flush;
  if (progress.done == progress.all) terminal.err << "\n";
}

Result<int> run(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  steps::AddRequest request{.record = terminal.record, .paths = {}};
  for (const std::string& path : arguments.all("PATH")) request.paths.emplace_back(path);
  SCR_TRY(added, steps::add(request, clock, [&](const steps::AddProgress& progress) {
            show_progress(terminal, progress);
          }));
  if (terminal.json) {
    print_json(terminal, as_json(added));
  } else {
    tell(terminal, added);
  }
  return 0;
}

}  // namespace

Command add_command() {
  return {.name = "add",
          .summary = {"take in pictures of sheets and read them",
                      "incorporar imágenes de actas y leerlas"},
          .description =
              {"Takes in pictures of sheets (JPEG, PNG, WebP, TIFF, HEIF): single files, or "
               "folders with all that is in them. Each file is kept as "
               "evidence under its hash; the code printed on the sheet is read in a confined "
               "process, and what it says becomes an entry "
               "of the log. What cannot be read is set apart for people. Interrupted, run it "
               "again: it goes on where it stopped. "
               "Pictures stay in the record and are not published.",
               "Incorpora imágenes de actas (JPEG, PNG, WebP, TIFF, HEIF): archivos sueltos, o "
               "carpetas con todo su contenido. Cada archivo se "
               "guarda como evidencia bajo su huella; el código impreso en el acta se lee en un "
               "proceso confinado, y lo que dice pasa a ser una "
               "entrada de la bitácora. Lo que no se puede leer queda aparte para que lo vea una "
               "persona. Si se interrumpe, repítalo: "
               "sigue donde quedó. Las imágenes permanecen en el expediente y no se publican."},
          .operands = {{"PATH",
                        {"picture or folder, or several", "imagen o carpeta, o varias"},
                        true,
                        true}},
          .options = {},
          .run = run};
}

}  // namespace scr::cli
