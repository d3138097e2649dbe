// SPDX-License-Identifier: Apache-2.0
#include "boxes/place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

#include "boxes/internal/fit.h"
#include "image/warp.h"

namespace scr::boxes {
namespace {

using image::Gray;
using image::Homography;
using image::Point;
using image::Quad;
using internal::Pair;

// Outlines as dark as this share of print are outlines.
constexpr double kSeen = 0.12;
// How far a row is looked for, of the way to the next one; and its ends, of a box's height.
constexpr double kReach = 0.45;
constexpr double kFineReach = 0.12;
// Weight of a corner of the code; the end of a row has at most 1. Of a corner of the picture, which
// only about is one of the page.
constexpr double kCodeWeight = 1;
constexpr double kEdgeWeight = 0.01;
// Where a line is compared with what lies beside it: on it, inside, outside, and farther outside,
// because the next row's line may lie close by. In units of beside_of().
constexpr std::array<double, 4> kBeside{0, 1, -1, -2.2};
// What a row must be darker to be taken to lie a box's height off.
constexpr double kDoubt = 0.3;
// Rows that must show a box, or the search begins elsewhere.
constexpr std::size_t kFirstRows = 2;
// Fewer frames may be something else.
constexpr std::size_t kLeastFrames = 3;
// From tilt to tilt, when the page is seen aslant; and how clear boxes must be to look no further.
constexpr double kTilt = 0.12;
constexpr double kCertain = 0.12;
// The picture is made smaller until boxes are about so many pixels high.
constexpr double kBoxPixels = 24;

Part cell_of(const Row& row, int i) {
  const double width = (row.boxes.right - row.boxes.left) / row.digits;
  return {row.boxes.left + i * width, row.boxes.top, row.boxes.left + (i + 1) * width,
          row.boxes.foot};
}

Point middle_of(const Part& part) {
  return {(part.left + part.right) / 2, (part.top + part.foot) / 2};
}

Quad moved(Quad quad, Point by) {
  for (Point& corner : quad) corner = {corner.x + by.x, corner.y + by.y};
  return quad;
}

Quad through(const Homography& map, const Part& part) {
  return {map(part.left, part.top), map(part.right, part.top), map(part.right, part.foot),
          map(part.left, part.foot)};
}

// Between the darkest and the lightest twentieth of what lies inside.
double contrast_in(const Gray& picture, const Quad& quad) {
  const Homography map = Homography::of_unit_square(quad);
  std::vector<float> seen;
  constexpr int kSide = 48;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const Point at = map((x + 0.5) / kSide, (y + 0.5) / kSide);
      seen.push_back(image::sample(picture, at.x, at.y));
    }
  }
  std::sort(seen.begin(), seen.end());
  const std::size_t tail = seen.size() / 20;
  return std::max(8.0, static_cast<double>(seen[seen.size() - 1 - tail] - seen[tail]));
}

class Search {
 public:
  Search(const Gray& picture, const Layout& layout, double contrast)
      : picture_(picture), layout_(layout), contrast_(contrast), outlined_(layout.rows) {
    for (const Part& frame : layout.frames) outlined_.push_back({frame, 1, std::nullopt});
  }

  Homography map;
  internal::Tilt tilt;

  // How much darker the sides of a part are than what lies beside them, moved by `by` pixels.
  double outline(const Part& part, Point by) const {
    const Quad quad = through(map, part);
    const double beside = beside_of(quad);
    double sum = 0;
    for (std::size_t side = 0; side < 4; ++side)
      sum += along(quad[side], quad[(side + 1) % 4], by, beside);
    return sum / 4 / contrast_;
  }
  double outlines(const Row& row, Point by) const {
    double sum = 0;
    for (int i = 0; i < row.digits; ++i) sum += outline(cell_of(row, i), by);
    return sum / row.digits;
  }

  // The way from where `darkness` is looked for to where it is greatest.
  Point darkest(double reach, double step, const auto& darkness) const {
    Point best;
    double most = -std::numeric_limits<double>::infinity();
    const auto try_about = [&](Point about, double apart, int steps) {
      for (int j = -steps; j <= steps; ++j) {
        for (int i = -steps; i <= steps; ++i) {
          const Point by{about.x + i * apart, about.y + j * apart};
          const double dark = darkness(by);
          if (dark <= most) continue;
          most = dark;
          best = by;
        }
      }
    };
    try_about({0, 0}, step, static_cast<int>(std::ceil(reach / step)));
    try_about(best, step / 3, 2);
    return best;
  }

