// SPDX-License-Identifier: Apache-2.0
//
// A picture is kept back for a reason that stands in the log for all to see.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "entry/picture_withheld.h"
#include "os/clock.h"

namespace scr::steps {

struct Withheld {
  Digest picture;
  std::uint64_t tree_size = 0;
};

// `typed`: the index of the picture's entry, or the beginning of its SHA-256. What was made to show
// a part of it is removed; the original stays where it is, and may be removed by hand. not_found if
// there is no such picture, conflict if it is withheld already.
Result<Withheld> withhold(const std::filesystem::path& record, const std::string& typed,
                          entry::WithheldFor reason, os::Clock& clock);

}  // namespace scr::steps
