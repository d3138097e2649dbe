// SPDX-License-Identifier: Apache-2.0
//
// How far apart are the fingerprints of one photograph after a messenger had it, and of different
// sheets? Distances in bits of 256: for repeats the largest, for different sheets the smallest.
//
//   likeness_bench ELECTION.toml FONT.ttf [SHEETS OF EACH CLASS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "election/definition.h"
#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/font.h"
#include "image/warp.h"
#include "likeness/fingerprint.h"
#include "picture/decode.h"

namespace {

using namespace scr;
using likeness::Fingerprint;

struct Photo {
  image::Gray gray;  // as decoded
  Fingerprint print;
};

Fingerprint of(const std::string& file) {
  return likeness::fingerprint_of(*picture::decode_gray(bytes_of(file)));
}

std::string saved(const image::Gray& gray, int quality) {
  image::Rgb rgb{gray.width, gray.height, {}};
  rgb.pixels.reserve(3 * gray.pixels.size());
  for (const std::uint8_t value : gray.pixels) rgb.pixels.insert(rgb.pixels.end(), 3, value);
  forge::Effects effects;
  effects.quality = quality;
  return forge::save_jpeg(rgb, effects);
}

// Averaged down first, as any program that makes pictures smaller does.
image::Gray smaller(const image::Gray& gray, double factor) {
  int whole = 1;
  while (factor * 2 <= 1) {
    factor *= 2;
    whole *= 2;
  }
  const image::Gray reduced = whole > 1 ? image::reduced(gray, whole) : gray;
  return factor < 1 ? image::resized(reduced, factor) : reduced;
}

// What messengers and web sites do, mildest first: quality of JPEG and the longer side in pixels.
struct Repeat {
  const char* name;
  int quality;
  int side;
};
constexpr Repeat kRepeats[] = {{"compressed again, 60", 60, 0},
                               {"longer side 1600, 70", 70, 1600},
                               {"longer side 1280, 50", 50, 1280},
                               {"longer side 800, 40", 40, 800},
                               {"longer side 500, 30", 30, 500}};

Fingerprint repeated(const image::Gray& gray, const Repeat& repeat) {
  const int side = std::max(gray.width, gray.height);
  const bool shrink = repeat.side > 0 && repeat.side < side;
  return of(saved(shrink ? smaller(gray, static_cast<double>(repeat.side) / side) : gray,
                  repeat.quality));
}

int quantile(std::vector<int> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print_apart(const char* name, const std::vector<Photo>& photos) {
  std::vector<int> apart;
  for (std::size_t i = 0; i < photos.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) apart.push_back(photos[i].print.distance(photos[j].print));
  std::printf("%-10s different sheets, %zu pairs: least %d, 1 in 1000 below %d, half below %d\n",
              name, apart.size(), quantile(apart, 0), quantile(apart, 0.001), quantile(apart, 0.5));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::ifstream in(argv[1]);
  const auto definition =
      election::parse_definition(std::string{std::istreambuf_iterator<char>(in), {}});
  const auto font = forge::Font::load(argv[2]);
  if (!definition || !font) return 3;
  const int count = argc > 3 ? std::atoi(argv[3]) : 30;
  std::vector<Photo> all;
  // The ninth: as the printer's program sends it, every sheet in the same place to the pixel.
  for (int kind = 0; kind < 9; ++kind) {
    const char* name = kind < 8 ? forge::name_of(static_cast<forge::Damage>(kind)) : "I-digital";
    std::vector<Photo> photos;
    for (int i = 0; i < count; ++i) {
      forge::Chance chance(static_cast<std::uint64_t>(kind * 100'000 + i));
      const auto figures = forge::invented_figures(*definition, chance);
      const auto print = forge::print_sheet(forge::plan_of(figures, forge::Forgery::none, chance),
                                            *definition, *font, qr::Level::M, 6);
      if (!print) return 3;
      Photo photo;
      if (kind < 8) {
        const auto effects = forge::effects_of(static_cast<forge::Damage>(kind), *print, chance);
        const auto shot = forge::photograph(*print, effects, chance);
        photo.gray = *picture::decode_gray(bytes_of(forge::save_jpeg(shot.picture, effects)));
      } else {
        photo.gray = print->dots;
      }
      photo.print = likeness::fingerprint_of(photo.gray);
      photos.push_back(std::move(photo));
    }
    print_apart(name, photos);
    for (const Repeat& repeat : kRepeats) {
      std::vector<int> off;
      for (const Photo& photo : photos)
        off.push_back(photo.print.distance(repeated(photo.gray, repeat)));
      std::printf("%-10s %s: half within %d, 95 in 100 within %d, most %d\n", name, repeat.name,
                  quantile(off, 0.5), quantile(off, 0.95), quantile(off, 1));
    }
    for (Photo& photo : photos) photo.gray = {};
    std::move(photos.begin(), photos.end(), std::back_inserter(all));
  }
  print_apart("all", all);
  return 0;
}
