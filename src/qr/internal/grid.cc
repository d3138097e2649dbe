// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace scr::qr {
namespace {

using image::Gray;
using image::Homography;
using image::Point;
using image::Quad;

constexpr int kModulesPerControl = 6;

Quad module_quad(int size) {
  const double far = size - 3.5;
  const double opposite = size - 6.5;
  return {Point{3.5, 3.5}, Point{far, 3.5}, Point{opposite, opposite}, Point{3.5, far}};
}

std::size_t index_of(int size, int row, int column) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
         static_cast<std::size_t>(column);
}

// Black and white about each module: the mean of the darker and of the lighter third of its
// neighbourhood, on a coarse raster, linear between.
class Levels {
 public:
  Levels(const std::vector<float>& values, int size)
      : size_(size), tiles_(std::max(2, size / 7)), black_(count()), white_(count()) {
    std::vector<float> near;
    for (int ty = 0; ty < tiles_; ++ty) {
      for (int tx = 0; tx < tiles_; ++tx) {
        collect(values, centre(tx), centre(ty), near);
        const std::size_t third = near.size() / 3;
        const auto low = near.begin() + static_cast<std::ptrdiff_t>(third);
        std::nth_element(near.begin(), low, near.end());
        const auto high = near.end() - static_cast<std::ptrdiff_t>(third);
        std::nth_element(low, high, near.end());
        const auto tile = static_cast<std::size_t>(ty * tiles_ + tx);
        black_[tile] = std::accumulate(near.begin(), low, 0.0F) / static_cast<float>(third);
        white_[tile] = std::accumulate(high, near.end(), 0.0F) / static_cast<float>(third);
      }
    }
    float sum = 0;
    for (std::size_t i = 0; i < black_.size(); ++i) sum += white_[i] - black_[i];
    usual_ = sum / static_cast<float>(black_.size());
    spread();
  }

  // `module`: Modules::index.
  float darkness(float value, std::size_t module) const {
    return std::clamp((middle_[module] - value) * gain_[module], -1.6F, 1.6F);
  }

 private:
  std::size_t count() const {
    return static_cast<std::size_t>(tiles_) * static_cast<std::size_t>(tiles_);
  }
  double centre(int tile) const { return (tile + 0.5) * size_ / tiles_; }
  void collect(const std::vector<float>& values, double cx, double cy,
               std::vector<float>& near) const {
    const int reach = std::max(5, size_ / tiles_ * 3 / 4 + 1);
    near.clear();
    for (int row = std::max(0, static_cast<int>(cy) - reach);
         row <= std::min(size_ - 1, static_cast<int>(cy) + reach); ++row) {
      for (int column = std::max(0, static_cast<int>(cx) - reach);
           column <= std::min(size_ - 1, static_cast<int>(cx) + reach); ++column) {
        near.push_back(values[index_of(size_, row, column)]);
      }
    }
  }
  // From tiles to modules.
  void spread() {
    const std::size_t modules = static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
    middle_.reserve(modules);
    gain_.reserve(modules);
    for (int row = 0; row < size_; ++row) {
      const auto [y, fy] = split(row);
      for (int column = 0; column < size_; ++column) {
        const auto [x, fx] = split(column);
        const float black = between(black_, x, fx, y, fy);
        const float white = between(white_, x, fx, y, fy);
        middle_.push_back((white + black) / 2);
        gain_.push_back(2 / std::max({white - black, 0.35F * usual_, 1.0F}));
      }
    }
  }
  std::pair<int, float> split(int module) const {
    const double place = std::clamp((module + 0.5) * tiles_ / size_ - 0.5, 0.0, tiles_ - 1.001);
    const int tile = static_cast<int>(place);
    return {tile, static_cast<float>(place - tile)};
  }
  float between(const std::vector<float>& level, int x, float fx, int y, float fy) const {
    const float* at = level.data() + y * tiles_ + x;
    return (at[0] * (1 - fx) + at[1] * fx) * (1 - fy) +
           (at[tiles_] * (1 - fx) + at[tiles_ + 1] * fx) * fy;
  }

  int size_;
  int tiles_;
  std::vector<float> black_;  // by tile
  std::vector<float> white_;
  float usual_ = 0;
  std::vector<float> middle_;  // by module: half way between black and white
  std::vector<float> gain_;    // darkness of one step of brightness
};

// The modules that say whether a grid lies well, and how much each counts.
struct Probe {
  std::size_t module;
  float column;
  float row;
  float known;
};
std::vector<Probe> probes_of(int size, const std::vector<float>& known, double data_weight) {
  std::vector<Probe> probes;
  probes.reserve(known.size());
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      const std::size_t i = index_of(size, row, column);
      // Of the others, every second is enough.
      if (known[i] == 0 && ((row + column) % 2 == 0 || data_weight == 0)) continue;
      probes.push_back(
          {i, static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F, known[i]});
    }
  }
  return probes;
}

