// SPDX-License-Identifier: Apache-2.0
//
// Commits to every picture of a record that is not committed to yet: puts into the log what it is,
// bit for bit, without a word of what it shows. To be done soon after pictures came in: it is what
// a redacted picture is held against.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "os/clock.h"
#include "steps/redact_workers.h"

namespace scr::steps {

struct PicturesCommitted {
  std::uint64_t pictures = 0;       // now
  std::uint64_t without_cells = 0;  // of these: they cannot be shown in part
  std::uint64_t not_opened = 0;     // not committed to: the process that opened them ended
  std::uint64_t before = 0;         // were committed to already
  std::uint64_t tree_size = 0;
};

// In batches, each durable and signed; one that is cut off is gone on with by the next run.
// `tell`: how many of how many are done.
Result<PicturesCommitted> commit_pictures(
    const std::filesystem::path& record, RedactWorkers& workers, os::Clock& clock,
    const std::function<void(std::uint64_t done, std::uint64_t of)>& tell);

}  // namespace scr::steps
