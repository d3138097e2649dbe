// SPDX-License-Identifier: Apache-2.0
//
// The confined process that takes a container apart, and what became of it.

#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "container/format.h"
#include "container/reason.h"
#include "os/stream.h"

namespace scr::receive {

// So many parts that kill their process, and the document is not worth more.
inline constexpr int kMostRestarts = 20;

container::Reason reason_of(os::WorkerEnd end);

// Its messages are those of container/message.h, from part `first` on.
Result<os::Stream> stream_of(const std::filesystem::path& file, container::Format format,
                             std::uint64_t first, const os::StreamLimits& limits);

}  // namespace scr::receive
