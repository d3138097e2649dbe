// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/triples.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "image/warp.h"

namespace scr::qr {
namespace {

using image::Gray;
using image::Point;

constexpr std::size_t kMostFinders = 14;

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// `corner` with the two others in the order that makes the symbol right-handed.
Triple ordered(const Finder& corner, const Finder& a, const Finder& b) {
  const double turn = (a.centre.x - corner.centre.x) * (b.centre.y - corner.centre.y) -
                      (a.centre.y - corner.centre.y) * (b.centre.x - corner.centre.x);
  return turn > 0 ? Triple{corner, a, b, 0} : Triple{corner, b, a, 0};
}

// Pixels a module has along the line from one finder to another: half the pattern, 3.5 modules,
// ends where dark turns light for good.
double module_along(const Gray& picture, Point from, Point to, double guess) {
  const double length = distance(from, to);
  if (length < 1) return guess;
  const double dx = (to.x - from.x) / length;
  const double dy = (to.y - from.y) / length;
  const float black = image::sample(picture, from.x, from.y);
  const auto reach = [&](double way) {
    // The third edge: out of the heart, out of the ring of light, out of the ring of dark.
    float white = black;
    for (double d = 0; d < 3 * guess; d += 0.5)
      white = std::max(white, image::sample(picture, from.x + way * dx * d, from.y + way * dy * d));
    const float middle = (black + white) / 2;
    int edges = 0;
    bool dark = true;
    float before = black;
    for (double d = 0.25; d < guess * 6; d += 0.25) {
      const float here = image::sample(picture, from.x + way * dx * d, from.y + way * dy * d);
      if ((here < middle) != dark) {
        dark = !dark;
        if (++edges == 3)
          return d - 0.25 * static_cast<double>(here == before ? 0.5F
                                                               : (here - middle) / (here - before));
      }
      before = here;
    }
    return 0.0;
  };
  const double ahead = reach(1);
  const double behind = reach(-1);
  if (ahead > 0 && behind > 0) return (ahead + behind) / 7;
  if (ahead > 0) return ahead / 3.5;
  return behind > 0 ? behind / 3.5 : guess;
}

// How well a line of modules alternates, from the finder's edge to the other's.
double timing(const Gray& picture, const Grid& grid, bool along_row) {
  double sum = 0;
  double all = 0;
  float before = 0;
  for (int i = 7; i < grid.size() - 7; ++i) {
    const Point at = along_row ? grid.at(i + 0.5, 6.5) : grid.at(6.5, i + 0.5);
    const float here = image::sample(picture, at.x, at.y);
    if (i > 7) {
      const float step = (here - before) * (i % 2 == 0 ? -1.0F : 1.0F);
      sum += step;
      all += std::abs(step);
    }
    before = here;
  }
  return all > 0 ? sum / all : 0;
}

image::Quad affine_quad(const Triple& triple, int version) {
  const Point a = triple.top_left.centre;
  const Point b = triple.top_right.centre;
  const Point c = triple.bottom_left.centre;
  const double share = (size_of(version) - 10.0) / (size_of(version) - 7.0);
  return {a, b, {a.x + (b.x - a.x + c.x - a.x) * share, a.y + (b.y - a.y + c.y - a.y) * share}, c};
}

// How much a place looks like nested squares, dark at the heart: -1 .. 1, the correlation with
// them. `ex`, `ey`: one module. `reach`: modules from the middle one to the edge; `light`: which
// ring is light.
double squares_at(const Gray& picture, Point at, Point ex, Point ey, int reach, int light) {
  const double count = (2.0 * reach + 1) * (2 * reach + 1);
  const double dark_count = count - 8.0 * light;
  double sum = 0;
  double total = 0;
  double squares = 0;
  for (int row = -reach; row <= reach; ++row) {
    for (int column = -reach; column <= reach; ++column) {
      const double value = image::sample(picture, at.x + ex.x * column + ey.x * row,
                                         at.y + ex.y * column + ey.y * row);
      const bool dark = std::max(std::abs(row), std::abs(column)) != light;
      sum += value * (dark ? dark_count - count : dark_count);
      total += value;
      squares += value * value;
    }
  }
  const double spread = squares - total * total / count;
  return sum / std::sqrt(std::max(spread, 1.0) * (dark_count * (count - dark_count) * count));
}

double alignment_at(const Gray& picture, Point at, Point ex, Point ey) {
  return squares_at(picture, at, ex, ey, 2, 1);
}

double finder_at(const Gray& picture, Point at, Point ex, Point ey) {
  return squares_at(picture, at, ex, ey, 3, 2);
}

}  // namespace

std::vector<Finder> by_looks(const Gray& picture, std::vector<Finder> finders) {
  constexpr int kTurns = 8;  // in a quarter of a circle: a pattern looks alike after that
  std::vector<std::pair<double, Finder>> seen;
  for (const Finder& finder : finders) {
    double most = -1;
    for (int turn = 0; turn < kTurns; ++turn) {
      const double angle = turn * std::numbers::pi / 2 / kTurns;
      // Along a line of the picture, a module that lies askew is longer.
      const double module = finder.module * std::max(std::cos(angle), std::sin(angle));
      const Point ex{module * std::cos(angle), module * std::sin(angle)};
      most = std::max(most, finder_at(picture, finder.centre, ex, {-ex.y, ex.x}));
    }
    seen.emplace_back(most, finder);
  }
  std::stable_sort(seen.begin(), seen.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < seen.size(); ++i) finders[i] = seen[i].second;
  return finders;
}

std::vector<Triple> triples_of(const std::vector<Finder>& all) {
  std::vector<Finder> finders = all;
  if (finders.size() > kMostFinders) finders.resize(kMostFinders);
  std::vector<Triple> triples;
  for (std::size_t i = 0; i < finders.size(); ++i) {
    for (std::size_t j = 0; j < finders.size(); ++j) {
      for (std::size_t k = j + 1; k < finders.size(); ++k) {
        if (j == i || k == i) continue;
        const Finder& corner = finders[i];
        const auto [least, most] =
            std::minmax({corner.module, finders[j].module, finders[k].module});
        if (most > 1.7 * least) continue;
        const double first = distance(corner.centre, finders[j].centre);
        const double second = distance(corner.centre, finders[k].centre);
        const double module = (corner.module + finders[j].module + finders[k].module) / 3;
        const double shorter = std::min(first, second);
        if (shorter < 9 * module || std::max(first, second) > 190 * module) continue;
        if (std::max(first, second) > 1.7 * shorter) continue;
        const double cosine =
            ((finders[j].centre.x - corner.centre.x) * (finders[k].centre.x - corner.centre.x) +
             (finders[j].centre.y - corner.centre.y) * (finders[k].centre.y - corner.centre.y)) /
            (first * second);
        if (std::abs(cosine) > 0.5) continue;
        Triple triple = ordered(corner, finders[j], finders[k]);
        triple.score = std::abs(cosine) + std::abs(std::log(first / second)) +
                       std::log(most / least) +
                       1.0 / std::min({corner.lines, finders[j].lines, finders[k].lines});
        triples.push_back(triple);
      }
    }
  }
  std::stable_sort(triples.begin(), triples.end(),
                   [](const auto& a, const auto& b) { return a.score < b.score; });
  return triples;
}

double finders_seen(const Gray& picture, const Triple& triple) {
  const Point a = triple.top_left.centre;
  const Point b = triple.top_right.centre;
  const Point c = triple.bottom_left.centre;
  const auto module_of = [&](Point far, const Finder& other) {
    return (module_along(picture, a, far, triple.top_left.module) +
            module_along(picture, far, a, other.module)) /
           2;
  };
  const double across = module_of(b, triple.top_right) / distance(a, b);
  const double down = module_of(c, triple.bottom_left) / distance(a, c);
  const Point ex = {(b.x - a.x) * across, (b.y - a.y) * across};
  const Point ey = {(c.x - a.x) * down, (c.y - a.y) * down};
  return (finder_at(picture, a, ex, ey) + finder_at(picture, b, ex, ey) +
          finder_at(picture, c, ex, ey)) /
         3;
}

std::vector<Guess> guessed_triples(const std::vector<Finder>& all) {
  constexpr std::size_t kMostPairs = 5;
  std::vector<Guess> guesses;
  const auto keep = [&](const Finder& corner, const Finder& a, const Finder& b,
                        const Finder& guessed, double score) {
    Triple triple = ordered(corner, a, b);
    triple.score = score;
    const auto is = [&](const Finder& one) {
      return one.centre.x == guessed.centre.x && one.centre.y == guessed.centre.y;
    };
    guesses.push_back({triple, is(triple.top_left)    ? &Triple::top_left
                               : is(triple.top_right) ? &Triple::top_right
                                                      : &Triple::bottom_left});
  };
  for (std::size_t i = 0; i < std::min(all.size(), kMostPairs); ++i) {
    for (std::size_t j = i + 1; j < std::min(all.size(), kMostPairs); ++j) {
      const Finder& a = all[i];
      const Finder& b = all[j];
      const double module = (a.module + b.module) / 2;
      const Point d = {b.centre.x - a.centre.x, b.centre.y - a.centre.y};
      const double length = std::hypot(d.x, d.y);
      if (std::max(a.module, b.module) > 1.5 * std::min(a.module, b.module)) continue;
      if (length < 13 * module || length > 100 * module) continue;
      const double score = 1.0 / std::min(a.lines, b.lines);
      const auto at = [&](double x, double y) { return Finder{{x, y}, module, 1}; };
      // Side by side: the third beside either of them, on either side.
      for (const double side : {1.0, -1.0}) {
        const Point across = {-d.y * side, d.x * side};
        const Finder beside_a = at(a.centre.x + across.x, a.centre.y + across.y);
        const Finder beside_b = at(b.centre.x + across.x, b.centre.y + across.y);
        // Opposite each other: the corner between them.
        const Finder between =
            at((a.centre.x + b.centre.x + across.x) / 2, (a.centre.y + b.centre.y + across.y) / 2);
        keep(a, b, beside_a, beside_a, score);
        keep(b, a, beside_b, beside_b, score);
        keep(between, a, b, between, score);
      }
    }
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& x, const Guess& y) { return x.triple.score < y.triple.score; });
  return guesses;
}

