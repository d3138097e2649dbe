// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/switches.h"
#include "os/clock.h"
#include "os/files.h"
#include "report/forensics_json.h"
#include "report/forensics_report.h"
#include "steps/forensics.h"

namespace scr::cli {
namespace {

// --past and --past-election belong together in their order; one --past-election serves all.
Result<std::vector<steps::PastFiles>> past_files(const Arguments& arguments) {
  const auto returns = arguments.all("--past");
  const auto elections = arguments.all("--past-election");
  if (elections.size() > 1 && elections.size() != returns.size()) {
    return fail(ErrorCode::bad_input, "give it once, or once for each --past", "--past-election");
  }
  if (returns.empty() && !elections.empty()) {
    return fail(ErrorCode::bad_input, "says nothing without --past", "--past-election");
  }
  std::vector<steps::PastFiles> files;
  for (std::size_t i = 0; i < returns.size(); ++i) {
    steps::PastFiles one{returns[i], std::nullopt};
    if (!elections.empty()) one.definition = elections[elections.size() == 1 ? 0 : i];
    files.push_back(std::move(one));
  }
  return files;
}

Result<int> register_plan(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(past, past_files(arguments));
  os::SystemClock clock;
  SCR_TRY(registered, steps::register_forensics({.record = terminal.record,
                                                 .tests = arguments.all("--test"),
                                                 .seed = arguments.value("--seed"),
                                                 .past = std::move(past)},
                                                clock));
  if (terminal.json) {
    canon::Value tests = canon::Value::array();
    for (const std::string& test : registered.plan.tests) tests.push_back(canon::Value(test));
    canon::Value value = canon::Value::object();
    value.set("schema", canon::Value("scrutineer.forensics-plan/1"));
    value.set("entry", canon::Value(static_cast<std::int64_t>(registered.index)));
    value.set("tests", std::move(tests));
    value.set("seed", canon::Value(registered.plan.seed));
    value.set("past", canon::Value(static_cast<std::int64_t>(registered.plan.past.size())));
    value.set("returns_before", canon::Value(static_cast<std::int64_t>(registered.returns_before)));
    value.set("entries", canon::Value(static_cast<std::int64_t>(registered.tree_size)));
    print_json(terminal, value);
    return 0;
  }
  const std::string tests = grouped(terminal, registered.plan.tests.size());
  const std::string entry = grouped(terminal, registered.index);
  say(terminal,
      terminal.language == report::Language::es
          ? "Constan " + tests + " pruebas, en el asiento " + entry +
                ", firmado y a salvo en el registro"
          : "On record: " + tests + " tests, at entry " + entry + ", signed and safe in the log");
  if (registered.returns_before > 0) {
    const std::string before = grouped(terminal, registered.returns_before);
    say(terminal, terminal.language == report::Language::es
                      ? "Antes ya había " + before + " actas; el informe lo dirá."
                      : before + " returns were there before; the report will say so.");
  }
  return 0;
}

Result<void> write_files(const Arguments& arguments, Terminal& terminal,
                         const report::ForensicsFacts& facts) {
  const bool es = terminal.language == report::Language::es;
  if (const auto page = arguments.value("--page")) {
    SCR_TRY_VOID(
        os::replace_file(*page, report::forensics_page(terminal.language, facts), os::kPublic));
    terminal.err << (es ? "Página: " : "Page: ") << *page << "\n";
  }
  if (const auto folder = arguments.value("--plots")) {
    SCR_TRY_VOID(write_plots(*folder, report::forensics_plots(terminal.language, facts), terminal));
  }
  return {};
}

Result<int> run_plan(const Arguments& arguments, Terminal& terminal) {
  for (const char* option : {"--test", "--seed", "--past", "--past-election"}) {
    if (arguments.has(option)) {
      return fail(ErrorCode::bad_input, "belongs to scrutineer forensics register", option);
    }
  }
  std::optional<std::uint64_t> entry;
  if (const auto typed = arguments.value("--plan")) {
    const auto number = parse_decimal(*typed);
    if (!number) return fail(ErrorCode::bad_input, "not the number of an entry", "--plan");
    entry = *number;
  }
  SCR_TRY(switches, switches_of(arguments, terminal.record));
  SCR_TRY(screened, steps::screen_returns(terminal.record, switches, entry));
  const report::ForensicsFacts facts = screened.facts();
  SCR_TRY_VOID(write_files(arguments, terminal, facts));
  if (terminal.json) {
    print_json(terminal, report::forensics_json(facts));
  } else {
    terminal.out << report::forensics_text(terminal.language, facts, {.colour = terminal.colour});
  }
  return 0;
}

Result<int> run(const Arguments& arguments, Terminal& terminal) {
  const auto what = arguments.value("WHAT");
  if (!what || *what == "run") return run_plan(arguments, terminal);
  if (*what == "register") return register_plan(arguments, terminal);
  return fail(ErrorCode::bad_input, "is neither register nor run", *what);
}

}  // namespace

Command forensics_command() {
  std::vector<OptionSpec> options{
      {"--test",
       "NAME",
       {"register: a test to run; all if none is named", "register: una prueba; todas si falta"},
       false,
       true},
      {"--seed",
       "TEXT",
       {"register: of the controls; the log's root if none is given",
        "register: de los controles; la raíz del registro si falta"}},
      {"--past",
       "FILE",
       {"register: returns of an election of the past, to hold these against",
        "register: actas de una elección pasada, para comparar"},
       false,
       true},
      {"--past-election",
       "FILE",
       {"register: its election.toml; this record's own if none is given",
        "register: su election.toml; el de este registro si falta"},
       false,
       true},
      {"--plan",
       "ENTRY",
       {"run the list at this entry of the log, not the last one",
        "usar la lista de este asiento del registro, no la última"}},
      {"--page",
       "FILE",
       {"also write one self-contained web page with plots",
        "escribir además una página web autónoma con gráficos"}},
      {"--plots",
       "FOLDER",
       {"also write every plot as an SVG file of its own",
        "escribir además cada gráfico como un archivo SVG"}}};
  for (OptionSpec& option : count_options()) options.push_back(option);
  return {
      .name = "forensics",
      .summary = {"statistical tests, each with its controls; registered before they run",
                  "pruebas estadísticas, cada una con sus controles; registradas de antemano"},
      .description =
          {"First register puts a list of tests on record, with the seed of their controls and, "
           "if there is one, an election of the past. Then, without a word, the list is run: "
           "each test only where it applies, beside a clean and a tampered control, adjusted "
           "for all that were promised. No test changes a count or a judgement.",
           "Primero, register deja constancia de una lista de pruebas, con la semilla de sus "
           "controles y, si la hay, una elección pasada. Después, sin más, se hacen: cada una "
           "solo donde es aplicable, junto a un control limpio y otro alterado, y ajustada por "
           "todas las prometidas. Ninguna cambia un recuento ni un juicio."},
      .operands = {{"WHAT",
                    {"register, or run (which may be left out)",
                     "register, o run (que se puede omitir)"},
                    false}},
      .options = options,
      .run = run};
}

}  // namespace scr::cli
