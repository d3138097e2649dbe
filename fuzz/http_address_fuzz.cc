// SPDX-License-Identifier: Apache-2.0
// rooms: base http
//
// An address has one spelling: what parses prints to a text that parses to the same and prints so.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed =
      scr::http::Address::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!parsed) return 0;
  const auto again = scr::http::Address::parse(parsed->text());
  if (!again || *again != *parsed || again->text() != parsed->text()) std::abort();
  return 0;
}
