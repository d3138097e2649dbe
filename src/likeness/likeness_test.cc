// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "image/warp.h"
#include "likeness/fingerprint.h"
#include "likeness/near_repeats.h"

namespace scr::likeness {
namespace {

// Something with lines of text on it, where `seed` says.
image::Gray page(std::uint32_t seed, int width, int height) {
  std::mt19937 chance(seed);
  image::Gray picture = image::white(width, height);
  for (int line = 0; line < 40; ++line) {
    const int top = static_cast<int>(chance() % static_cast<unsigned>(height - 20));
    const int left = static_cast<int>(chance() % static_cast<unsigned>(width / 2));
    const int right = left + static_cast<int>(chance() % static_cast<unsigned>(width / 2));
    for (int y = top; y < top + 12; ++y)
      for (int x = left; x < right; ++x) picture.at(x, y) = 40;
  }
  return picture;
}

Fingerprint flipped(Fingerprint print, std::initializer_list<int> bits) {
  for (const int bit : bits)
    print.words[static_cast<std::size_t>(bit / 64)] ^= std::uint64_t{1} << (bit % 64);
  return print;
}

Fingerprint any(std::mt19937_64& chance) {
  return {{chance(), chance(), chance(), chance()}};
}

// Of sheets that nobody knows.
std::vector<Likeness> unknown(const std::vector<Fingerprint>& prints) {
  std::vector<Likeness> pictures;
  for (const Fingerprint& print : prints) pictures.push_back({print, 0});
  return pictures;
}

using Groups = std::vector<std::vector<std::size_t>>;

TEST(Fingerprint, OfASmallerPictureIsNearlyTheSame) {
  const image::Gray picture = page(1, 1300, 1700);
  const Fingerprint whole = fingerprint_of(picture);
  EXPECT_LE(whole.distance(fingerprint_of(image::reduced(picture, 2))), kNearRepeat);
  EXPECT_LE(whole.distance(fingerprint_of(image::resized(picture, 0.7))), kNearRepeat);
  EXPECT_GT(whole.distance(fingerprint_of(page(2, 1300, 1700))), 4 * kNearRepeat);
}

TEST(Fingerprint, IsTheSameOnEveryMachine) {
  EXPECT_EQ(fingerprint_of(page(7, 301, 407)).hex(),
            "f0a2ce073b61a9feb010160f07df44298b2f5fb9c9fe231e9c9b0dfdc3c3d7cb");
}

TEST(Fingerprint, TakesPicturesOfAnySize) {
  for (const int width : {1, 2, 63, 64, 65, 300}) {
    for (const int height : {1, 7, 64, 1000}) {
      const Fingerprint blank = fingerprint_of(image::white(width, height));
      EXPECT_EQ(blank, fingerprint_of(image::white(64, 64))) << width << " x " << height;
    }
  }
}

TEST(Fingerprint, ComesBackFromItsText) {
  std::mt19937_64 chance(3);
  const Fingerprint print = any(chance);
  EXPECT_EQ(Fingerprint::from_hex_text(print.hex()), print);
  EXPECT_FALSE(Fingerprint::from_hex_text(print.hex() + "0"));
  EXPECT_FALSE(Fingerprint::from_hex_text(print.hex().substr(1)));
  std::string upper = print.hex();
  upper[3] = 'A';
  EXPECT_FALSE(Fingerprint::from_hex_text(upper));
}

TEST(NearRepeats, AreThoseOfFewBitsApart) {
  std::mt19937_64 chance(5);
  const Fingerprint a = any(chance);
  const Fingerprint near =
      flipped(a, {0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238});
  const Fingerprint far = flipped(near, {255});
  ASSERT_EQ(a.distance(near), kNearRepeat);
  EXPECT_EQ(near_repeats(unknown({any(chance), a, any(chance), near})), (Groups{{1, 3}}));
  EXPECT_TRUE(near_repeats(unknown({a, far})).empty());
  EXPECT_EQ(near_repeats(unknown({a, far, near})), (Groups{{0, 1, 2}})) << "a chain";
}

TEST(NearRepeats, AreNotJoinedWhereTheyAreKnownToDiffer) {
  std::mt19937_64 chance(6);
  const Fingerprint a = any(chance);
  EXPECT_TRUE(near_repeats(std::vector<Likeness>{{a, 1}, {a, 2}}).empty());
  EXPECT_EQ(near_repeats(std::vector<Likeness>{{a, 1}, {a, 2}, {a, 1}}), (Groups{{0, 2}}));
  EXPECT_EQ(near_repeats(std::vector<Likeness>{{a, 1}, {a, 0}}), (Groups{{0, 1}}));
}

// All pairs, one by one.
Groups stupid(const std::vector<Likeness>& pictures) {
  const auto near = [](const Likeness& a, const Likeness& b) {
    return a.print.distance(b.print) <= kNearRepeat &&
           (a.sheet == 0 || b.sheet == 0 || a.sheet == b.sheet);
  };
  std::vector<std::size_t> group(pictures.size());
  for (std::size_t i = 0; i < pictures.size(); ++i) group[i] = i;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      for (std::size_t j = 0; j < pictures.size(); ++j) {
        if (!near(pictures[i], pictures[j]) || group[j] >= group[i]) continue;
        group[i] = group[j];
        changed = true;
      }
    }
  }
  Groups all(pictures.size());
  for (std::size_t i = 0; i < pictures.size(); ++i) all[group[i]].push_back(i);
  std::erase_if(all, [](const auto& one) { return one.size() < 2; });
  return all;
}

TEST(NearRepeats, AreFoundAsByComparingAllPairs) {
  std::mt19937_64 chance(8);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<Likeness> pictures;
    for (int i = 0; i < 60; ++i) {
      Fingerprint next = pictures.empty() || chance() % 2
                             ? any(chance)
                             : pictures[chance() % pictures.size()].print;
      const auto flips = static_cast<int>(chance() % 24);
      for (int k = 0; k < flips; ++k) next = flipped(next, {static_cast<int>(chance() % 256)});
      pictures.push_back({next, static_cast<std::uint32_t>(trial % 2 ? chance() % 4 : 0)});
    }
    EXPECT_EQ(near_repeats(pictures), stupid(pictures));
  }
}

TEST(NearRepeats, OfAHundredThousandPicturesAreFound) {
  std::mt19937_64 chance(9);
  std::vector<Likeness> pictures;
  for (int i = 0; i < 100'000; ++i) pictures.push_back({any(chance), 0});
  pictures.push_back({flipped(pictures[77].print, {3, 99, 200}), 0});
  EXPECT_EQ(near_repeats(pictures), (Groups{{77, 100'000}}));
}

// Comparing all pairs of these would take minutes.
TEST(NearRepeats, OfAHundredThousandPicturesThatAreAllAlikeAreFound) {
  std::mt19937_64 chance(10);
  const Fingerprint form = any(chance);
  std::vector<Likeness> pictures;
  for (std::uint32_t i = 0; i < 50'000; ++i)
    pictures.push_back({flipped(form, {static_cast<int>(chance() % 256)}), i + 1});
  pictures.push_back(pictures[7]);
  EXPECT_EQ(near_repeats(pictures), (Groups{{7, 50'000}}));
  pictures.assign(50'000, {form, 0});
  EXPECT_EQ(near_repeats(pictures).front().size(), 50'000u);
}

}  // namespace
}  // namespace scr::likeness
