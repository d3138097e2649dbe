// SPDX-License-Identifier: Apache-2.0
//
// A container taken apart once more, to see whether its parts are those on record. Nothing is kept.
//
//   SCR_TRY(ending, unpack_again(file, [&](const AgainPart& part) { ... }));
//
// As unpacking.h: in a confined process, by the same limits, part after part. One thread; call it
// while this process has no other.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "base/result.h"
#include "base/sha256.h"
#include "container/message.h"
#include "container/reason.h"

namespace scr::receive {

struct AgainPart {
  std::uint64_t number = 0;                  // from 1
  std::optional<container::Reason> refused;  // otherwise:
  container::How how = container::How::member;
  Digest sha256;
};

// Why there is no more. not_found or io if the file cannot be opened or no process be confined;
// bad_input if it is no container.
Result<container::Reason> unpack_again(const std::filesystem::path& file,
                                       const std::function<void(const AgainPart&)>& tell);

}  // namespace scr::receive
