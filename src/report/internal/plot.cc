// SPDX-License-Identifier: Apache-2.0
#include "report/internal/plot.h"

#include <set>

#include "report/internal/html.h"
#include "report/internal/page_style.h"

namespace scr::report::internal {

std::string standing_alone(const Plot& plot) {
  constexpr int kWidth = 720;
  constexpr int kMargin = 24;
  const std::string width = std::to_string(kWidth + 2 * kMargin);
  const std::string height = std::to_string(plot.height + 84);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
         "width=\"" +
         width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
         "\"><title>" + escaped(plot.title) + "</title><style>" + std::string(plot_style()) +
         "</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/><text class=\"label\" "
         "x=\"" +
         std::to_string(kMargin) + "\" y=\"30\">" + escaped(plot.title) +
         "</text><text class=\"tick\" x=\"" + std::to_string(kMargin) + "\" y=\"50\">" +
         escaped(plot.note) + "</text><svg x=\"" + std::to_string(kMargin) +
         "\" y=\"60\" width=\"" + std::to_string(kWidth) + "\" height=\"" +
         std::to_string(plot.height) + "\">" + plot.svg + "</svg></svg>\n";
}

std::vector<PlotFile> files_of(std::span<const Plot> plots) {
  std::vector<PlotFile> files;
  std::set<std::string> names;
  for (const Plot& plot : plots) {
    std::string name = plot.name;
    for (int n = 2; !names.insert(name).second; ++n) name = plot.name + "-" + std::to_string(n);
    files.push_back({name + ".svg", standing_alone(plot)});
  }
  return files;
}

}  // namespace scr::report::internal
