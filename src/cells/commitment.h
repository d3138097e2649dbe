// SPDX-License-Identifier: Apache-2.0
//
// What the log says of a picture's cells. A value; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/sha256.h"

namespace scr::cells {

// What cells are made of: the coefficients of a JPEG, or the pixels of any other picture.
enum class Kind { jpeg, pixels };
const char* name_of(Kind kind);
// Nothing if there is no such kind.
std::optional<Kind> kind_named(std::string_view name);

struct Commitment {
  Kind kind = Kind::jpeg;
  std::uint32_t leaves = 0;  // the picture's form, then its cells
  Digest root;               // tree.h

  friend bool operator==(const Commitment&, const Commitment&) = default;
};

}  // namespace scr::cells
