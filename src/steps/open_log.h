// SPDX-License-Identifier: Apache-2.0
//
// The log of a record, opened for appending: the door that every step uses which adds to it.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "record/log.h"

namespace scr::steps {

// As record::Log::open. conflict if the log was sealed: nothing is ever added to it again.
Result<record::Log> open_log(const std::filesystem::path& record);

// Before a step looks at what is on record, to say something that may stand there once only: what a
// crash cut off is finished, so that it is seen.
Result<void> finish_what_was_cut_off(const std::filesystem::path& record);

// The same for the append that brings in another key: record::Log::open_with_next_key. Guardians
// may say even of a sealed log that the key is bad that sealed it.
enum class SealedLog { refused, taken };
Result<record::Log> open_log_with_next_key(const std::filesystem::path& record, SealedLog sealed);

}  // namespace scr::steps
