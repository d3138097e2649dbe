// SPDX-License-Identifier: Apache-2.0
//
// What the three texts of this room share: lines, and paths of hashes one to a line. Pure.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace scr::witness::internal {

// Takes the first line off `text`, without its LF. Nothing if there is no LF.
std::optional<std::string_view> take_line(std::string_view& text);

// What follows `key` and a space in the next line, which is taken off; nothing, and nothing taken,
// if the next line begins otherwise.
std::optional<std::string_view> take_field(std::string_view& text, std::string_view key);

// Takes lines of base64, 32 bytes each, up to and with an empty line. Nothing if there is any other
// line, or are more than `most`.
std::optional<std::vector<Digest>> take_path(std::string_view& text, std::size_t most);

// The same, printed: with the empty line.
std::string path_text(const std::vector<Digest>& path);

}  // namespace scr::witness::internal
