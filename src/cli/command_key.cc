// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <utility>

#include "base/decimal.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/redact_actions.h"
#include "note/key.h"
#include "os/clock.h"
#include "os/files.h"
#include "os/random.h"
#include "steps/keys.h"

namespace scr::cli {
namespace {

constexpr std::size_t kSmallKeyFile = std::size_t{64} << 10;

canon::Value key_answer(const char* action) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.key/1");
  answer.set("action", action);
  return answer;
}

Result<std::string> need(const Arguments& arguments, const char* name, const char* what) {
  return redaction::needed(arguments, name, what);
}

Result<note::Signer> signer_of_file(const std::string& file) {
  SCR_TRY(text, os::read_text(file, kSmallKeyFile));
  return at(file, note::Signer::parse(redaction::trimmed(std::move(text))));
}

Result<int> new_key(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(typed, need(arguments, "SUBJECT", "a name for the key, better not that of a person"));
  SCR_TRY(file, need(arguments, "--key", "the file to make, for nobody but you"));
  SCR_TRY(name, note::KeyName::from(typed));
  SCR_TRY(seed, os::random_32_bytes());
  const note::Signer signer(std::move(name), note::Seed(seed));
  SCR_TRY_VOID(os::create_file(file, signer.private_text() + "\n", os::kPrivate));
  if (terminal.json) {
    canon::Value answer = key_answer("new");
    answer.set("vkey", signer.vkey().text());
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, Text{"Your key is made; give this, its public part, to whoever needs it:",
                     "Su clave está hecha; dé esto, su parte pública, a quien la necesite:"});
  say(terminal, "  " + signer.vkey().text());
  return 0;
}

int tell_change(Terminal& terminal, const char* action, const steps::KeyChanged& changed,
                const Text& words) {
  if (terminal.json) {
    canon::Value answer = key_answer(action);
    answer.set("old", changed.old.text());
    if (changed.next) answer.set("next", changed.next->text());
    answer.set("tree_size", static_cast<std::int64_t>(changed.tree_size));
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, changed.old.text());
  say(terminal, words);
  if (changed.next) say(terminal, "  " + changed.next->text());
  return 0;
}

Result<int> rotate_key(const Arguments& arguments, Terminal& terminal) {
  os::SystemClock clock;
  if (!arguments.value("--key")) {
    SCR_TRY(changed, steps::rotate_log_key(terminal.record, clock));
    return tell_change(
        terminal, "rotate", changed,
        {"is replaced, and signs nothing more. Publish the new key of the log, give it to the "
         "witnesses and mirrors, and destroy keys/log.key.*, which is the old one:",
         "queda reemplazada y ya no firma nada. Publique la clave nueva de la bitácora, désela a "
         "los "
         "testigos y espejos, y destruya keys/log.key.*, que es la anterior:"});
  }
  SCR_TRY(new_file, need(arguments, "--new", "the file with the new private key"));
  SCR_TRY(old, signer_of_file(*arguments.value("--key")));
  SCR_TRY(next, signer_of_file(new_file));
  SCR_TRY(changed, steps::rotate_person_key(terminal.record, old, next, clock));
  return tell_change(terminal, "rotate", changed,
                     {"is replaced; from now on this one counts for the same person:",
                      "queda reemplazada; desde ahora vale esta para la misma persona:"});
}

Result<int> propose_revocation(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(out, need(arguments, "--out", "where to write what the guardians sign"));
  SCR_TRY(from_text, need(arguments, "--from", "the first entry that counts for nothing"));
  const auto from = parse_decimal(from_text);
  if (!from) return fail(ErrorCode::bad_input, "is no number of an entry: " + from_text, "--from");
  os::SystemClock clock;
  SCR_TRY(statement,
          steps::revocation_to_sign(terminal.record,
                                    {.person = arguments.value("SUBJECT"), .from = *from}, clock));
  SCR_TRY_VOID(os::create_file(out, statement, os::kPublic));
  if (terminal.json) {
    canon::Value answer = key_answer("revoke");
    answer.set("out", out);
    print_json(terminal, answer);
    return 0;
  }
  say(terminal,
      out + Text{": for the guardians to sign (key sign); nothing was added to the log yet",
                 ": para que lo firmen los guardianes (key sign); aún no se añadió nada a "
                 "la bitácora"}
                .in(terminal.language));
  return 0;
}

Result<int> sign_statement(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(file, need(arguments, "SUBJECT", "the file that key revoke wrote"));
  SCR_TRY(key_file, need(arguments, "--key", "the file with your private key"));
  SCR_TRY(signer, signer_of_file(key_file));
  SCR_TRY(statement, os::read_text(file, kSmallKeyFile));
  SCR_TRY(signed_one, at(file, steps::sign_revocation(statement, signer)));
  SCR_TRY_VOID(os::replace_file(file, signed_one, os::kPublic));
  const std::string& name = signer.vkey().name().value();
  if (terminal.json) {
    canon::Value answer = key_answer("sign");
    answer.set("name", name);
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, name + Text{" has signed ", " firmó "}.in(terminal.language) + file);
  return 0;
}

Result<int> take_statement(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(file, need(arguments, "SUBJECT", "the file that the guardians signed"));
  SCR_TRY(statement, os::read_text(file, kSmallKeyFile));
  SCR_TRY(changed, at(file, steps::take_revocation(terminal.record, statement)));
  if (!changed.next) {
    return tell_change(terminal, "take", changed,
                       {"is declared bad in the log, with all that it approved from there on",
                        "queda declarada mala en la bitácora, con todo lo que aprobó desde ahí"});
  }
  return tell_change(
      terminal, "take", changed,
      {"is declared bad in the log, with all that it signed from there on. Publish the new key of "
       "the log, and give it to the witnesses and mirrors:",
       "queda declarada mala en la bitácora, con todo lo que firmó desde ahí. Publique la clave "
       "nueva de la bitácora, y désela a los testigos y espejos:"});
}

const char* standing_in_spanish(std::string_view standing) {
  if (standing == "in-force") return "vigente";
  if (standing == "replaced") return "reemplazada";
  return standing == "bad" ? "declarada mala" : "retirada";
}

Result<int> list_keys(const Arguments&, Terminal& terminal) {
  SCR_TRY(keys, steps::keys_on_record(terminal.record));
  if (terminal.json) {
    canon::Value answer = key_answer("list");
    canon::Value list = canon::Value::array();
    for (const steps::KeyOnRecord& one : keys) {
      canon::Value item = canon::Value::object();
      item.set("vkey", one.vkey);
      item.set("whose", one.whose);
      item.set("standing", one.standing);
      item.set("since", static_cast<std::int64_t>(one.since));
      list.push_back(std::move(item));
    }
    answer.set("keys", std::move(list));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  for (const steps::KeyOnRecord& one : keys) {
    const std::string_view whose = one.whose;
    std::string line = !es                 ? std::string(whose)
                       : whose == "log"    ? std::string("bitácora")
                       : whose == "person" ? std::string("persona")
                                           : std::string("guardián");
    line +=
        ", " + (es ? std::string(standing_in_spanish(one.standing)) : std::string(one.standing));
    if (one.since > 0)
      line += (es ? ", desde la entrada " : ", since entry ") + std::to_string(one.since);
    say(terminal, line + ": " + one.vkey);
  }
  return 0;
}

struct KeyAction {
  const char* name;
  Run run;
};
constexpr std::array<KeyAction, 6> kKeyActions{{{"new", new_key},
                                                {"list", list_keys},
                                                {"rotate", rotate_key},
                                                {"revoke", propose_revocation},
                                                {"sign", sign_statement},
                                                {"take", take_statement}}};

Result<int> run_key(const Arguments& arguments, Terminal& terminal) {
  const std::string wanted = *arguments.value("ACTION");
  std::string all;
  for (const KeyAction& action : kKeyActions) {
    if (wanted == action.name) return action.run(arguments, terminal);
    all += (all.empty() ? "" : ", ") + std::string(action.name);
  }
  return fail(ErrorCode::bad_input, "no such action; there are " + all, wanted);
}

}  // namespace

Command key_command() {
  return {
      .name = "key",
      .summary = {"replace keys, and declare stolen ones bad",
                  "reemplazar claves y declarar malas las robadas"},
      .description =
          {"new makes a key. list says who has which. rotate gives the log a new key, which signs "
           "from then on; with --key and --new it does the same for a person. What was signed "
           "before stays valid, and both keys sign for the change. If a key was stolen or lost, "
           "revoke writes that it is bad from an entry on, of the log or of the person SUBJECT; "
           "the "
           "guardians whom the definition names sign that with sign, and take puts it into the "
           "log: "
           "what the key signed from there on counts for nothing, and every verifier lists it.",
           "new hace una clave. list dice quién tiene cuál. rotate da a la bitácora una clave "
           "nueva, que firma desde entonces; con --key y --new hace lo mismo para una persona. Lo "
           "firmado antes sigue valiendo, y las dos claves firman el cambio. Si una clave fue "
           "robada o se perdió, revoke escribe que es mala desde una entrada, la de la bitácora o "
           "la de la persona SUBJECT; los guardianes que nombra la definición lo firman con sign, "
           "y "
           "take lo deja en la bitácora: lo que la clave firmó desde ahí no cuenta, y todo "
           "verificador lo lista."},
      .operands = {{"ACTION",
                    {"new, list, rotate, revoke, sign or take",
                     "new, list, rotate, revoke, sign o take"}},
                   {"SUBJECT",
                    {"new: a name; revoke: the name of a person's key (left out: the log's); sign, "
                     "take: the file that revoke wrote",
                     "new: un nombre; revoke: el nombre de la clave de una persona (sin él: la de "
                     "la bitácora); sign, take: el archivo que escribió revoke"},
                    false}},
      .options = {{"--key",
                   "FILE",
                   {"a private key: new makes it, rotate replaces it, sign signs with it",
                    "una clave privada: new la hace, rotate la reemplaza, sign firma con ella"}},
                  {"--new",
                   "FILE",
                   {"rotate: the private key that takes its place, of the same name",
                    "rotate: la clave privada que toma su lugar, del mismo nombre"}},
                  {"--from",
                   "ENTRY",
                   {"revoke: the first entry that counts for nothing",
                    "revoke: la primera entrada que no cuenta"}},
                  {"--out",
                   "FILE",
                   {"revoke: the file to make, for the guardians",
                    "revoke: el archivo que se hace, para los guardianes"}}},
      .run = run_key};
}

}  // namespace scr::cli
