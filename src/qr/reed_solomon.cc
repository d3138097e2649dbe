// SPDX-License-Identifier: Apache-2.0
#include "qr/reed_solomon.h"

#include <algorithm>
#include <array>

namespace scr::qr {
namespace {

using Byte = std::uint8_t;
constexpr std::size_t kMost = 32;            // coefficients: parity bytes and a reserve
using Polynomial = std::array<Byte, kMost>;  // lowest power first

struct Field {
  std::array<Byte, 512> power{};  // of 2
  std::array<Byte, 256> log{};
};

constexpr Field make_field() {
  Field field;
  unsigned value = 1;
  for (std::size_t i = 0; i < 255; ++i) {
    field.power[i] = static_cast<Byte>(value);
    field.power[i + 255] = static_cast<Byte>(value);
    field.log[value] = static_cast<Byte>(i);
    value <<= 1;
    if (value > 255) value ^= 0x11D;
  }
  return field;
}
constexpr Field kField = make_field();

Byte times(Byte a, Byte b) {
  if (a == 0 || b == 0) return 0;
  return kField.power[static_cast<std::size_t>(kField.log[a]) + kField.log[b]];
}
Byte inverse(Byte a) {
  return kField.power[255u - kField.log[a]];
}

// `polynomial` at `x`; `degree` is that of its last coefficient.
Byte value_at(const Polynomial& polynomial, int degree, Byte x) {
  Byte sum = 0;
  for (int i = degree; i >= 0; --i) {
    sum = static_cast<Byte>(times(sum, x) ^ polynomial[static_cast<std::size_t>(i)]);
  }
  return sum;
}

// The errors-and-erasures locator, its degree found on the way.
struct Locator {
  Polynomial coefficients{};
  int degree = 0;
};

Locator locator_of(const Polynomial& syndromes, int parity, std::span<const Byte> erased_at) {
  Locator now;
  now.coefficients[0] = 1;
  for (const Byte x : erased_at) {  // times (1 - x z)
    for (int i = ++now.degree; i > 0; --i) {
      const auto at = static_cast<std::size_t>(i);
      now.coefficients[at] =
          static_cast<Byte>(now.coefficients[at] ^ times(now.coefficients[at - 1], x));
    }
  }
  Polynomial before = now.coefficients;
  const auto terms = static_cast<std::size_t>(parity) + 1;
  int length = now.degree;
  for (int r = length; r < parity; ++r) {
    Byte gap = 0;
    for (int i = 0; i <= length; ++i) {
      gap = static_cast<Byte>(gap ^ times(now.coefficients[static_cast<std::size_t>(i)],
                                          syndromes[static_cast<std::size_t>(r - i)]));
    }
    std::copy_backward(before.begin(), before.end() - 1, before.end());
    before[0] = 0;
    if (gap == 0) continue;
    Polynomial next = now.coefficients;
    for (std::size_t i = 0; i < terms; ++i)
      next[i] = static_cast<Byte>(next[i] ^ times(gap, before[i]));
    const int erasures = static_cast<int>(erased_at.size());
    if (2 * length <= r + erasures) {
      const Byte share = inverse(gap);
      for (std::size_t i = 0; i < terms; ++i) before[i] = times(now.coefficients[i], share);
      length = r + 1 + erasures - length;
    }
    now.coefficients = next;
  }
  now.degree = length;
  return now;
}

bool syndromes_of(std::span<const Byte> block, int parity, Polynomial& syndromes) {
  bool any = false;
  for (std::size_t i = 0; i < static_cast<std::size_t>(parity); ++i) {
    // Times 2^i: the logarithms are added.
    const Byte* shifted = kField.power.data() + i;
    Byte sum = 0;
    for (const Byte byte : block)
      sum = static_cast<Byte>((sum == 0 ? 0 : shifted[kField.log[sum]]) ^ byte);
    syndromes[i] = sum;
    any = any || sum != 0;
  }
  return any;
}

}  // namespace

std::vector<Byte> parity_of(std::span<const Byte> data, int parity) {
  std::vector<Byte> generator{1};  // highest power first
  for (int i = 0; i < parity; ++i) {
    generator.push_back(0);
    const Byte root = kField.power[static_cast<std::size_t>(i)];
    for (std::size_t k = generator.size() - 1; k > 0; --k) {
      generator[k] = static_cast<Byte>(generator[k] ^ times(generator[k - 1], root));
    }
  }
  std::vector<Byte> rest(static_cast<std::size_t>(parity), 0);
  for (const Byte byte : data) {
    const auto factor = static_cast<Byte>(byte ^ rest.front());
    std::rotate(rest.begin(), rest.begin() + 1, rest.end());
    rest.back() = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      rest[i] = static_cast<Byte>(rest[i] ^ times(generator[i + 1], factor));
    }
  }
  return rest;
}

