// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/manual.h"

namespace scr::cli {
namespace {

Result<int> run_help(const Arguments& arguments, Terminal& terminal) {
  if (arguments.has("--completion")) {
    terminal.out << bash_completion(commands());
    return 0;
  }
  terminal.out << man_page(commands(), terminal.language);
  return 0;
}

}  // namespace

Command help_command() {
  return {
      .name = "help",
      .summary = {"the whole manual, as a man page", "el manual entero, como página de man"},
      .description =
          {"Prints the manual in roff: scrutineer help | man -l -. With --completion, a bash "
           "completion script instead. Both come from the same table as --help.",
           "Imprime el manual en roff: scrutineer help | man -l -. Con --completion, un guion de "
           "autocompletado de bash. Ambos salen de la misma tabla que --help."},
      .operands = {},
      .options = {{"--completion", nullptr, {"bash completion", "autocompletado de bash"}}},
      .makes_json = false,
      .run = run_help};
}

}  // namespace scr::cli
