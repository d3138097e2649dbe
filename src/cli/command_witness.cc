// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <thread>

#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "notebook/notebook.h"
#include "os/clock.h"
#include "os/files.h"
#include "server/run_witness.h"
#include "steps/witness.h"

namespace scr::cli {
namespace {

using Do = Result<int> (*)(const Arguments&, Terminal&);

canon::Value witness_answer(const char* what) {
  return canon::Value::object().set("schema", "scrutineer.witness/1").set("did", what);
}

Result<std::string> needed(const Arguments& arguments, const char* name, const char* what) {
  const auto value = arguments.value(name);
  if (value) return *value;
  return fail(ErrorCode::bad_input, std::string(what) + " is missing", name);
}

Result<int> witness_init(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, needed(arguments, "--name", "the witness's name, for example w.example.org"));
  const std::string wanted = arguments.value("--grade").value_or("witness");
  const auto grade = notebook::parse_grade(wanted);
  if (!grade) return fail(ErrorCode::bad_input, "is not witness, mirror or recounter", wanted);
  SCR_TRY(vkey, notebook::create_notebook(terminal.record, name, *grade));
  if (terminal.json) {
    print_json(terminal, witness_answer("init").set("vkey", vkey.text()));
    return 0;
  }
  say(terminal, Text{"The public key, for the policies of logs:",
                     "La clave pública, para las políticas de las bitácoras:"});
  terminal.out << vkey.text() << "\n";
  return 0;
}

Result<int> witness_follow(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(given, needed(arguments, "WHAT", "the log's public key, or a file that holds it"));
  std::string text = given;
  if (given.find('+') == std::string::npos) {
    SCR_TRY(read, os::read_text(given, 4096));
    text = std::move(read);
  }
  while (text.ends_with('\n')) text.pop_back();
  SCR_TRY(key, at("WHAT", note::Vkey::parse(text)));
  SCR_TRY_VOID(notebook::follow(terminal.record, key, arguments.value("--url")));
  if (terminal.json) {
    print_json(terminal, witness_answer("follow").set("origin", key.name().value()));
  } else {
    say(terminal, key.name().value());
  }
  return 0;
}

Result<int> witness_serve(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(address, http::Address::parse(arguments.value("--listen").value_or("127.0.0.1:8380")));
  SCR_TRY_VOID(server::run_witness(terminal.record, address, [&](const auto& started) {
    if (terminal.json) {
      print_json(terminal, witness_answer("serve").set("url", "http://" + started.address.text()));
    } else {
      terminal.out << "http://" << started.address.text() << "\n";
    }
    terminal.out.flush();
  }));
  return 0;
}

canon::Value round_json(const steps::WitnessRound& round) {
  return canon::Value::object()
      .set("origin", round.origin)
      .set("tree_size", static_cast<std::int64_t>(round.size))
      .set("cosigned", canon::Value(round.cosigned))
      .set("fork", canon::Value(round.fork))
      .set("why", round.why);
}

// 10 if a log signed two histories, 4 if anything else kept the witness from cosigning.
int exit_of(const std::vector<steps::WitnessRound>& rounds) {
  int exit = 0;
  for (const steps::WitnessRound& round : rounds) {
    if (round.fork) return static_cast<int>(Exit::verify_says_no);
    if (!round.cosigned) exit = static_cast<int>(Exit::environment);
  }
  return exit;
}

void print_rounds(const std::vector<steps::WitnessRound>& rounds, const char* what,
                  Terminal& terminal) {
  if (terminal.json) {
    canon::Value list = canon::Value::array();
    for (const steps::WitnessRound& round : rounds) list.push_back(round_json(round));
    print_json(terminal, witness_answer(what).set("logs", list));
    return;
  }
  const bool es = terminal.language == report::Language::es;
  for (const steps::WitnessRound& round : rounds) {
    terminal.out << (round.cosigned ? "  ✓ " : "  ✗ ") << round.origin << ", "
                 << grouped(terminal, round.size) << (es ? " entradas" : " entries")
                 << (round.why.empty() ? "" : ": " + round.why) << "\n";
  }
  terminal.out.flush();
}

Result<int> witness_pull_round(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  const std::string every = arguments.value("--every").value_or("0");
  const auto seconds = parse_decimal(every);
  if (!seconds || *seconds > 86'400) {
    return fail(ErrorCode::bad_input, "is not a number of seconds up to a day", every);
  }
  while (true) {
    SCR_TRY(rounds,
            steps::witness_pull(terminal.record, arguments.value("--proxy").value_or(""), clock));
    print_rounds(rounds, "pull", terminal);
    if (*seconds == 0) return exit_of(rounds);
    std::this_thread::sleep_for(std::chrono::seconds(*seconds));
  }
}

Result<int> witness_stick_bundle(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  SCR_TRY(bundle, needed(arguments, "WHAT", "the folder of the bundle"));
  SCR_TRY(round, steps::witness_stick(terminal.record, bundle, clock));
  const auto out = arguments.value("--out");
  if (round.cosigned && out) SCR_TRY_VOID(os::replace_file(*out, round.note, os::kPublic));
  if (terminal.json || out || !round.cosigned) {
    print_rounds({round}, "stick", terminal);
  } else {
    terminal.out << round.note;
  }
  return exit_of({round});
}

struct WitnessAction {
  const char* name;
  Do run;
};
constexpr WitnessAction kWitnessActions[] = {{"init", witness_init},
                                             {"follow", witness_follow},
                                             {"serve", witness_serve},
                                             {"pull", witness_pull_round},
                                             {"stick", witness_stick_bundle}};

Result<int> run_witness_verb(const Arguments& arguments, Terminal& terminal) {
  const std::string wanted = *arguments.value("DO");
  for (const WitnessAction& action : kWitnessActions) {
    if (wanted == action.name) return action.run(arguments, terminal);
  }
  return fail(ErrorCode::bad_input, "is not init, follow, serve, pull or stick", wanted);
}

}  // namespace

