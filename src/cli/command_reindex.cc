// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/reindex.h"

namespace scr::cli {
namespace {

Result<int> run_reindex(const Arguments&, Terminal& terminal) {
  SCR_TRY(made, steps::reindex(terminal.record));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", canon::Value("scrutineer.reindex/1"));
    answer.set("tree_size", canon::Value(static_cast<std::int64_t>(made.tree_size)));
    answer.set("returns", canon::Value(static_cast<std::int64_t>(made.returns)));
    answer.set("changed", canon::Value(made.changed));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  say(terminal,
      (es ? "view.sqlite, hecho de nuevo a partir de " : "view.sqlite, made again from ") +
          grouped(terminal, made.tree_size) + (es ? " entradas: " : " entries: ") +
          grouped(terminal, made.returns) + (es ? " actas aceptadas" : " accepted returns"));
  return 0;
}

}  // namespace

Command reindex_command() {
  return {
      .name = "reindex",
      .summary = {"make view.sqlite again from the log",
                  "rehacer view.sqlite a partir de la bitácora"},
      .description =
          {"The index is for asking questions in SQL and holds nothing of its own: it can be "
           "deleted at any time, and made from the same log it comes out the same, byte for byte.",
           "El índice sirve para hacer preguntas en SQL y no contiene nada propio: puede borrarse "
           "cuando se quiera, y hecho de la misma bitácora sale igual, byte por byte."},
      .operands = {},
      .options = {},
      .run = run_reindex};
}

}  // namespace scr::cli
