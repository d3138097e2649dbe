// SPDX-License-Identifier: Apache-2.0
//
// Members of zip, 7z and tar, through libarchive.

#pragma once

#include "container/unpack.h"

namespace scr::container::internal {

// How it ended.
Reason members_of_archive(Format format, const Source& source, std::uint64_t first,
                          const Limits& limits, const Tell& tell);

}  // namespace scr::container::internal
