// SPDX-License-Identifier: Apache-2.0
//
// The first entry of every log: which election this is, by the hashes of the files that define it.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct DefinitionFile {
  std::string name;  // "election.toml" first, then its companions
  Digest sha256;
};

struct Genesis {
  static constexpr const char* kType = "scrutineer/log.genesis/v1";

  ClaimedTime at;
  std::string election;  // Definition::id
  std::vector<DefinitionFile> files;
  std::string origin;   // of the log, as in its checkpoints
  std::string program;  // what wrote it: "scrutineer 0.1.0"
};

std::string encode(const Genesis& genesis);
Result<Genesis> decode_genesis(canon::Node root);

}  // namespace scr::entry
