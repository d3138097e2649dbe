// SPDX-License-Identifier: Apache-2.0
//
// The boxes of a form that is filled in by hand: where they lie, and cut out for people to type.
// What is written in them is not read here.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "election/definition.h"
#include "image/image.h"
#include "reading/read_sheet.h"

namespace scr::reading {

// True if a sheet may be a form.
bool has_form(const election::Definition& definition);

// `darkest`: image::darkest_channel_of a picture, since boxes may be outlined in any colour.
// Nothing if no format with a form has a payload like this, or if its boxes cannot be seen where
// they should be. REQUIRES: sheet.code.
std::optional<FormReading> place_form(const image::Gray& darkest,
                                      const election::Definition& definition,
                                      const ReadSheet& sheet);

// A row laid straight.
struct Crop {
  std::size_t row = 0;  // of FormReading::rows
  bool words = false;   // the number in words, and not its boxes
  image::Gray picture;  // kCropHeight pixels high
};
inline constexpr int kCropHeight = 96;

// All rows of a form, each its boxes and then its words. Nothing if `file` is no picture.
std::vector<Crop> cut_rows(ByteView file, const FormReading& form);

// Across from a confined process: pixels and no file format, so that whoever asked makes the files.
std::string to_bytes(const std::vector<Crop>& crops);
// bad_input unless it is what to_bytes makes of this form's rows, or is empty.
Result<std::vector<Crop>> crops_from_bytes(std::string_view bytes, const FormReading& form);

}  // namespace scr::reading
