// SPDX-License-Identifier: Apache-2.0
//
// A witness that goes to the logs, instead of waiting for them: over HTTP from behind a NAT or
// through Tor, or with a bundle on a stick.
//
// What its grade promises is done before it cosigns: a mirror holds every entry, a recounter has
// read the evidence and worked the result out again.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/clock.h"

namespace scr::steps {

struct WitnessRound {
  std::string origin;
  std::uint64_t size = 0;  // of the checkpoint that was seen
  bool cosigned = false;
  std::string why;    // if it was not
  std::string note;   // with the cosignature
  bool fork = false;  // the log signed two histories; the evidence is in forks/
};

// Sees to every log that is followed with a URL, one after another; also writes the cosigned note
// to cosigned/<hex SHA-256(origin)>/checkpoint, for any web server to show (the monitoring prefix).
// What happens with one log is no error of the round.
Result<std::vector<WitnessRound>> witness_pull(const std::filesystem::path& folder,
                                               const std::string& proxy, os::Clock& clock);

// One bundle or record in a folder, without a network. The log must be followed.
Result<WitnessRound> witness_stick(const std::filesystem::path& folder,
                                   const std::filesystem::path& bundle, os::Clock& clock);

}  // namespace scr::steps
