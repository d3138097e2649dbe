// SPDX-License-Identifier: Apache-2.0
//
// Pictures read in confined processes, as many at a time as there are processors.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "election/definition.h"
#include "os/workers.h"
#include "reading/read_sheet.h"

namespace scr::steps {

// To be started before the first thread of this process. Without a definition only codes are read,
// and nothing is read jointly.
Result<os::Workers> start_readers(const std::optional<election::Definition>& definition);

// Reads pictures 0 .. count - 1. What becomes of a reader that dies of a picture is an answer too:
// unread, "killed-reader", "out-of-memory", "out-of-time" or "forbidden-call". In the order in
// which they are done.
Result<void> read_pictures(os::Workers& readers, std::size_t count,
                           const std::function<Result<std::string>(std::size_t)>& picture,
                           const std::function<void(std::size_t, reading::ReadSheet)>& answer);

// What a worker's answer says; an answer that is none means that it was killed.
reading::ReadSheet reading_in(std::string_view text);
// What became of a worker that gave none.
reading::ReadSheet unread_by(const os::WorkerAnswer& answer);

}  // namespace scr::steps
