// SPDX-License-Identifier: Apache-2.0
//
// The entries of a published log, with what it takes to prove each of them.
//
//   SCR_TRY(log, ProvableLog::open(record));
//   SCR_TRY(text, log.proof_file(index));
//
// Move only; any thread.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "merkle/subtrees.h"
#include "record/snapshot.h"

namespace scr::steps {

class ProvableLog {
 public:
  // Of a record, as log/checkpoint has it. conflict if somebody writes to it just now; untrusted as
  // record::read_snapshot.
  static Result<ProvableLog> open(const std::filesystem::path& record);

  std::uint64_t size() const { return tree_.size(); }
  const Digest& root() const { return snapshot_.checkpoint().root; }
  const std::string& note() const { return note_; }  // the checkpoint
  // REQUIRES, here and below: index < size().
  std::string_view entry(std::uint64_t index) const { return snapshot_.entries()[index]; }
  Result<merkle::Proof> path(std::uint64_t index) const;
  // For anybody (receipt/proof_file.h).
  Result<std::string> proof_file(std::uint64_t index) const;

 private:
  ProvableLog(record::Snapshot snapshot, merkle::Subtrees tree, std::string note)
      : snapshot_(std::move(snapshot)), tree_(std::move(tree)), note_(std::move(note)) {}

  record::Snapshot snapshot_;
  merkle::Subtrees tree_;
  std::string note_;
};

}  // namespace scr::steps
