// SPDX-License-Identifier: Apache-2.0
//
// Samples from a public seed, which anybody draws again. There are several "SHA-256 samplers" in
// use, and they give different samples from the same seed: so the record names which one, and each
// is here to the digit.
//
// Pure; any thread, an object on one at a time.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace scr::audit {

enum class Sampler {
  cryptorandom,        // statlab/cryptorandom, as SHANGRLA uses it
  rivest,              // Rivest's sampler, as Colorado uses it
  consistent_sampler,  // ron-rivest/consistent_sampler, as Arlo uses it
  weighted             // Scrutineer's own: exact, with chances proportional to whole numbers
};
// "cryptorandom", "rivest", "consistent-sampler", "weighted": as in the record.
const char* name_of(Sampler sampler);
std::optional<Sampler> sampler_named(std::string_view name);

// cryptorandom: SHA-256 of seed "," and so many zero bytes as numbers were drawn before.
class CryptoRandom {
 public:
  explicit CryptoRandom(std::string seed) : input_(std::move(seed) + ",") {}

  Digest next();
  // digest * 2^-256 as the nearest double.
  double random();
  // Uniform in [a, b): k low bits of a cache of digests, k = bit length of b - a - 1, drawn again
  // if too large. REQUIRES: a < b.
  std::int64_t randint(std::int64_t a, std::int64_t b);
  // a + digest mod (b - a): slightly uneven; what older audits used.
  std::int64_t randint_trunc(std::int64_t a, std::int64_t b);

 private:
  std::string input_;
  std::vector<bool> bits_;  // low bits first
};

// `size` of 0 .. population-1 by position, without replacement, as cryptorandom's sample_by_index.
std::vector<std::int64_t> cryptorandom_sample(std::string seed, std::int64_t population,
                                              std::int64_t size);

// least + SHA-256(seed "," counter in decimal, from 1) mod (most - least + 1). Without replacement,
// repeated ones are passed over.
std::vector<std::int64_t> rivest_sample(const std::string& seed, std::int64_t least,
                                        std::int64_t most, bool with_replacement,
                                        std::int64_t size);

// Primitives of consistent_sampler: texts of decimal digits, compared as texts.
std::string sha256_uniform(std::string_view text);  // "0." and the digits of the hash, reversed
std::string first_fraction(std::string_view id, std::string_view seed);
std::string next_fraction(const std::string& fraction);                // a larger one
std::string trimmed(const std::string& fraction, std::size_t digits);  // behind the leading nines

struct Ticket {
  std::string number;  // trimmed
  std::string id;
  std::int64_t generation = 1;  // the how-manieth ticket of that id
};
// Tickets in ascending order: the `take` smallest. Without replacement each id has one.
std::vector<Ticket> consistent_sample(std::span<const std::string> ids, std::string_view seed,
                                      bool with_replacement, std::size_t take,
                                      std::size_t digits = 9);

// Draws `size` positions with replacement, each with the chance weights[i] / sum, exactly: draw j
// takes SHA-256(seed "," j "," attempt) as a whole number, attempt 0; one that lies at or above the
// largest multiple of the sum below 2^256 is drawn again with the next attempt; the remainder
// modulo the sum falls into the i-th of the intervals [0, w_0), [w_0, w_0 + w_1), ... j counts from
// 1, all in decimal. docs/formats/samplers.md.
//
// bad_input if there are no weights, one is negative, or their sum is 0 or passes 2^62.
Result<std::vector<std::size_t>> weighted_sample(const std::string& seed,
                                                 std::span<const std::int64_t> weights,
                                                 std::int64_t size);

}  // namespace scr::audit
