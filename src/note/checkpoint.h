// SPDX-License-Identifier: Apache-2.0
//
// What a log signs: its name, how many entries it holds and the root of the tree over them
// (C2SP tlog-checkpoint v1.0.0).
//
//   std::string note = sign_checkpoint({origin, size, root}, signer);
//   SCR_TRY(checkpoint, open_checkpoint(note, log_key));
//
// A log must never sign a checkpoint that is inconsistent with any that it signed before; that is
// the caller's care (record/), not this file's.
//
// Format, odd cases, worked example: docs/formats/checkpoint.md. Pure; any thread.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "note/key.h"
#include "note/signed_note.h"

namespace scr::note {

struct Checkpoint {
  std::string origin;           // one non-empty line
  std::uint64_t tree_size = 0;  // entries
  Digest root;                  // RFC 6962; SHA-256("") if the size is 0
  // Further lines, each not empty. Implementations disagree on whether a cosignature covers them
  // (C2SP issue 238), so this program writes none and refuses them where it has the say.
  std::vector<std::string> extensions = {};

  // The text of the note. What parse_checkpoint_unverified() accepts prints back to the same bytes.
  std::string text() const;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Says nothing about who signed it, nor whether such a tree exists. Fails with bad_input.
Result<Checkpoint> parse_checkpoint_unverified(std::string_view text);

struct OpenedCheckpoint {
  Checkpoint checkpoint;
  Verified note;
};

// A checkpoint of `origin`, signed by at least one of `keys` that is of type ed25519; the other
// keys may be witnesses. Extension lines are accepted.
//
// Fails with bad_input if it is no checkpoint, untrusted if signatures do not suffice or the root
// of size 0 is not that of the empty tree, conflict if it is of another origin.
Result<OpenedCheckpoint> open_checkpoint_of(std::string_view origin, std::string_view note,
                                            std::span<const Vkey> keys);

// A checkpoint as this program signs it: the origin is the name of the key, no extension lines.
Result<Checkpoint> open_checkpoint(std::string_view note, const Vkey& log_key);

// The note. The checkpoint's origin must be the name of the signer's key, and there must be no
// extension lines: anything else is a bug of the caller.
std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& log);

}  // namespace scr::note
