// SPDX-License-Identifier: Apache-2.0
#include "print/rails.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include "print/internal/ink.h"

namespace scr::print {
namespace {

using image::Gray;
using image::Point;
using image::Quad;

// Half the height of letters, and from where to where the gap between rows is; dots from the
// middle.
constexpr double kTall = 8;
constexpr double kGapFrom = 10.5;
constexpr double kGapTo = 16.5;
constexpr double kReach = 480;  // to either side of the code

// A place on the laid flat sheet, dots from the centre of the code.
struct Spot {
  double x = 0;
  double y = 0;
};

// From above to below, dots from the centre of the code.
struct Span {
  double from = 0;
  double to = 0;
};

class Rows {
 public:
  Rows(const Ink& ink, const Layout& layout) : ink_(ink), layout_(layout) {}

  // Of a number that ends at `at`: ink in its last letter, none between the rows nor behind it.
  double number_at(Spot at, double scale = 1) const {
    const double letter = layout_.letter * scale;
    const double ink = ink_.box(at.x - letter, at.y - kTall * scale, at.x, at.y + kTall * scale);
    const double gaps =
        ink_.box(at.x - letter, at.y - kGapTo * scale, at.x, at.y - kGapFrom * scale) +
        ink_.box(at.x - letter, at.y + kGapFrom * scale, at.x, at.y + kGapTo * scale);
    const double behind =
        ink_.box(at.x + 2, at.y - kTall * scale, at.x + 2 + 0.7 * letter, at.y + kTall * scale);
    return ink - 0.5 * gaps - 0.6 * behind;
  }
  // Of words that begin at `at`.
  double words_at(Spot at, double scale = 1) const {
    const double wide = 1.9 * layout_.letter * scale;
    const double ink = ink_.box(at.x, at.y - kTall * scale, at.x + wide, at.y + kTall * scale);
    const double gaps =
        ink_.box(at.x, at.y - kGapTo * scale, at.x + wide, at.y - kGapFrom * scale) +
        ink_.box(at.x, at.y + kGapFrom * scale, at.x + wide, at.y + kGapTo * scale);
    const double before = ink_.box(at.x - 3 - layout_.letter * scale, at.y - kTall * scale,
                                   at.x - 3, at.y + kTall * scale);
    return ink - 0.5 * gaps - 0.6 * before;
  }
  double indent(const Row& row) const { return row.indented ? layout_.indent : 0; }

 private:
  const Ink& ink_;
  const Layout& layout_;
};

// Where the lowest row may be, and how the rows above it follow.
struct Start {
  Spot end;          // of the lowest row's number
  double scale = 1;  // of the pitch
  double lean = 0;   // dots to the right for each row up
  double score = 0;
};

// Rows of the table that a start looks at, from the foot.
constexpr std::size_t kStartRows = 15;

// What number_at says all over the part of the sheet where numbers may end, once.
class NumberMap {
 public:
  NumberMap(const Ink& ink, const Layout& layout, double left, double right, Span down)
      : left_(left),
        first_line_(std::max(0, ink.line_of(down.from))),
        top_(ink.top() + first_line_ * Ink::kTall),
        columns_(static_cast<int>((right - left) / Ink::kWide) + 1),
        lines_(std::max(
            0, static_cast<int>((std::min(down.to, ink.foot()) - top_) / Ink::kTall) + 1)) {
    const double letter = layout.letter;
    std::array<Ink::Weighed, 4> boxes{{{Ink::cells(-letter, -kTall, 0, kTall), 1},
                                       {Ink::cells(-letter, -kGapTo, 0, -kGapFrom), -0.5F},
                                       {Ink::cells(-letter, kGapFrom, 0, kGapTo), -0.5F},
                                       {Ink::cells(3, -kTall, 3 + 1.5 * letter, kTall), -0.6F}}};
    for (auto& [box, weight] : boxes)
      weight /= static_cast<float>((box.right - box.left) * (box.foot - box.top));
    const auto columns = static_cast<std::size_t>(columns_);
    values_.resize(columns * static_cast<std::size_t>(lines_));
    const int first = ink.column_of(left);
    for (int line = 0; line < lines_; ++line) {
      ink.weigh_line(first_line_ + line, first, boxes,
                     std::span(values_).subspan(static_cast<std::size_t>(line) * columns, columns));
    }
  }
  float at(Spot spot) const {
    const int column = static_cast<int>((spot.x - left_) * (1 / Ink::kWide) + 0.5);
    const int line = static_cast<int>((spot.y - top_) * (1 / Ink::kTall) + 0.5);
    if (column < 0 || line < 0 || column >= columns_ || line >= lines_) return 0;
    return values_[static_cast<std::size_t>(line) * static_cast<std::size_t>(columns_) +
                   static_cast<std::size_t>(column)];
  }

