// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "boxes/cut.h"
#include "boxes/internal/fit.h"
#include "boxes/place.h"
#include "image/warp.h"

namespace scr::boxes {
namespace {

using image::Gray;
using image::Homography;
using image::Point;
using image::Quad;

Layout layout() {
  Layout form{200, 300, {170, 10, 190, 30}, {}, {}};
  for (int i = 0; i < 8; ++i) {
    const double top = 90 + 18.0 * i;
    form.rows.push_back({{150, top, 180, top + 10}, 3, Part{50, top, 140, top + 10}});
  }
  return form;
}

// The page through `map`, outlines one unit wide, with something scribbled into each box.
Gray pictured(const Layout& form, const Homography& map, int width, int height, bool boxes = true) {
  const Homography back = map.inverse();
  Gray picture = image::white(width, height);
  const auto is_ink = [&](Point at) {
    const Part& code = form.code;
    if (at.x > code.left && at.x < code.right && at.y > code.top && at.y < code.foot)
      return (static_cast<int>(at.x) + static_cast<int>(at.y)) % 2 == 0;
    for (const Part& frame : form.frames) {
      const bool beside = at.x < frame.left - 0.5 || at.x > frame.right + 0.5 ||
                          at.y < frame.top - 0.5 || at.y > frame.foot + 0.5;
      const bool inside = at.x > frame.left + 0.5 && at.x < frame.right - 0.5 &&
                          at.y > frame.top + 0.5 && at.y < frame.foot - 0.5;
      if (!beside && !inside) return true;
    }
    for (const Row& row : form.rows) {
      if (at.x < row.boxes.left - 1 || at.x > row.boxes.right + 1) continue;
      if (at.y < row.boxes.top - 1 || at.y > row.boxes.foot + 1) continue;
      const double cell = std::fmod(at.x - row.boxes.left + 0.5, 10.0);
      const bool line =
          cell < 1 || std::abs(at.y - row.boxes.top) < 0.5 || std::abs(at.y - row.boxes.foot) < 0.5;
      const bool scribble = std::hypot(cell - 5.5, at.y - row.boxes.top - 5) < 2;
      if (boxes && (line || scribble)) return true;
    }
    return false;
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int ink = 0;
      for (const double dy : {0.25, 0.75}) {
        for (const double dx : {0.25, 0.75}) ink += is_ink(back(x + dx, y + dy)) ? 1 : 0;
      }
      picture.at(x, y) = static_cast<std::uint8_t>(230 - 50 * ink);
    }
  }
  return picture;
}

Quad page_of(const Layout& form) {
  return {Point{0, 0}, {form.width, 0}, {form.width, form.height}, {0, form.height}};
}

// The map of the page to a picture, as a photograph might show it.
Homography seen_as(const Layout& form, double scale, double degrees, double slant) {
  const double w = form.width * scale, h = form.height * scale;
  const double angle = degrees * 3.14159265358979 / 180;
  Quad quad{Point{-w / 2, -h / 2},
            {w / 2, -h / 2},
            {w / 2 * (1 - slant), h / 2},
            {-w / 2 * (1 - slant / 2), h / 2}};
  for (Point& p : quad) {
    p = {p.x * std::cos(angle) - p.y * std::sin(angle) + h * 0.7,
         p.x * std::sin(angle) + p.y * std::cos(angle) + h * 0.7};
  }
  return Homography::between(page_of(form), quad);
}

Quad through(const Homography& map, const Part& part) {
  return {map(part.left, part.top), map(part.right, part.top), map(part.right, part.foot),
          map(part.left, part.foot)};
}

// Of a box's height: how far the worst corner of the worst box is off.
double worst(const Placement& placed, const Layout& form, const Homography& map) {
  double most = 0;
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const Quad all = through(map, form.rows[i].boxes);
    const double height = std::hypot(all[3].x - all[0].x, all[3].y - all[0].y);
    const Point corner = placed.rows[i].boxes.front()[0];
    const Point other = placed.rows[i].boxes.back()[2];
    most = std::max({most, std::hypot(corner.x - all[0].x, corner.y - all[0].y) / height,
                     std::hypot(other.x - all[2].x, other.y - all[2].y) / height});
  }
  return most;
}

TEST(Place, FindsTheBoxesByTheCodeHoweverThePageLies) {
  const Layout form = layout();
  for (const double scale : {2.0, 4.0}) {
    for (const double degrees : {0.0, 93.0, 187.0}) {
      for (const double slant : {0.0, 0.1}) {
        const Homography map = seen_as(form, scale, degrees, slant);
        const int side = static_cast<int>(form.height * scale * 1.4);
        const auto placed =
            place_by_code(pictured(form, map, side, side), through(map, form.code), form);
        ASSERT_TRUE(placed);
        EXPECT_LT(worst(*placed, form, map), 0.12) << scale << " " << degrees << " " << slant;
        EXPECT_GT(placed->clarity, 0.12);
        EXPECT_EQ(placed->rows[0].boxes.size(), 3u);
        EXPECT_TRUE(placed->rows[0].words);
      }
    }
  }
}

// As corners of a small code are known: to a part of a pixel.
TEST(Place, LivesWithACodeThatLiesALittleOff) {
  const Layout form = layout();
  const Homography map = seen_as(form, 2.2, 3, 0.03);
  const Gray picture = pictured(form, map, 930, 930);
  std::mt19937 random(3);
  for (int i = 0; i < 4; ++i) {
    Quad code = through(map, form.code);
    for (Point& corner : code) {
      corner.x += static_cast<double>(random() % 100) / 100 - 0.5;
      corner.y += static_cast<double>(random() % 100) / 100 - 0.5;
    }
    const auto placed = place_by_code(picture, code, form);
    ASSERT_TRUE(placed);
    EXPECT_LT(worst(*placed, form, map), 0.12);
  }
}

