// SPDX-License-Identifier: Apache-2.0
//
// SHA256SUMS: what `sha256sum -c` checks. It finds a copy that broke on the way; it proves nothing
// against a person, who can write it anew - that is what the log is for.

#pragma once

#include <map>
#include <string>

#include "base/sha256.h"

namespace scr::bundle {

inline constexpr const char* kChecksums = "SHA256SUMS";

// One line a file, sorted by path: digest, two spaces, path, LF.
std::string checksums(const std::map<std::string, Digest>& files);

}  // namespace scr::bundle