 private:
  double left_;
  int first_line_;
  double top_;
  int columns_;
  int lines_;
  std::vector<float> values_;
};

double start_score(const NumberMap& numbers, const Layout& layout, const Start& start) {
  float sum = 0;
  const std::size_t count = std::min(kStartRows, layout.rows.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Row& row = layout.rows[layout.rows.size() - 1 - i];
    if (row.kind == RowKind::rule) continue;
    const auto up = static_cast<double>(i);
    const float number =
        numbers.at({start.end.x + up * start.lean, start.end.y - up * layout.pitch * start.scale});
    sum += row.kind == RowKind::number ? number : -std::max(0.0F, number);
  }
  return static_cast<double>(sum);
}

void keep_best(std::vector<Start>& starts, std::size_t most, double apart) {
  std::stable_sort(starts.begin(), starts.end(),
                   [](const Start& a, const Start& b) { return a.score > b.score; });
  std::vector<Start> kept;
  for (const Start& start : starts) {
    const bool near = std::any_of(kept.begin(), kept.end(), [&](const Start& other) {
      return std::abs(other.end.y - start.end.y) < apart;
    });
    if (!near) kept.push_back(start);
    if (kept.size() == most) break;
  }
  starts = std::move(kept);
}

// Best first, each another place.
// `lowest`: where the lowest row may be. `wide`: for strong perspective, and slower.
std::vector<Start> starts_of(const Ink& ink, const Layout& layout, Span lowest, bool wide) {
  // The ends of numbers stand half a width to the right of the middle, about: the code is centred.
  constexpr double kAside = 60;
  const double middle = layout.width / 2;
  constexpr double kTallest = 1.2;  // of the pitch, of all that are tried
  const NumberMap numbers(
      ink, layout, middle - kAside - 45, middle + kAside + 45,
      {lowest.from - kStartRows * layout.pitch * kTallest, lowest.to + layout.pitch});
  static const std::vector<double> kFewLeans{0, -1.5, 1.5};
  static const std::vector<double> kFewScales{1, 0.95, 1.05};
  static const std::vector<double> kManyLeans{0, -1, 1, -2, 2, -3, 3, -4, 4};
  static const std::vector<double> kManyScales{1, 0.96, 1.04, 0.92, 1.08, 0.88, 1.12, 0.84, 1.16};
  // In strong perspective the table's pitch is a tenth larger than at the code.
  static const std::vector<double> kPlainScale{1};
  static const std::vector<double> kFirstScales{1, 0.92, 1.08};
  // Rows that are followed from where a number is seen as well as anywhere near.
  std::vector<Start> plain;
  double most = 0;
  for (double y = lowest.to; y > lowest.from; y -= Ink::kTall) {
    for (double x = middle - kAside; x <= middle + kAside; x += 2 * Ink::kWide) {
      const float value = numbers.at({x, y});
      const float near = std::max(numbers.at({x, y - Ink::kTall}), numbers.at({x, y + Ink::kTall}));
      if (value < 0.05F || value < 0.8F * near) continue;
      Start best;
      for (const double scale : wide ? kFirstScales : kPlainScale) {
        Start start{{x, y}, scale, 0, 0};
        start.score = start_score(numbers, layout, start);
        if (start.score > best.score) best = start;
      }
      if (best.score <= 0) continue;
      most = std::max(most, best.score);
      plain.push_back(best);
    }
  }
  // Strong perspective can hide the right place from this first look; then the wide one finds it.
  constexpr std::size_t kMostSpots = 600;
  const double enough = wide ? 0 : 0.4 * most;
  std::stable_sort(plain.begin(), plain.end(),
                   [](const Start& a, const Start& b) { return a.score > b.score; });
  if (plain.size() > kMostSpots) plain.resize(kMostSpots);
  std::vector<Start> starts;
  for (const Start& spot : plain) {
    if (spot.score < enough) break;
    Start here = spot;
    for (const double lean : wide ? kManyLeans : kFewLeans) {
      for (const double scale : wide ? kManyScales : kFewScales) {
        Start start{spot.end, scale, lean, 0};
        start.score = start_score(numbers, layout, start);
        if (start.score > here.score) here = start;
      }
    }
    if (here.score > 0) starts.push_back(here);
  }
  keep_best(starts, 12, 0.3 * layout.pitch);
  for (Start& start : starts) {
    const Start about = start;
    for (const double x : {-Ink::kWide, 0.0, Ink::kWide}) {
      for (const double y : {-Ink::kTall, 0.0, Ink::kTall}) {
        for (const double scale : {-0.04, -0.02, 0.0, 0.02, 0.04}) {
          for (const double lean : {-0.8, 0.0, 0.8}) {
            Start other{
                {about.end.x + x, about.end.y + y}, about.scale + scale, about.lean + lean, 0};
            other.score = start_score(numbers, layout, other);
            if (other.score > start.score) start = other;
          }
        }
      }
    }
  }
  keep_best(starts, 3, 0.6 * layout.pitch);
  return starts;
}

struct Rail {
  std::vector<Spot> spots;      // by row
  std::vector<double> weights;  // of each
};
struct Track {
  Rail left;   // of the first letter of a heading (so less the indent)
  Rail right;  // of the ends of numbers
};

// The best place near `at`, and how good it is. `value`: of a place.
struct Found {
  Spot spot;
  double value = 0;
};
template <typename Value>
Found best_near(Spot at, double far_x, double far_y, const Value& value) {
  Found best{at, value(at)};
  for (double dy = -far_y; dy <= far_y + 0.1; dy += Ink::kTall) {
    for (double dx = -far_x; dx <= far_x + 0.1; dx += Ink::kWide) {
      const Spot here{at.x + dx, at.y + dy};
      // The nearer, the likelier.
      const double v = value(here) - 0.002 * (std::abs(dx) + std::abs(dy));
      if (v > best.value) best = {here, v};
    }
  }
  // Between cells, by the parabola through it and its neighbours.
  const auto finer = [&](double dx, double dy) {
    const double before = value({best.spot.x - dx, best.spot.y - dy});
    const double behind = value({best.spot.x + dx, best.spot.y + dy});
    const double bend = before + behind - 2 * best.value;
    if (bend >= -1e-6) return 0.0;
    return std::clamp(0.5 * (before - behind) / bend, -0.5, 0.5);
  };
  const double fine_x = finer(Ink::kWide, 0);
  const double fine_y = finer(0, Ink::kTall);
  best.spot.x += fine_x * Ink::kWide;
  best.spot.y += fine_y * Ink::kTall;
  return best;
}

// First place of the left rail at the lowest row: how far to the left, and how much lower or
// higher.
Spot left_of(const Rows& rows, const Layout& layout, const Start& start) {
  const auto score = [&](double width, double tilt) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(12, layout.rows.size()); ++i) {
      const Row& row = layout.rows[layout.rows.size() - 1 - i];
      if (row.kind == RowKind::rule) continue;
      const auto up = static_cast<double>(i);
      sum += rows.words_at({start.end.x + up * start.lean - width + rows.indent(row),
                            start.end.y + tilt - up * layout.pitch * start.scale},
                           start.scale);
    }
    return sum - 0.01 * (std::abs(tilt) + 0.3 * std::abs(width - layout.width));
  };
  double best_width = layout.width;
  double best_tilt = 0;
  double most = score(best_width, best_tilt);
  const auto look_at = [&](double width, double tilt) {
    const double sum = score(width, tilt);
    if (sum <= most) return;
    most = sum;
    best_width = width;
    best_tilt = tilt;
  };
  constexpr double kWidth = 3 * Ink::kWide;
  constexpr double kTilt = 2 * Ink::kTall;
  for (double tilt = -24; tilt <= 24; tilt += kTilt) {
    for (double width = -48; width <= 48; width += kWidth) look_at(layout.width + width, tilt);
  }
  // Finer about the best of these.
  const double about_width = best_width;
  const double about_tilt = best_tilt;
  for (const double tilt : {-Ink::kTall, 0.0, Ink::kTall}) {
    for (const double width : {-kWidth / 2, 0.0, kWidth / 2})
      look_at(about_width + width, about_tilt + tilt);
  }
  return {start.end.x - best_width, start.end.y + best_tilt};
}

