// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <string>
#include <utility>

#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/verify_output.h"
#include "cli/verify_report.h"
#include "os/files.h"
#include "steps/verify.h"

namespace scr::cli {
namespace {

// A line that is written over: how far a level is. Nothing in the first second.
class LevelProgress {
 public:
  explicit LevelProgress(Terminal& terminal) : terminal_(terminal) {}
  ~LevelProgress() {
    if (shown_) terminal_.err << "\r\x1B[K" << std::flush;
  }

  void show(verify::Level level, std::uint64_t done, std::uint64_t all) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_.progress || all == 0 || now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    shown_ = true;
    constexpr std::uint64_t kCells = 24;
    const auto filled = static_cast<std::size_t>(kCells * done / all);
    const bool es = terminal_.language == report::Language::es;
    terminal_.err << "\r\x1B[K[" << std::string(filled, '#') << std::string(kCells - filled, '.')
                  << "] " << (es ? "nivel " : "level ") << static_cast<int>(level) << ": "
                  << grouped(terminal_, done) << (es ? " de " : " of ") << grouped(terminal_, all)
                  << std::flush;
  }

 private:
  Terminal& terminal_;
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(1);
  bool shown_ = false;
};

// --sample and --seed: both or neither.
Result<std::optional<verify::Readings::Sample>> sample_of(const Arguments& arguments) {
  const auto size = arguments.value("--sample");
  const auto seed = arguments.value("--seed");
  if (!size && !seed) return std::optional<verify::Readings::Sample>();
  const auto number = size ? parse_decimal(*size) : std::nullopt;
  if (!number || !seed || seed->empty()) {
    return fail(ErrorCode::bad_input,
                "takes a whole number of pictures, and --seed the words they are drawn by",
                "--sample");
  }
  return std::optional(verify::Readings::Sample{*number, *seed});
}

Result<int> run_verify(const Arguments& arguments, Terminal& terminal) {
  LevelProgress progress(terminal);
  steps::VerifyRequest request{.path = arguments.value("PATH").value_or(terminal.record),
                               .key = arguments.value("--key")};
  if (const auto policy = arguments.value("--policy")) request.policy = *policy;
  if (const auto known = arguments.value("--known")) request.known = *known;
  if (const auto resume = arguments.value("--resume")) request.resume = *resume;
  SCR_TRY(sample, sample_of(arguments));
  request.sample = std::move(sample);
  request.tell = [&](verify::Level level, std::uint64_t done, std::uint64_t all) {
    progress.show(level, done, all);
  };
  SCR_TRY(report, steps::verify(request));
  if (const auto file = arguments.value("--report")) {
    const ReportBasis basis{.path = request.path.string(), .sample = request.sample};
    SCR_TRY_VOID(os::replace_file(*file, verification_report(report, basis, terminal.language),
                                  os::kPublic));
  }
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
          .description = {"Level 0 the signatures, 1 every entry and tile, 2 the grammar, 3 the "
                          "evidence, 4 the evidence read again, 5 the result and the tables "
                          "worked out again. Ends with 10 + the lowest level that does not hold. "
                          "Only pictures can be read in a sample; everything else is always "
                          "checked whole.",
                          "Nivel 0 las firmas, 1 cada entrada y losa, 2 la gramática, 3 la "
                          "evidencia, 4 la evidencia leída de nuevo, 5 el resultado y las tablas "
                          "calculados de nuevo. Termina con 10 + el nivel más bajo que no se "
                          "sostiene. Solo las imágenes se pueden leer por muestra; todo lo demás "
                          "se comprueba siempre entero."},
          .operands = {{"PATH",
                        {"the folder, or tar file (default: the folder of -C)",
                         "la carpeta, o archivo tar (por omisión, la carpeta de -C)"},
                        false}},
          .options = {{"--key",
                       "KEY",
                       {"the log's public key, or a file that holds it",
                        "la clave pública de la bitácora, o un archivo que la contenga"}},
                      {"--policy",
                       "FILE",
                       {"whose cosignatures are needed (C2SP tlog-policy)",
                        "de quién hacen falta cofirmas (C2SP tlog-policy)"}},
                      {"--known",
                       "FILE",
                       {"a checkpoint of this log that you kept: the bundle must go on from it",
                        "un punto de control de esta bitácora que usted guardó: el paquete tiene "
                        "que continuarlo"}},
                      {"--sample",
                       "N",
                       {"read only N of the pictures again, drawn by --seed",
                        "leer de nuevo solo N de las imágenes, sorteadas con --seed"}},
                      {"--seed",
                       "WORDS",
                       {"words that nobody could know when the bundle was made",
                        "palabras que nadie podía saber cuando se hizo el paquete"}},
                      {"--resume",
                       "FILE",
                       {"note there which pictures are done; go on with the rest next time",
                        "anotar ahí las imágenes hechas; seguir con el resto la próxima vez"}},
                      {"--report",
                       "FILE",
                       {"write there, in whole sentences, what was checked and found",
                        "escribir ahí, en frases enteras, lo comprobado y lo hallado"}}},
          .run = run_verify};
}

}  // namespace scr::cli
