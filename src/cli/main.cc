// SPDX-License-Identifier: Apache-2.0
//
// Words in, words out: parses, looks the command up, runs it, says what went wrong.

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/parse.h"

namespace {

using scr::report::Language;

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) {
      return std::string(value).starts_with("es") ? Language::es : Language::en;
    }
  }
  return Language::en;
}

int run(const std::vector<std::string>& words) {
  const scr::cli::Parsed parsed = scr::cli::parse(words, language_of_environment());
  if (!parsed.command) {
    (parsed.message_is_data ? std::cout : std::cerr) << parsed.message;
    return parsed.exit;
  }
  const bool colours = !parsed.no_colour && !std::getenv("NO_COLOR");
  scr::cli::Terminal terminal{.out = std::cout,
                              .err = std::cerr,
                              .language = parsed.language,
                              .colour = colours && isatty(STDOUT_FILENO) != 0,
                              .progress = isatty(STDERR_FILENO) != 0,
                              .json = parsed.json,
                              .record = parsed.record};
  const auto code = parsed.command->run(parsed.arguments, terminal);
  std::cout.flush();
  if (!code) {
    std::cerr << "scrutineer " << parsed.command->name << ": " << to_string(code.error()) << "\n";
    return scr::cli::exit_code(code.error());
  }
  if (!std::cout) {
    std::cerr << "scrutineer: standard output could not be written (is the disk full?)\n";
    return static_cast<int>(scr::cli::Exit::environment);
  }
  return *code;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::bad_alloc&) {
    std::cerr << "scrutineer: this machine has not enough memory for it\n";
    return static_cast<int>(scr::cli::Exit::environment);
  } catch (const std::exception& error) {
    std::cerr << "scrutineer: a mistake in the program, please report it: " << error.what() << "\n";
    return 70;
  }
}