// Where the next row should be, and how one gets from row to row.
struct Pace {
  Spot left;
  Spot right;
  Spot left_step;
  Spot right_step;
  double usual = 0.3;  // of what a row scores here
};

// Goes `count` rows from row `first`, up (way -1) or down (1), and notes in `track` where they are.
void walk(const Rows& rows, const Layout& layout, std::size_t first, int way, std::size_t count,
          Pace pace, Track& track) {
  auto& [left, right, left_step, right_step, usual] = pace;
  for (std::size_t step = 0; step < count; ++step) {
    const std::size_t i = way < 0 ? first - step : first + step;
    const Row& row = layout.rows[i];
    const double scale =
        std::clamp(way * (left_step.y + right_step.y) / 2 / layout.pitch, 0.6, 1.6);
    double left_weight = 0;
    double right_weight = 0;
    Spot left_off;
    Spot right_off;
    if (row.kind != RowKind::rule) {
      const double indent = rows.indent(row) * scale;
      const Found words = best_near({left.x + indent, left.y}, 6, 6,
                                    [&](Spot at) { return rows.words_at(at, scale); });
      left_weight = std::clamp(words.value / usual, 0.0, 1.0);
      left_off = {words.spot.x - indent - left.x, words.spot.y - left.y};
    }
    if (row.kind == RowKind::number) {
      const Found number =
          best_near(right, 6, 6, [&](Spot at) { return rows.number_at(at, scale); });
      right_weight = std::clamp(number.value / usual, 0.0, 1.0);
      right_off = {number.spot.x - right.x, number.spot.y - right.y};
      usual = 0.9 * usual + 0.1 * std::clamp(number.value, 0.1, 0.6);
    }
    // What one rail does not see, the other tells.
    const double both = left_weight + right_weight;
    const double common =
        both > 0 ? (left_off.y * left_weight + right_off.y * right_weight) / both : 0;
    const auto correct = [&](Spot& at, Spot& pace_of, Spot off, double weight) {
      const double y = weight * off.y + (1 - weight) * common * std::min(1.0, both);
      at.y += 0.6 * y;
      pace_of.y += 0.12 * y;
      at.x += 0.4 * weight * off.x;
      pace_of.x += 0.05 * weight * off.x;
    };
    track.left.spots[i] = {left.x + left_off.x, left.y + left_off.y};
    track.right.spots[i] = {right.x + right_off.x, right.y + right_off.y};
    track.left.weights[i] = left_weight + 0.02;
    track.right.weights[i] = right_weight + 0.02;
    correct(left, left_step, left_off, left_weight);
    correct(right, right_step, right_off, right_weight);
    left = {left.x + left_step.x, left.y + left_step.y};
    right = {right.x + right_step.x, right.y + right_step.y};
  }
}

