// SPDX-License-Identifier: Apache-2.0
//
// The log of a record: the one place where a fact is written.
//
//   SCR_TRY(log, record::Log::open(folder));
//   SCR_TRY(first, log.append(entries));   // all of them durable and under a signed checkpoint
//
// append() is all or nothing. What is on disk at each moment, and what a crash leaves:
// docs/formats/record.md, "Crashes".
//
// One writer a folder: a second open() fails with io while the first lives. One thread.

#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "merkle/tree.h"
#include "note/key.h"
#include "os/lock.h"
#include "record/tree_state.h"

namespace scr::record {

class Log {
 public:
  // Makes keys/log.key, log/log.vkey and an empty log with a signed checkpoint of size 0 in
  // `folder`, which must exist and hold no log. The origin is the signer's name.
  static Result<Log> create(const std::filesystem::path& folder, const note::Signer& signer);

  // For appending: takes the lock, reads the private key, finishes what a crash interrupted, and
  // holds the right edge against the signed checkpoint, and asks the witnesses of log/policy, if
  // there is one, whether they know more (a few seconds if they are silent; silence is no
  // objection). untrusted if disk and signature disagree, or a witness knows more.
  static Result<Log> open(const std::filesystem::path& folder);

  // The same for the one append that brings in another key, keys/log.key.next (log_keys.h), with
  // which it signs: `entries` must say so. The old key need not be here. After it, the log is one
  // with that key.
  static Result<Log> open_with_next_key(const std::filesystem::path& folder);

  std::uint64_t size() const { return tree_.size().value(); }

  // Index of the first of `entries`. None is at most 16 KiB checked here: what an entry may say is
  // room entry's; here each has at most 65,535 bytes.
  // After an error nothing of it is acknowledged: open the log again before going on.
  Result<merkle::LeafIndex> append(std::span<const std::string> entries);

 private:
  Log(std::filesystem::path folder, note::Signer signer, os::FileLock lock, TreeState tree)
      : folder_(std::move(folder)),
        signer_(std::move(signer)),
        lock_(std::move(lock)),
        tree_(std::move(tree)) {}

  static Result<Log> open_signing(const std::filesystem::path& folder, os::FileLock lock,
                                  note::Signer signer);
  Result<TreeState> stage(std::span<const std::string> entries) const;
  Result<void> check_staging(const TreeState& grown) const;
  Result<void> commit(const TreeState& grown) const;

  std::filesystem::path folder_;
  note::Signer signer_;
  os::FileLock lock_;
  TreeState tree_;
  bool failed_ = false;
};

// True if an append, or a change of the key, was cut off behind its commit point, so that what
// readers see is not yet all that was signed: open() finishes it. False in a copy, which signs
// nothing.
Result<bool> was_cut_off(const std::filesystem::path& folder);

}  // namespace scr::record
