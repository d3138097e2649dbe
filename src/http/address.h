// SPDX-License-Identifier: Apache-2.0
//
// Where a service listens: "127.0.0.1:8080", "[::1]:8080", "localhost:0" (any free port). Numbers
// only, so that what is listened on does not depend on a name server.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scr::http {

struct Address {
  std::string host;  // "127.0.0.1" or "::1", as inet_ntop(3) writes it
  bool is_v6 = false;
  std::uint16_t port = 0;  // 0: any that is free

  // What parses prints back to one spelling, which parses to the same. Fails with bad_input.
  static Result<Address> parse(std::string_view text);
  std::string text() const;

  friend bool operator==(const Address&, const Address&) = default;
};

}  // namespace scr::http
