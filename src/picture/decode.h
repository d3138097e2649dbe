// SPDX-License-Identifier: Apache-2.0
//
// Bytes -> pixels: JPEG, PNG, WebP, TIFF, HEIF. Turned as the file says (EXIF orientation), laid
// over white where it is transparent.
//
// The bytes are a stranger's, and the libraries behind this are large: call it in a worker
// (os/worker.h), which may die of it.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "image/image.h"
#include "picture/format.h"

namespace scr::picture {

struct Limits {
  std::int64_t pixels = 200'000'000;
  int side = 65'000;
};

// Why a file gave no picture, in a word that findings use.
enum class Refusal { not_a_picture, too_large, truncated, corrupt };
const char* name_of(Refusal refusal);

struct Refused {
  Refusal refusal = Refusal::corrupt;
  std::string why;  // what the decoder says
};

template <class Picture>
using Decoded = tl::expected<Picture, Refused>;

// Limits are held against the header, before memory is taken.
Decoded<image::Gray> decode_gray(ByteView bytes, const Limits& limits = {});
Decoded<image::Rgb> decode_rgb(ByteView bytes, const Limits& limits = {});

// At half size, each side rounded up, where that costs about two thirds: of a JPEG that has at
// least so many pixels. Nothing of others, nor of what decode_gray refuses.
std::optional<image::Gray> decode_gray_half(ByteView bytes, std::int64_t least_pixels,
                                            const Limits& limits = {});

// 1 .. 8 as EXIF has it (CIPA DC-008, 4.6.4); 1 if the JPEG says nothing or nothing sensible.
int orientation_of_jpeg(ByteView bytes);

// True if it is a JPEG whose end is missing (no EOI marker behind its first scan). It decodes all
// the same, grey where nothing came.
bool ends_early(ByteView bytes);

}  // namespace scr::picture