Command witness_command() {
  return {
      .name = "witness",
      .summary = {"be a witness: cosign what a log grew into",
                  "ser testigo: firmar aquello en que creció una bitácora"},
      .description =
          {"In the folder of -C. init makes the keys; follow names a log by its key; serve answers "
           "logs that ask over HTTP (C2SP tlog-witness); pull asks the logs instead, from behind a "
           "router or through Tor; stick cosigns a bundle in a folder, without a network. A "
           "witness says that the log only grew; a mirror also holds every entry; a recounter has "
           "read the evidence and worked the result out again. Each grade has a key of its own.",
           "En la carpeta de -C. init hace las claves; follow nombra una bitácora por su clave; "
           "serve responde a las bitácoras que preguntan por HTTP (C2SP tlog-witness); pull "
           "pregunta a las bitácoras, detrás de un enrutador o por Tor; stick firma un paquete en "
           "una carpeta, sin red. Un witness dice que la bitácora solo creció; un mirror además "
           "guarda cada entrada; un recounter leyó la evidencia y calculó de nuevo el resultado. "
           "Cada grado tiene su propia clave."},
      .operands = {{"DO",
                    {"init, follow, serve, pull or stick", "init, follow, serve, pull o stick"}},
                   {"WHAT",
                    {"follow: the log's key, or a file that holds it; stick: the bundle",
                     "follow: la clave de la bitácora, o un archivo que la contenga; stick: el "
                     "paquete"},
                    false}},
      .options =
          {{"--name",
            "NAME",
            {"init: the witness's name; the grade is added to it",
             "init: el nombre del testigo; se le añade el grado"}},
           {"--grade",
            "GRADE",
            {"init: witness (default), mirror or recounter",
             "init: witness (por omisión), mirror o recounter"}},
           {"--url",
            "URL",
            {"follow: the prefix under which the log is served, for pull",
             "follow: la dirección con la que se sirve la bitácora, para pull"}},
           {"--listen",
            "ADDRESS",
            {"serve: where (default 127.0.0.1:8380)", "serve: dónde (por omisión 127.0.0.1:8380)"}},
           {"--every",
            "SECONDS",
            {"pull: again and again (default: once)", "pull: una y otra vez (por omisión, una)"}},
           {"--proxy",
            "URL",
            {"pull: ask through it: socks5h://127.0.0.1:9050",
             "pull: preguntar a través de él: socks5h://127.0.0.1:9050"}},
           {"--out",
            "FILE",
            {"stick: where to put the cosigned checkpoint (default: standard output)",
             "stick: dónde poner el punto de control firmado (por omisión, la salida estándar)"}}},
      .run = run_witness_verb};
}

}  // namespace scr::cli
