// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.h"

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>

#include "steps/program.h"

namespace scr::cli {
namespace {

using report::Language;

struct Common {
  std::string record = ".";
  std::string language;
  bool json = false;
  bool no_colour = false;
  bool version = false;
};

void add_common(CLI::App& app, Common& common, Language language, bool json) {
  const bool es = language == Language::es;
  app.add_option("-C", common.record,
                 es ? "carpeta del registro (por omisión, esta)"
                    : "the record's folder (default: this one)")
      ->type_name("RECORD");
  app.add_option("--lang", common.language, es ? "idioma: es o en" : "language: es or en")
      ->type_name("LANG")
      ->check(CLI::IsMember({"es", "en"}));
  app.add_flag("--no-colour,--no-color", common.no_colour, es ? "sin colores" : "no colours");
  if (json) {
    app.add_flag("--json", common.json,
                 es ? "JSON por la salida estándar (docs/json.md)"
                    : "JSON on standard output (docs/json.md)");
  }
}

// CLI11 writes into these; they must stay where they are until it has parsed.
struct Slots {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> switches;
};

void add_command(CLI::App& app, const Command& command, Common& common, Slots& slots,
                 Language language) {
  CLI::App* sub = app.add_subcommand(command.name, command.summary.in(language));
  sub->footer(command.description.in(language));
  add_common(*sub, common, language, command.makes_json);
  for (const OperandSpec& operand : command.operands) {
    auto* option =
        sub->add_option(operand.name, slots.texts[operand.name], operand.help.in(language));
    if (operand.repeated) {
      option->expected(1, -1)->type_name("");
    } else {
      option->expected(1)->type_name("")->allow_extra_args(false);
    }
    if (operand.required) option->required();
  }
  for (const OptionSpec& spec : command.options) {
    if (!spec.value) {
      sub->add_flag(spec.name, slots.switches[spec.name], spec.help.in(language));
      continue;
    }
    auto* option = sub->add_option(spec.name, slots.texts[spec.name], spec.help.in(language));
    option->type_name(spec.value)->allow_extra_args(false);
    if (!spec.repeated) option->expected(1);
    if (spec.required) option->required();
  }
}

std::string nearest_verb(const std::string& typed) {
  // The verb that shares the longest beginning; good enough for a slip of the finger.
  std::string best;
  std::size_t longest = 1;
  for (const Command& command : commands()) {
    const std::string name = command.name;
    const auto [a, b] = std::mismatch(name.begin(), name.end(), typed.begin(), typed.end());
    const auto shared = static_cast<std::size_t>(a - name.begin());
    (void)b;
    if (shared > longest) {
      longest = shared;
      best = name;
    }
  }
  return best;
}

Language language_of(const std::vector<std::string>& words, Language fallback) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string value = words[i] == "--lang" && i + 1 < words.size() ? words[i + 1]
                              : words[i].starts_with("--lang=")            ? words[i].substr(7)
                                                                           : "";
    if (value == "es") return Language::es;
    if (value == "en") return Language::en;
  }
  return fallback;
}

Parsed said(std::string message, bool is_data, Exit exit) {
  Parsed parsed;
  parsed.message = std::move(message);
  parsed.message_is_data = is_data;
  parsed.exit = static_cast<int>(exit);
  return parsed;
}

}  // namespace

Parsed parse(const std::vector<std::string>& words, Language default_language) {
  const Language language = language_of(words, default_language);
  const bool es = language == Language::es;
  CLI::App app(es ? "Scrutineer: de las actas de una elección a un resultado que nadie tiene que "
                    "creer a ciegas."
                  : "Scrutineer: from the tally sheets of an election to a result that nobody has "
                    "to take on trust.",
               "scrutineer");
  Common common;
  std::map<std::string, Slots> slots;
  add_common(app, common, language, false);
  app.add_flag("--version", common.version, es ? "versión del programa" : "the program's version");
  for (const Command& command : commands()) {
    add_command(app, command, common, slots[command.name], language);
  }
  app.require_subcommand(0, 1);

  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return said(app.help(), true, Exit::done);
  } catch (const CLI::ParseError& error) {
    std::string message = std::string("scrutineer: ") + error.what() + "\n";
    if (!words.empty() && app.get_subcommands().empty()) {
      const std::string verb = nearest_verb(words.front());
      if (!verb.empty() && verb != words.front()) {
        message += (es ? "¿Quería decir: scrutineer " : "Did you mean: scrutineer ") + verb + "\n";
      }
    }
    return said(message + (es ? "Ayuda: scrutineer --help\n" : "Help: scrutineer --help\n"), false,
                Exit::usage);
  }
  if (common.version) return said(std::string(steps::kProgram) + "\n", true, Exit::done);
  if (app.get_subcommands().empty()) return said(app.help(), false, Exit::usage);

  const std::string verb = app.get_subcommands().front()->get_name();
  Parsed parsed;
  parsed.language = language;
  parsed.record = common.record;
  parsed.json = common.json;
  parsed.no_colour = common.no_colour;
  for (const Command& command : commands()) {
    if (verb == command.name) parsed.command = &command;
  }
  for (auto& [name, values] : slots[verb].texts) {
    if (!values.empty()) parsed.arguments.values[name] = values;
  }
  for (const auto& [name, given] : slots[verb].switches) {
    if (given) parsed.arguments.values[name] = {};
  }
  return parsed;
}

}  // namespace scr::cli
