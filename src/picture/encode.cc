// SPDX-License-Identifier: Apache-2.0
#include "picture/encode.h"

#include <memory>

#include <turbojpeg.h>

#include "base/check.h"

namespace scr::picture {

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

}  // namespace scr::picture
