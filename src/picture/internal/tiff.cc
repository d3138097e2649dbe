// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <memory>

#include <tiffio.h>

#include "picture/internal/decoders.h"

namespace scr::picture::internal {
namespace {

// A file in memory, as libtiff wants to see one.
struct Memory {
  ByteView bytes;
  toff_t at = 0;
};

tsize_t read_some(thandle_t handle, tdata_t out, tsize_t wanted) {
  auto& memory = *static_cast<Memory*>(handle);
  if (memory.at >= memory.bytes.size() || wanted <= 0) return 0;
  const auto count =
      std::min<std::size_t>(static_cast<std::size_t>(wanted), memory.bytes.size() - memory.at);
  std::memcpy(out, memory.bytes.data() + memory.at, count);
  memory.at += count;
  return static_cast<tsize_t>(count);
}
tsize_t write_none(thandle_t, tdata_t, tsize_t) {
  return 0;
}
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& memory = *static_cast<Memory*>(handle);
  const toff_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? memory.at : memory.bytes.size();
  memory.at = base + offset;
  return memory.at;
}
int close_none(thandle_t) {
  return 0;
}
toff_t size_of(thandle_t handle) {
  return static_cast<Memory*>(handle)->bytes.size();
}
int map_none(thandle_t, tdata_t*, toff_t*) {
  return 0;
}
void unmap_none(thandle_t, tdata_t, toff_t) {}

struct Close {
  void operator()(TIFF* file) const { TIFFClose(file); }
};

}  // namespace

Decoded<image::Rgb> tiff_rgb(ByteView bytes, const Limits& limits) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  Memory memory{bytes};
  const std::unique_ptr<TIFF, Close> file(TIFFClientOpen("picture", "rm", &memory, read_some,
                                                         write_none, seek, close_none, size_of,
                                                         map_none, unmap_none));
  if (!file) return refused(Refusal::corrupt, "TIFF: no header");
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0) return refused(Refusal::corrupt, "TIFF: says no size");
  if (!within(limits, width, height))
    return refused(Refusal::too_large,
                   std::to_string(width) + " x " + std::to_string(height) + " pixels");
  char why[1024] = "";
  if (TIFFRGBAImageOK(file.get(), why) == 0) return refused(Refusal::corrupt, why);
  const auto area = static_cast<std::size_t>(width) * height;
  std::vector<std::uint32_t> raster(area);
  if (TIFFReadRGBAImageOriented(file.get(), width, height, raster.data(), ORIENTATION_TOPLEFT, 1) ==
      0) {
    return refused(Refusal::truncated, "TIFF: ends early or is damaged");
  }
  image::Rgb picture{static_cast<int>(width), static_cast<int>(height), image::Pixels(area * 3)};
  for (std::size_t i = 0; i < area; ++i) {
    // Colours come multiplied by their opacity: what is missing is paper.
    const std::uint32_t bare = 255 - TIFFGetA(raster[i]);
    picture.pixels[3 * i] =
        static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetR(raster[i]) + bare));
    picture.pixels[3 * i + 1] =
        static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetG(raster[i]) + bare));
    picture.pixels[3 * i + 2] =
        static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetB(raster[i]) + bare));
  }
  return picture;
}

}  // namespace scr::picture::internal
