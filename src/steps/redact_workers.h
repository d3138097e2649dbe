// SPDX-License-Identifier: Apache-2.0
//
// Confined processes that open pictures so that parts of them can be hidden (redact/work.h), find
// what is to be hidden (privacy/parts.h), and read again what is left (reading/read_sheet.h).

#pragma once

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

}  // namespace scr::steps
