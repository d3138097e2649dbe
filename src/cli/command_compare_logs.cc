// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/compare_logs.h"

namespace scr::cli {
namespace {

std::string verdict(const steps::ComparedLogs& compared, bool es) {
  switch (compared.relation) {
    case witness::Relation::consistent:
      return compared.size_a == compared.size_b
                 ? (es ? "son la misma bitácora" : "they are the same log")
                 : (es ? "B es A, crecida" : "B is A, grown");
    case witness::Relation::older:
      return es ? "B es más antigua que A: una copia atrasada, o devuelta a un estado anterior"
                : "B is older than A: a late copy, or one that was set back";
    case witness::Relation::fork:
      return es ? "BIFURCACIÓN: se firmaron dos historias; ningún árbol contiene ambas"
                : "FORK: two histories were signed; no tree has both";
  }
  return "";
}

Result<int> run_compare_logs(const Arguments& arguments, Terminal& terminal) {
  steps::CompareLogsRequest request{.a = *arguments.value("A"),
                                    .b = *arguments.value("B"),
                                    .key = arguments.value("--key"),
                                    .proxy = arguments.value("--proxy").value_or("")};
  if (const auto file = arguments.value("--evidence")) request.evidence = *file;
  SCR_TRY(compared, steps::compare_logs(request));
  const bool fork = compared.relation == witness::Relation::fork;
  const int exit = fork ? static_cast<int>(Exit::verify_says_no) : 0;
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.compare-logs/1");
    answer.set("origin", compared.origin);
    answer.set("relation", witness::name_of(compared.relation));
    answer.set("size_a", static_cast<std::int64_t>(compared.size_a));
    answer.set("size_b", static_cast<std::int64_t>(compared.size_b));
    answer.set("path", static_cast<std::int64_t>(compared.path));
    answer.set("evidence_written", canon::Value(compared.evidence_written));
    print_json(terminal, answer);
    return exit;
  }
  const bool es = terminal.language == report::Language::es;
  terminal.out << compared.origin << "\n  A " << grouped(terminal, compared.size_a)
               << (es ? " entradas, B " : " entries, B ") << grouped(terminal, compared.size_b)
               << "\n  " << verdict(compared, es) << "\n";
  if (fork && compared.evidence_written) {
    terminal.out << (es ? "  La prueba está en " : "  The proof is in ")
                 << request.evidence->string()
                 << (es ? "; con la clave de la bitácora convence a cualquiera\n"
                        : "; with the log's key it convinces anybody\n");
  } else if (fork) {
    terminal.out << (es ? "  Guarde ambas copias; --evidence ARCHIVO escribe la prueba\n"
                        : "  Keep both copies; --evidence FILE writes the proof\n");
  }
  return exit;
}

}  // namespace

Command compare_logs_command() {
  const Text place{"a record, bundle or mirror; the URL of a log; or a lone checkpoint",
                   "un registro, paquete o espejo; la URL de una bitácora; o un punto de control "
                   "suelto"};
  return {.name = "compare-logs",
          .summary = {"are two copies of a log one history?",
                      "¿son dos copias de una bitácora una sola historia?"},
          .description = {"Says whether B is A or A grown, older, or forked: then the log signed "
                          "two histories, and this ends with 10. For different sizes the larger "
                          "one must have its tiles.",
                          "Dice si B es A o A crecida, más antigua, o bifurcada: entonces se "
                          "firmaron dos historias, y esto termina con 10. Si difieren en tamaño, "
                          "la mayor debe tener sus losas."},
          .operands = {{"A", place}, {"B", place}},
          .options = {{"--key",
                       "KEY",
                       {"the log's public key, or a file that holds it (default: that in A)",
                        "la clave pública de la bitácora, o un archivo que la contenga (por "
                        "omisión, la de A)"}},
                      {"--evidence",
                       "FILE",
                       {"where to write the proof of a fork",
                        "dónde escribir la prueba de una bifurcación"}},
                      {"--proxy",
                       "URL",
                       {"ask through it: socks5h://127.0.0.1:9050",
                        "preguntar a través de él: socks5h://127.0.0.1:9050"}}},
          .run = run_compare_logs};
}

}  // namespace scr::cli
