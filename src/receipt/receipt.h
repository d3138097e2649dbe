// SPDX-License-Identifier: Apache-2.0
//
// What somebody is given who sent a picture, or who asks after one: that an entry is in the log,
// and what it takes to see that the entry is about this file. One text that needs nothing else but
// the log's public key, or a policy.
//
//   std::string text = write(Receipt{Holder::sender, salt, entry}, proof);
//   SCR_TRY(opened, open(text, policy));                     // signature, path, entry
//   SCR_TRY_VOID(check_file(opened, sha256(original)));      // the file is the one committed to
//
// It is a tlog-proof whose `extra` holds the entry itself and a secret: the proof leads from the
// entry to a signed checkpoint, and the entry, together with the secret, to the file. What stands
// in `extra` is signed by nobody and believed of nobody: all of it is checked by what it leads to.
//
// Format: docs/formats/receipt.md. Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "cells/secret.h"
#include "entry/entry.h"
#include "note/checkpoint.h"
#include "note/policy.h"
#include "witness/proof.h"

namespace scr::receipt {

// For whom it is, and so what secret it carries.
enum class Holder {
  anybody,  // none: an entry is in the log
  sender,   // the salt of the file: this file was received
  court     // the picture's secret: the file and every cell of it
};
const char* name_of(Holder holder);

struct Receipt {
  Holder holder = Holder::anybody;
  // cells::Salt of the file, or cells::PictureSecret; all zero for anybody.
  std::array<std::byte, 32> secret{};
  std::string entry;  // the bytes that stand in the log

  // As `extra` holds it.
  Bytes bytes() const;
  // bad_input unless bytes() gives the same.
  static Result<Receipt> parse(ByteView extra);

  friend bool operator==(const Receipt&, const Receipt&) = default;
};

// The text of the file. `proof`: of the entry; its `extra` is replaced.
std::string write(const Receipt& receipt, witness::TlogProof proof);

// Which part of it does not hold.
enum class Flaw { none, form, signature, path, file };
const char* name_of(Flaw flaw);

struct Opened {
  Flaw flaw = Flaw::none;  // the first that was met; then `why` says it in words
  std::string why;
  std::string where;
  Receipt receipt;
  std::uint64_t index = 0;       // of the entry
  note::Checkpoint checkpoint;   // that has the entry
  std::size_t cosignatures = 0;  // by witnesses of the policy
  std::string type;              // of the entry, "scrutineer/picture.committed/v1"
};

// What a receipt proves, or what is amiss. Never fails: a bad receipt is an answer.
Opened open(std::string_view text, const note::Policy& policy);

// That the entry commits to the file with this hash, in place of `flaw` none. REQUIRES: no flaw.
void check_file(Opened& opened, const Digest& file);

// The commitment to cells of a picture.committed; nothing if it is another entry or has none.
std::optional<cells::Commitment> cells_of(const Opened& opened);

}  // namespace scr::receipt
