// SPDX-License-Identifier: Apache-2.0
#include "picture/encode.h"

#include <memory>
#include <new>
#include <vector>

#include <png.h>
#include <turbojpeg.h>

#include "base/check.h"
#include "picture/internal/quick_png.h"

namespace scr::picture {
namespace {

bool is_grey(const image::Rgb& picture) {
  const auto& p = picture.pixels;
  for (std::size_t i = 0; i + 2 < p.size(); i += 3) {
    if (p[i] != p[i + 1] || p[i] != p[i + 2]) return false;
  }
  return true;
}

std::vector<std::uint8_t> red_of(const image::Rgb& picture) {
  std::vector<std::uint8_t> out(picture.pixels.size() / 3);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = picture.pixels[3 * i];
  return out;
}

}  // namespace

std::string jpeg_of(const image::Gray& picture, int quality) {
  const std::unique_ptr<void, int (*)(tjhandle)> encoder(tjInitCompress(), tjDestroy);
  SCR_CHECK(encoder != nullptr);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const int done = tjCompress2(encoder.get(), picture.pixels.data(), picture.width, 0,
                               picture.height, TJPF_GRAY, &bytes, &size, TJSAMP_GRAY, quality, 0);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(bytes, tjFree);
  SCR_CHECK(done == 0);
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string encode_png(const image::Rgb& picture, Packing packing) {
  SCR_CHECK(picture.width > 0 && picture.height > 0);
  const bool grey = is_grey(picture);
  const std::vector<std::uint8_t> reds = grey ? red_of(picture) : std::vector<std::uint8_t>();
  const std::uint8_t* pixels = grey ? reds.data() : picture.pixels.data();
  if (packing == Packing::quick)
    return internal::quick_png(pixels, picture.width, picture.height, grey ? 1 : 3);
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(picture.width);
  header.height = static_cast<png_uint_32>(picture.height);
  header.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(header);
  std::string out(size, '\0');
  if (png_image_write_to_memory(&header, out.data(), &size, 0, pixels, 0, nullptr) == 0)
    throw std::bad_alloc();
  out.resize(size);
  return out;
}

}  // namespace scr::picture
