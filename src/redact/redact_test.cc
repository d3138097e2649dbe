// SPDX-License-Identifier: Apache-2.0
#include "redact/redact.h"

#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "canon/document.h"
#include "cells/proof.h"
#include "cells/secret.h"
#include "picture/decode.h"
#include "picture/encode.h"
#include "redact/made_jpeg_testing.h"
#include "redact/work.h"

namespace scr::redact {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

cells::Seed seed_of(std::uint8_t n) {
  cells::Seed seed;
  seed.bytes.fill(static_cast<std::byte>(n));
  return seed;
}

std::string cell_text(const CellPicture& picture, std::uint32_t leaf) {
  Bytes content;
  picture.content(leaf, content);
  return std::string(text_of(content));
}

struct Named {
  const char* name;
  std::string file;
};

std::vector<Named> pictures() {
  std::vector<Named> all;
  const auto jpeg = [&](const char* name, int width, int height, const JpegStyle& style) {
    all.push_back({name, made_jpeg(made_picture(width, height), style)});
  };
  jpeg("4:2:0", 320, 256, {});
  jpeg("4:2:0, odd sides", 333, 207, {});
  jpeg("4:2:2", 201, 130, {.across = 2, .down = 1});
  jpeg("4:4:0", 130, 201, {.across = 1, .down = 2});
  jpeg("4:4:4", 193, 129, {.across = 1, .down = 1});
  jpeg("4:1:1", 300, 100, {.across = 4, .down = 1});
  jpeg("thirds", 300, 100, {.across = 3, .down = 1});
  jpeg("grey", 200, 150, {.across = 1, .down = 1, .grey = true});
  jpeg("grey with odd factors", 200, 150, {.across = 2, .down = 2, .grey = true});
  jpeg("rgb", 200, 150, {.across = 1, .down = 1, .rgb = true});
  jpeg("progressive", 333, 207, {.progressive = true});
  jpeg("with metadata", 333, 207, {.metadata = true, .orientation = 6});
  jpeg("best quality", 200, 150, {.across = 1, .down = 1, .quality = 100});
  jpeg("one pixel", 1, 1, {});
  all.push_back({"png", picture::encode_png(made_picture(200, 131))});
  image::Rgb grey = made_picture(130, 70);
  for (std::size_t i = 0; i < grey.pixels.size(); ++i) grey.pixels[i] = grey.pixels[i / 3 * 3];
  all.push_back({"grey png", picture::encode_png(grey)});
  return all;
}

cells::Mask some_mask(Random& random, std::uint32_t leaves) {
  std::vector<std::uint32_t> hidden;
  for (std::uint32_t leaf = 1; leaf < leaves; ++leaf) {
    if (random() % 4 == 0) hidden.push_back(leaf);
  }
  return cells::Mask::of(hidden);
}

TEST(Redact, KeepsEveryShownCellBitForBitAndFillsTheOthers) {
  Random random(1);
  for (const auto& [name, file] : pictures()) {
    SCOPED_TRACE(name);
    const auto original = CellPicture::open(bytes_of(file));
    ASSERT_TRUE(original) << to_string(original.error());
    const cells::Mask mask = some_mask(random, original->leaves());
    const auto redacted = redact(bytes_of(file), seed_of(1), mask);
    ASSERT_TRUE(redacted) << to_string(redacted.error());
    const auto shown = CellPicture::open(bytes_of(redacted->file));
    ASSERT_TRUE(shown) << to_string(shown.error());
    ASSERT_EQ(shown->grid(), original->grid());
    for (std::uint32_t leaf = 0; leaf < original->leaves(); ++leaf) {
      if (mask.hides(leaf)) {
        EXPECT_TRUE(shown->is_filler(leaf)) << leaf;
      } else {
        EXPECT_EQ(cell_text(*shown, leaf), cell_text(*original, leaf)) << leaf;
      }
    }
    const auto commitment = commit(bytes_of(file), seed_of(1));
    ASSERT_TRUE(commitment);
    const auto checked =
        check_redacted(bytes_of(redacted->file), redacted->proof, *commitment, mask);
    EXPECT_TRUE(checked) << to_string(checked.error());
  }
}

TEST(Redact, LeavesNothingOfTheMetadata) {
  const std::string file = made_jpeg(made_picture(200, 100), {.metadata = true, .orientation = 8});
  ASSERT_NE(file.find("SECRET"), std::string::npos);
  const auto redacted = redact(bytes_of(file), seed_of(1), cells::Mask());
  ASSERT_TRUE(redacted);
  for (const char* word : {"SECRET", "NAME", "TTTT"})
    EXPECT_EQ(redacted->file.find(word), std::string::npos) << word;
  EXPECT_EQ(picture::orientation_of_jpeg(bytes_of(redacted->file)), 8)
      << "people see it the same way up";
}

TEST(Redact, ShowsTheSamePixelsInsideShownCells) {
  const std::string file = made_jpeg(made_picture(256, 256), {.across = 1, .down = 1});
  const cells::Mask mask = mask_of(CellPicture::open(bytes_of(file))->grid(),
                                   {{image::Point{64, 64}, {128, 64}, {128, 128}, {64, 128}}});
  const auto redacted = redact(bytes_of(file), seed_of(1), mask);
  ASSERT_TRUE(redacted);
  const auto before = picture::decode_rgb(bytes_of(file));
  const auto after = picture::decode_rgb(bytes_of(redacted->file));
  ASSERT_TRUE(before && after);
  for (int y = 0; y < 256; ++y) {
    for (int x = 0; x < 256; ++x) {
      const std::size_t at = static_cast<std::size_t>(y * 256 + x) * 3;
      const bool hidden = x >= 64 && x < 128 && y >= 64 && y < 128;
      ASSERT_EQ(after->pixels[at], hidden ? 128 : before->pixels[at]) << x << ' ' << y;
    }
  }
}

// A record of one redacted picture that a stranger may try to tamper with.
struct Published {
  std::string original;
  Commitment commitment;
  cells::Mask mask;
  Redacted redacted;

