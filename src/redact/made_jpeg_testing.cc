// SPDX-License-Identifier: Apache-2.0
#include "redact/made_jpeg_testing.h"

#include <cstdio>
#include <cstdlib>
#include <random>

#include <jpeglib.h>

#include "redact/internal/plain.h"

namespace scr::redact {
namespace {

std::string exif_with_more_in_it(int orientation) {
  const auto least = internal::exif_of(orientation);
  std::string exif(reinterpret_cast<const char*>(least.data()), least.size());
  return exif + "SECRET-PLACE 10.48N 66.90W " + std::string(500, 'T');
}

}  // namespace

image::Rgb made_picture(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  image::Rgb picture{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int k = 0; k < 3; ++k)
        picture.pixels.push_back(
            static_cast<std::uint8_t>((x + 2 * y * (k + 1)) / 3 % 200 + random() % 50));
    }
  }
  return picture;
}

std::string made_jpeg(const image::Rgb& picture, const JpegStyle& style) {
  jpeg_compress_struct codec{};
  jpeg_error_mgr errors;
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &bytes, &size);
  codec.image_width = static_cast<JDIMENSION>(picture.width);
  codec.image_height = static_cast<JDIMENSION>(picture.height);
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  if (style.grey) jpeg_set_colorspace(&codec, JCS_GRAYSCALE);
  if (style.rgb) jpeg_set_colorspace(&codec, JCS_RGB);
  jpeg_set_quality(&codec, style.quality, TRUE);
  codec.comp_info[0].h_samp_factor = style.across;
  codec.comp_info[0].v_samp_factor = style.down;
  if (style.progressive) jpeg_simple_progression(&codec);
  if (style.metadata) codec.restart_interval = 7;
  jpeg_start_compress(&codec, TRUE);
  const std::string exif = style.metadata ? exif_with_more_in_it(style.orientation) : "";
  if (style.metadata) {
    jpeg_write_marker(&codec, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                      static_cast<unsigned>(exif.size()));
    jpeg_write_marker(&codec, JPEG_COM, reinterpret_cast<const JOCTET*>("by NAME"), 7);
  }
  for (int y = 0; y < picture.height; ++y) {
    auto* row =
        const_cast<JSAMPLE*>(picture.pixels.data() + std::size_t{3} * static_cast<std::size_t>(y) *
                                                         static_cast<std::size_t>(picture.width));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&codec);
  std::free(bytes);
  return style.metadata ? file + "SECRET-TAIL" : file;
}

}  // namespace scr::redact
