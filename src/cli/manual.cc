// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.h"

#include <string_view>

#include "steps/program.h"

namespace scr::cli {
namespace {

using report::Language;

// roff reads a backslash as an escape, a leading dot or quote as a request, and '-' as a hyphen.
std::string roff(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string synopsis(const Command& command) {
  std::string line = std::string("scrutineer ") + command.name;
  for (const OptionSpec& option : command.options) {
    if (option.required) line += std::string(" ") + option.name + " " + option.value;
  }
  for (const OperandSpec& operand : command.operands) {
    line +=
        operand.required ? std::string(" ") + operand.name : std::string(" [") + operand.name + "]";
  }
  return line + " [...]";
}

void add_option(std::string& page, const OptionSpec& option, Language language) {
  page += ".TP\n.B " + roff(option.name);
  if (option.value) page += std::string(" \\fI") + roff(option.value) + "\\fR";
  page += "\n" + roff(option.help.in(language)) + "\n";
}

void add_command(std::string& page, const Command& command, Language language) {
  page +=
      ".SS \"" + roff(synopsis(command)) + "\"\n" + roff(command.description.in(language)) + "\n";
  for (const OperandSpec& operand : command.operands) {
    page += ".TP\n.I " + roff(operand.name) + "\n" + roff(operand.help.in(language)) + "\n";
  }
  for (const OptionSpec& option : command.options) add_option(page, option, language);
}

struct ExitLine {
  const char* code;
  Text meaning;
};

constexpr ExitLine kExits[] = {
    {"0", {"done", "hecho"}},
    {"2", {"the command line is wrong", "la línea de órdenes está mal"}},
    {"3",
     {"an input is wrong, missing, or contradicts what is there",
      "una entrada está mal, falta o contradice lo que hay"}},
    {"4",
     {"the machine would not: disk full, permission, another program writing",
      "la máquina no pudo: disco lleno, permisos, otro programa que escribe"}},
    {"10",
     {"verify, fsck: the signature of the checkpoint does not hold",
      "verify, fsck: la firma del punto de control no vale"}},
    {"11",
     {"the entries or tiles are not those that were signed",
      "las entradas o losas no son las firmadas"}},
    {"12",
     {"an entry breaks the grammar or refers to what is not there",
      "una entrada incumple la gramática o remite a lo que no hay"}},
    {"13",
     {"a file of evidence is missing or altered", "falta un archivo de evidencia o está alterado"}},
    {"14",
     {"reading the evidence again gives other entries",
      "leer de nuevo la evidencia da otras entradas"}},
    {"15",
     {"the result that was stated is not what the log gives",
      "el resultado declarado no es el que da la bitácora"}},
    {"70", {"a mistake in the program", "un error del programa"}},
};

}  // namespace

std::string man_page(const std::vector<Command>& commands, Language language) {
  const bool es = language == Language::es;
  std::string page = std::string(".TH SCRUTINEER 1 \"\" \"") + steps::kProgram + "\"\n";
  page +=
      es ? ".SH NOMBRE\nscrutineer \\- de las actas de una elección a un resultado comprobable\n"
         : ".SH NAME\nscrutineer \\- from the tally sheets of an election to a result that anyone "
           "can check\n";
  page += es ? ".SH SINOPSIS\n.B scrutineer\n[\\-C \\fIRECORD\\fR] \\fIverbo\\fR [...]\n"
             : ".SH SYNOPSIS\n.B scrutineer\n[\\-C \\fIRECORD\\fR] \\fIverb\\fR [...]\n";
  page += es ? ".SH VERBOS\n" : ".SH VERBS\n";
  for (const Command& command : commands) add_command(page, command, language);
  page += es ? ".SH OPCIONES COMUNES\n" : ".SH COMMON OPTIONS\n";
  const OptionSpec common[] = {
      {"-C",
       "RECORD",
       {"the record's folder (default: this one)", "carpeta del registro (por omisión, esta)"}},
      {"--json",
       nullptr,
       {"JSON on standard output; docs/json.md", "JSON por la salida estándar; docs/json.md"}},
      {"--lang",
       "LANG",
       {"es or en (default: by the environment)", "es o en (por omisión, según el entorno)"}},
      {"--no-colour", nullptr, {"no colours (also: NO_COLOR)", "sin colores (también: NO_COLOR)"}}};
  for (const OptionSpec& option : common) add_option(page, option, language);
  page += es ? ".SH CÓDIGOS DE SALIDA\n" : ".SH EXIT STATUS\n";
  for (const ExitLine& line : kExits) {
    page += std::string(".TP\n.B ") + line.code + "\n" + roff(line.meaning.in(language)) + "\n";
  }
  return page;
}

std::string bash_completion(const std::vector<Command>& commands) {
  std::string verbs;
  std::string cases;
  for (const Command& command : commands) {
    verbs += (verbs.empty() ? "" : " ") + std::string(command.name);
    std::string options = "-C --lang --no-colour --help";
    if (command.makes_json) options += " --json";
    for (const OptionSpec& option : command.options) options += std::string(" ") + option.name;
    cases += std::string("    ") + command.name + ") options=\"" + options + "\" ;;\n";
  }
  return "# bash completion for scrutineer; made by: scrutineer help --completion\n"
         "_scrutineer() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} verb= options= i\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case \"${COMP_WORDS[i]}\" in\n"
         "      -C | --lang) ((i++)) ;;\n"
         "      -*) ;;\n"
         "      *) verb=${COMP_WORDS[i]}; break ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$verb\" in\n"
         "    \"\") options=\"-C --lang --version --help " +
         verbs + "\" ;;\n" + cases +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "}\n"
         "complete -F _scrutineer scrutineer\n";
}

}  // namespace scr::cli