  bool holds(std::string_view file, std::string_view proof, const cells::Mask& approved) const {
    return check_redacted(bytes_of(file), proof, commitment, approved).has_value();
  }
};

Published published(const std::string& original, const char* mask) {
  Published all{original, *commit(bytes_of(original), seed_of(1)), *cells::Mask::parse(mask), {}};
  all.redacted = *redact(bytes_of(original), seed_of(1), all.mask);
  return all;
}

Published published_jpeg() {
  return published(made_jpeg(made_picture(333, 207), {}), "2 5-6 9");
}

TEST(CheckRedacted, CatchesAnyChangedCoefficientOfAShownCell) {
  const Published all = published_jpeg();
  ASSERT_TRUE(all.holds(all.redacted.file, all.redacted.proof, all.mask));
  Random random(2);
  int tried = 0;
  while (tried < 60) {
    Coefficients picture = *read_coefficients(bytes_of(all.redacted.file));
    auto& blocks = picture.components[random() % 3].blocks;
    blocks[random() % blocks.size()] ^= 1;
    ++tried;
    EXPECT_FALSE(all.holds(*write_coefficients(picture), all.redacted.proof, all.mask));
  }
}

TEST(CheckRedacted, CatchesAnyChangedPixel) {
  const Published all = published(picture::encode_png(made_picture(200, 131)), "2 5");
  ASSERT_TRUE(all.holds(all.redacted.file, all.redacted.proof, all.mask));
  Random random(3);
  for (int round = 0; round < 40; ++round) {
    image::Rgb picture = *picture::decode_rgb(bytes_of(all.redacted.file));
    picture.pixels[random() % picture.pixels.size()] ^= 1;
    EXPECT_FALSE(all.holds(picture::encode_png(picture), all.redacted.proof, all.mask));
  }
}

TEST(CheckRedacted, CatchesOtherStepsOfQuantisationAndAnotherTurn) {
  const Published all = published_jpeg();
  Coefficients picture = *read_coefficients(bytes_of(all.redacted.file));
  picture.components[0].quantisation[5] ^= 1;
  EXPECT_FALSE(all.holds(*write_coefficients(picture), all.redacted.proof, all.mask));
  picture = *read_coefficients(bytes_of(all.redacted.file));
  picture.orientation = 3;
  EXPECT_FALSE(all.holds(*write_coefficients(picture), all.redacted.proof, all.mask));
  picture = *read_coefficients(bytes_of(all.redacted.file));
  picture.width -= 1;
  EXPECT_FALSE(all.holds(*write_coefficients(picture), all.redacted.proof, all.mask));
}

// Whoever has a proof can hide more and still reach the root. That people approved another mask
// is what shows it.
TEST(CheckRedacted, CatchesAWidenedMask) {
  const Published all = published_jpeg();
  const cells::Mask wider = *cells::Mask::parse("2 5-6 9-10");
  const auto more = redact(bytes_of(all.original), seed_of(1), wider);
  ASSERT_TRUE(more);
  EXPECT_TRUE(all.holds(more->file, more->proof, wider)) << "the proof by itself holds";
  EXPECT_FALSE(all.holds(more->file, more->proof, all.mask));
  EXPECT_FALSE(all.holds(more->file, all.redacted.proof, all.mask));
  const auto less = redact(bytes_of(all.original), seed_of(1), *cells::Mask::parse("2 5-6"));
  EXPECT_FALSE(all.holds(less->file, less->proof, all.mask));
}

TEST(CheckRedacted, CatchesSwappedCells) {
  const Published all = published(made_jpeg(made_picture(256, 256), {.across = 1, .down = 1}), "2");
  Coefficients picture = *read_coefficients(bytes_of(all.redacted.file));
  // Cells 3 and 4: two blocks wide and high.
  for (Component& component : picture.components) {
    for (int row = 0; row < 2; ++row) {
      for (int column = 4; column < 6; ++column)
        std::swap_ranges(component.block(column, row), component.block(column, row) + kBlock,
                         component.block(column + 2, row));
    }
  }
  EXPECT_FALSE(all.holds(*write_coefficients(picture), all.redacted.proof, all.mask));
}

TEST(CheckRedacted, CatchesAnythingInAHiddenCell) {
  const Published all = published_jpeg();
  Coefficients picture = *read_coefficients(bytes_of(all.redacted.file));
  // Cell 2 begins two blocks from the left.
  picture.components[0].block(2, 0)[3] = 1;
  const auto checked = check_redacted(bytes_of(*write_coefficients(picture)), all.redacted.proof,
                                      all.commitment, all.mask);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::untrusted);
  EXPECT_EQ(checked.error().where, "cell 2");
}