TEST(Place, FindsTheBoxesByTheEdgesOfAScanEitherWayUp) {
  const Layout form = layout();
  for (const bool upside_down : {false, true}) {
    const Quad edges{Point{6, 4}, {606, 8}, {604, 906}, {3, 902}};
    Quad turned;
    for (std::size_t i = 0; i < 4; ++i) turned[i] = edges[(i + (upside_down ? 2 : 0)) % 4];
    const Homography map = Homography::between(page_of(form), turned);
    const auto placed = place_by_page(pictured(form, map, 612, 910), form);
    ASSERT_TRUE(placed);
    EXPECT_LT(worst(*placed, form, map), 0.12);
    EXPECT_GT(placed->clarity, 0.12);
  }
}

TEST(Place, IsNotClearWhereThereAreNoBoxes) {
  const Layout form = layout();
  const Homography map = seen_as(form, 2, 0, 0);
  const Gray empty = pictured(form, map, 840, 840, false);
  const auto placed = place_by_code(empty, through(map, form.code), form);
  ASSERT_TRUE(placed);
  EXPECT_LT(placed->clarity, 0.06);
  Gray noise = image::white(840, 840);
  std::mt19937 random(5);
  for (auto& pixel : noise.pixels) pixel = static_cast<std::uint8_t>(random());
  EXPECT_LT(place_by_code(noise, through(map, form.code), form)->clarity, 0.06);
}

// The boxes themselves do not show at all; the frames above and below them do.
TEST(Place, FindsBoxesThatAreFaintByTheFramesOfThePage) {
  Layout form = layout();
  form.frames = {{20, 50, 140, 62}, {150, 50, 180, 62}, {20, 250, 80, 262}, {90, 250, 180, 262}};
  for (const double degrees : {0.0, 93.0}) {
    const Homography map = seen_as(form, 2.2, degrees, 0.05);
    const Gray picture = pictured(form, map, 930, 930, false);
    const auto placed = place_by_code(picture, through(map, form.code), form);
    ASSERT_TRUE(placed);
    EXPECT_GT(placed->clarity, 0.12);
    EXPECT_LT(worst(*placed, form, map), 0.2) << degrees;
    Layout fewer = form;
    fewer.frames.resize(2);
    EXPECT_LT(place_by_code(picture, through(map, form.code), fewer)->clarity, 0.06)
        << "two may be anything";
  }
}

// As forms have them on which a row's lower line and the next one's upper are a hair apart.
TEST(Place, FindsRowsThatLieCloseTogether) {
  Layout form = layout();
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const double top = 90 + 12.0 * static_cast<double>(i);
    form.rows[i].boxes = {150, top, 180, top + 10.6};
  }
  const Homography map = seen_as(form, 2, 1, 0);
  const auto placed = place_by_code(pictured(form, map, 840, 840), through(map, form.code), form);
  ASSERT_TRUE(placed);
  EXPECT_LT(worst(*placed, form, map), 0.12);
  EXPECT_GT(placed->clarity, 0.12);
}

TEST(Place, RefusesCodesWithoutAreaOrSeenFromBehind) {
  const Layout form = layout();
  const Gray picture = image::white(300, 300);
  EXPECT_FALSE(place_by_code(picture, Quad{}, form));
  EXPECT_FALSE(place_by_code(picture, {Point{50, 10}, {10, 10}, {10, 50}, {50, 50}}, form));
  EXPECT_FALSE(place_by_code(picture, {Point{10, 10}, {50, 10}, {50, 50}, {10, 50}}, Layout{}));
  EXPECT_FALSE(place_by_page(image::white(4, 4), form));
}

TEST(Fit, GivesBackTheMapOfItsPoints) {
  const Layout form = layout();
  const Homography map = seen_as(form, 3, 20, 0.08);
  std::vector<internal::Pair> pairs;
  for (const Row& row : form.rows) {
    for (const Point at :
         {Point{row.boxes.left, row.boxes.top}, {row.words->left, row.words->foot}})
      pairs.push_back({at, map(at.x, at.y), 1});
  }
  const auto fitted = internal::fit(pairs, 300);
  ASSERT_TRUE(fitted);
  const Point far = (*fitted)(190, 20);
  const Point wanted = map(190, 20);
  EXPECT_NEAR(far.x, wanted.x, 1.5);
  EXPECT_NEAR(far.y, wanted.y, 1.5);
  EXPECT_FALSE(internal::fit(std::span(pairs).first(3), 300));
}

TEST(CutRow, LaysTheRowStraight) {
  const Layout form = layout();
  const Homography map = seen_as(form, 4, 17, 0.05);
  const Gray picture = pictured(form, map, 1700, 1700);
  std::vector<Quad> parts;
  for (int i = 0; i < 3; ++i)
    parts.push_back(through(map, {150.0 + 10 * i, 90, 160.0 + 10 * i, 100}));
  const Gray cut = cut_row(picture, parts, 70);
  EXPECT_EQ(cut.height, 70);
  // 30 by 10 units with a fifth of the height around: 34 by 14.
  EXPECT_NEAR(cut.width, 70 * 34 / 14, 4);
  // Scribbles in the middle of the boxes, paper in their corners.
  for (const double x : {2 + 5.0, 2 + 15.0, 2 + 25.0})
    EXPECT_LT(cut.at(static_cast<int>(x / 34 * cut.width), 35), 120);
  EXPECT_GT(cut.at(static_cast<int>(3.6 / 34 * cut.width), static_cast<int>(3.6 / 14 * 70)), 180);
}

}  // namespace
}  // namespace scr::boxes
