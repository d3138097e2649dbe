// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "steps/cosign.h"

namespace scr::cli {
namespace {

canon::Value cosign_json(const steps::Cosigned& done) {
  canon::Value cosigned = canon::Value::array();
  for (const std::string& name : done.cosigned) cosigned.push_back(name);
  canon::Value replies = canon::Value::array();
  for (const collect::WitnessReply& reply : done.replies) {
    replies.push_back(canon::Value::object()
                          .set("name", reply.name)
                          .set("outcome", collect::name_of(reply.outcome))
                          .set("why", reply.why));
  }
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.cosign/1");
  answer.set("tree_size", static_cast<std::int64_t>(done.tree_size));
  answer.set("witnesses", static_cast<std::int64_t>(done.witnesses));
  answer.set("cosigned", cosigned);
  answer.set("quorum", canon::Value(done.has_quorum));
  answer.set("replies", replies);
  return answer;
}

Result<int> run_cosign(const Arguments& arguments, Terminal& terminal) {
  steps::CosignRequest request{.record = terminal.record,
                               .proxy = arguments.value("--proxy").value_or("")};
  if (const auto policy = arguments.value("--policy")) request.policy = *policy;
  for (const std::string& file : arguments.all("--take")) request.take.emplace_back(file);
  SCR_TRY(done, steps::cosign(request));
  const int exit = done.published ? 0 : static_cast<int>(Exit::environment);
  if (terminal.json) {
    print_json(terminal, cosign_json(done));
    return exit;
  }
  const bool es = terminal.language == report::Language::es;
  for (const collect::WitnessReply& reply : done.replies) {
    const bool there = !reply.line.empty();
    terminal.out << (there ? "  ✓ " : "  - ") << reply.name
                 << (reply.why.empty() ? "" : ": " + reply.why) << "\n";
  }
  terminal.out << done.cosigned.size() << (es ? " de " : " of ") << done.witnesses
               << (es ? " testigos han firmado el punto de control de "
                      : " witnesses have cosigned the checkpoint of ")
               << grouped(terminal, done.tree_size) << (es ? " entradas. " : " entries. ")
               << (done.published
                       ? (es ? "Hay quórum: está publicado.\n"
                             : "That is a quorum: it is published.\n")
                       : (es ? "No hay quórum: espera.\n" : "No quorum yet: it waits.\n"));
  return exit;
}

}  // namespace

Command cosign_command() {
  return {
      .name = "cosign",
      .summary = {"have the witnesses cosign the latest checkpoint",
                  "pedir a los testigos que firmen el último punto de control"},
      .description =
          {"Asks all witnesses of the record's policy at once. When those that have cosigned make "
           "a quorum, the checkpoint is published; until then it waits, and this ends with 4. "
           "Nothing is published if a witness knows more than this folder.",
           "Pide la firma a la vez a todos los testigos de la política del registro. Cuando los "
           "que han firmado forman quórum, el punto de control se publica; hasta entonces espera, "
           "y esto termina con 4. No se publica nada si un testigo sabe más que esta carpeta."},
      .operands = {},
      .options = {{"--policy",
                   "FILE",
                   {"the policy from now on: logs, witnesses, quorum (C2SP tlog-policy)",
                    "la política de ahora en adelante: bitácora, testigos, quórum (C2SP "
                    "tlog-policy)"}},
                  {"--take",
                   "FILE",
                   {"a cosigned checkpoint that came another way; may be repeated",
                    "un punto de control firmado que llegó por otra vía; puede repetirse"},
                   false,
                   true},
                  {"--proxy",
                   "URL",
                   {"ask through it: socks5h://127.0.0.1:9050",
                    "preguntar a través de él: socks5h://127.0.0.1:9050"}}},
      .run = run_cosign};
}

}  // namespace scr::cli
