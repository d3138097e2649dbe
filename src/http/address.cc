// SPDX-License-Identifier: Apache-2.0
#include "http/address.h"

#include <arpa/inet.h>

#include <array>

#include "base/decimal.h"

namespace scr::http {
namespace {

tl::unexpected<Error> no_address(std::string_view text) {
  return fail(ErrorCode::bad_input,
              "is not an address and a port: 127.0.0.1:8080, [::1]:8080, localhost:8080",
              std::string(text));
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.size() > 64) return no_address(text.substr(0, 64));
  const auto port = parse_decimal(text.substr(colon + 1));
  if (!port || *port > 65535) return no_address(text);
  std::string host(text.substr(0, colon));
  if (host == "localhost") host = "127.0.0.1";
  const bool is_v6 = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_v6) host = host.substr(1, host.size() - 2);
  if (host.find('\0') != std::string::npos) return no_address(text);
  const int family = is_v6 ? AF_INET6 : AF_INET;
  std::array<unsigned char, 16> binary{};
  std::array<char, INET6_ADDRSTRLEN> printed{};
  if (::inet_pton(family, host.c_str(), binary.data()) != 1 ||
      !::inet_ntop(family, binary.data(), printed.data(), printed.size())) {
    return no_address(text);
  }
  return Address{printed.data(), is_v6, static_cast<std::uint16_t>(*port)};
}

std::string Address::text() const {
  return (is_v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace scr::http
