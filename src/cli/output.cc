// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include "os/files.h"

namespace scr::cli {

void print_json(Terminal& terminal, const canon::Value& value) {
  terminal.out << canon::write(value) << "\n";
}

void say(Terminal& terminal, const std::string& text) {
  (terminal.json ? terminal.err : terminal.out) << text << "\n";
}

void say(Terminal& terminal, const Text& text) {
  say(terminal, std::string(text.in(terminal.language)));
}

std::string grouped(const Terminal& terminal, std::uint64_t n) {
  std::string digits = std::to_string(n);
  const char* separator = terminal.language == report::Language::es ? "." : ",";
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, separator);
  return digits;
}

std::vector<OptionSpec> count_options() {
  return {
      {"--source",
       "NAME",
       {"count only this source (may be repeated)", "contar solo esta fuente (repetible)"},
       false,
       true},
      {"--without-source",
       "NAME",
       {"leave out this source (may be repeated)", "excluir esta fuente (repetible)"},
       false,
       true},
      {"--without",
       "FILE",
       {"leave out the stations listed in FILE, one a line",
        "excluir las mesas de FILE, una por línea"}},
  };
}

std::vector<OptionSpec> premise_options() {
  std::vector<OptionSpec> options = count_options();
  options.push_back({"--electors",
                     "TOTAL",
                     {"another total of registered voters: its id in the definition, or a number",
                      "otro total de electores: su id en la definición, o un número"}});
  options.push_back({"--stations",
                     "TOTAL",
                     {"another total of stations, by its id", "otro total de mesas, por su id"}});
  options.push_back(
      {"--cap",
       "SHARE",
       {"assume at most this turnout at missing stations: 4/5 or 0.8 (may be repeated)",
        "suponer a lo sumo esta participación en las mesas que faltan: 4/5 o 0.8 (repetible)"},
       false,
       true});
  return options;
}

Result<void> write_plots(const std::filesystem::path& folder,
                         const std::vector<report::PlotFile>& plots, Terminal& terminal) {
  SCR_TRY_VOID(os::make_folders(folder));
  for (const report::PlotFile& plot : plots)
    SCR_TRY_VOID(os::replace_file(folder / plot.name, plot.svg, os::kPublic));
  const bool es = terminal.language == report::Language::es;
  terminal.err << (es ? "Gráficos: " : "Plots: ") << plots.size() << ", " << folder.string()
               << "\n";
  return {};
}

}  // namespace scr::cli
