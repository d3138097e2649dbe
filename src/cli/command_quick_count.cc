// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "os/files.h"
#include "report/quick_count.h"
#include "steps/quick_count.h"

namespace scr::cli {
namespace {

constexpr std::uint64_t kMostStations = 10'000'000;

Result<std::string> count_name(const Arguments& arguments) {
  const auto name = arguments.value("ID");
  if (!name) return fail(ErrorCode::bad_input, "name the quick count: quick-count ACTION ID");
  bool good = name->size() <= 64;
  for (char c : *name)
    good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  if (good) return *name;
  return fail(ErrorCode::bad_input, "a name has at most 64 lower-case letters, digits and '-'",
              *name);
}

void show_sample(Terminal& terminal, const report::QuickCountSample& sample) {
  if (terminal.json) {
    print_json(terminal, report::quick_count_json(sample));
  } else {
    terminal.out << report::quick_count_text(terminal.language, sample,
                                             {.colour = terminal.colour});
  }
}

Result<int> plan_count(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, count_name(arguments));
  const auto text = arguments.value("--size");
  const auto size = text ? parse_decimal(*text) : std::nullopt;
  if (!size || *size == 0 || *size > kMostStations)
    return fail(ErrorCode::bad_input, "how many stations? a whole number from 1 on", "--size");
  os::SystemClock clock;
  SCR_TRY(planned, steps::plan_quick_count(terminal.record, name, static_cast<std::int64_t>(*size),
                                           arguments.value("--by").value_or("country"), clock));
  show_sample(terminal, planned);
  return 0;
}

Result<int> draw_count(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, count_name(arguments));
  os::SystemClock clock;
  SCR_TRY(drawn, steps::draw_quick_count(terminal.record, name, arguments.value("--seed"), clock));
  show_sample(terminal, drawn);
  return 0;
}

Result<int> report_count(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(counted, steps::report_quick_count(terminal.record, arguments.value("ID")));
  const report::QuickCount answer = counted.report();
  if (terminal.json) {
    print_json(terminal, report::quick_count_json(answer));
  } else {
    terminal.out << report::quick_count_text(terminal.language, answer,
                                             {.colour = terminal.colour});
  }
  if (const auto page = arguments.value("--page")) {
    SCR_TRY_VOID(
        os::replace_file(*page, report::quick_count_page(terminal.language, answer), os::kPublic));
    terminal.err << (terminal.language == report::Language::es ? "Página: " : "Page: ") << *page
                 << "\n";
  }
  if (const auto folder = arguments.value("--plots")) {
    SCR_TRY_VOID(
        write_plots(*folder, report::quick_count_plots(terminal.language, answer), terminal));
  }
  return 0;
}

Result<int> run_quick_count(const Arguments& arguments, Terminal& terminal) {
  const std::string action = *arguments.value("ACTION");
  if (action == "plan") return plan_count(arguments, terminal);
  if (action == "draw") return draw_count(arguments, terminal);
  if (action == "report") return report_count(arguments, terminal);
  return fail(ErrorCode::bad_input, "no such action; there are plan, draw, report", action);
}

}  // namespace

Command quick_count_command() {
  return {
      .name = "quick-count",
      .summary = {"shares from a sample of stations, or what can be said without one",
                  "porcentajes de una muestra de mesas, o lo que se puede decir sin ella"},
      .description =
          {"plan puts on record how many stations will be drawn, before any count is known; draw "
           "puts the public seed on record and lists them; report gives shares with their sampling "
           "errors. Of returns that were not drawn so it says what is certain, how the lead hangs "
           "on the missing, and a model that is called one; nothing else.",
           "plan hace constar cuántas mesas se sortearán, antes de conocer ningún resultado; draw "
           "hace constar la semilla pública y las lista; report da los porcentajes con su error "
           "muestral. De actas no sorteadas así dice lo que es cierto, cómo depende la ventaja de "
           "las que faltan y un modelo que se llama modelo; nada más."},
      .operands = {{"ACTION", {"plan, draw or report", "plan, draw o report"}},
                   {"ID", {"the quick count's name in the record", "nombre del conteo"}, false}},
      .options = {{"--size",
                   "N",
                   {"plan: stations to be drawn, two a stratum at least",
                    "plan: mesas que sortear, al menos dos por estrato"}},
                  {"--by",
                   "LEVEL",
                   {"plan: whose units are the strata (default: country, none)",
                    "plan: las unidades de este nivel son los estratos (por omisión country, "
                    "ninguno)"}},
                  {"--seed",
                   "DIGITS",
                   {"draw: the seed that was made in public", "draw: la semilla hecha en público"}},
                  {"--page",
                   "FILE",
                   {"report: also write a page that explains the answer",
                    "report: escribir además una página que explica la respuesta"}},
                  {"--plots",
                   "FOLDER",
                   {"report: write the plots as SVG files that stand alone",
                    "report: escribir los gráficos como archivos SVG autónomos"}}},
      .run = run_quick_count};
}

}  // namespace scr::cli
