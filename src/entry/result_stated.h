// SPDX-License-Identifier: Apache-2.0
//
// The keeper of the record states what the log up to here gives. Anybody works the result out again
// from entries 0 .. size-1 and compares the hash of its canonical JSON (docs/formats/result.md).

#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "entry/index.h"

namespace scr::entry {

struct ResultStated {
  static constexpr const char* kType = "scrutineer/result.stated/v1";

  ClaimedTime at;
  std::string schema;      // "scrutineer.result/1"
  Digest sha256;           // of the result
  std::uint64_t size = 0;  // entries that it rests on: this entry's own index
};

std::string encode(const ResultStated& stated);
Result<ResultStated> decode_result_stated(canon::Node root);

}  // namespace scr::entry
