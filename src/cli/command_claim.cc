// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "steps/add_claim.h"

namespace scr::cli {
namespace {

Result<int> run_claim(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  SCR_TRY(added, steps::add_claim(terminal.record, *arguments.value("FILE"), clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", canon::Value("scrutineer.claim/1"));
    answer.set("id", canon::Value(added.claim.id.value()));
    answer.set("by", canon::Value(added.claim.by));
    answer.set("already_there", canon::Value(added.already_there));
    answer.set("tree_size", canon::Value(static_cast<std::int64_t>(added.tree_size)));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  if (added.already_there) {
    say(terminal, added.claim.id.value() + (es ? ": ya consta; no se hizo nada."
                                               : ": on record already; nothing was done."));
  } else {
    say(terminal, (es ? "Consta la afirmación " : "On record: the claim ") +
                      added.claim.id.value() + (es ? ", de " : ", by ") + added.claim.by);
  }
  return 0;
}

}  // namespace

Command claim_command() {
  return {
      .name = "claim",
      .summary = {"put on record figures that somebody announced",
                  "hacer constar cifras que alguien anunció"},
      .description = {"Reads a small TOML file: who announced what, when, and of how many stations "
                      "(docs/election-definition.md, \"Claims\"). What the returns say of it: "
                      "scrutineer judge.",
                      "Lee un pequeño archivo TOML: quién anunció qué, cuándo y de cuántas mesas "
                      "(docs/election-definition.md, \"Claims\"). Lo que las actas dicen de ello: "
                      "scrutineer judge."},
      .operands = {{"FILE", {"the claim", "la afirmación"}}},
      .options = {},
      .run = run_claim};
}

}  // namespace scr::cli