  // The row as a whole first: one box looks like the next, three boxes do not.
  void look_for(const Row& row, double reach, std::vector<Pair>& pairs) const {
    if (outside(row)) return;
    const double height = height_of(row);
    const Point by = darkest(reach * height, std::max(0.7, height / 28),
                             [&](Point at) { return outlines(row, at); });
    for (const int end : {0, row.digits - 1}) {
      const Part cell = cell_of(row, end);
      const Point fine = darkest(kFineReach * height, 0.7, [&](Point at) {
        return outline(cell, {by.x + at.x, by.y + at.y});
      });
      const Point there_by{by.x + fine.x, by.y + fine.y};
      const double dark = outline(cell, there_by);
      if (dark < kSeen) continue;
      const Point middle = middle_of(cell);
      const Point there = map(middle.x, middle.y);
      pairs.push_back({middle, {there.x + there_by.x, there.y + there_by.y}, std::min(dark, 1.0)});
      if (row.digits == 1) break;
    }
  }

  // Row by row and frame by frame, the nearest to where the search begins first. `reach`: of a
  // box's height. False, and no more is looked for, if the first show no outlines.
  bool refine(const std::vector<Pair>& begin, double reach, bool step_by_step) {
    std::vector<Pair> pairs = begin;
    std::size_t looked = 0;
    for (const std::size_t i : nearest_first(begin)) {
      look_for(outlined_[i], reach, pairs);
      if (++looked == kFirstRows && pairs.size() == begin.size()) return false;
      if (step_by_step) refit(pairs);
    }
    refit(pairs);
    return true;
  }

  Placement placement() const {
    Placement placed;
    std::vector<double> darkness;
    for (const Row& row : layout_.rows) {
      PlacedRow one;
      // Paper bends: each row lies a little off what is true of the page. That is only believed
      // as far as outlines show it: faint ones say little.
      const double height = height_of(row);
      const Point by = outside(row) ? Point{} : darkest(kFineReach * height, 0.7, [&](Point at) {
        return outlines(row, at) - kDoubt * std::hypot(at.x, at.y) / height;
      });
      for (int i = 0; i < row.digits; ++i)
        one.boxes.push_back(moved(through(map, cell_of(row, i)), by));
      if (row.words) one.words = moved(through(map, *row.words), by);
      darkness.push_back(weakest_line(one.boxes));
      placed.rows.push_back(std::move(one));
    }
    placed.clarity = two_thirds_reach(darkness);
    if (layout_.frames.size() >= kLeastFrames)
      placed.clarity = std::max(placed.clarity, clarity_of_frames());
    return placed;
  }