std::optional<Triple> seen_third(const Gray& picture, const Guess& guess) {
  // A column of dots that is missing takes a seventh of the pattern.
  constexpr double kSeen = 0.55;
  Triple triple = guess.triple;
  Finder& third = triple.*guess.third;
  // Modules along the line between the other two, and across it.
  const Finder& one = guess.third == &Triple::top_left ? triple.top_right : triple.top_left;
  const Finder& two = guess.third == &Triple::bottom_left ? triple.top_right : triple.bottom_left;
  Point ex = {two.centre.x - one.centre.x, two.centre.y - one.centre.y};
  if (guess.third == &Triple::top_left) ex = {ex.x - ex.y, ex.x + ex.y};  // a diagonal
  const double length = std::hypot(ex.x, ex.y);
  ex = {ex.x / length * third.module, ex.y / length * third.module};
  const Point ey = {-ex.y, ex.x};
  double most = 0;
  const auto look = [&](double reach, double step) {
    const Point about = third.centre;
    for (double v = -reach; v <= reach; v += step) {
      for (double u = -reach; u <= reach; u += step) {
        const Point at = {about.x + ex.x * u + ey.x * v, about.y + ex.y * u + ey.y * v};
        const double score = finder_at(picture, at, ex, ey);
        if (score <= most) continue;
        most = score;
        third.centre = at;
      }
    }
  };
  look(2, 1);
  if (most < kSeen / 2) return std::nullopt;
  look(0.5, 0.5);
  if (most < kSeen) return std::nullopt;
  return triple;
}