TEST(CheckRedacted, CatchesMetadataAndWhatStandsBehindTheEnd) {
  for (const Published& all :
       {published_jpeg(), published(picture::encode_png(made_picture(100, 80)), "2")}) {
    EXPECT_FALSE(all.holds(all.redacted.file + "x", all.redacted.proof, all.mask));
    EXPECT_FALSE(all.holds(all.original, all.redacted.proof, all.mask));
  }
  const Published all = published_jpeg();
  using namespace std::string_literals;
  std::string with_comment = all.redacted.file;
  with_comment.insert(2, "\xFF\xFE\0\x06NAME"s);
  EXPECT_FALSE(all.holds(with_comment, all.redacted.proof, all.mask));
  std::string with_exif = all.redacted.file;
  with_exif.insert(2, "\xFF\xE1\0\x0AExif\0\0XY"s);
  EXPECT_FALSE(all.holds(with_exif, all.redacted.proof, all.mask));
  const Published png = published(picture::encode_png(made_picture(100, 80)), "2");
  std::string with_text = png.redacted.file;
  with_text.insert(33, "\0\0\0\x05tEXta\0bcd\0\0\0\0"s);
  EXPECT_FALSE(all.holds(with_text, png.redacted.proof, png.mask));
}

TEST(CheckRedacted, CatchesWhatChangesHowItIsShownOrReadInAnotherOrder) {
  using namespace std::string_literals;
  const Published png = published(picture::encode_png(made_picture(100, 80)), "2");
  ASSERT_TRUE(png.holds(png.redacted.file, png.redacted.proof, png.mask));
  std::string dark = png.redacted.file;
  dark.insert(33, "\0\0\0\x04gAMA\0\0\0\x01\0\0\0\0"s);
  EXPECT_FALSE(png.holds(dark, png.redacted.proof, png.mask));
  const Published jpeg = published_jpeg();
  const std::string& file = jpeg.redacted.file;
  std::string twice = file;
  twice.insert(20, file.substr(2, 18));  // the segment that says the colours
  EXPECT_FALSE(jpeg.holds(twice, jpeg.redacted.proof, jpeg.mask));
  // Tables of codes before the frame: a reader of JPEG takes it.
  const std::size_t frame = file.find("\xFF\xC0"s);
  const std::size_t codes = file.find("\xFF\xC4"s);
  const std::size_t scan = file.find("\xFF\xDA"s);
  ASSERT_TRUE(frame < codes && codes < scan && scan != std::string::npos);
  const std::string moved = file.substr(0, frame) + file.substr(codes, scan - codes) +
                            file.substr(frame, codes - frame) + file.substr(scan);
  ASSERT_TRUE(CellPicture::open(bytes_of(moved)));
  EXPECT_FALSE(jpeg.holds(moved, jpeg.redacted.proof, jpeg.mask));
}

