// SPDX-License-Identifier: Apache-2.0
//
// The pictures that are read, each with its truth: made in this run from seeds, or from a folder.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "election/definition.h"
#include "forge/font.h"
#include "forge/made_sheet.h"

namespace scr::bench {

// What is false about a sheet, or missing: forge::Forgery, and sheets printed without a code.
enum class Kind { plain, digit, other_code, both_bad_sums, both_consistent, no_code };
inline constexpr int kKinds = 6;
const char* name_of(Kind kind);  // "plain", "digit", "other-code", ...

struct SheetName {
  Kind kind = Kind::plain;
  forge::Damage damage = forge::Damage::scan;
  int number = 0;
  std::filesystem::path file;  // empty: to be made

  std::string text() const;  // "plain/A-scan/00012", its name in the results
};

struct Sheet {
  std::string file;                    // a JPEG
  std::string payload;                 // of the code; empty if there is none
  std::vector<std::uint64_t> numbers;  // as printed, top to foot
};

// Pairs X.jpg and X.json as sheetforge writes them, by name. not_found.
Result<std::vector<SheetName>> sheets_in(const std::filesystem::path& folder);

Result<Sheet> sheet_of(const SheetName& name, std::uint64_t seed,
                       const election::Definition& definition, const forge::Font& font);

}  // namespace scr::bench
