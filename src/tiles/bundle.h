// SPDX-License-Identifier: Apache-2.0
//
// A bundle of entries: each behind its length as two bytes, big-endian. C2SP tlog-tiles.
//
// Pure; any thread.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace scr::tiles {

inline constexpr std::size_t kMaxEntry = 65535;

// Appends `entry`. REQUIRES: at most kMaxEntry bytes.
void append_entry(std::string& bundle, std::string_view entry);

// The entries of `bundle`, looking into it. Exactly `width` of them, and nothing behind, or
// bad_input.
Result<std::vector<std::string_view>> split_bundle(std::string_view bundle, std::size_t width);

// The hashes of a tile of hashes. Exactly `width`, or bad_input.
Result<std::vector<Digest>> split_tile(std::string_view tile, std::size_t width);
std::string join_tile(std::span<const Digest> hashes);

}  // namespace scr::tiles
