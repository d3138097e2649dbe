// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "report/words.h"
#include "steps/add.h"
#include "steps/commit_pictures.h"
#include "steps/redact_workers.h"

namespace scr::cli {
namespace {

using Reasons = std::map<std::string, std::uint64_t>;

canon::Value as_json(const Reasons& reasons) {
  canon::Value counts = canon::Value::object();
  for (const auto& [reason, count] : reasons) counts.set(reason, static_cast<std::int64_t>(count));
  return counts;
}

canon::Value as_json(const steps::Added& added) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.add/1");
  const std::pair<const char*, std::uint64_t> numbers[] = {{"files", added.files},
                                                           {"containers", added.containers},
                                                           {"parts", added.parts},
                                                           {"read", added.read},
                                                           {"jointly", added.jointly},
                                                           {"disagree", added.disagree},
                                                           {"already_there", added.already_there},
                                                           {"repeated", added.repeated},
                                                           {"bytes", added.bytes},
                                                           {"tree_size", added.tree_size}};
  for (const auto& [name, n] : numbers) answer.set(name, static_cast<std::int64_t>(n));
  answer.set("unread", as_json(added.unread));
  answer.set("refused", as_json(added.refused));
  answer.set("cut", as_json(added.cut));
  answer.set("milliseconds", static_cast<std::int64_t>(added.seconds * 1000));
  return answer;
}

// "{n} were ...", and below it how many for each reason and what to do.
void tell_reasons(Terminal& terminal, const Reasons& reasons, const Text& what) {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : reasons) sum += count;
  if (sum == 0) return;
  const bool es = terminal.language == report::Language::es;
  say(terminal, grouped(terminal, sum) + " " + (es ? what.es : what.en));
  for (const auto& [reason, count] : reasons) {
    say(terminal, "  " + grouped(terminal, count) + "  " + reason + ": " +
                      report::reason_words(terminal.language, reason));
  }
}

void tell_if_any(Terminal& terminal, std::uint64_t n, const Text& what) {
  if (n == 0) return;
  const bool es = terminal.language == report::Language::es;
  say(terminal, grouped(terminal, n) + " " + (es ? what.es : what.en));
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
  tell_if_any(terminal, added.containers, {"containers gone through", "contenedores recorridos"});
  tell_if_any(terminal, added.parts, {"parts of containers seen", "partes de contenedores vistas"});
  tell_if_any(terminal, added.already_there,
              {"were on record already, byte for byte; nothing was done with them",
               "ya constaban, byte por byte; nada se hizo con ellos"});
  tell_if_any(terminal, added.repeated,
              {"were the same bytes once more; that is noted: scrutineer findings --code "
               "received_again",
               "eran los mismos bytes otra vez; queda anotado: scrutineer findings --code "
               "received_again"});
  tell_if_any(terminal, added.jointly,
              {"of them with the help of the printed numbers",
               "de ellas con la ayuda de las cifras impresas"});
  tell_if_any(terminal, added.disagree,
              {"have printed numbers that are not what their code says: scrutineer findings --code "
               "print_differs",
               "tienen cifras impresas que no son las de su código: scrutineer findings --code "
               "print_differs"});
  tell_reasons(terminal, added.unread,
               {"could not be read and wait for a person: scrutineer findings --code "
                "unread_picture",
                "no se pudieron leer y esperan a una persona: scrutineer findings --code "
                "unread_picture"});
  tell_reasons(terminal, added.refused,
               {"parts of containers were not taken in: scrutineer findings --code part_refused",
                "partes de contenedores no se incorporaron: scrutineer findings --code "
                "part_refused"});
  tell_reasons(terminal, added.cut,
               {"containers could not be gone through to their end: scrutineer findings --code "
                "container_cut",
                "contenedores no se pudieron recorrer hasta el final: scrutineer findings --code "
                "container_cut"});
}

// A line that is written over, on a terminal only and for what takes more than a second.
class ProgressLine {
 public:
  explicit ProgressLine(Terminal& terminal) : terminal_(terminal) {}
  ~ProgressLine() {
    if (shown_ > 0) terminal_.err << "\r\x1B[K" << std::flush;
  }

  void show(const steps::AddProgress& progress) {
    // Ten times a second is as often as anybody can read it.
    if (!terminal_.progress || progress.seconds < std::max(1.0, shown_ + 0.1)) return;
    shown_ = progress.seconds;
    terminal_.err << "\r\x1B[K" << line(progress) << std::flush;
  }

