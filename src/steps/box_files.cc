// SPDX-License-Identifier: Apache-2.0
#include "steps/box_files.h"

#include <cstdio>

#include "os/files.h"
#include "picture/encode.h"

namespace scr::steps {
namespace {

// What may stand in the name of a file everywhere.
std::string plain(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '.' || c == '-';
    name += kept ? c : '_';
  }
  return name;
}

std::string name_of(std::size_t number, const election::StationId& station,
                    const reading::Crop& crop) {
  char before[32];
  char after[32];
  std::snprintf(before, sizeof before, "%05zu-", number);
  std::snprintf(after, sizeof after, "-%02zu-%s.png", crop.row + 1, crop.words ? "words" : "boxes");
  return before + plain(station.value()) + after;
}

image::Rgb rgb_of(const image::Gray& gray) {
  image::Rgb picture{gray.width, gray.height, {}};
  picture.pixels.reserve(gray.pixels.size() * 3);
  for (const std::uint8_t pixel : gray.pixels)
    picture.pixels.insert(picture.pixels.end(), 3, pixel);
  return picture;
}

}  // namespace

Result<std::vector<RowFiles>> write_row_files(const std::filesystem::path& folder,
                                              std::size_t number,
                                              const election::StationId& station,
                                              const FileReading& reading) {
  std::vector<RowFiles> files;
  if (!reading.read.form) return files;
  files.resize(reading.read.form->rows.size());
  SCR_TRY_VOID(os::make_folders(folder));
  for (const reading::Crop& crop : reading.crops) {
    std::string name = name_of(number, station, crop);
    SCR_TRY_VOID(
        os::replace_file(folder / name, picture::encode_png(rgb_of(crop.picture)), os::kPublic));
    (crop.words ? files[crop.row].words : files[crop.row].boxes) = std::move(name);
  }
  return files;
}

}  // namespace scr::steps
