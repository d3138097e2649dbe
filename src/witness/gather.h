// SPDX-License-Identifier: Apache-2.0
//
// Cosignatures from several witnesses, put under one checkpoint.
//
//   SCR_TRY(gathered, gather(note, lines, policy));
//   if (gathered.has_quorum) publish(gathered.note);
//
// Witnesses outside the quorum count for nothing and are kept all the same: whoever trusts them is
// glad. Pure; any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "note/policy.h"

namespace scr::witness {

struct Gathered {
  std::string
      note;  // the log's line, then one of each witness that cosigned, in the policy's order
  std::vector<std::size_t> cosigned;  // places in policy.witnesses(), ascending
  bool has_quorum = false;
};

// `note`: signed by a log of the policy, perhaps cosigned already. `lines`: signature lines with
// their LF, from anybody. A line that is not by a witness of the policy, or does not verify, is
// left out; of several by one witness the latest is taken.
//
// Fails as note::open_checkpoint_of does if the log did not sign `note`.
Result<Gathered> gather(const std::string& note, std::span<const std::string> lines,
                        const note::Policy& policy);

}  // namespace scr::witness
