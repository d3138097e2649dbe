// SPDX-License-Identifier: Apache-2.0
//
// Pictures that can be shown in part, and the proof that nothing else about them was changed.
//
//   SCR_TRY(commitment, commit(original, seed));          // when it is received: into the log
//   SCR_TRY(redacted, redact(original, seed, mask));      // a file and its proof: to publish
//   check_redacted(file, proof, commitment, mask);        // anybody, without the original
//
// What the check says: every shown cell is, bit for bit, what was committed to; every hidden one
// holds only the filler; the hidden ones are just those of `mask`; the file holds nothing but the
// picture. What stood in hidden cells cannot be found by trying, since each has a secret salt.
//
// The bytes are a stranger's and the libraries behind this are large: call all of it in a worker
// (work.h). Format: docs/formats/redaction.md. Pure; any thread.

#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "cells/commitment.h"
#include "cells/mask.h"
#include "cells/tree.h"
#include "redact/cell_picture.h"

namespace scr::redact {

using cells::Commitment;

// Errors as CellPicture::open.
Result<Commitment> commit(ByteView original, const cells::Seed& seed);
Commitment commit(const CellPicture& picture, const cells::Seed& seed);

struct Redacted {
  std::string file;   // JPEG or PNG
  std::string proof;  // cells/proof.h
};

// bad_input also if the mask hides cells that the picture does not have.
Result<Redacted> redact(ByteView original, const cells::Seed& seed, const cells::Mask& mask);

// untrusted if a shown cell, the picture's form or the mask is another, or a hidden cell or the
// file holds anything else than it may; bad_input if file or proof are not of the right form. What
// it gives is where the cells lie.
Result<Grid> check_redacted(ByteView file, std::string_view proof, const Commitment& commitment,
                            const cells::Mask& mask);

}  // namespace scr::redact