Block::Block(std::span<Byte> bytes, int parity)
    : bytes_(bytes), parity_(parity), clean_(!syndromes_of(bytes, parity, syndromes_)) {}

std::optional<Corrected> Block::correct(std::span<const int> erased, int limit) {
  const int erasures = static_cast<int>(erased.size());
  if (erasures > limit) return std::nullopt;
  if (clean_) return Corrected{0, erasures};
  const std::span<Byte> block = bytes_;
  const int parity = parity_;
  const Polynomial& syndromes = syndromes_;
  const auto power_of = [&](int index) {
    return static_cast<std::size_t>(static_cast<int>(block.size()) - 1 - index);
  };
  std::vector<Byte> erased_at;
  for (const int index : erased) erased_at.push_back(kField.power[power_of(index)]);
  const Locator locator = locator_of(syndromes, parity, erased_at);
  const int errors = locator.degree - erasures;
  if (errors < 0 || 2 * errors + erasures > limit) return std::nullopt;

  Polynomial evaluator{};  // syndromes * locator, modulo z^parity
  for (int i = 0; i < parity; ++i) {
    for (int k = 0; k <= std::min(i, locator.degree); ++k) {
      evaluator[static_cast<std::size_t>(i)] =
          static_cast<Byte>(evaluator[static_cast<std::size_t>(i)] ^
                            times(locator.coefficients[static_cast<std::size_t>(k)],
                                  syndromes[static_cast<std::size_t>(i - k)]));
    }
  }
  // Chien's search, and Forney's value at each root; first root of the code is 2^0.
  std::vector<std::pair<std::size_t, Byte>> changes;
  for (std::size_t index = 0; index < block.size(); ++index) {
    const Byte x = kField.power[power_of(static_cast<int>(index))];
    const Byte x_inverse = inverse(x);
    if (value_at(locator.coefficients, locator.degree, x_inverse) != 0) continue;
    Byte slope = 0;  // formal derivative: odd powers only
    for (int i = 1; i <= locator.degree; i += 2) {
      Byte term = locator.coefficients[static_cast<std::size_t>(i)];
      for (int k = 1; k < i; ++k) term = times(term, x_inverse);
      slope = static_cast<Byte>(slope ^ term);
    }
    if (slope == 0) return std::nullopt;
    const Byte top = value_at(evaluator, parity - 1, x_inverse);
    changes.emplace_back(index, times(times(x, top), inverse(slope)));
  }
  if (static_cast<int>(changes.size()) != locator.degree) return std::nullopt;
  for (const auto& [index, change] : changes)
    block[index] = static_cast<Byte>(block[index] ^ change);
  Polynomial after{};
  if (syndromes_of(block, parity, after)) {  // not a codeword after all
    for (const auto& [index, change] : changes)
      block[index] = static_cast<Byte>(block[index] ^ change);
    return std::nullopt;
  }
  return Corrected{errors, erasures};
}

std::optional<Corrected> correct(std::span<Byte> block, int parity, std::span<const int> erased,
                                 int limit) {
  return Block(block, parity).correct(erased, limit);
}

}  // namespace scr::qr
