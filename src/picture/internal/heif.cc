// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <memory>

#include <libheif/heif.h>

#include "picture/internal/decoders.h"

namespace scr::picture::internal {
namespace {

struct Free {
  void operator()(heif_context* context) const { heif_context_free(context); }
  void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
  void operator()(heif_image* picture) const { heif_image_release(picture); }
};

}  // namespace

Decoded<image::Rgb> heif_rgb(ByteView bytes, const Limits& limits) {
  const std::unique_ptr<heif_context, Free> context(heif_context_alloc());
  heif_context_set_max_decoding_threads(context.get(), 0);
  heif_error error = heif_context_read_from_memory_without_copy(context.get(), bytes.data(),
                                                                bytes.size(), nullptr);
  if (error.code != heif_error_Ok) return refused(Refusal::corrupt, error.message);
  heif_image_handle* primary = nullptr;
  error = heif_context_get_primary_image_handle(context.get(), &primary);
  const std::unique_ptr<heif_image_handle, Free> handle(primary);
  if (error.code != heif_error_Ok) return refused(Refusal::corrupt, error.message);
  const int width = heif_image_handle_get_width(primary);
  const int height = heif_image_handle_get_height(primary);
  if (!within(limits, width, height))
    return refused(Refusal::too_large,
                   std::to_string(width) + " x " + std::to_string(height) + " pixels");
  heif_image* decoded = nullptr;
  error = heif_decode_image(primary, &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                            nullptr);
  const std::unique_ptr<heif_image, Free> owner(decoded);
  if (error.code != heif_error_Ok) return refused(Refusal::truncated, error.message);
  int stride = 0;
  const std::uint8_t* rows =
      heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
  const int columns = heif_image_get_width(decoded, heif_channel_interleaved);
  const int lines = heif_image_get_height(decoded, heif_channel_interleaved);
  if (rows == nullptr || !within(limits, columns, lines))
    return refused(Refusal::corrupt, "HEIF: no pixels");
  const auto length = static_cast<std::size_t>(columns) * 3;
  image::Rgb picture{columns, lines, image::Pixels(length * static_cast<std::size_t>(lines))};
  for (int y = 0; y < lines; ++y) {
    std::memcpy(picture.pixels.data() + static_cast<std::size_t>(y) * length,
                rows + static_cast<std::ptrdiff_t>(y) * stride, length);
  }
  return picture;
}

}  // namespace scr::picture::internal