std::vector<Finder> companions_of(const Gray& picture, const Finder& finder) {
  constexpr double kNearest = 14;  // modules between the finders of version 1
  constexpr double kFarthest = 66;
  constexpr double kAside = 0.07;  // of the way: perspective, and a turn not quite known
  constexpr double kSeems = 0.4;
  // How it is turned: as it looks most like itself.
  Point ex{finder.module, 0};
  double most = 0;
  for (double angle = -0.27; angle <= 0.28; angle += 0.045) {
    const Point along{finder.module * std::cos(angle), finder.module * std::sin(angle)};
    const double score = finder_at(picture, finder.centre, along, {-along.y, along.x});
    if (score <= most) continue;
    most = score;
    ex = along;
  }
  const Point ey{-ex.y, ex.x};
  std::vector<Finder> all{finder};
  for (const auto& [way, across] : {std::pair(ex, ey), std::pair(Point{-ex.x, -ex.y}, ey),
                                    std::pair(ey, ex), std::pair(Point{-ey.x, -ey.y}, ex)}) {
    double best = kSeems;
    Finder found{{}, finder.module, 1};
    for (double far = kNearest; far <= kFarthest; far += 0.5) {
      for (double aside = -kAside * far; aside <= kAside * far; aside += 0.5) {
        const Point at{finder.centre.x + way.x * far + across.x * aside,
                       finder.centre.y + way.y * far + across.y * aside};
        const double score = finder_at(picture, at, ex, ey);
        if (score <= best) continue;
        best = score;
        found.centre = at;
      }
    }
    if (best > kSeems) all.push_back(found);
  }
  return all;
}

