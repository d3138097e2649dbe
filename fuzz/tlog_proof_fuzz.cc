// SPDX-License-Identifier: Apache-2.0
// rooms: base merkle note witness
//
// A proof that parses prints back to the same bytes; one that verifies is one that the tree of the
// known answer would have made: entry 5 of Tessera's fifteen, whatever else the file says.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "witness/proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  static const note::Policy policy =
      note::Policy::parse(
          "log example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\n"
          "quorum none\n")
          .value();
  static const Digest six = sha256(bytes_of(std::string_view("\0six", 4)));
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto proof = witness::TlogProof::parse(input);
  if (!proof) return 0;
  if (proof->text() != input) std::abort();
  const auto opened = verify(*proof, six, policy);
  if (opened && (proof->index != 5 || opened->checkpoint.tree_size <= 5)) std::abort();
  return 0;
}