// A parabola through the places about each row, the nearer the weightier.
std::vector<Spot> smoothed(const Rail& rail, double reach) {
  const std::size_t count = rail.spots.size();
  // By how many rows lie between; what is further away does not count.
  std::vector<double> shares;
  for (std::size_t apart = 0; apart < count; ++apart) {
    const auto t = static_cast<double>(apart);
    const double share = std::exp(-t * t / (2 * reach * reach));
    if (share < 0.005) break;
    shares.push_back(share);
  }
  std::vector<Spot> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    // Normal equations of a + b t + c t^2, twice: for x and for y.
    std::array<double, 5> t_sums{};
    std::array<double, 3> x_sums{};
    std::array<double, 3> y_sums{};
    const std::size_t begin = i - std::min(i, shares.size() - 1);
    const std::size_t end = std::min(count, i + shares.size());
    for (std::size_t k = begin; k < end; ++k) {
      const double t = static_cast<double>(k) - static_cast<double>(i);
      const double weight = shares[k < i ? i - k : k - i] * rail.weights[k];
      double power = weight;
      for (std::size_t p = 0; p < 5; ++p) {
        t_sums[p] += power;
        if (p < 3) {
          x_sums[p] += power * rail.spots[k].x;
          y_sums[p] += power * rail.spots[k].y;
        }
        power *= t;
      }
    }
    t_sums[4] += 60 * t_sums[0];  // bends little
    const auto constant = [&](const std::array<double, 3>& right) {
      const auto [s0, s1, s2, s3, s4] = t_sums;
      const double whole =
          s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
      const double part = right[0] * (s2 * s4 - s3 * s3) - s1 * (right[1] * s4 - right[2] * s3) +
                          s2 * (right[1] * s3 - right[2] * s2);
      return std::abs(whole) > 1e-9 ? part / whole : right[0] / std::max(1e-9, s0);
    };
    out[i] = {constant(x_sums), constant(y_sums)};
  }
  return out;
}