// What a grid is worth: known modules should be what they are, the others anything but between.
double energy(const Gray& picture, const Grid& grid, const Levels& levels,
              const std::vector<Probe>& probes, double data_weight) {
  double sum = 0;
  for (const Probe& probe : probes) {
    const Point at = grid.at(probe.column, probe.row);
    const float value = image::sample(picture, at.x, at.y);
    const float dark = std::clamp(levels.darkness(value, probe.module), -1.0F, 1.0F);
    sum += probe.known != 0 ? static_cast<double>(2 * probe.known * dark)
                            : data_weight * static_cast<double>(dark * dark);
  }
  return sum;
}

// The modules about one control point, and where they lie.
class Neighbourhood {
 public:
  struct Module {
    std::size_t index;
    float x;  // pixels, as the grid lies now
    float y;
    float weight;  // of the control point: how far it moves with it
    float known;
  };

  Neighbourhood(const Grid& grid, int row, int column, const std::vector<float>& known) {
    const double spacing = grid.spacing();
    const auto first = [&](int control) {
      return std::max(0, static_cast<int>(std::ceil((control - 1) * spacing - 0.5)));
    };
    const auto last = [&](int control) {
      return std::min(grid.size() - 1, static_cast<int>((control + 1) * spacing - 0.5));
    };
    for (int r = first(row); r <= last(row); ++r) {
      for (int c = first(column); c <= last(column); ++c) {
        const double weight = (1 - std::abs((r + 0.5) / spacing - row)) *
                              (1 - std::abs((c + 0.5) / spacing - column));
        if (weight <= 0) continue;
        const Point at = grid.at(c + 0.5, r + 0.5);
        const std::size_t i = index_of(grid.size(), r, c);
        modules_.push_back({i, static_cast<float>(at.x), static_cast<float>(at.y),
                            static_cast<float>(weight), known[i]});
        weights_ += weight;
      }
    }
  }

  // What it is worth with the control point moved by `push` pixels.
  double value(const Gray& picture, const Levels& levels, Point push) const {
    const auto px = static_cast<float>(push.x);
    const auto py = static_cast<float>(push.y);
    float sum = 0;
    for (const Module& module : modules_) {
      const float seen = image::sample(picture, static_cast<double>(module.x + module.weight * px),
                                       static_cast<double>(module.y + module.weight * py));
      const float dark = std::clamp(levels.darkness(seen, module.index), -1.0F, 1.0F);
      sum += module.weight * (module.known != 0 ? 1.5F * module.known * dark : dark * dark);
    }
    return static_cast<double>(sum) / std::max(weights_, 1e-9);
  }

 private:
  std::vector<Module> modules_;
  double weights_ = 0;
};

// Neighbours pull: paper bends, it does not scatter. In modules, squared.
double pull_at(const Grid& grid, int row, int column, Point here, double module) {
  double pull = 0;
  for (const auto& [dr, dc] :
       {std::pair(0, 1), std::pair(0, -1), std::pair(1, 0), std::pair(-1, 0)}) {
    const int r = row + dr;
    const int c = column + dc;
    if (r < 0 || c < 0 || r >= grid.controls() || c >= grid.controls()) continue;
    const Point& other = grid.push(r, c);
    const double dx = here.x - other.x;
    const double dy = here.y - other.y;
    pull += (dx * dx + dy * dy) / (module * module);
  }
  return pull;
}

}  // namespace

Grid::Grid(int size, const Quad& quad)
    : size_(size),
      controls_(std::max(3, size / kModulesPerControl + 1)),
      quad_(quad),
      map_(Homography::between(module_quad(size), quad)),
      pushes_(static_cast<std::size_t>(controls_) * static_cast<std::size_t>(controls_)) {}

Point Grid::at(double column, double row) const {
  Point point = map_(column, row);
  if (!bent_) return point;
  const double x = std::clamp(column / spacing(), 0.0, controls_ - 1.001);
  const double y = std::clamp(row / spacing(), 0.0, controls_ - 1.001);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const double fx = x - left;
  const double fy = y - top;
  const Point& a = push(top, left);
  const Point& b = push(top, left + 1);
  const Point& c = push(top + 1, left);
  const Point& d = push(top + 1, left + 1);
  point.x += (a.x * (1 - fx) + b.x * fx) * (1 - fy) + (c.x * (1 - fx) + d.x * fx) * fy;
  point.y += (a.y * (1 - fx) + b.y * fx) * (1 - fy) + (c.y * (1 - fx) + d.y * fx) * fy;
  return point;
}

Quad Grid::corners() const {
  const double end = size_;
  return {at(0, 0), at(end, 0), at(end, end), at(0, end)};
}

double Grid::module() const {
  const Point a = map_(size_ / 2.0 - 1, size_ / 2.0);
  const Point b = map_(size_ / 2.0 + 1, size_ / 2.0);
  const Point c = map_(size_ / 2.0, size_ / 2.0 - 1);
  const Point d = map_(size_ / 2.0, size_ / 2.0 + 1);
  return (std::hypot(a.x - b.x, a.y - b.y) + std::hypot(c.x - d.x, c.y - d.y)) / 4;
}