 private:
  double clarity_of_frames() const {
    std::vector<double> darkness;
    for (const Part& frame : layout_.frames)
      darkness.push_back(weakest_line({through(map, frame)}));
    return two_thirds_reach(darkness);
  }
  static double two_thirds_reach(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 3];
  }
  // True if not one corner lies in the picture.
  bool outside(const Row& row) const {
    const Quad quad = through(map, row.boxes);
    return std::none_of(quad.begin(), quad.end(), [&](Point at) {
      return at.x >= 0 && at.y >= 0 && at.x < picture_.width && at.y < picture_.height;
    });
  }
  double height_of(const Row& row) const {
    const Quad quad = through(map, row.boxes);
    return std::hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
  }
  // What lies beside a line: farther than the line is wide, nearer than what is written inside.
  static double beside_of(const Quad& quad) {
    return std::max(1.6, 0.09 * std::hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y));
  }
  // Of the outlines of all boxes of a row, and of the lines between them.
  double weakest_line(const std::vector<Quad>& boxes) const {
    constexpr double kDashed = 2;  // a line of dashes is half as dark as an unbroken one
    const double beside = beside_of(boxes.front());
    double weakest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const Quad& box = boxes[i];
      const double right = darkest_along(box[1], box[2], beside);
      const double between = i + 1 < boxes.size() ? kDashed * right : right;
      weakest = std::min({weakest, darkest_along(box[0], box[1], beside),
                          darkest_along(box[2], box[3], beside), between});
    }
    const Quad& first = boxes.front();
    return std::min(weakest, darkest_along(first[3], first[0], beside)) / contrast_;
  }
  // Where a line is darkest, a little inside or outside of where it should be.
  double darkest_along(Point a, Point b, double beside) const {
    const double length = std::max(1.0, std::hypot(b.x - a.x, b.y - a.y));
    double darkest = -std::numeric_limits<double>::infinity();
    for (const double off : {-1.4, -0.7, 0.0, 0.7, 1.4}) {
      const Point by{-(b.y - a.y) / length * off, (b.x - a.x) / length * off};
      darkest = std::max(darkest, along(a, b, by, beside));
    }
    return darkest;
  }
  // Mean over a line from `a` to `b`, in grey levels.
  double along(Point a, Point b, Point by, double beside) const {
    const double length = std::max(1.0, std::hypot(b.x - a.x, b.y - a.y));
    const Point normal{-(b.y - a.y) / length * beside, (b.x - a.x) / length * beside};
    constexpr std::size_t kMostSteps = 24;
    const auto steps = static_cast<std::size_t>(
        std::clamp(static_cast<int>(length / 1.5), 4, static_cast<int>(kMostSteps)));
    const Point step{(b.x - a.x) / static_cast<double>(steps),
                     (b.y - a.y) / static_cast<double>(steps)};
    const Point first{a.x + step.x / 2 + by.x, a.y + step.y / 2 + by.y};
    std::array<std::array<float, kMostSteps>, kBeside.size()> seen;
    for (std::size_t line = 0; line < kBeside.size(); ++line) {
      const double off = kBeside[line];
      image::sample_line(picture_, {first.x + off * normal.x, first.y + off * normal.y}, step,
                         std::span(seen[line]).first(steps));
    }
    float sum = 0;
    for (std::size_t i = 0; i < steps; ++i) {
      const float outside = std::max(seen[2][i], seen[3][i]);
      sum += std::min(seen[1][i], outside) - seen[0][i];
    }
    return static_cast<double>(sum) / static_cast<double>(steps);
  }
  std::vector<std::size_t> nearest_first(const std::vector<Pair>& begin) const {
    Point about{layout_.width / 2, layout_.height / 2};
    if (!begin.empty()) about = begin.front().page;
    std::vector<std::size_t> order(outlined_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto distance = [&](std::size_t i) {
      const Point at = middle_of(outlined_[i].boxes);
      return std::hypot(at.x - about.x, at.y - about.y);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
    return order;
  }
  void refit(const std::vector<Pair>& pairs) {
    const auto better = internal::fit(pairs, std::max(layout_.width, layout_.height), tilt);
    if (better) map = *better;
  }

  const Gray& picture_;
  const Layout& layout_;
  double contrast_;
  std::vector<Row> outlined_;  // all rows, and then the frames, each as a row of one box
};

double area_of(const Quad& quad) {
  double twice = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = quad[i];
    const Point b = quad[(i + 1) % 4];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

double larger_side(const Layout& layout) {
  return std::max(layout.width, layout.height);
}

// How far a row may be looked for, of a box's height: not so far that it is taken for another.
double reach_of(const Layout& layout) {
  double nearest = larger_side(layout);
  double height = 0;
  for (const Row& row : layout.rows) {
    height = std::max(height, row.boxes.foot - row.boxes.top);
    for (const Row& other : layout.rows) {
      const double down = std::abs(middle_of(row.boxes).y - middle_of(other.boxes).y);
      if (down > 0) nearest = std::min(nearest, down);
    }
  }
  return std::clamp(kReach * nearest / height, 0.1, 0.8);
}

// `pixels` a unit of length in the picture.
int reduction(const Layout& layout, double pixels) {
  double height = larger_side(layout);
  for (const Row& row : layout.rows) height = std::min(height, row.boxes.foot - row.boxes.top);
  return std::max(1, static_cast<int>(height * pixels / kBoxPixels));
}

Quad scaled(Quad quad, double factor) {
  for (Point& corner : quad) corner = {corner.x * factor, corner.y * factor};
  return quad;
}

void enlarge(Placement& placed, double factor) {
  for (PlacedRow& row : placed.rows) {
    for (Quad& box : row.boxes) box = scaled(box, factor);
    if (row.words) row.words = scaled(*row.words, factor);
  }
}

std::vector<Pair> pairs_of(const Quad& page, const Quad& seen, double weight) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < 4; ++i) pairs.push_back({page[i], seen[i], weight});
  return pairs;
}

