// SPDX-License-Identifier: Apache-2.0
//
// What happens to a sheet between the printer and the picture: ink, paper, geometry, light, lens,
// sensor, file. One effect after the other, in the order in which they happen.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "forge/chance.h"
#include "forge/sheet.h"
#include "forge/stroke.h"
#include "image/image.h"
#include "image/warp.h"

namespace scr::forge {

// The classes of docs/sheetforge.md. The last two are pictures as small as those of forms that were
// sent around: as they come, and copied once more.
enum class Damage { scan, faded, photo, lowres, damage, blur, wreck, fold, small, copied };
inline constexpr char kFirstClass = 'A';
inline constexpr char kLastClass = 'J';
// "A-scan", "B-faded", ...; and from the letter.
const char* name_of(Damage damage);
std::optional<Damage> damage_of_letter(char letter);

struct Crease {
  double at = 0;       // dots from the top of the paper
  double slope = 0;    // dots down for each across
  double width = 6;    // dots
  double shade = 0.2;  // of light that it takes or adds
  double loss = 0;     // share of ink that it takes
  double shift = 0;    // dots that one side lies off
};

// The picture of a picture (again.h).
struct Again {
  double scale = 1;
  double turn = 0;   // degrees
  double blur = 0;   // sigma of a Gaussian, pixels of what comes out
  double noise = 0;  // standard deviation, grey levels
  int quality = 75;  // of the last file
};

struct Effects {
  // print
  double darkness = 0.85;  // of ink on paper
  double mottle = 0;       // share by which it varies
  int dead_columns = 0;    // of the print head
  // paper
  double paper = 0.93;
  double yellow = 0;
  std::vector<Crease> creases;
  int stains = 0;
  std::vector<Stroke> strokes;
  // geometry
  double module = 6;  // pixels
  double turn = 0;    // degrees
  int quarter_turns = 0;
  double perspective = 0;  // share of the width by which corners move
  double curl = 0;         // dots
  bool desk = false;
  // light
  double gradient = 0;  // share
  double shadow = 0;
  double glare = 0;
  // lens and sensor
  double defocus = 0;       // radius in modules
  double motion = 0;        // length in modules
  double motion_angle = 0;  // radians
  double exposure = 1;
  double noise = 1;
  double crop = 0;  // share that is cut off at each side, at most
  // file
  int quality = 75;
  int first_quality = 0;  // saved once before; 0: not
  std::optional<Again> again;
};
Effects effects_of(Damage damage, const Print& print, Chance& chance);

struct Photograph {
  image::Rgb picture;
  std::vector<image::Point> centres;  // of modules, by Modules::index
  image::Quad code_corners;
  std::vector<Field> fields;  // in pixels
};
Photograph photograph(const Print& print, const Effects& effects, Chance& chance);

std::string save_jpeg(const image::Rgb& picture, const Effects& effects);
// As it looks after it was saved as JPEG.
image::Rgb saved_and_opened(const image::Rgb& picture, int quality);

}  // namespace scr::forge
