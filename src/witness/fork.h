// SPDX-License-Identifier: Apache-2.0
//
// Two checkpoints of one log, held against each other; and the file that convicts a log which
// signed two histories, whoever shows it and to whom.
//
//   SCR_TRY(relation, compare(known, seen, path));      // consistent, older, or fork
//   SCR_TRY(evidence, ForkEvidence::parse(bytes));
//   SCR_TRY_VOID(verify(evidence, log_key));            // ok: the log misbehaved
//
// Checkpoints of the same size and different roots convict by themselves. For different sizes it
// takes what the larger tree says of the smaller size: its root there, and a consistency path that
// proves it. That path needs no trust: it is bound to the root that the log signed.
//
// Format: docs/formats/checkpoint.md, "Fork evidence". Pure; any thread.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "merkle/proof.h"
#include "merkle/tree.h"
#include "note/checkpoint.h"
#include "note/key.h"

namespace scr::witness {

enum class Relation {
  consistent,  // `seen` is `known`, or `known` grown
  older,       // `seen` is smaller, and what `known` grew from: not proof of guilt, but a rollback
  fork         // no tree has both
};
const char* name_of(Relation relation);

// What the tree of the larger checkpoint says of the smaller size.
struct Growth {
  std::vector<Digest> path;  // consistency proof from the smaller size to the larger root
  Digest root_at_smaller;    // the root to which that path belongs
};

// From the larger tree itself, by whoever holds it. REQUIRES: smaller <= larger. Fails only as
// `hash` fails.
Result<Growth> growth_between(merkle::TreeSize smaller, merkle::TreeSize larger,
                              const merkle::SubtreeHash& hash);

// Both must have been opened with the log's key. `growth` is not needed for equal sizes.
//
// Fails with conflict if they are of different logs, with bad_input if growth is needed and
// missing, with untrusted if its path does not verify: then nothing is known, least of all a fork.
Result<Relation> compare(const note::Checkpoint& known, const note::Checkpoint& seen,
                         const std::optional<Growth>& growth);

struct ForkEvidence {
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

  std::string smaller;           // a signed checkpoint, as published
  std::string larger;            // another, of at least that size
  std::optional<Growth> growth;  // exactly if the sizes differ

  // Right form only. What parses prints back to the same bytes. Fails with bad_input.
  static Result<ForkEvidence> parse(std::string_view text);
  std::string text() const;
};

// Ok exactly if the holder of `log_key` signed two checkpoints that no tree has both. Fails with
// untrusted (a signature or the path does not hold, or the two are consistent), bad_input,
// conflict.
Result<void> verify(const ForkEvidence& evidence, const note::Vkey& log_key);

}  // namespace scr::witness
