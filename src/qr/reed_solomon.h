// SPDX-License-Identifier: Apache-2.0
//
// Reed-Solomon codes over GF(256) as QR uses them: field polynomial 0x11D, generator with roots
// 2^0 .. 2^(parity-1). ISO/IEC 18004, 7.5; decoding by Berlekamp-Massey with erasures and Forney's
// formula (Blahut, Algebraic Codes for Data Transmission, 7).
//
// Pure; any thread.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scr::qr {

// The parity bytes behind `data`.
std::vector<std::uint8_t> parity_of(std::span<const std::uint8_t> data, int parity);

struct Corrected {
  int errors = 0;    // bytes that were wrong and not listed as erased
  int erasures = 0;  // bytes that were listed, wrong or not
};

// One block (data, then `parity` bytes) that may be tried with several sets of erasures.
class Block {
 public:
  // Keeps a reference to `bytes`. REQUIRES: 2 <= parity <= 30.
  Block(std::span<std::uint8_t> bytes, int parity);

  // Corrects it in place, taking the bytes at `erased` as unknown. Nothing, and the block as it
  // was, unless 2 * errors + erasures <= limit. The closer `limit` comes to `parity`, the more
  // often noise passes for a codeword: with all of it 9 of 171 damaged sheets were read wrong, with
  // parity - 3 none of 540 (the measurements behind docs/reading.md).
  // REQUIRES: limit <= parity; erased: distinct, in range; not corrected before.
  std::optional<Corrected> correct(std::span<const int> erased, int limit);

 private:
  std::span<std::uint8_t> bytes_;
  int parity_;
  std::array<std::uint8_t, 32> syndromes_{};
  bool clean_;  // no syndrome differs from 0
};

// The same for one try.
std::optional<Corrected> correct(std::span<std::uint8_t> block, int parity,
                                 std::span<const int> erased, int limit);

}  // namespace scr::qr
