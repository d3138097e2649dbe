// SPDX-License-Identifier: Apache-2.0
// rooms: receipt
//
// A receipt that holds under the key of the known answer is of an entry of that tree; what parses
// as `extra` gives the same bytes again.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "receipt/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  static const note::Policy policy =
      note::Policy::parse(
          "log example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\n"
          "quorum none\n")
          .value();
  const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
  if (const auto receipt = receipt::Receipt::parse(bytes)) {
    const Bytes again = receipt->bytes();
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
  }
  receipt::Opened opened = receipt::open(text_of(bytes), policy);
  // None of the fifteen entries of that tree is one of ours, so there is always something amiss.
  if (opened.flaw == receipt::Flaw::none) std::abort();
  return 0;
}
