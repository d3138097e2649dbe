// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/import_returns.h"

namespace scr::cli {
namespace {

canon::Value as_json(const steps::Imported& imported, const std::string& source) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", canon::Value("scrutineer.import/1"));
  answer.set("source", canon::Value(source));
  answer.set("already_there", canon::Value(imported.already_there));
  answer.set("rows", canon::Value(static_cast<std::int64_t>(imported.rows)));
  answer.set("refused", canon::Value(static_cast<std::int64_t>(imported.refused)));
  answer.set("first_entry", canon::Value(static_cast<std::int64_t>(imported.first_entry)));
  answer.set("tree_size", canon::Value(static_cast<std::int64_t>(imported.tree_size)));
  answer.set("milliseconds", canon::Value(static_cast<std::int64_t>(imported.seconds * 1000)));
  return answer;
}

void tell(Terminal& terminal, const steps::Imported& imported, const std::string& source) {
  const bool es = terminal.language == report::Language::es;
  if (imported.already_there) {
    say(terminal, Text{"This file is on record from this source already; nothing was done.",
                       "Este archivo ya consta de esta fuente; no se hizo nada."});
    return;
  }
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.2f s", imported.seconds);
  say(terminal,
      grouped(terminal, imported.rows) + (es ? " transcripciones de " : " returns from ") + source +
          (es ? ", firmadas y a salvo en la bitácora en " : ", signed and safe in the log in ") +
          seconds);
  if (imported.refused > 0) {
    say(terminal,
        grouped(terminal, imported.refused) +
            (es ? " líneas no dicen un acta; véalas con: scrutineer findings --code row_refused"
                : " lines do not say a return; see them with: scrutineer findings --code "
                  "row_refused"));
  }
}

Result<int> run_import(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  steps::ImportRequest request{.record = terminal.record,
                               .file = *arguments.value("FILE"),
                               .source = election::SourceId(*arguments.value("--source")),
                               .mapping = std::nullopt};
  if (const auto mapping = arguments.value("--mapping")) request.mapping = *mapping;
  SCR_TRY(imported, steps::import_returns(request, clock));
  if (terminal.json) {
    print_json(terminal, as_json(imported, request.source.value()));
  } else {
    tell(terminal, imported, request.source.value());
  }
  return 0;
}

}  // namespace

Command import_command() {
  return {
      .name = "import",
      .summary = {"take in returns that somebody else transcribed",
                  "incorporar actas que otros transcribieron"},
      .description =
          {"Reads a CSV file of returns, one line a station. The file itself is kept as evidence; "
           "each line becomes an entry of the log that names its source and its line. A line that "
           "says no return is kept as a refusal, never skipped. All or nothing.",
           "Lee un archivo CSV de actas, una línea por mesa. El archivo mismo se guarda como "
           "evidencia; cada línea pasa a ser una entrada de la bitácora que nombra su fuente y su "
           "línea. Una línea que no dice un acta queda como rechazo, nunca se omite. Todo o nada."},
      .operands = {{"FILE", {"the CSV file", "el archivo CSV"}}},
      .options = {{"--source",
                   "NAME",
                   {"who transcribed it (lower-case letters, digits, - . _)",
                    "quién lo transcribió (minúsculas, cifras, - . _)"},
                   true},
                  {"--mapping",
                   "FILE",
                   {"which column says what (default: the definition's)",
                    "qué dice cada columna (por omisión, el de la definición)"}}},
      .run = run_import};
}

}  // namespace scr::cli
