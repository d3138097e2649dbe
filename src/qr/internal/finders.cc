// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/finders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "image/warp.h"

namespace scr::qr {
namespace {

using image::Gray;
using image::Point;

struct Crossing {
  double centre = 0;
  double module = 0;
};

// Five runs, given as six edges, in the proportion 1:1:3:1:1.
std::optional<Crossing> crossing_of(const double* edges, double share) {
  const double whole = edges[5] - edges[0];
  const double unit = whole / 7;
  if (unit < 1.1) return std::nullopt;
  const double slack = std::max(share * unit, 0.75);
  for (const int i : {0, 1, 3, 4}) {
    if (std::abs(edges[i + 1] - edges[i] - unit) > slack) return std::nullopt;
  }
  if (std::abs(edges[3] - edges[2] - 3 * unit) > 1.5 * slack) return std::nullopt;
  return Crossing{(edges[2] + edges[3]) / 2, unit};
}

// Edges where a line's values pass a threshold, between the values. The first that is kept leads
// into dark. A little reluctance, so that noise about the threshold makes no edges.
constexpr int kReluctance = 2;

// Noise that crosses like finders makes hundreds of places; a picture of sheets has a few dozen.
constexpr std::size_t kMostPlaces = 600;

// Where values pass a threshold of their own each.
std::vector<double> edges_of(const std::vector<float>& values,
                             const std::vector<float>& threshold) {
  std::vector<double> edges;
  bool dark = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float height = values[i] - threshold[i];
    const bool now_dark = height < static_cast<float>(dark ? kReluctance : -kReluctance);
    if (now_dark == dark) continue;
    double at = static_cast<double>(i);
    if (i > 0) {
      const float before = values[i - 1] - threshold[i - 1];
      const float rise = height - before;
      if (rise != 0) at -= std::clamp(static_cast<double>(height / rise), 0.0, 1.0);
    }
    edges.push_back(at + 0.5);
    dark = now_dark;
  }
  return edges;
}

// Where rows of pixels pass the mean of `window` pixels around each. Whole numbers, all times the
// number of pixels that the mean has: every pixel that is searched comes through here.
class RowEdges {
 public:
  RowEdges(int width, int window)
      : width_(width),
        half_(std::clamp(window / 2, 1, std::max(1, width))),
        sums_(places(width) + 1),
        heights_(places(width)),
        passed_(places(width)) {}

  // `row`: of the width.
  void find(const std::uint8_t* row, std::vector<double>& edges) {
    edges.clear();
    std::int32_t sum = 0;
    for (int i = 0; i < width_; ++i) {
      sums_[places(i)] = sum;
      sum += row[i];
    }
    sums_[places(width_)] = sum;
    const int inner = std::min(half_, width_);
    const int outer = std::max(inner, width_ - half_);
    for (int i = 0; i < inner; ++i) weigh_one(row, i);
    weigh(row, inner, outer);
    for (int i = outer; i < width_; ++i) weigh_one(row, i);
    Passed wanted = kIntoDark;
    const std::uint8_t* end = passed_.data() + width_;
    for (const std::uint8_t* at = passed_.data(); at != end; ++at) {
      at = static_cast<const std::uint8_t*>(
          std::memchr(at, wanted, static_cast<std::size_t>(end - at)));
      if (at == nullptr) break;
      edges.push_back(edge_at(static_cast<std::size_t>(at - passed_.data())));
      wanted = wanted == kIntoDark ? kIntoLight : kIntoDark;
    }
  }

 private:
  enum Passed : std::uint8_t { kNeither, kIntoDark, kIntoLight };

  static std::size_t places(int count) { return static_cast<std::size_t>(count); }

  // How much lighter than the mean of `count` a pixel is, and whether by enough to be an edge.
  static Passed passed(std::int32_t height, std::int32_t count) {
    if (height < -kReluctance * count) return kIntoDark;
    return height >= kReluctance * count ? kIntoLight : kNeither;
  }

