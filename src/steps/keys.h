// SPDX-License-Identifier: Apache-2.0
//
// Keys that are replaced, and keys that are declared bad. docs/formats/keys.md has the rules,
// docs/operating.md, "Keys", who does what.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "note/key.h"
#include "os/clock.h"

namespace scr::steps {

struct KeyChanged {
  note::Vkey old;
  std::optional<note::Vkey> next;  // nothing: none follows
  std::uint64_t tree_size = 0;     // entries of the log afterwards
};

// The log gets a new key, made here; from this append on it signs, and the old one does not.
// unsupported never; conflict if the log was sealed; as record::Log::open otherwise.
Result<KeyChanged> rotate_log_key(const std::filesystem::path& record, os::Clock& clock);

// The person with key `old` has `next`, of the same name, from now on. not_found if nobody has
// `old`.
Result<KeyChanged> rotate_person_key(const std::filesystem::path& record, const note::Signer& old,
                                     const note::Signer& next, os::Clock& clock);

// What guardians are to sign: that the key of the log, or of a person (by its name), is bad from
// entry `from` on. For the log's it names the key that follows, which is made here and stays in
// keys/log.key.next. Adds nothing to the log.
struct RevocationWanted {
  std::optional<std::string> person;  // nothing: the log's
  std::uint64_t from = 0;
};
Result<std::string> revocation_to_sign(const std::filesystem::path& record,
                                       const RevocationWanted& wanted, os::Clock& clock);

// The same with one more signature. bad_input if it is no such statement; conflict if that name has
// signed it.
Result<std::string> sign_revocation(const std::string& statement, const note::Signer& guardian);

// Puts it into the log. bad_input if guardians, definition or log do not bear it out, with the
// reason; then nothing was added.
Result<KeyChanged> take_revocation(const std::filesystem::path& record,
                                   const std::string& statement);

// Who has which key.
struct KeyOnRecord {
  std::string vkey;
  const char* whose = "log";          // "log", "person" or "guardian"
  const char* standing = "in-force";  // or "replaced", "bad" (declared so), "withdrawn"
  std::uint64_t since = 0;            // the entry that brought it; 0: the first
};
Result<std::vector<KeyOnRecord>> keys_on_record(const std::filesystem::path& record);

}  // namespace scr::steps
