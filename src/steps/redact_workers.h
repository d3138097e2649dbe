// SPDX-License-Identifier: Apache-2.0
//
// Confined processes that open pictures so that parts of them can be hidden (redact/work.h), find
// what is to be hidden (privacy/parts.h), and read again what is left (reading/read_sheet.h).

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "election/definition.h"
#include "os/workers.h"
#include "privacy/parts.h"
#include "reading/read_sheet.h"
#include "redact/work.h"

namespace scr::steps {

class RedactWorkers {
 public:
  // To be started before the first thread of this process. Without a definition nothing is found
  // and nothing read.
  static Result<RedactWorkers> start(const std::optional<election::Definition>& definition);

  // For many pictures at once: requests of redact/work.h.
  os::Workers& many() { return workers_; }

  // One request of redact/work.h, and its answer. bad_input if the process ended without one.
  Result<std::string> ask(const std::string& request);
  Result<privacy::SheetParts> parts_of(std::string_view picture);
  Result<reading::ReadSheet> read(std::string_view picture);

 private:
  explicit RedactWorkers(os::Workers workers) : workers_(std::move(workers)) {}
  os::Workers workers_;
};

// Requests of redact/work.h, ask_check, carried out one beside the other; for verify/verify.h. An
// error if there are no workers. `workers` must outlive it.
std::function<Result<void>(std::size_t, const std::function<Result<std::string>(std::size_t)>&,
                           const std::function<void(std::size_t, Result<redact::Grid>)>&)>
check_redacted_in(Result<RedactWorkers>& workers);

}  // namespace scr::steps
