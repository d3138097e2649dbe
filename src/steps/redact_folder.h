// SPDX-License-Identifier: Apache-2.0
//
// Many pictures at once: a folder in which each has a mask file and a preview, both named by the
// beginning of the picture's SHA-256, for people to go through.
//
// docs/redaction.md. One thread.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "note/key.h"
#include "os/clock.h"
#include "steps/redacting.h"

namespace scr::steps {

// A file that was passed over, and why; the others were not.
struct PassedOver {
  std::string file;
  Error why;
};

struct FolderDone {
  std::uint64_t done = 0;
  std::uint64_t empty = 0;     // proposed: of these, nothing could be; a person has to mark it all
  std::uint64_t approved = 0;  // approved: of these, by enough people now
  std::vector<PassedOver> passed_over;
};

using FolderProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

// For every picture that waits and has no mask file in the folder: one, <16 hex digits>.toml, and
// beside it how the picture would look. What people corrected already stays as it is.
Result<FolderDone> propose_all(Redacting& redacting, const std::filesystem::path& folder,
                               const FolderProgress& tell);

// Approves what each mask file of the folder says. Files that cannot be approved are passed over.
Result<FolderDone> approve_all(Redacting& redacting, const std::filesystem::path& folder,
                               const note::Signer& signer, os::Clock& clock,
                               const FolderProgress& tell);

}  // namespace scr::steps
