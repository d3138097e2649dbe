// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/sheets.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <system_error>

#include <nlohmann/json.hpp>

#include "os/files.h"

namespace scr::bench {
namespace {

namespace fs = std::filesystem;

forge::Forgery forgery_of(Kind kind) {
  switch (kind) {
    case Kind::digit:
      return forge::Forgery::digit;
    case Kind::other_code:
      return forge::Forgery::other_code;
    case Kind::both_bad_sums:
      return forge::Forgery::both_bad_sums;
    case Kind::both_consistent:
      return forge::Forgery::both_consistent;
    case Kind::plain:
    case Kind::no_code:
      break;
  }
  return forge::Forgery::none;
}

Result<Sheet> made(const SheetName& name, std::uint64_t seed,
                   const election::Definition& definition, const forge::Font& font) {
  SCR_TRY(sheet, forge::make_sheet({.damage = name.damage,
                                    .number = name.number,
                                    .seed = seed,
                                    .forgery = forgery_of(name.kind),
                                    .has_code = name.kind != Kind::no_code},
                                   definition, font));
  Sheet out{std::move(sheet.jpeg), sheet.print.payload, {}};
  if (name.kind == Kind::no_code) out.payload.clear();
  for (const forge::Field& field : sheet.print.fields) {
    if (field.kind != "code") out.numbers.push_back(std::stoull(field.text));
  }
  return out;
}

Result<Sheet> found(const fs::path& file) {
  SCR_TRY(bytes, os::read_text(file));
  SCR_TRY(truth_text, os::read_text(fs::path(file).replace_extension(".json")));
  Sheet out{std::move(bytes), {}, {}};
  try {
    const auto truth = nlohmann::json::parse(truth_text);
    if (truth.at("n").get<int>() > 0) out.payload = truth.at("payload").get<std::string>();
    for (const auto& field : truth.at("fields")) {
      if (field.at("kind") != "code")
        out.numbers.push_back(std::stoull(field.at("text").get<std::string>()));
    }
  } catch (const std::exception& wrong) {
    return fail(ErrorCode::bad_input, file.string() + ": its truth is not one: " + wrong.what());
  }
  return out;
}

}  // namespace

const char* name_of(Kind kind) {
  constexpr std::array<const char*, kKinds> kNames{"plain",         "digit",           "other-code",
                                                   "both-bad-sums", "both-consistent", "no-code"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string SheetName::text() const {
  char digits[16];
  std::snprintf(digits, sizeof digits, "/%05d", number);
  return std::string(name_of(kind)) + "/" + forge::name_of(damage) +
         (file.empty() ? digits : "/" + file.stem().string());
}

Result<std::vector<SheetName>> sheets_in(const fs::path& folder) {
  std::error_code error;
  std::vector<SheetName> names;
  for (const auto& item : fs::directory_iterator(folder, error)) {
    const fs::path& file = item.path();
    if (file.extension() != ".jpg") continue;
    const auto damage = forge::damage_of_letter(file.filename().string()[0]);
    if (damage) names.push_back({Kind::plain, *damage, 0, file});
  }
  if (error || names.empty())
    return fail(ErrorCode::not_found, folder.string() + ": no pictures of sheets in there");
  std::sort(names.begin(), names.end(),
            [](const SheetName& a, const SheetName& b) { return a.file < b.file; });
  for (std::size_t i = 0; i < names.size(); ++i) names[i].number = static_cast<int>(i);
  return names;
}

Result<Sheet> sheet_of(const SheetName& name, std::uint64_t seed,
                       const election::Definition& definition, const forge::Font& font) {
  return name.file.empty() ? made(name, seed, definition, font) : found(name.file);
}

}  // namespace scr::bench
