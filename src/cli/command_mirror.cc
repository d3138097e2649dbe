// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/mirror.h"

namespace scr::cli {
namespace {

// A whole number of `unit`s; `most`: what fits.
Result<std::uint64_t> number_of(const Arguments& arguments, const char* name, std::uint64_t usual,
                                std::uint64_t most) {
  const auto text = arguments.value(name);
  if (!text) return usual;
  const auto number = parse_decimal(*text);
  if (number && *number > 0 && *number <= most) return *number;
  return fail(ErrorCode::bad_input, "is not a whole number from 1 to " + std::to_string(most),
              name);
}

Result<steps::MirrorLimits> limits_of(const Arguments& arguments) {
  steps::MirrorLimits limits;
  SCR_TRY(megabytes, number_of(arguments, "--most-megabytes", 100'000, 1'000'000'000));
  SCR_TRY(entries, number_of(arguments, "--most-entries", limits.entries, 1'000'000'000));
  SCR_TRY(minutes, number_of(arguments, "--most-minutes", 24 * 60, 100'000));
  SCR_TRY(patience, number_of(arguments, "--patience", 30, 3600));
  limits.bytes = megabytes * 1'000'000;
  limits.entries = entries;
  limits.time = std::chrono::minutes(static_cast<std::int64_t>(minutes));
  limits.patience = std::chrono::seconds(static_cast<std::int64_t>(patience));
  return limits;
}

canon::Value mirrored_json(const steps::Mirrored& mirrored) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.mirror/1");
  answer.set("origin", mirrored.origin);
  answer.set("size_before", static_cast<std::int64_t>(mirrored.size_before));
  answer.set("tree_size", static_cast<std::int64_t>(mirrored.size));
  answer.set("bundles_fetched", static_cast<std::int64_t>(mirrored.bundles_fetched));
  answer.set("bytes_fetched", static_cast<std::int64_t>(mirrored.bytes_fetched));
  answer.set("evidence_fetched", static_cast<std::int64_t>(mirrored.evidence_fetched));
  answer.set("pictures_fetched", static_cast<std::int64_t>(mirrored.pictures_fetched));
  answer.set("pictures_not_there", static_cast<std::int64_t>(mirrored.pictures_not_there));
  canon::Value problems = canon::Value::array();
  for (const Error& problem : mirrored.problems)
    problems.push_back(
        canon::Value::object().set("where", problem.where).set("what", problem.what));
  answer.set("problems", problems);
  return answer;
}

std::string mirrored_text(const steps::Mirrored& mirrored, bool log_only,
                          const Terminal& terminal) {
  const bool es = terminal.language == report::Language::es;
  std::string text = mirrored.origin + ": " + grouped(terminal, mirrored.size) +
                     (es ? " entradas, todas comprobadas; antes eran "
                         : " entries, all checked; before there were ") +
                     grouped(terminal, mirrored.size_before);
  if (log_only) return text;
  text += "\n" + grouped(terminal, mirrored.evidence_fetched) +
          (es ? " archivos de evidencia y " : " files of evidence and ") +
          grouped(terminal, mirrored.pictures_fetched) +
          (es ? " imágenes mostradas en parte se trajeron y son lo que la bitácora dice"
              : " pictures shown in part were fetched and are what the log says");
  if (mirrored.pictures_not_there > 0) {
    text += "\n" + grouped(terminal, mirrored.pictures_not_there) +
            (es ? " imágenes aprobadas no están allí" : " approved pictures are not there");
  }
  for (const Error& problem : mirrored.problems) text += "\n  ✗ " + to_string(problem);
  if (!mirrored.problems.empty()) {
    text += es ? "\nLo demás se guardó. Repítalo desde otro lugar que lo publique: solo se trae lo "
                 "que falta."
               : "\nThe rest was kept. Do it again from another place that publishes it: only what "
                 "is missing is fetched.";
  }
  return text;
}

Result<int> run_mirror(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(limits, limits_of(arguments));
  const bool log_only = arguments.has("--log-only");
  SCR_TRY(mirrored, steps::mirror({.from = *arguments.value("FROM"),
                                   .folder = terminal.record,
                                   .key = arguments.value("--key"),
                                   .proxy = arguments.value("--proxy").value_or(""),
                                   .log_only = log_only,
                                   .policy = arguments.value("--policy"),
                                   .limits = limits,
                                   .language = terminal.language}));
  if (terminal.json) {
    print_json(terminal, mirrored_json(mirrored));
  } else {
    say(terminal, mirrored_text(mirrored, log_only, terminal));
  }
  return mirrored.problems.empty() ? 0 : static_cast<int>(Exit::input);
}

}  // namespace

Command mirror_command() {
  return {
      .name = "mirror",
      .summary = {"keep a copy of what another publishes, checked",
                  "guardar una copia comprobada de lo que otro publica"},
      .description =
          {"Brings the copy in the folder of -C up to date: the log, every entry of it hashed "
           "again "
           "and held against what was signed; definition, evidence and redacted pictures, each "
           "held "
           "against its entry. Result, tables, proofs and page are made here. Cut off, it goes on "
           "where it was, also from another server. Refuses another history, and an older one.",
           "Pone al día la copia de la carpeta de -C: la bitácora, con cada entrada resumida de "
           "nuevo y comparada con lo firmado; definición, evidencia e imágenes con partes ocultas, "
           "cada una comparada con su entrada. Resultado, tablas, pruebas y página se hacen aquí. "
           "Si se corta, sigue donde estaba, también desde otro servidor. Rechaza otra historia, y "
           "una más antigua."},
      .operands = {{"FROM",
                    {"the URL under which a bundle is served, or its folder",
                     "la URL con la que se sirve un paquete, o su carpeta"}}},
      .options = {{"--key",
                   "KEY",
                   {"the log's public key, or a file that holds it",
                    "la clave pública de la bitácora, o un archivo que la contenga"}},
                  {"--policy",
                   "FILE",
                   {"whose cosignatures the checkpoint must have",
                    "de quiénes tienen que ser las cofirmas del punto de control"}},
                  {"--proxy",
                   "URL",
                   {"ask through it: socks5h://127.0.0.1:9050",
                    "preguntar a través de él: socks5h://127.0.0.1:9050"}},
                  {"--log-only",
                   nullptr,
                   {"the log and nothing else; FROM may then be a log alone",
                    "la bitácora y nada más; FROM puede ser entonces una bitácora sola"}},
                  {"--most-megabytes",
                   "N",
                   {"take no more in this run (default: 100000)",
                    "no aceptar más en esta vez (por omisión, 100000)"}},
                  {"--most-entries",
                   "N",
                   {"take no log that has more (default: 10000000)",
                    "no aceptar una bitácora que tenga más (por omisión, 10000000)"}},
                  {"--most-minutes",
                   "N",
                   {"take no longer (default: 1440)", "no tardar más (por omisión, 1440)"}},
                  {"--patience",
                   "SECONDS",
                   {"give up an answer of which next to nothing comes for so long (default: 30)",
                    "dejar una respuesta de la que no llega casi nada en tanto tiempo (por "
                    "omisión, 30)"}}},
      .run = run_mirror};
}

}  // namespace scr::cli
