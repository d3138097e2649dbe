// SPDX-License-Identifier: Apache-2.0
//
// Checks a record or a published bundle, folder or tar, trusting nothing but the log's public key
// and, if one is given, a policy.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::steps {

struct VerifyRequest {
  std::filesystem::path path;  // a folder, or a tar file
  // The vkey itself, or a file that holds it. Nothing: that of the policy for this log; without a
  // policy the one beside the log, which proves only that the bundle agrees with itself, and the
  // report says so.
  std::optional<std::string> key = std::nullopt;
  // A file of C2SP tlog-policy: whose cosignatures are needed.
  std::optional<std::filesystem::path> policy = std::nullopt;
  // A checkpoint of the log that was kept from earlier: the bundle must go on from it.
  std::optional<std::filesystem::path> known = std::nullopt;
  std::optional<verify::Readings::Sample> sample = std::nullopt;
  // Where to note which pictures were read again and found sound, so that a run that was cut off
  // can go on: steps/readings_done.h.
  std::optional<std::filesystem::path> resume = std::nullopt;
  std::function<void(verify::Level level, std::uint64_t done, std::uint64_t all)> tell = nullptr;
};

// Fails if there is nothing at the path, the key or policy cannot be used, `known` is no checkpoint
// signed with the key, or `resume` cannot be written; what is wrong with the bundle itself stands
// in the report.
Result<verify::Report> verify(const VerifyRequest& request);

}  // namespace scr::steps
