// SPDX-License-Identifier: Apache-2.0
//
// A copy of what somebody publishes, that verifies by itself: so that it stays readable when
// whoever publishes it goes dark, and its readers need not go to them.
//
// Of the log only entries are fetched, and tiles made from them; of the rest only what an entry
// names by its hash or commits to: definition, evidence, redacted pictures. Result, tables, proofs,
// page and words are made here from the log. So there is nothing of the other's to believe but what
// its key signed.
//
// Can be cut off anywhere, and gone on with, also from another server: what was checked is in its
// place, what was not lies in `incoming/`. The checkpoint comes last, so that the copy holds at any
// time, as far as it had come before.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/facts.h"
#include "steps/mirror_source.h"

namespace scr::steps {

struct MirrorRequest {
  std::string from;              // a URL or a folder: of a bundle, or of a log alone
  std::filesystem::path folder;  // the mirror
  std::optional<std::string> key;
  std::string proxy;
  // Also the checkpoint that waits for its quorum: for a mirror that cosigns.
  bool pending = false;
  bool log_only = false;
  // Whose cosignatures the checkpoint must have; then kept as log/policy.
  std::optional<std::filesystem::path> policy = std::nullopt;
  MirrorLimits limits = {};
  report::Language language = report::Language::en;  // of the page
};

struct Mirrored {
  std::string origin;
  std::uint64_t size_before = 0;
  std::uint64_t size = 0;
  std::uint64_t bundles_fetched = 0;
  std::uint64_t bytes_fetched = 0;  // unpacked
  std::uint64_t evidence_fetched = 0;
  std::uint64_t pictures_fetched = 0;    // redacted ones that are new
  std::uint64_t pictures_not_there = 0;  // approved, and not served
  std::vector<Error> problems;           // what the other has not, or altered: the copy lacks it
  std::string note;                      // the checkpoint whose every entry is held now
};

// untrusted if what is fetched is not what was signed (then nothing of it is kept), or the log is
// another than the one mirrored before: two histories; compare-logs makes the proof. conflict if
// its checkpoint is older than the one here. io if a limit was reached, or the line broke. If files
// are missing there, everything else is fetched, and the checkpoint stays the old one.
Result<Mirrored> mirror(const MirrorRequest& request);

}  // namespace scr::steps
