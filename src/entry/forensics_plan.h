// SPDX-License-Identifier: Apache-2.0
//
// Which statistical tests will be run over the returns, said before they are: so that nobody can
// run many and show some. What the tests are: docs/forensics.md. Running them needs no entry, since
// anybody can do it again from the log.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

// The returns of an election of the past, to hold these against: its definition, the mapping of
// its columns (nothing: by convention), and the file. Indexes of evidence.received.
struct PastReturns {
  EntryIndex definition;
  std::optional<EntryIndex> mapping;
  EntryIndex returns;
};

struct ForensicsPlan {
  static constexpr const char* kType = "scrutineer/forensics.plan/v1";

  ClaimedTime at;
  std::vector<PastReturns> past;
  std::string seed;                // of the controls; 1 to 200 bytes
  std::vector<std::string> tests;  // by name, each once, at least one
};

std::string encode(const ForensicsPlan& plan);
Result<ForensicsPlan> decode_forensics_plan(canon::Node root);

}  // namespace scr::entry
