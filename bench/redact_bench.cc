// SPDX-License-Identifier: Apache-2.0
//
// What a picture of 12 million pixels costs in processor time: to commit to its cells, to hide some
// of them, and to check what comes of it. Beside it, to decode the same picture. One line of JSON.
//
//   redact_bench [PICTURE.jpg]      without one, a made-up one: shades, edges and a camera's noise
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>

#include "cells/proof.h"
#include "forge/damage.h"
#include "os/clock.h"
#include "picture/decode.h"
#include "redact/redact.h"

namespace {

using namespace scr;

constexpr int kRounds = 7;

image::Rgb made_up(int width, int height) {
  std::mt19937 random(1);
  image::Rgb picture{width, height, {}};
  picture.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int shade = 150 + static_cast<int>(60 * std::sin(x / 300.0) * std::cos(y / 410.0));
      const int letter = (x / 14 + y / 23) % 5 == 0 && y / 23 % 2 == 0 ? -110 : 0;
      for (int k = 0; k < 3; ++k) {
        const int value = shade + letter + 3 * k + static_cast<int>(random() % 9);
        picture.pixels.push_back(static_cast<std::uint8_t>(std::clamp(value, 0, 255)));
      }
    }
  }
  return picture;
}

// The least of some rounds, milliseconds of processor.
double least(const std::function<bool()>& work) {
  double best = 1e9;
  for (int i = 0; i < kRounds; ++i) {
    const double begin = os::processor_milliseconds();
    if (!work()) return -1;
    best = std::min(best, os::processor_milliseconds() - begin);
  }
  return best;
}

void print(const char* name, double milliseconds) {
  std::printf(", \"%s\": %.1f", name, milliseconds);
}

}  // namespace

int main(int argc, char** argv) {
  std::string file;
  if (argc > 1) {
    std::ifstream in(argv[1], std::ios::binary);
    file.assign(std::istreambuf_iterator<char>(in), {});
  } else {
    forge::Effects effects;
    effects.quality = 90;
    file = forge::save_jpeg(made_up(4000, 3000), effects);
  }
  cells::Seed seed;
  seed.bytes.fill(std::byte{1});
  const auto picture = redact::CellPicture::open(bytes_of(file));
  if (!picture) return 3;
  const redact::Grid& grid = picture->grid();
  // A band at the foot and a box: about a quarter of the picture.
  const double w = grid.upright_width();
  const double h = grid.upright_height();
  const cells::Mask mask =
      redact::mask_of(grid, {{image::Point{0, 0.8 * h}, {w, 0.8 * h}, {w, h}, {0, h}},
                             {image::Point{0.1 * w, 0.1 * h},
                              {0.4 * w, 0.12 * h},
                              {0.4 * w, 0.2 * h},
                              {0.1 * w, 0.2 * h}}});
  const auto commitment = redact::commit(bytes_of(file), seed);
  const auto redacted = redact::redact(bytes_of(file), seed, mask);
  if (!commitment || !redacted) return 3;
  std::printf(
      "{\"width\": %d, \"height\": %d, \"bytes\": %zu, \"cells\": %u, \"hidden\": %u, \"proof\": "
      "%zu",
      grid.width, grid.height, file.size(), grid.cells(), mask.count(), redacted->proof.size());
  print("decode_ms", least([&] { return picture::decode_gray(bytes_of(file)).has_value(); }));
  print("open_ms", least([&] { return redact::CellPicture::open(bytes_of(file)).has_value(); }));
  print("commit_ms", least([&] { return redact::commit(bytes_of(file), seed).has_value(); }));
  print("redact_ms", least([&] { return redact::redact(bytes_of(file), seed, mask).has_value(); }));
  print("check_ms", least([&] {
          return redact::check_redacted(bytes_of(redacted->file), redacted->proof, *commitment,
                                        mask)
              .has_value();
        }));
  std::printf("}\n");
}
