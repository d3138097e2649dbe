// SPDX-License-Identifier: Apache-2.0
#include "audit/sizes.h"
#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "os/clock.h"
#include "os/files.h"
#include "report/audit.h"
#include "steps/audit.h"

namespace scr::cli {
namespace {

constexpr std::int64_t kMostTrials = 1'000'000;
constexpr std::int64_t kLargestSeed = (std::int64_t{1} << 53) - 1;  // as JSON can say it

Result<std::int64_t> number_in(const Arguments& arguments, const char* option,
                               std::int64_t otherwise, std::int64_t most) {
  const auto text = arguments.value(option);
  if (!text) return otherwise;
  const auto number = parse_decimal(*text);
  if (!number || *number > static_cast<std::uint64_t>(most)) {
    return fail(ErrorCode::bad_input, *text + " is no whole number up to " + std::to_string(most),
                option);
  }
  return static_cast<std::int64_t>(*number);
}

// "5%", "0.05" or "1/20", as a fraction.
Result<std::string> risk_in(const Arguments& arguments) {
  std::string text = arguments.value("--risk").value_or("5%");
  const bool per_cent = text.ends_with('%');
  if (per_cent) text.pop_back();
  auto risk = Fraction::parse(text);
  if (risk && per_cent) risk = multiply(*risk, *Fraction::of(1, 100));
  if (risk) return risk->text();
  return fail(ErrorCode::bad_input, "must be a share such as 5%, 0.05 or 1/20", "--risk");
}

// The part of stations that are wrong; of ballots that overstate by one vote.
Result<audit::Outlook> outlook_in(const Arguments& arguments) {
  audit::Outlook outlook;
  const auto text = arguments.value("--errors");
  const auto share = text ? Fraction::parse(*text) : Fraction::of(0, 1);
  if (!share || *share < Fraction(0) || *share > *Fraction::of(1, 2))
    return fail(ErrorCode::bad_input, "must be a share up to 1/2, such as 0.01", "--errors");
  outlook.stations = share->approximate();
  outlook.ballots.over1 = share->approximate();
  outlook.ballots.under1 = share->approximate();
  return outlook;
}

// "../council" or "3:../council": so many win it.
Result<steps::AuditRequest::Other> contest_in(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto winners = colon == std::string::npos
                           ? std::nullopt
                           : parse_decimal(std::string_view(text).substr(0, colon));
  if (!winners) return steps::AuditRequest::Other{.record = text};
  if (*winners == 0 || *winners > 1000)
    return fail(ErrorCode::bad_input, text + ": how many win? 1 to 1000", "--with");
  return steps::AuditRequest::Other{.record = text.substr(colon + 1), .winners = *winners};
}

// After the plan, how many win stands there: the folders are enough.
Result<steps::Folders> others_in(const Arguments& arguments) {
  steps::Folders folders;
  for (const std::string& text : arguments.all("--with")) {
    SCR_TRY(other, contest_in(text));
    folders.push_back(other.record);
  }
  return folders;
}

Result<steps::AuditRequest> request_in(const Arguments& arguments) {
  steps::AuditRequest request;
  request.name = arguments.value("ID");
  request.kind = arguments.value("--of").value_or("transcription");
  request.method = arguments.value("--method");
  request.sampler = arguments.value("--sampler");
  request.source = arguments.value("--source");
  request.majority = arguments.value("--majority");
  request.strata = arguments.value("--strata");
  for (const std::string& text : arguments.all("--with")) {
    SCR_TRY(other, contest_in(text));
    request.with.push_back(std::move(other));
  }
  SCR_TRY(risk, risk_in(arguments));
  request.risk = risk;
  SCR_TRY(winners, number_in(arguments, "--winners", 1, 1000));
  request.winners = static_cast<std::uint64_t>(winners);
  return request;
}

Result<void> add_game(const Arguments& arguments, steps::AuditRequest& request) {
  SCR_TRY(outlook, outlook_in(arguments));
  request.outlook = outlook;
  SCR_TRY(trials, number_in(arguments, "--trials", 1000, kMostTrials));
  if (trials == 0) return fail(ErrorCode::bad_input, "at least one trial", "--trials");
  request.trials = trials;
  SCR_TRY(seed, number_in(arguments, "--game-seed", 1, kLargestSeed));
  request.seed = static_cast<std::uint64_t>(seed);
  return {};
}

Result<std::string> name_in(const Arguments& arguments) {
  if (auto name = arguments.value("ID")) return *name;
  return fail(ErrorCode::bad_input, "name the audit: scrutineer audit ACTION ID");
}

template <class Answer>
void show(Terminal& terminal, const Answer& answer) {
  if (terminal.json) {
    print_json(terminal, report::audit_json(answer));
  } else {
    terminal.out << report::audit_text(terminal.language, answer, {.colour = terminal.colour});
  }
}

// The page that explains the answer, and its plots, where they are asked for.
template <class Answer>
Result<void> write_pictures(const Arguments& arguments, Terminal& terminal, const Answer& answer) {
  const bool es = terminal.language == report::Language::es;
  if (const auto page = arguments.value("--page")) {
    SCR_TRY_VOID(
        os::replace_file(*page, report::audit_page(terminal.language, answer), os::kPublic));
    terminal.err << (es ? "Página: " : "Page: ") << *page << "\n";
  }
  if (const auto folder = arguments.value("--plots")) {
    SCR_TRY_VOID(write_plots(*folder, report::audit_plots(terminal.language, answer), terminal));
  }
  return {};
}

Result<int> plan(const Arguments& arguments, Terminal& terminal) {
  const auto page = arguments.value("--page");
  const auto name = arguments.value("ID");
  if (!name) {
    SCR_TRY(request, request_in(arguments));
    SCR_TRY_VOID(add_game(arguments, request));
    os::SystemClock clock;
    SCR_TRY(planned, steps::plan_audit(terminal.record, request, clock));
    show(terminal, planned);
    SCR_TRY_VOID(write_pictures(arguments, terminal, planned));
    return 0;
  }
  // A plan that is on record already, to be printed for the ceremony.
  if (!page || arguments.has("--method")) {
    SCR_TRY(request, request_in(arguments));
    SCR_TRY_VOID(add_game(arguments, request));
    os::SystemClock clock;
    SCR_TRY(planned, steps::plan_audit(terminal.record, request, clock));
    show(terminal, planned);
    if (const auto folder = arguments.value("--plots"))
      SCR_TRY_VOID(write_plots(*folder, report::audit_plots(terminal.language, planned), terminal));
  }
  if (!page) return 0;
  SCR_TRY(html, steps::ceremony_page(terminal.record, *name, terminal.language));
  SCR_TRY_VOID(os::replace_file(*page, html, os::kPublic));
  terminal.err << (terminal.language == report::Language::es ? "Página: " : "Page: ") << *page
               << "\n";
  return 0;
}

Result<int> simulate(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(request, request_in(arguments));
  if (request.name) {
    SCR_TRY(others, others_in(arguments));
    SCR_TRY(on_record, steps::request_of(terminal.record, *request.name, others));
    request = std::move(on_record);
  }
  SCR_TRY_VOID(add_game(arguments, request));
  SCR_TRY(played, steps::simulate_audit(terminal.record, request));
  show(terminal, played);
  SCR_TRY_VOID(write_pictures(arguments, terminal, played));
  return 0;
}

Result<int> draw(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, name_in(arguments));
  SCR_TRY(draws, number_in(arguments, "--draws", 0, 1'000'000));
  os::SystemClock clock;
  SCR_TRY(others, others_in(arguments));
  SCR_TRY(sample, steps::draw_audit(terminal.record, name, others, arguments.value("--seed"), draws,
                                    clock));
  show(terminal, sample);
  return 0;
}

Result<int> enter(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, name_in(arguments));
  const auto file = arguments.value("FILE");
  const auto by = arguments.value("--by");
  if (!file || !by) {
    return fail(ErrorCode::bad_input,
                "say what was found and who read it: audit enter ID FILE --by LABEL");
  }
  os::SystemClock clock;
  SCR_TRY(others, others_in(arguments));
  SCR_TRY(entered, steps::enter_audit(terminal.record, name, others, *file,
                                      arguments.value("--contest"), *by, clock));
  if (terminal.json) {
    canon::Value answer = canon::Value::object();
    answer.set("schema", canon::Value("scrutineer.audit/1"));
    answer.set("what", canon::Value("enter"));
    answer.set("audit", canon::Value(name));
    answer.set("by", canon::Value(*by));
    answer.set("units", canon::Value(entered.units));
    answer.set("repeated", canon::Value(entered.repeated));
    answer.set("tree_size", canon::Value(static_cast<std::int64_t>(entered.tree_size)));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  const auto fresh = static_cast<std::uint64_t>(entered.units - entered.repeated);
  say(terminal, (es ? "Constan, leídas por " : "On record, as read by ") + *by + ": " +
                    grouped(terminal, fresh));
  return 0;
}

Result<int> report(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, name_in(arguments));
  SCR_TRY(others, others_in(arguments));
  SCR_TRY(status, steps::report_audit(terminal.record, name, others));
  show(terminal, status);
  SCR_TRY_VOID(write_pictures(arguments, terminal, status));
  return 0;
}

