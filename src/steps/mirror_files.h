// SPDX-License-Identifier: Apache-2.0
//
// What stands beside a log that was mirrored: definition, evidence, redacted pictures. Each is
// named by an entry, and held against it before it takes its place.
//
// What is at hand already is not fetched again, whoever served it: a copy that one server has only
// in part is made whole from another.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/record_state.h"
#include "steps/mirror_source.h"
#include "steps/redact_workers.h"

namespace scr::steps {

struct MirroredFiles {
  std::uint64_t evidence = 0;            // fetched in this run
  std::vector<std::string> pictures;     // redacted ones that hold, and their proofs; in incoming/
  std::uint64_t pictures_not_there = 0;  // approved, and not served
  std::vector<Error> problems;           // what is missing or was altered; the rest was fetched
};

// The files that the log's first entry names, and the state after its entries, of which there are
// `size`, in `folder`/log. untrusted if a file is not the one that was named.
Result<derive::RecordState> mirror_definition(const std::filesystem::path& folder,
                                              std::uint64_t size, const FileSource& files);

// Evidence, but no pictures and containers, which no bundle has. Into its place.
Result<void> mirror_evidence(const std::filesystem::path& folder, const derive::RecordState& state,
                             const MirrorSource& source, MirroredFiles& mirrored);

// Redacted pictures that are approved, each checked in a confined process. Into incoming/, since
// before the log says that they are approved they would be pictures of nobody.
Result<void> mirror_pictures(const std::filesystem::path& folder, const derive::RecordState& state,
                             const FileSource& files, Result<RedactWorkers>& workers,
                             MirroredFiles& mirrored);

// Away with redacted pictures that nobody stands by any more, or under another mask.
Result<void> drop_stale_pictures(const std::filesystem::path& folder,
                                 const derive::RecordState& state);
// Those that were fetched and hold take their place.
Result<void> place_pictures(const std::filesystem::path& folder, const MirroredFiles& mirrored);

}  // namespace scr::steps