 private:
  std::string line(const steps::AddProgress& progress) const {
    const bool es = terminal_.language == report::Language::es;
    const std::size_t filled =
        progress.files == 0 ? kCells : kCells * progress.files_done / progress.files;
    std::string text = "[" + std::string(filled, '#') + std::string(kCells - filled, '.') + "] " +
                       grouped(terminal_, progress.files_done) + (es ? " de " : " of ") +
                       grouped(terminal_, progress.files) + (es ? " archivos" : " files");
    char rate[48];
    std::snprintf(rate, sizeof rate,
                  es ? ", %.0f imágenes por segundo" : ", %.0f pictures a second",
                  static_cast<double>(progress.pictures) / progress.seconds);
    text += rate;
    if (progress.in_part > 0) {
      text += (es ? ", contenedor: parte " : ", container: part ") +
              grouped(terminal_, progress.in_part);
    }
    return text + left(progress);
  }

  // A container does not say beforehand how much is in it: then nobody knows.
  std::string left(const steps::AddProgress& progress) const {
    const bool es = terminal_.language == report::Language::es;
    if (progress.containers || progress.files_done == 0)
      return es ? ", tiempo restante desconocido" : ", time left unknown";
    const double each = progress.seconds / static_cast<double>(progress.files_done);
    const int seconds =
        static_cast<int>(each * static_cast<double>(progress.files - progress.files_done));
    char text[48];
    std::snprintf(text, sizeof text, es ? ", faltan %d:%02d" : ", %d:%02d left", seconds / 60,
                  seconds % 60);
    return text;
  }

  static constexpr std::size_t kCells = 24;
  Terminal& terminal_;
  double shown_ = 0;  // seconds
};

Result<int> run_add(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  steps::AddRequest request{.record = terminal.record, .paths = {}};
  for (const std::string& path : arguments.all("PATH")) request.paths.emplace_back(path);
  std::optional<steps::RedactWorkers> committing;
  if (arguments.has("--commit")) {
    // Before anything that makes threads.
    SCR_TRY(workers, steps::RedactWorkers::start(std::nullopt));
    committing = std::move(workers);
  }
  Result<steps::Added> done = [&] {
    ProgressLine line(terminal);
    return steps::add(request, clock,
                      [&](const steps::AddProgress& progress) { line.show(progress); });
  }();
  SCR_TRY(added, std::move(done));
  std::uint64_t committed = 0;
  if (committing) {
    SCR_TRY(commitments, steps::commit_pictures(terminal.record, *committing, clock,
                                                [](std::uint64_t, std::uint64_t) {}));
    committed = commitments.pictures;
    added.tree_size = commitments.tree_size;
  }
  if (terminal.json) {
    canon::Value answer = as_json(added);
    answer.set("committed", static_cast<std::int64_t>(committed));
    print_json(terminal, answer);
    return 0;
  }
  tell(terminal, added);
  tell_if_any(terminal, committed,
              {"are committed to in the log, bit for bit",
               "quedan comprometidas en la bitácora, bit por bit"});
  return 0;
}

}  // namespace

Command add_command() {
  return {
      .name = "add",
      .summary = {"take in pictures of sheets and read them",
                  "incorporar imágenes de actas y leerlas"},
      .description =
          {"Takes in pictures of sheets (JPEG, PNG, WebP, TIFF, HEIF): single files, folders "
           "with all that is in them, and containers: PDF, zip, 7z, tar (also as gz, xz, zst). "
           "Each file and each picture in a container is kept as evidence under its hash; the "
           "code printed on the sheet is read in a confined process, and what it says becomes "
           "an entry of the log. What cannot be read is set apart for people. Interrupted, run "
           "it again: it goes on where it stopped. Pictures and containers stay in the record "
           "and are not published.",
           "Incorpora imágenes de actas (JPEG, PNG, WebP, TIFF, HEIF): archivos sueltos, "
           "carpetas con todo su contenido, y contenedores: PDF, zip, 7z, tar (también como gz, "
           "xz, zst). Cada archivo y cada imagen de un contenedor se guarda como evidencia bajo "
           "su huella; el código impreso en el acta se lee en un proceso confinado, y lo que "
           "dice pasa a ser una entrada de la bitácora. Lo que no se puede leer queda aparte "
           "para que lo vea una persona. Si se interrumpe, repítalo: sigue donde quedó. Las "
           "imágenes y los contenedores permanecen en el expediente y no se publican."},
      .operands = {{"PATH",
                    {"picture, container or folder, or several",
                     "imagen, contenedor o carpeta, o varios"},
                    true,
                    true}},
      .options = {{"--commit",
                   nullptr,
                   {"also put into the log what each picture is, bit for bit, so that it can be "
                    "shown in part later: redact",
                    "dejar además en la bitácora qué es cada imagen, bit por bit, para poder "
                    "mostrarla luego en parte: redact"}}},
      .run = run_add};
}

}  // namespace scr::cli