Result<int> run_audit(const Arguments& arguments, Terminal& terminal) {
  const std::string action = *arguments.value("ACTION");
  if (action == "plan") return plan(arguments, terminal);
  if (action == "draw") return draw(arguments, terminal);
  if (action == "enter") return enter(arguments, terminal);
  if (action == "report") return report(arguments, terminal);
  if (action == "simulate") return simulate(arguments, terminal);
  return fail(ErrorCode::bad_input, "no such action; there are plan, draw, enter, report, simulate",
              action);
}

}  // namespace

Command audit_command() {
  return {
      .name = "audit",
      .summary = {"risk-limiting audits: plan, draw, enter, report, simulate",
                  "auditorías limitadoras de riesgo: plan, draw, enter, report, simulate"},
      .description =
          {"plan shows what each method would need, and with an ID and --method puts the audit on "
           "record; with --page it writes the page for making the seed with dice. draw puts the "
           "seed and a round on record and lists what to look at; enter what a reader found; "
           "report says how large the risk still is, from a record or a published bundle alike; "
           "simulate plays the audit many times (docs/audits.md).",
           "plan muestra lo que necesitaría cada método y, con un ID y --method, hace constar la "
           "auditoría; con --page escribe la página para hacer la semilla con dados. draw hace "
           "constar la semilla y una ronda y lista lo que hay que mirar; enter, lo que halló un "
           "lector; report dice cuánto riesgo queda, desde un registro o un paquete publicado; "
           "simulate la simula muchas veces (docs/audits.md)."},
      .operands =
          {{"ACTION",
            {"plan, draw, enter, report or simulate", "plan, draw, enter, report o simulate"}},
           {"ID", {"the audit's name in the record", "nombre de la auditoría"}, false},
           {"FILE",
            {"for enter: a CSV file of what was found", "para enter: archivo CSV con lo hallado"},
            false}},
      .options =
          {{"--of",
            "KIND",
            {"transcription (default), breakdown, boxes or ballots",
             "transcription (por omisión), breakdown, boxes o ballots"}},
           {"--method",
            "METHOD",
            {"of stations: kaplan-markov, alpha-stations, product-stations; of ballots: alpha, "
             "kelly, bravo, minerva, oneaudit, product",
             "de mesas: kaplan-markov, alpha-stations, product-stations; de papeletas: alpha, "
             "kelly, bravo, minerva, oneaudit, product"}},
           {"--risk",
            "SHARE",
            {"the risk limit: 5% (default), 0.05 or 1/20",
             "el límite de riesgo: 5% (por omisión), 0.05 o 1/20"}},
           {"--sampler",
            "NAME",
            {"of ballots: cryptorandom (default), rivest or consistent-sampler",
             "de papeletas: cryptorandom (por omisión), rivest o consistent-sampler"}},
           {"--source",
            "NAME",
            {"audit what this source says (needed for a breakdown)",
             "auditar lo que dice esta fuente (necesario para breakdown)"}},
           {"--winners", "N", {"how many win (default 1)", "cuántos ganan (por omisión 1)"}},
           {"--majority",
            "SHARE",
            {"the winner must also have more than this share of the valid votes",
             "el ganador debe tener además más de esta parte de los votos válidos"}},
           {"--strata",
            "LEVEL",
            {"plan: the units of this level are sampled apart, and weighed by a product",
             "plan: las unidades de este nivel se sortean aparte y se ponderan con un producto"}},
           {"--with",
            "[N:]RECORD",
            {"another contest audited by the same draws, with N winners (default 1); its record or "
             "bundle is needed at every step",
             "otra elección auditada con los mismos sorteos, con N ganadores (por omisión 1); su "
             "registro o paquete hace falta en cada paso"},
            false,
            true},
           {"--contest",
            "RECORD",
            {"enter: the file is about this other contest",
             "enter: el archivo trata de esta otra elección"}},
           {"--errors",
            "SHARE",
            {"plan, simulate: the part of stations, or ballots, expected to be slightly wrong",
             "plan, simulate: parte de las mesas, o papeletas, que se espera con pequeños "
             "errores"}},
           {"--trials",
            "N",
            {"plan, simulate: how often to play (default 1000)",
             "plan, simulate: cuántas veces simular (por omisión 1000)"}},
           {"--game-seed",
            "N",
            {"plan, simulate: seed of the trials (default 1)",
             "plan, simulate: semilla de los ensayos (por omisión 1)"}},
           {"--page",
            "FILE",
            {"plan with an ID: write the page for the seed ceremony; otherwise, and for simulate "
             "and report, one that explains the answer",
             "plan con ID: escribir la página para hacer la semilla; si no, y en simulate y "
             "report, una que explica la respuesta"}},
           {"--plots",
            "FOLDER",
            {"plan, simulate, report: write the plots as SVG files that stand alone",
             "plan, simulate, report: escribir los gráficos como archivos SVG autónomos"}},
           {"--seed",
            "DIGITS",
            {"draw: the seed that was made in public", "draw: la semilla hecha en público"}},
           {"--draws",
            "N",
            {"draw: draws in all, those of earlier rounds included",
             "draw: sorteos en total, incluidos los de rondas anteriores"}},
           {"--by",
            "LABEL",
            {"enter: which reader this is, such as a or b",
             "enter: qué lector es, por ejemplo a o b"}}},
      .run = run_audit};
}

}  // namespace scr::cli
