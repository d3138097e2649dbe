// SPDX-License-Identifier: Apache-2.0
//
// The entries of a log as its latest checkpoint has them, all hashed again.
//
//   SCR_TRY(snapshot, record::read_snapshot(folder));
//   for (std::string_view entry : snapshot.entries()) ...
//
// Needs no private key, writes nothing, and may run beside an append: it sees the log before or
// after, never in between.
//
// Immutable; any thread. Entries look into the snapshot and live no longer.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "note/checkpoint.h"
#include "note/key.h"

namespace scr::record {

class Snapshot {
 public:
  const note::Checkpoint& checkpoint() const { return checkpoint_; }
  std::uint64_t size() const { return checkpoint_.tree_size; }
  std::span<const std::string_view> entries() const { return entries_; }

 private:
  friend Result<Snapshot> read_snapshot(const std::filesystem::path&, unsigned);
  note::Checkpoint checkpoint_;
  std::vector<std::string> bundles_;  // what the entries look into
  std::vector<std::string_view> entries_;
};

// Fails with not_found if there is no log, with untrusted if the signature does not hold under the
// key that lies beside the log, or the entries are not those that were signed. `threads`: 0 for one
// a processor.
Result<Snapshot> read_snapshot(const std::filesystem::path& record, unsigned threads = 0);

// The file with the latest checkpoint that was signed: log/checkpoint.pending while that waits for
// witnesses, else log/checkpoint. The keeper's own count goes by it; others see only the second.
Result<std::filesystem::path> newest_checkpoint(const std::filesystem::path& record);

// How many entries that checkpoint has.
Result<std::uint64_t> signed_size(const std::filesystem::path& record);

// The key beside the log.
Result<note::Vkey> read_vkey(const std::filesystem::path& record);

// A bundle of entries, taking the full one where the partial one is gone (C2SP tlog-tiles).
Result<std::string> read_bundle(const std::filesystem::path& log, std::uint64_t n,
                                std::uint64_t width);

// Only the first entry, with its proof of being in the tree left out: for what is checked
// otherwise.
Result<std::string> read_first_entry(const std::filesystem::path& record);

// The same of the last one; nothing if the log is empty.
Result<std::optional<std::string>> read_last_entry(const std::filesystem::path& record);

}  // namespace scr::record