std::vector<float> brightness(const Gray& picture, const Grid& grid) {
  const int size = grid.size();
  std::vector<float> values(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  // Large modules have room for several points, which takes out noise.
  const double module = grid.module();
  const double far = module > 2.5 ? 0.27 * module : 0;
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      const Point at = grid.at(column + 0.5, row + 0.5);
      float sum = image::sample(picture, at.x, at.y);
      if (far > 0) {
        for (const auto& [dx, dy] :
             {std::pair(-1, -1), {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}) {
          sum += image::sample(picture, at.x + far * dx, at.y + far * dy);
        }
        sum /= 9;
      }
      values[index_of(size, row, column)] = sum;
    }
  }
  return values;
}

std::vector<float> centres(const Gray& picture, const Grid& grid) {
  const int size = grid.size();
  std::vector<float> values(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      const Point at = grid.at(column + 0.5, row + 0.5);
      values[index_of(size, row, column)] = image::sample(picture, at.x, at.y);
    }
  }
  return values;
}

std::vector<float> darkness(const std::vector<float>& brightness, int size) {
  const Levels levels(brightness, size);
  std::vector<float> dark(brightness.size());
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) {
      const std::size_t i = index_of(size, row, column);
      dark[i] = levels.darkness(brightness[i], i);
    }
  }
  return dark;
}

std::vector<float> known_modules(int version) {
  const Plan& plan = plan_of(version);
  std::vector<float> known(plan.roles.size(), 0);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (plan.roles[i] == Role::fixed) known[i] = plan.fixed.dark[i] != 0 ? 1.0F : -1.0F;
  }
  if (version >= 7) {
    for (int bit = 0; bit < 18; ++bit) {
      for (const auto& [row, column] : version_places(size_of(version), bit)) {
        known[plan.fixed.index(row, column)] =
            (version_bits(version) >> bit & 1u) != 0 ? 1.0F : -1.0F;
      }
    }
  }
  return known;
}

double agreement(const std::vector<float>& darkness, const std::vector<float>& known) {
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    sum += static_cast<double>(known[i] * std::clamp(darkness[i], -1.0F, 1.0F));
    count += static_cast<double>(std::abs(known[i]));
  }
  return count > 0 ? sum / count : -1;
}

double agreement(const std::vector<float>& darkness, int version) {
  return agreement(darkness, known_modules(version));
}

Grid fitted(const Gray& picture, const Grid& grid, double first_step_modules,
            const std::vector<float>& known, double data_weight) {
  Grid best = grid;
  const double module = grid.module();
  const std::vector<Probe> probes = probes_of(grid.size(), known, data_weight);
  for (double step = first_step_modules * module; step > 0.06 * module; step /= 2) {
    // The levels move little while the grid does: taken anew for each step.
    const Levels levels(centres(picture, best), grid.size());
    double most = energy(picture, best, levels, probes, data_weight);
    for (int round = 0; round < 2; ++round) {
      const double before = most;
      for (const std::size_t corner : {2u, 0u, 1u, 3u}) {
        for (const auto& [dx, dy] : {std::pair(1.0, 0.0), std::pair(-1.0, 0.0), std::pair(0.0, 1.0),
                                     std::pair(0.0, -1.0)}) {
          Quad quad = best.quad();
          // The corner opposite is known least, and moves further.
          const double reach = step * (corner == 2 ? 1.6 : 1.0);
          quad[corner].x += dx * reach;
          quad[corner].y += dy * reach;
          const Grid moved(grid.size(), quad);
          const double value = energy(picture, moved, levels, probes, data_weight);
          if (value > most) {
            most = value;
            best = moved;
          }
        }
      }
      if (most <= before) break;
    }
  }
  return best;
}

Grid bent(const Gray& picture, const Grid& grid, const std::vector<float>& known) {
  constexpr double kPull = 0.06;
  Grid best = grid;
  best.bent_ = true;
  const double module = grid.module();
  for (const double step : {0.5, 0.3, 0.3, 0.15, 0.15, 0.08}) {
    const Levels levels(brightness(picture, best), grid.size());
    for (int row = 0; row < best.controls(); ++row) {
      for (int column = 0; column < best.controls(); ++column) {
        const Neighbourhood near(best, row, column, known);
        const Point start = best.push(row, column);
        const auto value_of = [&](Point push) {
          return near.value(picture, levels, push) -
                 kPull * pull_at(best, row, column, {start.x + push.x, start.y + push.y}, module);
        };
        Point chosen;
        double most = value_of(chosen);
        for (const auto& [dx, dy] :
             {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1), std::pair(0, -1), std::pair(1, 1),
              std::pair(-1, 1), std::pair(1, -1), std::pair(-1, -1)}) {
          const Point push{dx * step * module, dy * step * module};
          const double value = value_of(push);
          if (value > most) {
            most = value;
            chosen = push;
          }
        }
        best.push(row, column) = {start.x + chosen.x, start.y + chosen.y};
      }
    }
  }
  return best;
}

}  // namespace scr::qr
