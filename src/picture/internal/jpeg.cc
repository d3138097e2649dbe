// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <turbojpeg.h>

#include "picture/internal/decoders.h"

namespace scr::picture::internal {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;

struct Header {
  Handle handle;
  int width = 0;
  int height = 0;
  bool four_colours = false;
};

Decoded<Header> header_of(ByteView bytes, const Limits& limits) {
  Header header{Handle(tjInitDecompress())};
  int sampling = 0;
  int colours = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  if (tjDecompressHeader3(header.handle.get(), data, bytes.size(), &header.width, &header.height,
                          &sampling, &colours) != 0) {
    return refused(ends_early(bytes) ? Refusal::truncated : Refusal::corrupt,
                   tjGetErrorStr2(header.handle.get()));
  }
  // The library takes a file that ends before it says its size for one that holds tables alone.
  if (header.width < 1 || header.height < 1)
    return refused(ends_early(bytes) ? Refusal::truncated : Refusal::corrupt, "JPEG: says no size");
  if (!within(limits, header.width, header.height)) {
    return refused(Refusal::too_large, std::to_string(header.width) + " x " +
                                           std::to_string(header.height) + " pixels");
  }
  header.four_colours = colours == TJCS_CMYK || colours == TJCS_YCCK;
  return header;
}

// A warning is a file that ends early or has a damaged piece: what was there is a picture all the
// same, grey where nothing came. The QR code's own parity decides what it is worth.
struct Size {
  int width;
  int height;
};
Decoded<bool> decompress(const Header& header, ByteView bytes, unsigned char* out, int format,
                         Size size) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const int done = tjDecompress2(header.handle.get(), data, bytes.size(), out, size.width, 0,
                                 size.height, format, TJFLAG_LIMITSCANS);
  if (done != 0 && tjGetErrorCode(header.handle.get()) != TJERR_WARNING) {
    return refused(Refusal::corrupt, tjGetErrorStr2(header.handle.get()));
  }
  return true;
}

std::size_t area(const Header& header) {
  return static_cast<std::size_t>(header.width) * static_cast<std::size_t>(header.height);
}

}  // namespace

Decoded<image::Rgb> jpeg_rgb(ByteView bytes, const Limits& limits) {
  auto header = header_of(bytes, limits);
  if (!header) return tl::unexpected(std::move(header).error());
  image::Rgb picture{header->width, header->height, image::Pixels(area(*header) * 3, 0)};
  if (!header->four_colours) {
    const auto done = decompress(*header, bytes, picture.pixels.data(), TJPF_RGB,
                                 {header->width, header->height});
    if (!done) return tl::unexpected(done.error());
    return picture;
  }
  std::vector<std::uint8_t> inks(area(*header) * 4);
  const auto done =
      decompress(*header, bytes, inks.data(), TJPF_CMYK, {header->width, header->height});
  if (!done) return tl::unexpected(done.error());
  for (std::size_t i = 0; i < area(*header); ++i) {
    // As Adobe writes them: 255 is no ink.
    for (std::size_t k = 0; k < 3; ++k) {
      picture.pixels[3 * i + k] =
          static_cast<std::uint8_t>(inks[4 * i + k] * inks[4 * i + 3] / 255);
    }
  }
  return picture;
}

Decoded<image::Gray> jpeg_gray(ByteView bytes, const Limits& limits) {
  auto header = header_of(bytes, limits);
  if (!header) return tl::unexpected(std::move(header).error());
  if (header->four_colours) {
    auto picture = jpeg_rgb(bytes, limits);
    if (!picture) return tl::unexpected(std::move(picture).error());
    return image::luma_of(*picture);
  }
  // Every line is written, or the picture refused.
  image::Gray picture{header->width, header->height, image::Pixels(area(*header))};
  const auto done =
      decompress(*header, bytes, picture.pixels.data(), TJPF_GRAY, {header->width, header->height});
  if (!done) return tl::unexpected(done.error());
  return picture;
}

std::optional<image::Gray> jpeg_gray_half(ByteView bytes, std::int64_t least_pixels,
                                          const Limits& limits) {
  const auto header = header_of(bytes, limits);
  if (!header || header->four_colours) return std::nullopt;
  if (std::int64_t{header->width} * header->height < least_pixels) return std::nullopt;
  constexpr tjscalingfactor kHalf{1, 2};
  const Size half{TJSCALED(header->width, kHalf), TJSCALED(header->height, kHalf)};
  image::Gray picture{
      half.width, half.height,
      image::Pixels(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height))};
  if (!decompress(*header, bytes, picture.pixels.data(), TJPF_GRAY, half)) return std::nullopt;
  return picture;
}

}  // namespace scr::picture::internal
