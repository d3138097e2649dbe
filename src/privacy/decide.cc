// SPDX-License-Identifier: Apache-2.0
#include "privacy/decide.h"

#include <algorithm>
#include <utility>

namespace scr::privacy {
namespace {

std::vector<image::Quad> shapes_of(const std::vector<Part>& parts) {
  std::vector<image::Quad> shapes;
  for (const Part& part : parts) shapes.push_back(part.where);
  return shapes;
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::vector<std::string> covered_figures(const std::vector<Part>& hide,
                                         const std::vector<Part>& figures) {
  std::vector<std::string> names;
  for (const Part& figure : figures) {
    for (const Part& part : hide) {
      if (redact::overlap(part.where, figure.where)) add_once(names, figure.what);
    }
  }
  return names;
}

cells::Mask mask_of(const redact::Grid& grid, const std::vector<Part>& hide,
                    const std::vector<Part>& figures) {
  const cells::Mask shown = redact::mask_of(grid, shapes_of(figures));
  const cells::Mask wanted = redact::mask_of(grid, shapes_of(hide));
  std::vector<std::uint32_t> hidden;
  for (const cells::Mask::Range& range : wanted.ranges()) {
    for (std::uint32_t leaf = range.first; leaf <= range.last; ++leaf) {
      if (!shown.hides(leaf)) hidden.push_back(leaf);
    }
  }
  return cells::Mask::of(std::move(hidden));
}

std::vector<std::string> hidden_figures(const redact::Grid& grid, const cells::Mask& mask,
                                        const std::vector<Part>& figures) {
  std::vector<std::string> names;
  for (const Part& figure : figures) {
    if (!redact::touched(grid, mask, {figure.where}).empty()) add_once(names, figure.what);
  }
  return names;
}

}  // namespace scr::privacy
