// SPDX-License-Identifier: Apache-2.0
#include "server/run_witness.h"

#include <csignal>
#include <utility>

#include "http/server.h"
#include "notebook/notebook.h"
#include "os/clock.h"
#include "server/witness_service.h"

namespace scr::server {
namespace {

// Blocked here, and so in every thread that is started later: they are waited for.
sigset_t block_the_end() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ends;
}

// A request waits for the disk, not for the processor: more threads than processors, so that many
// notes share a sync.
constexpr http::ServerLimits kLimits{.threads = 24, .connections_of_one_address = 256};

}  // namespace

Result<void> run_witness(const std::filesystem::path& folder, const http::Address& address,
                         const std::function<void(const WitnessStarted&)>& started) {
  const sigset_t ends = block_the_end();
  SCR_TRY(socket, http::ListeningSocket::on(address));
  SCR_TRY(given_up, os::give_up_privileges(folder));
  SCR_TRY(notebook, notebook::Notebook::open(folder));
  if (notebook->grade() != notebook::Grade::witness) {
    return fail(ErrorCode::conflict,
                "this is the key of a " + std::string(notebook::name_of(notebook->grade())) +
                    ", which vouches for more than what is pushed can show; serve with a key of "
                    "grade witness",
                folder.string());
  }
  os::SystemClock clock;
  SCR_TRY(server,
          http::Server::start(std::move(socket), witness_service(*notebook, clock), kLimits));
  started({server.address(), given_up});
  int signal = 0;
  sigwait(&ends, &signal);
  server.stop();
  return {};
}

}  // namespace scr::server
