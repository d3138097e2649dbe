// SPDX-License-Identifier: Apache-2.0
//
// The pictures of docs/reading.md: small crops of made sheets, each a case that the reader meets,
// found by trying numbers until the reader says of a sheet what the page is about.
//
//   reading_pictures docs/reading       writes the crops there, and prints the table that shows
//   them
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>

#include "forge/made_sheet.h"
#include "os/files.h"
#include "reading/read_sheet.h"

namespace {

using namespace scr;

constexpr char kFont[] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
constexpr int kLargestSide = 330;
constexpr int kQuality = 62;
constexpr int kMostTries = 400;

struct Case {
  const char* name;
  const char* what;
  forge::Damage damage;
  forge::Forgery forgery = forge::Forgery::none;
  bool has_code = true;
  std::function<bool(const reading::ReadSheet&)> shows;
};

bool read_alone(const reading::ReadSheet& read) {
  return read.code && read.code->stage != "joint";
}

const Case kCases[] = {
    {"clean",
     "a clean scan",
     forge::Damage::scan,
     {},
     true,
     [](const auto& r) { return read_alone(r) && r.code->errors == 0; }},
    {"faded",
     "faded ink, dead columns of the print head",
     forge::Damage::faded,
     {},
     true,
     [](const auto& r) { return read_alone(r) && r.code->errors > 3; }},
    {"photo", "a photograph, askew, in bad light", forge::Damage::photo, {}, true, read_alone},
    {"small", "a picture made small by a messenger", forge::Damage::lowres, {}, true, read_alone},
    {"blur",
     "out of focus, or moved",
     forge::Damage::blur,
     {},
     true,
     [](const auto& r) { return read_alone(r) && r.code->stage != "plain"; }},
    {"fold",
     "folded through the code",
     forge::Damage::fold,
     {},
     true,
     [](const auto& r) { return read_alone(r) && r.code->errors > 8; }},
    {"ink",
     "a pen or a stamp over the code",
     forge::Damage::damage,
     {},
     true,
     [](const auto& r) { return read_alone(r) && r.code->ink_removed; }},
    {"joint",
     "a code beyond repair, read with the help of the print",
     forge::Damage::damage,
     {},
     true,
     [](const auto& r) { return r.code && r.code->stage == "joint"; }},
    {"wreck",
     "too little is left",
     forge::Damage::wreck,
     {},
     true,
     [](const auto& r) { return r.unread == "code-unreadable"; }},
    {"torn",
     "no code on the sheet",
     forge::Damage::photo,
     {},
     false,
     [](const auto& r) { return r.unread == "no-code"; }},
    {"forged", "one printed digit altered", forge::Damage::photo, forge::Forgery::digit, true,
     [](const auto& r) { return r.print && r.print->contradictions.size() == 1; }},
};

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
};

// Around `quad`, wider by `more` of its size on each side, within the picture.
Box around(const image::Quad& quad, double more, const image::Rgb& picture) {
  const auto [left, right] = std::minmax({quad[0].x, quad[1].x, quad[2].x, quad[3].x});
  const auto [top, bottom] = std::minmax({quad[0].y, quad[1].y, quad[2].y, quad[3].y});
  const double margin = more * std::max(right - left, bottom - top);
  return {std::max(0, static_cast<int>(left - margin)), std::max(0, static_cast<int>(top - margin)),
          std::min(picture.width, static_cast<int>(right + margin)),
          std::min(picture.height, static_cast<int>(bottom + margin))};
}

// Each pixel the mean of those that it stands for.
image::Rgb cropped(const image::Rgb& picture, const Box& box) {
  const int across = box.right - box.left;
  const int down = box.bottom - box.top;
  const double scale = std::max(1.0, std::max(across, down) / static_cast<double>(kLargestSide));
  image::Rgb out{static_cast<int>(across / scale), static_cast<int>(down / scale), {}};
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      long sums[3]{};
      long pixels = 0;
      for (int v = static_cast<int>(y * scale); v < static_cast<int>((y + 1) * scale); ++v) {
        for (int u = static_cast<int>(x * scale); u < static_cast<int>((x + 1) * scale); ++u) {
          const auto at =
              3 * (static_cast<std::size_t>(box.top + v) * static_cast<std::size_t>(picture.width) +
                   static_cast<std::size_t>(box.left + u));
          for (std::size_t c = 0; c < 3; ++c) sums[c] += picture.pixels[at + c];
          ++pixels;
        }
      }
      for (const long sum : sums) out.pixels.push_back(static_cast<std::uint8_t>(sum / pixels));
    }
  }
  return out;
}

