// SPDX-License-Identifier: Apache-2.0
//
// Publishing with a quorum. With a file log/policy (C2SP tlog-policy), an append replaces
// log/checkpoint.pending, and log/checkpoint only follows when the witnesses of the policy that
// make a quorum have cosigned it.
//
//   SCR_TRY(pending, pending_checkpoint(folder));
//   ask the witnesses with pending.offer ...
//   SCR_TRY_VOID(put_cosigned(folder, gathered.note));
//
// docs/formats/record.md, "Quorum". One thread.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "collect/ask_witnesses.h"
#include "note/checkpoint.h"
#include "note/policy.h"
#include "record/log_keys.h"

namespace scr::record {

// Nothing if the record has no policy.
Result<std::optional<note::Policy>> read_policy(const std::filesystem::path& record);

// Puts the policy beside the log, in place of another. bad_input if it is none, or its logs are not
// this one alone. Takes the record's lock.
Result<void> set_policy(const std::filesystem::path& record, const std::string& text);

// The latest checkpoint that was signed, with what it takes to convince witnesses. Reads only.
Result<collect::Offer> pending_checkpoint(const std::filesystem::path& record);

// Publishes a checkpoint that its quorum has cosigned. It may be older than the pending one, but
// not than what is published: then nothing is done. Takes the record's lock.
//
// untrusted if log and policy do not believe it, or it is larger than what was signed here, or of
// another tree than what is published.
Result<void> put_cosigned(const std::filesystem::path& record, const std::string& note);

// What Log::open does before anything can be signed; ok where there is no policy.
Result<void> check_witnesses_know_no_more(const std::filesystem::path& record, const LogKeys& keys,
                                          const note::Checkpoint& signed_here);

}  // namespace scr::record
