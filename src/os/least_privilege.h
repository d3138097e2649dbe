// SPDX-License-Identifier: Apache-2.0
//
// A service that talks to strangers gives away, before it does, whatever it will not need.
//
//   SCR_TRY_VOID(give_up_privileges({.folder = folder}));   // before the first thread
//
// 1. As root it becomes the owner of `folder` (if that is not root).
// 2. Files: only what lies below `folder` can be opened from then on (Landlock, Linux 5.13; where
//    the kernel has none, this step is left out and the answer says so).
// 3. Calls: no program can be started, no socket made, nobody traced, nothing mounted (seccomp);
//    such a call fails with EPERM. No core is dumped.
//
// Sockets and files that are open stay usable. For good; all threads that are started afterwards.

#pragma once

#include <filesystem>

#include "base/result.h"

namespace scr::os {

struct GivenUp {
  bool became_owner = false;        // of the folder
  bool files_are_confined = false;  // Landlock is there
};

// io if the system refuses a step that it knows: then nothing is served rather than served
// unprotected.
Result<GivenUp> give_up_privileges(const std::filesystem::path& folder);

}  // namespace scr::os