// What is looked at: the forged row, else the code, else the foot of the sheet.
Box place_of(const Case& one, const forge::MadeSheet& sheet, const reading::ReadSheet& read) {
  const image::Rgb& picture = sheet.photo.picture;
  if (one.forgery != forge::Forgery::none) {
    const reading::Contradiction& c = read.print->contradictions.front();
    for (const forge::Field& field : sheet.photo.fields) {
      const Box box = around(field.number, 0, picture);
      if (c.at[0] >= box.left - 60 && c.at[0] <= box.right + 60 && c.at[1] >= box.top &&
          c.at[1] <= box.bottom)
        return around(field.line, 0.12, picture);
    }
  }
  if (one.has_code) return around(sheet.photo.code_corners, 0.3, picture);
  return around(sheet.photo.fields.back().line, 0.3, picture);
}

std::string said_of(const reading::ReadSheet& read) {
  if (!read.code) return "not read: `" + read.unread + "`";
  std::string said = "read, stage `" + read.code->stage + "`, " +
                     std::to_string(read.code->errors) + " bytes corrected, " +
                     std::to_string(read.code->erasures) + " taken as unknown, margin " +
                     std::to_string(read.code->margin);
  if (read.code->ink_removed) said += ", ink removed";
  if (!read.print) return said + "; print not found";
  said += "; print agrees in " + std::to_string(read.print->agree) + " of " +
          std::to_string(read.print->compared);
  for (const reading::Contradiction& c : read.print->contradictions) {
    said += "; **" + c.name + ": printed " + std::to_string(c.printed) + ", in the code " +
            std::to_string(c.coded) + "**";
  }
  return said;
}

Result<void> write(const Case& one, const election::Definition& definition, const forge::Font& font,
                   const std::filesystem::path& folder) {
  const reading::SheetReader reader(definition);
  for (int number = 0; number < kMostTries; ++number) {
    SCR_TRY(sheet, forge::make_sheet({.damage = one.damage,
                                      .number = number,
                                      .seed = 2031,
                                      .forgery = one.forgery,
                                      .has_code = one.has_code},
                                     definition, font));
    const auto read = reader.read(bytes_of(sheet.jpeg));
    if (!one.shows(read)) continue;
    const image::Rgb crop = cropped(sheet.photo.picture, place_of(one, sheet, read));
    const std::string file = std::string(one.name) + ".jpg";
    SCR_TRY_VOID(os::replace_file(folder / file, forge::save_jpeg(crop, {.quality = kQuality}),
                                  os::kPublic));
    std::printf("| ![%s](reading/%s) | %s (%s, number %d) | %s |\n", one.what, file.c_str(),
                one.what, forge::name_of(one.damage), number, said_of(read).c_str());
    return {};
  }
  return fail(ErrorCode::not_found, std::string(one.name) + ": no sheet shows it any more");
}

Result<void> run(const std::filesystem::path& folder) {
  SCR_TRY(toml, os::read_text(SCR_SOURCE_DIR "/elections/made-up/election.toml"));
  SCR_TRY(definition, election::parse_definition(toml));
  SCR_TRY(font, forge::Font::load(kFont));
  SCR_TRY_VOID(os::make_folders(folder));
  std::printf("| picture | case | what the reader says |\n|---|---|---|\n");
  for (const Case& one : kCases) SCR_TRY_VOID(write(one, definition, font, folder));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto done = run(argv[1]);
  if (done) return 0;
  std::fprintf(stderr, "reading_pictures: %s\n", to_string(done.error()).c_str());
  return 3;
}