std::vector<int> versions_of(const Gray& picture, const Triple& triple) {
  const Point a = triple.top_left.centre;
  const Point b = triple.top_right.centre;
  const Point c = triple.bottom_left.centre;
  const double across = distance(a, b) * 2 /
                        (module_along(picture, a, b, triple.top_left.module) +
                         module_along(picture, b, a, triple.top_right.module));
  const double down = distance(a, c) * 2 /
                      (module_along(picture, a, c, triple.top_left.module) +
                       module_along(picture, c, a, triple.bottom_left.module));
  const int middle = static_cast<int>(std::lround(((across + down) / 2 + 7 - 17) / 4));
  std::vector<std::pair<double, int>> fits;
  for (int version = std::max(1, middle - 2); version <= std::min(40, middle + 2); ++version) {
    const Grid grid(size_of(version), affine_quad(triple, version));
    const double fit = timing(picture, grid, true) + timing(picture, grid, false);
    fits.emplace_back(-fit + 0.1 * std::abs(version - middle), version);
  }
  std::sort(fits.begin(), fits.end());
  std::vector<int> versions;
  for (const auto& [fit, version] : fits) {
    if (versions.size() < 2) versions.push_back(version);
  }
  // What a fold or a pen did to the timing patterns, it did not to the finders.
  if (middle >= 1 && middle <= 40 &&
      std::find(versions.begin(), versions.end(), middle) == versions.end())
    versions.push_back(middle);
  return versions;
}

Grid affine_grid(const Triple& triple, int version) {
  return Grid(size_of(version), affine_quad(triple, version));
}

Grid first_grid(const Gray& picture, const Triple& triple, int version) {
  image::Quad quad = affine_quad(triple, version);
  const int size = size_of(version);
  if (version == 1) return Grid(size, quad);
  const Point ex = {(quad[1].x - quad[0].x) / (size - 7), (quad[1].y - quad[0].y) / (size - 7)};
  const Point ey = {(quad[3].x - quad[0].x) / (size - 7), (quad[3].y - quad[0].y) / (size - 7)};
  const double reach = 2.5 + 0.07 * size;
  double most = 0;
  Point best = quad[2];
  const auto look = [&](Point about, double radius, double step) {
    for (double v = -radius; v <= radius; v += step) {
      for (double u = -radius; u <= radius; u += step) {
        const Point at = {about.x + ex.x * u + ey.x * v, about.y + ex.y * u + ey.y * v};
        // The nearer to where it should be, the likelier.
        const double away = distance(at, quad[2]) / std::hypot(ex.x, ex.y) / reach;
        const double score = alignment_at(picture, at, ex, ey) - 0.15 * away;
        if (score > most) {
          most = score;
          best = at;
        }
      }
    }
  };
  look(quad[2], reach, 0.5);
  look(best, 0.4, 0.2);
  if (most > 0.45) quad[2] = best;
  return Grid(size, quad);
}

}  // namespace scr::qr
