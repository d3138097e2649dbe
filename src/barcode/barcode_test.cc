// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <gtest/gtest.h>

#include "barcode/draw.h"
#include "barcode/read.h"

namespace scr::barcode {
namespace {

const std::map<Symbology, std::string> kSaid{{Symbology::code_128, "1803181180041000"},
                                             {Symbology::code_39, "ACTA-0123"},
                                             {Symbology::code_93, "ACTA 0123"},
                                             {Symbology::codabar, "A180318118B"},
                                             {Symbology::itf, "1803181180041000"},
                                             {Symbology::ean_13, "4006381333931"},
                                             {Symbology::ean_8, "96385074"},
                                             {Symbology::pdf_417, "acta 0123, mesa 4"},
                                             {Symbology::data_matrix, "1803181180041000"},
                                             {Symbology::aztec, "acta 0123, mesa 4"}};

// On white paper, with room around it; turned by quarters.
image::Gray on_paper(const image::Gray& code, int quarters) {
  image::Gray paper = image::white(code.width + 120, code.height + 120);
  for (int y = 0; y < code.height; ++y) {
    for (int x = 0; x < code.width; ++x) paper.at(60 + x, 60 + y) = code.at(x, y);
  }
  for (int k = 0; k < quarters; ++k) {
    image::Gray turned = image::white(paper.height, paper.width);
    for (int y = 0; y < paper.height; ++y) {
      for (int x = 0; x < paper.width; ++x) turned.at(paper.height - 1 - y, x) = paper.at(x, y);
    }
    paper = std::move(turned);
  }
  return paper;
}

TEST(Barcode, ReadsEverySymbologyHoweverItLies) {
  for (const Symbology symbology : kAll) {
    const std::string& said = kSaid.at(symbology);
    const auto drawn = draw(symbology, said, 3, 60);
    ASSERT_TRUE(drawn) << name_of(symbology);
    for (int quarters = 0; quarters < 4; ++quarters) {
      const auto codes = read(on_paper(*drawn, quarters), kAll);
      ASSERT_EQ(codes.size(), 1u) << name_of(symbology) << " turned " << quarters;
      EXPECT_EQ(codes[0].symbology, symbology);
      // Codabar's first and last letter are not part of what it says.
      const std::string wanted =
          symbology == Symbology::codabar ? said.substr(1, said.size() - 2) : said;
      EXPECT_EQ(codes[0].payload, wanted) << name_of(symbology);
    }
  }
}

TEST(Barcode, SaysWhereTheCodeLies) {
  const auto codes = read(on_paper(*draw(Symbology::data_matrix, "0123", 6, 1), 0), kAll);
  ASSERT_EQ(codes.size(), 1u);
  EXPECT_NEAR(codes[0].corners[0].x, 60, 6);
  EXPECT_NEAR(codes[0].corners[0].y, 60, 6);
  EXPECT_GT(codes[0].corners[2].x, 110);
}

TEST(Barcode, ReadsOnlyWhatItWasAskedFor) {
  const image::Gray paper = on_paper(*draw(Symbology::code_128, "1803181180041000", 3, 60), 0);
  const Symbology other[] = {Symbology::itf, Symbology::aztec};
  EXPECT_TRUE(read(paper, other).empty());
  EXPECT_TRUE(read(paper, {}).empty());
  EXPECT_TRUE(read(image::white(300, 300), kAll).empty());
  EXPECT_TRUE(read(image::white(1, 1), kAll).empty());
  EXPECT_TRUE(read({}, kAll).empty());
}

TEST(Barcode, FindsTwoAndCountsTheSameOnce) {
  const image::Gray one = on_paper(*draw(Symbology::code_128, "1803181180041000", 2, 40), 0);
  const image::Gray two = on_paper(*draw(Symbology::code_128, "1803181190041000", 2, 40), 0);
  const auto both = [](const image::Gray& a, const image::Gray& b) {
    image::Gray paper = image::white(a.width, a.height + b.height);
    std::copy(a.pixels.begin(), a.pixels.end(), paper.pixels.begin());
    std::copy(b.pixels.begin(), b.pixels.end(),
              paper.pixels.begin() + static_cast<std::ptrdiff_t>(a.pixels.size()));
    return paper;
  };
  const Symbology wanted[] = {Symbology::code_128};
  const auto different = read(both(one, two), wanted);
  ASSERT_EQ(different.size(), 2u);
  EXPECT_EQ(different[1].payload, "1803181190041000");
  EXPECT_EQ(read(both(one, one), wanted).size(), 1u);
}

// Asked for all codes at once, the library ends the program over this one.
TEST(Barcode, ReadsTheSameNumberAlongBothMargins) {
  const image::Gray bars = *draw(Symbology::code_128, "1803181180041000", 2, 40);
  for (const int height : {600, 900, 2000}) {
    image::Gray page = image::white(height * 2 / 3, height);
    for (int y = 0; y < bars.width; ++y) {
      for (int x = 0; x < bars.height; ++x) {
        page.at(12 + x, 80 + y) = bars.at(y, x);
        page.at(page.width - 60 + x, 80 + y) = bars.at(y, x);
      }
    }
    EXPECT_EQ(read(page, kAll).size(), 1u) << height;
  }
}

TEST(Barcode, NamesComeBack) {
  for (const Symbology symbology : kAll) EXPECT_EQ(symbology_of(name_of(symbology)), symbology);
  EXPECT_FALSE(symbology_of("qr")) << "has a reader of our own";
}

}  // namespace
}  // namespace scr::barcode
