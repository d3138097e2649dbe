// SPDX-License-Identifier: Apache-2.0
//
// Checks a record or a published bundle, trusting nothing but the log's public key.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "verify/report.h"

namespace scr::steps {

struct VerifyRequest {
  std::filesystem::path folder;
  // The vkey itself, or a file that holds it. Nothing: the one beside the log, which proves only
  // that the folder agrees with itself; the report says so.
  std::optional<std::string> key;
};

Result<verify::Report> verify(const VerifyRequest& request);

}  // namespace scr::steps
