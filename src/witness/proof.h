// SPDX-License-Identifier: Apache-2.0
//
// That an entry is in a log, in one file that needs nothing else (C2SP tlog-proof, draft).
//
//   SCR_TRY(proof, TlogProof::parse(bytes));
//   SCR_TRY(opened, verify(proof, leaf_hash, policy));   // opened.checkpoint holds that entry
//
// Grammar and odd cases: docs/formats/checkpoint.md, "Proof". Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "note/checkpoint.h"
#include "note/policy.h"

namespace scr::witness {

struct TlogProof {
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;

  // Whatever whoever made the file put there: signed by nobody. Not empty if it is there.
  std::optional<Bytes> extra_unverified;
  std::uint64_t index = 0;
  std::vector<Digest> path;  // leaf's sibling first
  std::string note;          // the checkpoint with its signatures, as it was published

  // Right form only: signatures and path are not looked at. What parses prints back to the same
  // bytes. Fails with bad_input.
  static Result<TlogProof> parse(std::string_view text);
  std::string text() const;

  friend bool operator==(const TlogProof&, const TlogProof&) = default;
};

// `leaf_hash` must come from the entry itself, never from the file. Fails with untrusted if the
// policy does not believe the checkpoint or the path does not lead to its root.
Result<note::OpenedCheckpoint> verify(const TlogProof& proof, const Digest& leaf_hash,
                                      const note::Policy& policy);

}  // namespace scr::witness