  void weigh_one(const std::uint8_t* row, int i) {
    const int begin = std::max(0, i - half_ + 1);
    const int end = std::min(width_, i + half_ + 1);
    const std::int32_t height =
        row[i] * (end - begin) - (sums_[places(end)] - sums_[places(begin)]);
    heights_[places(i)] = height;
    passed_[places(i)] = passed(height, end - begin);
  }
  // Most of the row: the mean of as many on both sides.
  void weigh(const std::uint8_t* row, int begin, int end) {
    if (begin >= end) return;
    const std::int32_t both = 2 * half_;
    const std::uint8_t* pixel = row + begin;
    const std::int32_t* from = sums_.data() + (begin - half_ + 1);
    const std::int32_t* to = sums_.data() + (begin + half_ + 1);
    std::int32_t* height = heights_.data() + begin;
    std::uint8_t* into = passed_.data() + begin;
    const int count = end - begin;
    for (int i = 0; i < count; ++i) height[i] = pixel[i] * both - (to[i] - from[i]);
    for (int i = 0; i < count; ++i) into[i] = passed(height[i], both);
  }

  double edge_at(std::size_t i) const {
    double at = static_cast<double>(i);
    if (i > 0) {
      const std::int32_t rise = heights_[i] - heights_[i - 1];
      if (rise != 0) at -= std::clamp(static_cast<double>(heights_[i]) / rise, 0.0, 1.0);
    }
    return at + 0.5;
  }

  int width_;
  int half_;
  std::vector<std::int32_t> sums_;     // of all pixels before each
  std::vector<std::int32_t> heights_;  // above the mean, times how many it is of
  std::vector<std::uint8_t> passed_;   // Passed
};

// Light streaks narrower than `width` values are filled with what is beside them (grey-scale
// opening: the least of `width` values, then the greatest of these).
template <typename Value>
void fill_streaks(std::vector<Value>& values, int width) {
  const auto wide = static_cast<std::size_t>(width);
  if (wide < 2 || values.size() < 2 * wide) return;
  const std::size_t count = values.size() - wide + 1;
  std::vector<Value> least(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t k = 1; k < wide; ++k) {
    for (std::size_t i = 0; i < count; ++i) least[i] = std::min(least[i], values[i + k]);
  }
  std::fill(values.begin(), values.end(), Value{0});
  for (std::size_t k = 0; k < wide; ++k) {
    for (std::size_t i = 0; i < count; ++i) values[i + k] = std::max(values[i + k], least[i]);
  }
}

// The mean of `window` values around each.
void running_mean(const std::vector<float>& values, std::size_t window, std::vector<float>& mean) {
  mean.resize(values.size());
  const std::size_t half = std::min(window / 2, values.size());
  float sum = 0;
  for (std::size_t i = 0; i < half; ++i) sum += values[i];
  std::size_t begin = 0;
  std::size_t end = half;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (end < values.size()) sum += values[end++];
    if (i >= half) sum -= values[begin++];
    mean[i] = sum / static_cast<float>(end - begin);
  }
}

class Search {
 public:
  Search(const Gray& picture, const FinderSearch& search) : picture_(picture), search_(search) {}