// How much rows with numbers stand out along smooth rails: 0 .. 1.
double clarity_of(const Rows& rows, const Layout& layout, const std::vector<Spot>& right) {
  double with = 0;
  double without = 0;
  int numbers = 0;
  int headings = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const double value = std::clamp(rows.number_at(right[i]), -0.1, 0.5);
    if (layout.rows[i].kind == RowKind::number) {
      with += value;
      ++numbers;
    } else if (layout.rows[i].kind == RowKind::heading) {
      without += std::max(0.0, value);
      ++headings;
    }
  }
  if (headings > 0) without /= headings;
  return numbers > 0 ? with / numbers - without : 0;
}

// All rows from the lowest up.
Track follow(const Rows& rows, const Layout& layout, const Start& start) {
  const std::size_t count = layout.rows.size();
  Track track;
  track.left = {std::vector<Spot>(count), std::vector<double>(count, 0)};
  track.right = {std::vector<Spot>(count), std::vector<double>(count, 0)};
  const Spot step{start.lean, -layout.pitch * start.scale};
  walk(rows, layout, count - 1, -1, count,
       {left_of(rows, layout, start), start.end, step, step, 0.3}, track);
  return track;
}

// The lowest rows once more from above, where the pace is known better than it was at the start.
constexpr std::size_t kAgain = 20;
Track again_from_above(const Rows& rows, const Layout& layout, const Track& before) {
  const std::size_t first = layout.rows.size() - kAgain;
  const std::vector<Spot> left = smoothed(before.left, 5);
  const std::vector<Spot> right = smoothed(before.right, 5);
  const auto pace_at = [&](const std::vector<Spot>& spots) {
    return Spot{(spots[first + 1].x - spots[first - 3].x) / 4,
                (spots[first + 1].y - spots[first - 3].y) / 4};
  };
  Track track = before;
  walk(rows, layout, first, 1, kAgain,
       {left[first], right[first], pace_at(left), pace_at(right), 0.3}, track);
  return track;
}

Placement placed_from(const Start& start, const Ink& ink, const Rows& rows, const Layout& layout) {
  const Track track = follow(rows, layout, start);
  std::vector<Spot> left = smoothed(track.left, 5);
  std::vector<Spot> right = smoothed(track.right, 3);
  double clarity = clarity_of(rows, layout, right);
  if (layout.rows.size() >= kAgain + 10) {
    const Track again = again_from_above(rows, layout, track);
    std::vector<Spot> other = smoothed(again.right, 3);
    const double other_clarity = clarity_of(rows, layout, other);
    // A row of several digits looks the same a little to the left of its end: what was followed
    // from far above knows better where the end is.
    if (other_clarity > 0.97 * clarity) {
      clarity = other_clarity;
      right = std::move(other);
      left = smoothed(again.left, 5);
    }
  }
  Placement placement;
  placement.clarity = clarity;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const std::size_t above = i > 0 ? i - 1 : i;
    const std::size_t below = i + 1 < right.size() ? i + 1 : i;
    const double pitch = layout.pitch * static_cast<double>(below - above);
    const Point end = ink.in_picture(right[i].x, right[i].y);
    const Point first = ink.in_picture(left[i].x, left[i].y);
    const Point high = ink.in_picture(right[above].x, right[above].y);
    const Point low = ink.in_picture(right[below].x, right[below].y);
    placement.rows.push_back({end,
                              {(end.x - first.x) / layout.width, (end.y - first.y) / layout.width},
                              {(low.x - high.x) / pitch, (low.y - high.y) / pitch}});
  }
  return placement;
}