TEST(CheckRedacted, CatchesAPictureOrProofOfAnother) {
  const Published one = published_jpeg();
  const Published other = published(made_jpeg(made_picture(333, 207, 2), {}), "2 5-6 9");
  EXPECT_FALSE(one.holds(other.redacted.file, other.redacted.proof, one.mask));
  EXPECT_FALSE(one.holds(one.redacted.file, other.redacted.proof, one.mask));
  const auto resalted = redact(bytes_of(one.original), seed_of(2), one.mask);
  EXPECT_FALSE(one.holds(resalted->file, resalted->proof, one.mask));
}

TEST(CellPicture, RefusesDamagedJpegs) {
  const std::string file = made_jpeg(made_picture(200, 150), {});
  for (std::size_t size = 0; size < file.size(); size += 97)
    EXPECT_FALSE(CellPicture::open(bytes_of(file.substr(0, size)))) << size;
  EXPECT_FALSE(CellPicture::open(bytes_of(file.substr(0, file.size() - 2)))) << "no end";
  EXPECT_FALSE(CellPicture::open(bytes_of("no picture")));
}

TEST(Redact, OfAMaskBeyondThePictureIsRefused) {
  const std::string file = made_jpeg(made_picture(64, 64), {});
  EXPECT_TRUE(redact(bytes_of(file), seed_of(1), *cells::Mask::parse("16")));
  EXPECT_FALSE(redact(bytes_of(file), seed_of(1), *cells::Mask::parse("17")));
}

std::string from_text(const canon::Node& node) {
  return std::string(text_of(*from_base64(node.text())));
}

// tests/whole/redaction_second.py, which shares no code with this, says the same of them.
TEST(Vectors, AreReproduced) {
  std::ifstream in(SCR_SOURCE_DIR "/tests/vectors/redaction.json", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  ASSERT_TRUE(text.ends_with('\n'));
  text.pop_back();
  canon::Document document;
  ASSERT_TRUE(document.parse(text, canon::kOutput));
  const canon::Node pictures = *document.root().find("pictures");
  EXPECT_EQ(pictures.size(), 6u);
  for (const canon::Node one : pictures) {
    SCOPED_TRACE(one.find("what")->text());
    const std::string original = from_text(*one.find("original"));
    const cells::Seed seed{Digest::from_hex_text(one.find("cell_seed")->text())->bytes};
    const Commitment commitment{*cells::kind_named(one.find("kind")->text()),
                                static_cast<std::uint32_t>(one.find("leaves")->integer()),
                                *Digest::from_hex_text(one.find("root")->text())};
    const cells::Mask mask = *cells::Mask::parse(one.find("mask")->text());
    EXPECT_EQ(*commit(bytes_of(original), seed), commitment);
    EXPECT_EQ(redact(bytes_of(original), seed, mask)->proof, one.find("proof")->text());
    const std::string redacted = from_text(*one.find("redacted"));
    EXPECT_TRUE(check_redacted(bytes_of(redacted), one.find("proof")->text(), commitment, mask));
  }
}

TEST(Work, AnswersAsTheFunctionsThemselves) {
  const std::string file = made_jpeg(made_picture(333, 207), {.metadata = true, .orientation = 6});
  const cells::Mask mask = *cells::Mask::parse("2 5-6");
  const auto commitment = commitment_in(answer(ask_commit(seed_of(1), file)));
  ASSERT_TRUE(commitment);
  EXPECT_EQ(*commitment, *commit(bytes_of(file), seed_of(1)));
  EXPECT_EQ(*grid_in(answer(ask_grid(file))), CellPicture::open(bytes_of(file))->grid());
  const auto redacted = redacted_in(answer(ask_redact(seed_of(1), mask, file)));
  ASSERT_TRUE(redacted);
  const std::string right = ask_check(*commitment, mask, redacted->proof, redacted->file);
  EXPECT_TRUE(check_in(answer(right)));
  const std::string wrong = ask_check(*commitment, cells::Mask(), redacted->proof, redacted->file);
  const auto checked = check_in(answer(wrong));
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::untrusted);
}

