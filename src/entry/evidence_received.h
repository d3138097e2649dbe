// SPDX-License-Identifier: Apache-2.0
//
// A file was taken in. It lies beside the log under its hash; no name, no place, no person.

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

// A picture shows names and signatures, and a container holds pictures: they stay with the record
// and are not published.
enum class EvidenceKind { returns, mapping, claim, picture, container, definition };
const char* name_of(EvidenceKind kind);
inline bool is_withheld(EvidenceKind kind) {
  return kind == EvidenceKind::picture || kind == EvidenceKind::container;
}

struct EvidenceReceived {
  static constexpr const char* kType = "scrutineer/evidence.received/v1";

  ClaimedTime at;
  EvidenceKind kind = EvidenceKind::returns;
  Digest sha256;
  std::uint64_t size = 0;  // bytes
};

std::string encode(const EvidenceReceived& evidence);
Result<EvidenceReceived> decode_evidence_received(canon::Node root);

}  // namespace scr::entry