// What lies above the code, as far as it is in the picture.
Ink::Part part_of(const Gray& picture, Point centre, Point across, Point down, double most,
                  double side) {
  Ink::Part part{-kReach, -most, kReach, -side / 2};
  const double whole = across.x * down.y - across.y * down.x;
  if (std::abs(whole) < 1e-9) return part;
  double left = kReach;
  double right = -kReach;
  for (const auto& [x, y] : {std::pair(0, 0),
                             {picture.width, 0},
                             {0, picture.height},
                             {picture.width, picture.height}}) {
    const double at = ((x - centre.x) * down.y - (y - centre.y) * down.x) / whole;
    left = std::min(left, at);
    right = std::max(right, at);
  }
  part.left = std::max(part.left, left);
  part.right = std::min(part.right, right);
  return part;
}

constexpr double kClear = 0.2;  // enough
constexpr double kPlain = 0.3;  // no other place can be it

void look_at(const Ink& ink, const Layout& layout, Span lowest, bool wide,
             std::optional<Placement>& best) {
  const Rows rows(ink, layout);
  for (const Start& start : starts_of(ink, layout, lowest, wide)) {
    if (best && best->clarity > kPlain) break;
    Placement placement = placed_from(start, ink, rows, layout);
    if (!best || placement.clarity > best->clarity) best = std::move(placement);
  }
}

// The part of `all` where the form says that the table is, if the sheet lies nearly flat.
Ink::Part promised_part(const Ink::Part& all, const Layout& layout, Span lowest) {
  constexpr double kMorePitch = 1.08;
  constexpr double kMoreWidth = 70;  // dots, to each side
  const double rows = static_cast<double>(layout.rows.size() + 1);
  return {std::max(all.left, -layout.width / 2 - kMoreWidth),
          std::max(all.top, lowest.from - rows * layout.pitch * kMorePitch),
          std::min(all.right, layout.width / 2 + kMoreWidth), lowest.to + 2 * layout.pitch};
}

}  // namespace

std::optional<Placement> place_rows(const Gray& picture, const Quad& code, int modules,
                                    const Layout& layout) {
  if (picture.width < 21 || picture.height < 21 || modules < 21) return std::nullopt;
  if (layout.rows.size() < 8) return std::nullopt;
  const double side = modules * layout.module;
  const Point across = {(code[1].x - code[0].x + code[2].x - code[3].x) / 2 / side,
                        (code[1].y - code[0].y + code[2].y - code[3].y) / 2 / side};
  const Point down = {(code[3].x - code[0].x + code[2].x - code[1].x) / 2 / side,
                      (code[3].y - code[0].y + code[2].y - code[1].y) / 2 / side};
  const Point centre = {(code[0].x + code[1].x + code[2].x + code[3].x) / 4,
                        (code[0].y + code[1].y + code[2].y + code[3].y) / 4};
  const double dot = std::hypot(down.x, down.y);
  if (dot < 0.15 || std::hypot(across.x, across.y) < 0.15) return std::nullopt;
  // Upwards until the picture ends.
  double most = 0;
  for (double y = 0; y < 6000; y += 20) {
    const Point at = {centre.x - down.x * y, centre.y - down.y * y};
    const double slack = 200 * dot;
    if (at.x < -slack || at.y < -slack || at.x > picture.width + slack ||
        at.y > picture.height + slack) {
      break;
    }
    most = y;
  }
  if (most < side / 2 + 8 * layout.pitch) return std::nullopt;
  const Ink::Part all = part_of(picture, centre, across, down, most, side);
  std::optional<Placement> best;
  if (layout.to_code > 0) {
    constexpr double kUnsure = 0.17;  // of the way: other signatures, other witnesses
    const double below = -side / 2 - layout.to_code;
    const Span lowest{below - kUnsure * layout.to_code, below + kUnsure * layout.to_code};
    const Ink::Part part = promised_part(all, layout, lowest);
    if (part.top < lowest.from && part.left < part.right) {
      look_at(Ink(picture, centre, across, down, part), layout, lowest, false, best);
      if (best && best->clarity > kPlain) return best;
    }
  }
  const Ink ink(picture, centre, across, down, all);
  const Span anywhere{ink.top() + 8 * layout.pitch, ink.foot() - 3 * layout.pitch};
  for (const bool wide : {false, true}) {
    if (wide && best && best->clarity > kClear) break;
    look_at(ink, layout, anywhere, wide, best);
  }
  return best;
}

}  // namespace scr::print
