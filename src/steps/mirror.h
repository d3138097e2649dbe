// SPDX-License-Identifier: Apache-2.0
//
// Fetches another's log and checks every entry of it, in the form in which a bundle has it: so that
// the log stays readable when whoever publishes it goes dark. Only entries are fetched; tiles are
// made from them, so there is nothing of the other's to believe but what its key signed.
//
// Can be cut off anywhere: what is not checked yet lies in `incoming/`, and is not fetched again.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace scr::steps {

struct MirrorRequest {
  std::string from;              // a URL prefix, or a folder
  std::filesystem::path folder;  // the mirror: log/ is made in it
  std::optional<std::string> key;
  std::string proxy;
  // Also the checkpoint that waits for its quorum: for a mirror that cosigns.
  bool pending = false;
};

struct Mirrored {
  std::string origin;
  std::uint64_t size_before = 0;
  std::uint64_t size = 0;
  std::uint64_t bundles_fetched = 0;
  std::string note;  // the checkpoint whose every entry is held now
};

// untrusted if what is fetched is not what was signed (then nothing of it is kept), or the log is
// another than the one mirrored before: two histories; compare-logs makes the proof. conflict if
// its checkpoint is older than the one here.
Result<Mirrored> mirror(const MirrorRequest& request);

}  // namespace scr::steps
