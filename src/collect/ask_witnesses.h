// SPDX-License-Identifier: Apache-2.0
//
// A log asks its witnesses: to cosign, and what they remember of it.
//
//   const auto replies = ask_all(policy, offer, {});       // all of them at once
//   SCR_TRY_VOID(check_not_set_back(policy, offer, {}));   // before anything is signed
//
// What a witness answers is a stranger's word until its signature is verified: a cosignature counts
// only with the key in the policy, and what it says to know only if this log signed it.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/client.h"
#include "merkle/proof.h"
#include "note/checkpoint.h"
#include "note/policy.h"

namespace scr::collect {

// A checkpoint, and what it takes to show a witness that it grew from what it knows.
struct Offer {
  std::string note;                  // signed by the log
  note::Checkpoint checkpoint;       // in it
  std::vector<note::Vkey> log_keys;  // that it has had: what a witness remembers may be older
  std::uint64_t cosigned_size =
      0;  // of the last one that was cosigned: a guess what witnesses have
  // The consistency proof from `old_size` (at most the checkpoint's; none from 0). Called from
  // several threads at once.
  std::function<Result<merkle::Proof>(std::uint64_t old_size)> proof_from;
  // The root of the beginning of the tree with `size` entries. Called from several threads at once.
  std::function<Result<Digest>(std::uint64_t size)> root_at;
};

enum class Outcome {
  cosigned,
  knows_more,  // the log signed a larger tree for it, or another: this copy was set back, or forked
  refused,     // it answered, and did not cosign
  silent       // no answer, or the policy names no URL for it
};
const char* name_of(Outcome outcome);

struct WitnessReply {
  std::string name;  // in the policy
  Outcome outcome = Outcome::silent;
  std::string line;      // the cosignature, verified, if it cosigned
  std::string why;       // in words, if it did not
  std::string evidence;  // a note that this log signed, if it knows more
};

struct AskOptions {
  std::chrono::milliseconds timeout{5000};  // of one request
  std::string proxy;                        // http/client.h
};

// One after another in the policy's order in the answer, at once in time.
std::vector<WitnessReply> ask_all(const note::Policy& policy, const Offer& offer,
                                  const AskOptions& options);

// Fails with untrusted if any witness shows a checkpoint that this log signed and that is larger
// than `offer`, or no beginning of it. A witness that is silent says nothing: a log must be able to
// go on without a network. Over the monitoring prefix; `offer.cosigned_size` is not used.
Result<void> check_not_set_back(const note::Policy& policy, const Offer& offer,
                                const AskOptions& options);

}  // namespace scr::collect
