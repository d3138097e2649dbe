// SPDX-License-Identifier: Apache-2.0
//
// A record opened for reading: its log, checked, and the state that follows from it.
//
//   SCR_TRY(record, view::open_record("my-record"));
//   record.state.definition.title ...
//
// Everything is computed from the log at each opening (some tens of milliseconds for 25,000
// stations), and on the way every entry is hashed again and held against the signed checkpoint. No
// private key is needed. Nothing is written.
//
// Fails with untrusted if the log, a definition file or a claim's file is not what was signed.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "derive/record_state.h"
#include "entry/claim.h"

namespace scr::view {

struct OpenRecord {
  std::filesystem::path folder;
  std::string origin;      // of the log
  std::uint64_t size = 0;  // entries under the checkpoint
  Digest root;
  derive::RecordState state;
  std::vector<entry::Claim> claims;  // in the order of state.claims
};

Result<OpenRecord> open_record(const std::filesystem::path& folder);

// The state after the first `size` entries only (nothing: all of them).
Result<OpenRecord> open_record_at(const std::filesystem::path& folder,
                                  std::optional<std::uint64_t> size);

// The definition of a record and the files that it names, checked against the log's first entry but
// without reading the rest: for adding to a record.
struct OpenDefinition {
  election::Definition definition;
  derive::FilesByName files;
};
Result<OpenDefinition> open_definition(const std::filesystem::path& folder);

// Files beside the log that the genesis names: read from `folder`.
Result<derive::FilesByName> definition_files(const std::filesystem::path& folder,
                                             const entry::Genesis& genesis);

}  // namespace scr::view
