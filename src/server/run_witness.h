// SPDX-License-Identifier: Apache-2.0
//
// The witness as a service of this process, until it is told to stop (SIGTERM, SIGINT).

#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "http/address.h"
#include "os/least_privilege.h"

namespace scr::server {

struct WitnessStarted {
  http::Address address;  // with the port that was found
  os::GivenUp given_up;
};

// Listens, gives up what it will not need, opens the notebook, serves. `started` is called once,
// when requests are answered. conflict for a key of a higher grade: what is pushed proves that a
// tree grew, and no more.
//
// Call it before the first thread. Once in a process: the privileges do not come back.
Result<void> run_witness(const std::filesystem::path& folder, const http::Address& address,
                         const std::function<void(const WitnessStarted&)>& started);

}  // namespace scr::server
