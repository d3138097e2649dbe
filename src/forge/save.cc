// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <turbojpeg.h>

#include "base/check.h"
#include "forge/damage.h"

namespace scr::forge {
namespace {

std::string compressed(const image::Rgb& picture, int quality) {
  const tjhandle handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const int done = tjCompress2(handle, picture.pixels.data(), picture.width, 0, picture.height,
                               TJPF_RGB, &bytes, &size, TJSAMP_420, quality, 0);
  SCR_CHECK(done == 0);
  std::string out(reinterpret_cast<const char*>(bytes), size);
  tjFree(bytes);
  tjDestroy(handle);
  return out;
}

}  // namespace

image::Rgb saved_and_opened(const image::Rgb& picture, int quality) {
  const std::string file = compressed(picture, quality);
  image::Rgb again = picture;
  const tjhandle handle = tjInitDecompress();
  const int done =
      tjDecompress2(handle, reinterpret_cast<const unsigned char*>(file.data()), file.size(),
                    again.pixels.data(), again.width, 0, again.height, TJPF_RGB, 0);
  SCR_CHECK(done == 0);
  tjDestroy(handle);
  return again;
}

std::string save_jpeg(const image::Rgb& picture, const Effects& effects) {
  if (effects.again) return compressed(picture, effects.again->quality);
  if (effects.first_quality == 0) return compressed(picture, effects.quality);
  return compressed(saved_and_opened(picture, effects.first_quality), effects.quality);
}

}  // namespace scr::forge
