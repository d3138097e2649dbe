// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "picture/encode.h"
#include "views/views.h"

namespace scr::views {
namespace {

// White, with a black square at (100, 40) of 20 pixels a side.
std::string file() {
  image::Gray picture = image::white(300, 200);
  for (int y = 40; y < 60; ++y)
    for (int x = 100; x < 120; ++x) picture.at(x, y) = 0;
  return picture::jpeg_of(picture, 95);
}

TEST(Views, ShowTheWholeAndWhatWasAskedFor) {
  const Piece square{{{{100, 40}, {120, 40}, {120, 60}, {100, 60}}}, 40, 40};
  const Piece beside{{{{10, 40}, {30, 40}, {30, 60}, {10, 60}}}, 10, 10};
  const auto views = views_from(cut(request_of({square, beside}, file())), 2);
  ASSERT_TRUE(views);
  EXPECT_EQ(views->whole.width, 300);
  EXPECT_EQ(views->pieces[0].width, 40);
  EXPECT_LT(views->pieces[0].at(20, 20), 40);
  EXPECT_GT(views->pieces[1].at(5, 5), 220);
}

TEST(Views, AreTurnedUpright) {
  // The corner that becomes the top left lies at the foot: what lay below is now to the left.
  const Piece turned{{{{90, 60}, {90, 40}, {130, 40}, {130, 60}}}, 20, 40};
  const auto views = views_from(cut(request_of({turned}, file())), 1);
  ASSERT_TRUE(views);
  EXPECT_LT(views->pieces[0].at(10, 20), 60);
  EXPECT_GT(views->pieces[0].at(10, 3), 200);
  EXPECT_GT(views->pieces[0].at(10, 36), 200);
}

TEST(Views, OfALargePictureAreSmall) {
  const auto views =
      views_from(cut(request_of({}, picture::jpeg_of(image::white(3000, 1200), 60))), 0);
  ASSERT_TRUE(views);
  EXPECT_LE(views->whole.width, kWhole);
  EXPECT_NEAR(views->whole.width, 2.5 * views->whole.height, 6);
}

TEST(Views, ThatAreNoneAreRefused) {
  EXPECT_EQ(cut(request_of({}, "no picture")), "");
  EXPECT_FALSE(views_from("", 0));
  const Piece all{{{{0, 0}, {300, 0}, {300, 200}, {0, 200}}}, 6, 4};
  const std::string whole = cut(request_of({all}, file()));
  EXPECT_TRUE(views_from(whole, 1));
  EXPECT_FALSE(views_from(whole, 0)) << "something behind";
  EXPECT_FALSE(views_from(whole, 2));
  for (std::size_t size = whole.size() - 40; size < whole.size(); ++size)
    EXPECT_FALSE(views_from(std::string_view(whole).substr(0, size), 1)) << size;
}

}  // namespace
}  // namespace scr::views
