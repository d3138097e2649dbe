// SPDX-License-Identifier: Apache-2.0
//
// Where things lie in a record's folder. docs/formats/record.md has it as a tree.

#pragma once

#include <filesystem>

#include "base/sha256.h"

namespace scr::record {

struct Layout {
  std::filesystem::path folder;

  std::filesystem::path log() const { return folder / "log"; }
  std::filesystem::path checkpoint() const { return log() / "checkpoint"; }
  // Whose cosignatures `checkpoint` needs, if anybody's.
  std::filesystem::path policy() const { return log() / "policy"; }
  // The latest that was signed, where `checkpoint` waits for a quorum.
  std::filesystem::path pending() const { return log() / "checkpoint.pending"; }
  // Every checkpoint that was ever published, by size.
  std::filesystem::path checkpoints() const { return log() / "checkpoints"; }
  std::filesystem::path vkey() const { return log() / "log.vkey"; }
  // All public keys that the log had, once it had more than one (log_keys.h).
  std::filesystem::path vkeys() const { return log() / "log.vkeys"; }
  // The last checkpoint that was signed: the commit point. Ahead of `checkpoint` only within an
  // append, or after a crash in one.
  std::filesystem::path signed_checkpoint() const { return folder / "state" / "signed"; }
  std::filesystem::path staging() const { return folder / "state" / "staging"; }
  std::filesystem::path state() const { return folder / "state"; }
  std::filesystem::path lock() const { return folder / "state" / "lock"; }
  std::filesystem::path key() const { return folder / "keys" / "log.key"; }
  // The one that will take its place.
  std::filesystem::path next_key() const { return folder / "keys" / "log.key.next"; }
  std::filesystem::path evidence() const { return folder / "evidence"; }
  std::filesystem::path evidence_of(const Digest& digest) const {
    const std::string hex = digest.hex();
    return evidence() / hex.substr(0, 2) / hex;
  }
};

}  // namespace scr::record
