// SPDX-License-Identifier: Apache-2.0
//
// Starts a record: a new folder with the definition, a key, and a log of one entry.

#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "os/clock.h"

namespace scr::steps {

struct InitRequest {
  std::filesystem::path definition;  // election.toml; its companions lie in the same folder
  std::filesystem::path record;      // absent, or an empty folder
  std::string origin;                // of the log; empty: made from the election's id and the key
};

struct Initialised {
  std::string election;  // Definition::id
  std::string title;     // in the definition's first language
  std::string origin;
  std::string vkey;  // what others need to check the log
};

// Fails with bad_input if the definition or a companion is wrong, with conflict if there is
// something in the folder already. Leaves nothing half-made: the folder appears when all of it is
// durable, or what was begun is named in the error.
Result<Initialised> init(const InitRequest& request, os::Clock& clock);

}  // namespace scr::steps
