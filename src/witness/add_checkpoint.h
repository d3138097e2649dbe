// SPDX-License-Identifier: Apache-2.0
//
// What a witness decides when a log asks it to cosign (C2SP tlog-witness v1.0.0, add-checkpoint).
//
//   const auto request = AddCheckpoint::parse(body);
//   Answer answer = answer_add_checkpoint(body, logs, witness, now);
//   if (answer.advance) store it, compare-and-set on its old size and note, durably; only then
//   send answer.status, answer.content_type, answer.body
//
// The rule that makes a witness worth having: `answer.body` holds a signature, so it must not leave
// before `advance` is durable, and not at all if somebody else advanced the log in between (answer
// anew). Storing and sending are not done here.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "note/key.h"
#include "note/signed_note.h"
#include "witness/fork.h"

namespace scr::witness {

// The body of a request. Right form only: nothing in it is verified.
struct AddCheckpoint {
  static constexpr std::size_t kMaxBytes = std::size_t{128} << 10;  // as Sunlight's witness
  static constexpr std::size_t kMaxPath = 63;

  std::uint64_t old_size = 0;
  std::vector<Digest> path;  // consistency proof from old_size
  note::Unverified note;

  // What parses prints back to the same bytes. Fails with bad_input.
  static Result<AddCheckpoint> parse(std::string_view body);
  std::string text() const;
};

// A log that this witness was told to follow, and the largest tree of it that it has cosigned.
struct FollowedLog {
  std::string origin;
  std::vector<note::Vkey> keys;  // of type ed25519; no two with the same name and id
  std::uint64_t size = 0;        // 0: never cosigned
  Digest root = sha256({});
  std::string note;  // what was cosigned, with the signatures that were verified; empty if never
};

// What must be durable before the answer may leave. Also where the size stays the same: the note is
// fresh.
struct Advance {
  std::string origin;
  std::uint64_t old_size = 0;  // of the FollowedLog that was read
  std::uint64_t size = 0;
  Digest root;
  std::string note;  // with the log's verified signatures and the new cosignature, no others
};

struct Answer {
  int status = 0;            // of HTTP
  std::string content_type;  // "text/plain; charset=utf-8", or "text/x.tlog.size" with 409
  std::string body;
  std::optional<Advance> advance;    // exactly if status is 200
  std::optional<ForkEvidence> fork;  // the log signed two trees of this size: keep it, publish it
};

// 200 cosigned; 400 malformed, extension lines, or old size above the new; 403 not signed by a key
// of the log, or a line of such a key fails; 404 unknown origin; 409 old size is not what is stored
// (the body says what is); 422 the proof does not hold, or another tree of the same size.
//
// `logs`: no origin twice. `now`: seconds since 1970. `witness`: a key of type cosignature.
Answer answer_add_checkpoint(std::string_view body, std::span<const FollowedLog> logs,
                             const note::Signer& witness, std::uint64_t now);

}  // namespace scr::witness