// The tilts that are tried, the flattest first.
std::vector<internal::Tilt> tilts() {
  std::vector<internal::Tilt> all;
  for (int down = -2; down <= 2; ++down) {
    for (int across = -2; across <= 2; ++across) all.push_back({kTilt * across, kTilt * down});
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::hypot(a.across, a.down) < std::hypot(b.across, b.down);
  });
  return all;
}

std::optional<Placement> placed_from(const Gray& picture, const Layout& layout,
                                     const std::vector<Pair>& begin, double contrast,
                                     const std::vector<internal::Tilt>& tilts) {
  std::optional<Placement> best;
  for (const internal::Tilt& tilt : tilts) {
    const auto first = internal::fit(begin, larger_side(layout), tilt);
    if (!first) return best;
    Search search(picture, layout, contrast);
    search.map = *first;
    search.tilt = tilt;
    const bool seen = search.refine(begin, reach_of(layout), true);
    if (!seen && best) continue;
    search.refine(begin, 2 * kFineReach, false);
    auto placed = search.placement();
    if (!best || placed.clarity > best->clarity) best = std::move(placed);
    if (best->clarity > kCertain) return best;
  }
  return best;
}

}  // namespace

std::optional<Placement> place_by_code(const Gray& picture, const Quad& code,
                                       const Layout& layout) {
  // A mirrored code has a negative area: then the page is seen from behind.
  const double area = area_of(code);
  if (layout.rows.empty() || area < 16) return std::nullopt;
  const Part& part = layout.code;
  const int factor = reduction(layout, std::sqrt(area) / (part.right - part.left));
  const Gray smaller = image::reduced(picture, factor);
  if (smaller.width < 2 || smaller.height < 2) return std::nullopt;
  const Quad there = scaled(code, 1.0 / factor);
  const Quad page{Point{part.left, part.top},
                  {part.right, part.top},
                  {part.right, part.foot},
                  {part.left, part.foot}};
  auto placed = placed_from(smaller, layout, pairs_of(page, there, kCodeWeight),
                            contrast_in(smaller, there), tilts());
  if (placed) enlarge(*placed, factor);
  return placed;
}

std::optional<Placement> place_by_page(const Gray& picture, const Layout& layout) {
  if (layout.rows.empty() || picture.width < 32 || picture.height < 32) return std::nullopt;
  const int factor =
      reduction(layout, std::max(picture.width, picture.height) / larger_side(layout));
  const Gray smaller = image::reduced(picture, factor);
  if (smaller.width < 2 || smaller.height < 2) return std::nullopt;
  const double w = smaller.width;
  const double h = smaller.height;
  const Quad edges{Point{0, 0}, {w, 0}, {w, h}, {0, h}};
  const Quad page{
      Point{0, 0}, {layout.width, 0}, {layout.width, layout.height}, {0, layout.height}};
  const double contrast = contrast_in(smaller, edges);
  // The edges of a scan are those of a page that lies flat.
  const std::vector<internal::Tilt> flat{internal::Tilt{}};
  std::optional<Placement> best;
  for (std::size_t turn = 0; turn < 4; ++turn) {
    const bool upright = turn % 2 == 0;
    if ((layout.height > layout.width) != (upright ? h > w : w > h)) continue;
    Quad turned;
    for (std::size_t i = 0; i < 4; ++i) turned[i] = edges[(i + turn) % 4];
    auto placed = placed_from(smaller, layout, pairs_of(page, turned, kEdgeWeight), contrast, flat);
    if (placed && (!best || placed->clarity > best->clarity)) best = std::move(placed);
  }
  if (best) enlarge(*best, factor);
  return best;
}

}  // namespace scr::boxes
