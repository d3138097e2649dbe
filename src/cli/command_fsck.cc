// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/verify_output.h"
#include "steps/fsck.h"

namespace scr::cli {
namespace {

canon::Value list_of(const std::vector<verify::Problem>& problems) {
  canon::Value list = canon::Value::array();
  for (const auto& problem : problems) {
    list.push_back(canon::Value::object().set("where", problem.where).set("what", problem.what));
  }
  return list;
}

Result<int> run_fsck(const Arguments&, Terminal& terminal) {
  SCR_TRY(report, steps::fsck(terminal.record));
  int exit = verification_exit(report.verified);
  if (exit == 0 && !report.upkeep.empty()) exit = static_cast<int>(Exit::verify_says_no);
  if (terminal.json) {
    canon::Value answer = verification_json(report.verified);
    answer.set("schema", "scrutineer.fsck/1");
    answer.set("exit", exit);
    answer.set("holds", canon::Value(exit == 0));
    answer.set("upkeep", list_of(report.upkeep));
    answer.set("strays", list_of(report.strays));
    print_json(terminal, answer);
    return exit;
  }
  terminal.out << verification_text(report.verified, terminal);
  for (const auto& problem : report.upkeep) {
    terminal.out << "  ✗ " << problem.where << ": " << problem.what << "\n";
  }
  for (const auto& problem : report.strays) {
    terminal.out << "  ? " << problem.where << ": " << problem.what << "\n";
  }
  return exit;
}

}  // namespace

Command fsck_command() {
  return {.name = "fsck",
          .summary = {"check your own record, key and upkeep included",
                      "comprobar el registro propio, con su clave y su estado"},
          .description = {"All that verify checks, and what never leaves the machine: the private "
                          "key, the commit point, "
                          "files that nothing accounts for. Repairs nothing.",
                          "Todo lo que comprueba verify, y lo que nunca sale de la máquina: la "
                          "clave privada, el punto de "
                          "confirmación, archivos de los que nada da cuenta. No repara nada."},
          .operands = {},
          .options = {},
          .run = run_fsck};
}

}  // namespace scr::cli