  std::vector<Finder> run() {
    const auto width = static_cast<std::size_t>(picture_.width);
    RowEdges row_edges(picture_.width, search_.window);
    std::vector<double> edges;
    std::vector<std::uint8_t> filled;
    for (int row = search_.first_row; row < search_.last_row && found_.size() < kMostPlaces;
         row += search_.step) {
      const std::uint8_t* line = picture_.pixels.data() + static_cast<std::size_t>(row) * width;
      if (search_.streak > 0) {
        filled.assign(line, line + width);
        fill_streaks(filled, search_.streak);
        line = filled.data();
      }
      row_edges.find(line, edges);
      for (std::size_t i = 0; i + 5 < edges.size(); i += 2) {
        if (const auto crossing = crossing_of(&edges[i], search_.slack))
          check({crossing->centre, row + 0.5}, crossing->module);
      }
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Finder& a, const Finder& b) { return a.lines > b.lines; });
    return std::move(found_);
  }

 private:
  // A crossing of the line through `through` in direction (dx, dy), near it.
  std::optional<Crossing> across(Point through, double dx, double dy, double module) {
    const int reach = static_cast<int>(std::ceil(module * 9));
    cross_.resize(static_cast<std::size_t>(2 * reach + 1));
    image::sample_line(picture_, {through.x - dx * reach, through.y - dy * reach}, {dx, dy},
                       cross_);
    if (dx != 0) fill_streaks(cross_, search_.streak);
    // One threshold for all, between the darkest and the lightest of the pattern itself; where blur
    // leaves no such threshold, the running mean of four modules.
    const auto middle = static_cast<std::size_t>(reach);
    const auto near = static_cast<std::size_t>(std::min<double>(reach, module * 3.2));
    const auto [low, high] =
        std::minmax_element(cross_.begin() + static_cast<std::ptrdiff_t>(middle - near),
                            cross_.begin() + static_cast<std::ptrdiff_t>(middle + near + 1));
    if (*high - *low < 12) return std::nullopt;
    cross_mean_.assign(cross_.size(), (*low + *high) / 2);
    if (const auto crossing = crossing_here(module, reach)) return crossing;
    running_mean(cross_, static_cast<std::size_t>(std::max(5.0, 4 * module)), cross_mean_);
    return crossing_here(module, reach);
  }

  std::optional<Crossing> crossing_here(double module, int reach) {
    const std::vector<double> edges = edges_of(cross_, cross_mean_);
    for (std::size_t i = 0; i + 5 < edges.size(); i += 2) {
      auto crossing = crossing_of(&edges[i], search_.slack);
      if (!crossing) continue;
      crossing->centre -= reach + 0.5;
      const bool here = std::abs(crossing->centre) < 1.5 * module;
      if (here && crossing->module > 0.5 * module && crossing->module < 2 * module) return crossing;
    }
    return std::nullopt;
  }

  // Where a line through `at` down the picture is dark for some three modules, between lighter
  // ends.
  std::optional<Crossing> heart(Point at, double module) {
    const int reach = static_cast<int>(std::ceil(module * 3.5));
    cross_.resize(static_cast<std::size_t>(2 * reach + 1));
    image::sample_line(picture_, {at.x, at.y - reach}, {0, 1}, cross_);
    const auto value = [&](int by) { return cross_[static_cast<std::size_t>(reach + by)]; };
    const int near = static_cast<int>(module);
    float low = value(0);
    for (int by = -near; by <= near; ++by) low = std::min(low, value(by));
    std::array<float, 2> high{0, 0};
    for (int by = near; by <= reach; ++by) {
      high[0] = std::max(high[0], value(-by));
      high[1] = std::max(high[1], value(by));
    }
    const float light = std::min(high[0], high[1]);
    if (light - low < 12) return std::nullopt;
    const float middle = (low + light) / 2;
    if (value(0) >= middle) return std::nullopt;
    int above = 0;
    while (value(above) < middle) --above;
    int below = 0;
    while (value(below) < middle) ++below;
    const double run = below - above - 1;
    if (run < 1.8 * module || run > 4.5 * module) return std::nullopt;
    return Crossing{(above + below) / 2.0, module};
  }

  void check(Point at, double module) {
    for (Finder& known : found_) {
      const double distance = std::hypot(known.centre.x - at.x, known.centre.y - at.y);
      if (distance < 2.2 * known.module) {
        ++known.lines;
        return;
      }
    }
    auto down = across(at, 0, 1, module);
    // The middle may lie in a streak; the heart is three modules wide.
    for (const double aside : {-1.0, 1.0}) {
      if (!down && search_.streak > 0) down = across({at.x + aside * module, at.y}, 0, 1, module);
    }
    if (!down && search_.heart_down) down = heart(at, module);
    if (!down) return;
    const auto along = across({at.x, at.y + down->centre}, 1, 0, module);
    if (!along) return;
    found_.push_back(
        {{at.x + along->centre, at.y + down->centre}, (down->module + along->module) / 2, 1});
  }

  const Gray& picture_;
  const FinderSearch& search_;
  std::vector<float> cross_;
  std::vector<float> cross_mean_;
  std::vector<Finder> found_;
};

}  // namespace

std::vector<Finder> find_finders(const Gray& picture, const FinderSearch& search) {
  return Search(picture, search).run();
}

}  // namespace scr::qr
