// SPDX-License-Identifier: Apache-2.0
// rooms: image qr
//
// Any pixels, as they are and evenly lit, with and without payloads to compare with: no crash,
// nothing endless; what is read can be drawn.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "image/light.h"
#include "qr/known.h"
#include "qr/read.h"

namespace {

// Short ones, which fit into the small symbols that so few pixels can be.
std::vector<std::string> payloads() {
  std::vector<std::string> all;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i * i * 7919 % 997);
    all.push_back("S" + std::to_string(100 + i * 37 % 900) + "!" + number + ",0!" +
                  std::to_string(i % 10));
  }
  return all;
}

void read_all(const scr::image::Gray& picture, const scr::qr::Effort& effort) {
  const scr::qr::Reading reading = scr::qr::read(picture, effort);
  for (const scr::qr::Symbol& symbol : reading.symbols) {
    if (symbol.margin < 3) std::abort();
  }
  for (const scr::qr::SoftGrid& grid : reading.unread) {
    const auto anew = scr::qr::laid_anew(picture, grid, effort.examples);
    if (!anew) continue;
    const auto symbol = scr::qr::read_knowing(*anew, effort.examples);
    if (symbol && symbol->margin < 3) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  scr::image::Gray picture;
  picture.width = 1 + data[0];
  const std::size_t rows = (size - 1) / static_cast<std::size_t>(picture.width);
  picture.height = static_cast<int>(rows);
  picture.pixels.assign(data + 1, data + 1 + rows * static_cast<std::size_t>(picture.width));
  read_all(picture, {});
  static const std::vector<std::string> kPayloads = payloads();
  scr::qr::Effort effort;
  effort.examples = kPayloads;
  read_all(picture, effort);
  constexpr int kLargest = 9;
  read_all(scr::image::evenly_lit(picture, kLargest), effort);
  return 0;
}
