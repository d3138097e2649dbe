// SPDX-License-Identifier: Apache-2.0
//
// The public keys that lie beside a log, for reading one's own folder. Whom to believe is not said
// here: that a key followed another is proved by the log's entries (derive/keys.h).
//
//   log/log.vkey    the one in force
//   log/log.vkeys   all that there were, and the next one while it is being brought in; once the
//                   key was changed
//
// One thread.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "note/checkpoint.h"
#include "note/key.h"

namespace scr::record {

struct LogKeys {
  note::Vkey current;
  std::vector<note::Vkey> all;  // each once
};

// Fails as read_vkey does.
Result<LogKeys> read_log_keys(const std::filesystem::path& record);

// A checkpoint of this log under any of its keys.
Result<note::Checkpoint> open_own_checkpoint(std::string_view note, const LogKeys& keys);

// The key that signed it.
Result<note::Vkey> signer_of(std::string_view note, const LogKeys& keys);

// The private key of the log. not_found if it is not here.
Result<note::Signer> read_log_signer(const std::filesystem::path& record);

// The private key that will be the log's, keys/log.key.next: made from `seed` if there is none yet.
// So whoever is cut off while a key is changed goes on with the same one.
Result<note::Signer> next_log_signer(const std::filesystem::path& record, note::Seed seed);

// Step by step, each of them may be the last before a crash:
// log/log.vkeys names the next key too.
Result<void> announce_key(const std::filesystem::path& record, const note::Vkey& next);
// state/signed is by the next key, so it is the log's now: policy, log.vkey, keys/ follow. The old
// private key stays as keys/log.key.<its id>.
Result<void> finish_key_change(const std::filesystem::path& record, const note::Vkey& next);

}  // namespace scr::record
