// SPDX-License-Identifier: Apache-2.0
#include "audit/sampler.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/check.h"

namespace scr::audit {
namespace {

constexpr std::array<std::pair<Sampler, const char*>, 4> kNames{{
    {Sampler::cryptorandom, "cryptorandom"},
    {Sampler::rivest, "rivest"},
    {Sampler::consistent_sampler, "consistent-sampler"},
    {Sampler::weighted, "weighted"},
}};

__extension__ typedef unsigned __int128 Wide;

// digest, as a big-endian number, modulo n.
std::uint64_t modulo(const Digest& digest, std::uint64_t n) {
  Wide rest = 0;
  for (std::byte b : digest.bytes) rest = (rest << 8 | static_cast<unsigned>(b)) % n;
  return static_cast<std::uint64_t>(rest);
}

// The digest as a decimal number, at least 64 digits.
std::string decimal(const Digest& digest) {
  std::array<std::uint32_t, 8> words{};
  for (std::size_t i = 0; i < 32; ++i)
    words[i / 4] = words[i / 4] << 8 | static_cast<std::uint32_t>(digest.bytes[i]);
  std::string reversed;
  while (std::any_of(words.begin(), words.end(), [](std::uint32_t w) { return w != 0; })) {
    std::uint64_t rest = 0;
    for (std::uint32_t& word : words) {
      rest = rest << 32 | word;
      word = static_cast<std::uint32_t>(rest / 1000000000);
      rest %= 1000000000;
    }
    for (int i = 0; i < 9; ++i) {
      reversed += static_cast<char>('0' + rest % 10);
      rest /= 10;
    }
  }
  while (reversed.size() > 64 && reversed.back() == '0') reversed.pop_back();
  reversed.append(reversed.size() < 64 ? 64 - reversed.size() : 0, '0');
  return {reversed.rbegin(), reversed.rend()};
}

Digest hash_of(std::string_view text) {
  return sha256(bytes_of(text));
}

}  // namespace

const char* name_of(Sampler sampler) {
  for (const auto& [value, name] : kNames) {
    if (value == sampler) return name;
  }
  return "";
}

std::optional<Sampler> sampler_named(std::string_view name) {
  for (const auto& [value, known] : kNames) {
    if (name == known) return value;
  }
  return std::nullopt;
}

Digest CryptoRandom::next() {
  const Digest digest = hash_of(input_);
  input_ += '\0';
  return digest;
}

double CryptoRandom::random() {
  const Digest digest = next();
  // The top 64 significant bits, with a sticky bit for the rest, round as the whole number would.
  std::size_t first = 0;
  while (first < 32 && digest.bytes[first] == std::byte{0}) ++first;
  std::uint64_t top = 0;
  for (std::size_t i = 0; i < 8; ++i)
    top = top << 8 | (first + i < 32 ? static_cast<std::uint64_t>(digest.bytes[first + i]) : 0);
  for (std::size_t i = first + 8; i < 32; ++i) {
    if (digest.bytes[i] != std::byte{0}) top |= 1;
  }
  return std::ldexp(static_cast<double>(top), -64 - 8 * static_cast<int>(first));
}

std::int64_t CryptoRandom::randint(std::int64_t a, std::int64_t b) {
  SCR_CHECK(a < b);
  const auto most = static_cast<std::uint64_t>(b - a - 1);
  std::size_t length = 0;
  while (length < 64 && most >> length != 0) ++length;
  while (true) {
    while (bits_.size() < length) {  // a new digest is put above the bits that are left
      const Digest digest = next();
      for (std::size_t i = 0; i < 256; ++i)
        bits_.push_back((static_cast<unsigned>(digest.bytes[31 - i / 8]) >> (i % 8) & 1) != 0);
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < length; ++i) value |= std::uint64_t{bits_[i]} << i;
    bits_.erase(bits_.begin(), bits_.begin() + static_cast<std::ptrdiff_t>(length));
    if (value <= most) return a + static_cast<std::int64_t>(value);
  }
}

std::int64_t CryptoRandom::randint_trunc(std::int64_t a, std::int64_t b) {
  SCR_CHECK(a < b);
  return a + static_cast<std::int64_t>(modulo(next(), static_cast<std::uint64_t>(b - a)));
}

std::vector<std::int64_t> cryptorandom_sample(std::string seed, std::int64_t population,
                                              std::int64_t size) {
  SCR_CHECK(size <= population);
  CryptoRandom random(std::move(seed));
  // Of those that are left, by position; the last one takes the place of the one that is drawn.
  std::unordered_map<std::int64_t, std::int64_t> moved;
  const auto at = [&](std::int64_t i) {
    const auto found = moved.find(i);
    return found == moved.end() ? i : found->second;
  };
  std::vector<std::int64_t> sample;
  for (std::int64_t left = population; left > population - size; --left) {
    const std::int64_t position = random.randint(0, left);
    sample.push_back(at(position));
    moved[position] = at(left - 1);
  }
  return sample;
}

std::vector<std::int64_t> rivest_sample(const std::string& seed, std::int64_t least,
                                        std::int64_t most, bool with_replacement,
                                        std::int64_t size) {
  const auto count = static_cast<std::uint64_t>(most - least + 1);
  SCR_CHECK(least <= most && (with_replacement || static_cast<std::uint64_t>(size) <= count));
  std::vector<std::int64_t> sample;
  std::unordered_set<std::int64_t> seen;
  for (std::int64_t counter = 1; static_cast<std::int64_t>(sample.size()) < size; ++counter) {
    const Digest digest = hash_of(seed + "," + std::to_string(counter));
    const std::int64_t drawn = least + static_cast<std::int64_t>(modulo(digest, count));
    if (with_replacement || seen.insert(drawn).second) sample.push_back(drawn);
  }
  return sample;
}

std::string sha256_uniform(std::string_view text) {
  const std::string digits = decimal(hash_of(text));
  return "0." + std::string(digits.rbegin(), digits.rend());
}

std::string first_fraction(std::string_view id, std::string_view seed) {
  return sha256_uniform(hash_of(seed).hex() + std::string(id));
}

std::string next_fraction(const std::string& fraction) {
  const std::string_view digits = std::string_view(fraction).substr(2);
  const std::size_t nines = std::min(digits.find_first_not_of('9'), digits.size());
  for (std::int64_t i = 1;; ++i) {
    const std::string fresh = sha256_uniform(fraction + ":" + std::to_string(i)).substr(2);
    std::string next = "0." + std::string(digits.substr(0, nines)) + fresh;
    if (next > fraction) return next;
  }
}

std::string trimmed(const std::string& fraction, std::size_t digits) {
  const std::string_view behind = std::string_view(fraction).substr(2);
  const std::size_t nines = std::min(behind.find_first_not_of('9'), behind.size());
  return fraction.substr(0, 2 + nines + digits);
}

std::vector<Ticket> consistent_sample(std::span<const std::string> ids, std::string_view seed,
                                      bool with_replacement, std::size_t take, std::size_t digits) {
  struct Next {
    std::string number;
    const std::string* id;
    std::int64_t generation;
    bool operator<(const Next& other) const { return number > other.number; }  // smallest on top
  };
  std::priority_queue<Next> queue;
  for (const std::string& id : ids) queue.push({first_fraction(id, seed), &id, 1});
  std::vector<Ticket> sample;
  while (sample.size() < take && !queue.empty()) {
    Next next = queue.top();
    queue.pop();
    sample.push_back({trimmed(next.number, digits), *next.id, next.generation});
    if (with_replacement) queue.push({next_fraction(next.number), next.id, next.generation + 1});
  }
  return sample;
}

Result<std::vector<std::size_t>> weighted_sample(const std::string& seed,
                                                 std::span<const std::int64_t> weights,
                                                 std::int64_t size) {
  std::vector<std::uint64_t> ends;
  std::uint64_t sum = 0;
  for (std::int64_t weight : weights) {
    if (weight < 0) return fail(ErrorCode::bad_input, "a weight is negative");
    sum += static_cast<std::uint64_t>(weight);
    if (sum > std::uint64_t{1} << 62)
      return fail(ErrorCode::bad_input, "the weights are too large");
    ends.push_back(sum);
  }
  if (sum == 0) return fail(ErrorCode::bad_input, "nothing has a weight, so nothing can be drawn");
  // A digest lies at or above the largest multiple of the sum iff its distance to 2^256 is at most
  // 2^256 mod sum; the digest's complement plus one is that distance.
  const std::uint64_t excess = [&] {
    Wide rest = 1;
    for (int i = 0; i < 256; ++i) rest = rest * 2 % sum;
    return static_cast<std::uint64_t>(rest);
  }();
  const auto too_large = [&](const Digest& digest) {
    for (std::size_t i = 0; i < 24; ++i) {
      if (digest.bytes[i] != std::byte{0xFF}) return false;
    }
    std::uint64_t low = 0;
    for (std::size_t i = 24; i < 32; ++i) low = low << 8 | static_cast<unsigned>(digest.bytes[i]);
    return ~low < excess;  // distance - 1 < excess
  };
  std::vector<std::size_t> sample;
  for (std::int64_t j = 1; j <= size; ++j) {
    for (std::int64_t attempt = 0;; ++attempt) {
      const Digest digest = hash_of(seed + "," + std::to_string(j) + "," + std::to_string(attempt));
      if (too_large(digest)) continue;
      const std::uint64_t place = modulo(digest, sum);
      const auto found = std::upper_bound(ends.begin(), ends.end(), place);
      sample.push_back(static_cast<std::size_t>(found - ends.begin()));
      break;
    }
  }
  return sample;
}

}  // namespace scr::audit
