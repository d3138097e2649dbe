// SPDX-License-Identifier: Apache-2.0
//
// Which files somebody means by files and folders.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace scr::steps {

// The largest file that is taken for a picture.
inline constexpr std::uintmax_t kLargestPicture = std::uintmax_t{256} << 20;

// All plain files, in an order that does not depend on the disk. not_found if a path is not there.
Result<std::vector<std::filesystem::path>> files_of(
    const std::vector<std::filesystem::path>& paths);

// Its bytes. bad_input if it is larger than any picture of a sheet.
Result<std::string> bytes_of_picture(const std::filesystem::path& file);

}  // namespace scr::steps