TEST(Work, SaysWhyAPictureCouldNotBeOpened) {
  const auto commitment = commitment_in(answer(ask_commit(seed_of(1), "no picture")));
  ASSERT_FALSE(commitment);
  EXPECT_EQ(commitment.error().code, ErrorCode::bad_input);
  EXPECT_EQ(commitment.error().what.find("not-a-picture"), 0u);
}

TEST(Work, TakesNothingForAnAnswerThatIsNone) {
  const std::string file = made_jpeg(made_picture(64, 64), {});
  const std::string said = answer(ask_commit(seed_of(1), file));
  for (std::size_t size = 0; size < said.size(); ++size)
    EXPECT_FALSE(commitment_in(said.substr(0, size)));
  EXPECT_FALSE(commitment_in(said + "0"));
  EXPECT_FALSE(redacted_in(said));
  EXPECT_FALSE(check_in(said));
  EXPECT_FALSE(check_in(answer("nonsense")));
}

TEST(Grid, MaskHidesEveryCellThatAShapeTouches) {
  const Grid grid{.width = 200, .height = 130};
  const auto rectangle = [](double left, double top, double right, double foot) {
    return image::Quad{image::Point{left, top}, {right, top}, {right, foot}, {left, foot}};
  };
  EXPECT_EQ(mask_of(grid, {rectangle(0, 0, 64, 64)}).text(), "1") << "sides that only touch";
  EXPECT_EQ(mask_of(grid, {rectangle(63, 63, 65, 65)}).text(), "1-2 5-6");
  EXPECT_EQ(mask_of(grid, {rectangle(-50, -50, 500, 500)}).text(), "1-12");
  EXPECT_EQ(mask_of(grid, {rectangle(500, 500, 600, 600)}).text(), "none");
  EXPECT_EQ(mask_of(grid, {}).text(), "none");
  // A diamond leaves the corners of what is around it.
  EXPECT_EQ(mask_of(grid, {{image::Point{96, 10}, {186, 64}, {96, 120}, {6, 64}}}).text(),
            "1-3 5-7");
  EXPECT_EQ(touched(grid, *cells::Mask::parse("2 7"), {rectangle(70, 0, 80, 70)}),
            std::vector<std::uint32_t>{2});
}

TEST(Grid, HasSmallerCellsInSmallerPictures) {
  EXPECT_EQ(cell_side(1000, 1000), 16);
  EXPECT_EQ(cell_side(1000, 4500), 32);
  EXPECT_EQ(cell_side(4000, 3000), 64);
}

TEST(Grid, FollowsTheTurnThatPeopleSee) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const JpegStyle style{.metadata = true, .orientation = orientation};
    const std::string file = made_jpeg(made_picture(200, 130), style);
    const auto picture = CellPicture::open(bytes_of(file));
    ASSERT_TRUE(picture);
    const auto seen = picture::decode_gray(bytes_of(file));
    EXPECT_EQ(picture->grid().upright_width(), seen->width) << orientation;
    EXPECT_EQ(picture->grid().upright_height(), seen->height) << orientation;
    const image::Quad spot{image::Point{70.2, 10.2}, {70.8, 10.2}, {70.8, 10.8}, {70.2, 10.8}};
    const cells::Mask mask = mask_of(picture->grid(), {spot});
    ASSERT_EQ(mask.count(), 1u) << orientation;
    const Box box = upright_box_of(picture->grid(), mask.last());
    EXPECT_TRUE(box.left <= 70 && box.right >= 71 && box.top <= 10 && box.foot >= 11)
        << orientation;
    const auto redacted = redact(bytes_of(file), seed_of(1), mask);
    const auto after = picture::decode_gray(bytes_of(redacted->file));
    EXPECT_NEAR(after->at(70, 10), 128, 2) << orientation;
    EXPECT_NEAR(after->at((box.left + box.right) / 2, (box.top + box.foot) / 2), 128, 2);
  }
}

}  // namespace
}  // namespace scr::redact
