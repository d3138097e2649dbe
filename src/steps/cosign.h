// SPDX-License-Identifier: Apache-2.0
//
// The keeper of a record has its latest checkpoint cosigned: asks all witnesses of the policy at
// once, takes in cosignatures that came another way, and publishes it when they are a quorum.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "collect/ask_witnesses.h"

namespace scr::steps {

struct CosignRequest {
  std::filesystem::path record;
  std::optional<std::filesystem::path> policy;  // put in place first
  std::vector<std::filesystem::path> take;      // cosigned notes or lines, from sticks or by mail
  std::string proxy;
};

struct Cosigned {
  std::uint64_t tree_size = 0;
  std::vector<collect::WitnessReply> replies;  // of each witness
  std::vector<std::string> cosigned;           // names of those whose cosignature is there now
  std::size_t witnesses = 0;
  bool has_quorum = false;
  bool published = false;  // log/checkpoint is this checkpoint now
  // Evidence of a fork, if a witness showed some: written to state/, named here.
  std::vector<std::string> evidence_files;
};

// Not to have a quorum is no error. not_found if there is no policy; untrusted if a witness knows
// more: then nothing is published.
Result<Cosigned> cosign(const CosignRequest& request);

}  // namespace scr::steps
