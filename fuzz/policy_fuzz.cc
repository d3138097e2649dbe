// SPDX-License-Identifier: Apache-2.0
// rooms: note
//
// A policy prints itself in one spelling that parses to an equal policy; all witnesses together are
// always a quorum; and one more cosignature never undoes a quorum.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "note/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto policy = scr::note::Policy::parse({reinterpret_cast<const char*>(data), size});
  if (!policy) return 0;
  const auto again = scr::note::Policy::parse(policy->text());
  if (!again || !(*again == *policy) || again->text() != policy->text()) std::abort();
  std::vector<std::size_t> cosigned;
  bool had_quorum = policy->has_quorum(cosigned);
  for (std::size_t i = policy->witnesses().size(); i-- > 0;) {
    cosigned.push_back(i);
    const bool has = policy->has_quorum(cosigned);
    if (had_quorum && !has) std::abort();
    had_quorum = has;
  }
  if (!had_quorum) std::abort();
  return 0;
}
