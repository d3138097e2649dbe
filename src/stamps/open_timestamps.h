// SPDX-License-Identifier: Apache-2.0
//
// Which file a proof of OpenTimestamps (.ots) is about. Whether it holds takes the headers of a
// blockchain, which this program does not have: such proofs are kept for those who do.
//
//   file = 31 bytes of magic, version 01, 08 (SHA-256), the 32 bytes of the hash, operations
//
// Source: opentimestamps-client, otsfile format version 1. Pure; any thread.

#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace scr::stamps {

// bad_input if it does not begin as such a proof over a SHA-256. What follows is not looked at.
Result<Digest> stamped_by_open_timestamps(ByteView bytes);

}  // namespace scr::stamps
