// SPDX-License-Identifier: Apache-2.0
//
// Two messages at once. Each round of SHA-256 waits for the one before, so one message leaves half
// of a processor idle; a second one, interleaved, uses it. The rounds are the SHA instructions of
// x86-64 as their manual describes them (Intel 64 and IA-32 Architectures Software Developer's
// Manual, volume 2, SHA256RNDS2 and its kin). Elsewhere: OpenSSL, one message after the other.
#include <array>
#include <cstdint>
#include <cstring>

#include "base/check.h"
#include "base/sha256.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace scr {
namespace {

void one_by_one(std::byte prefix, std::span<const ByteView> messages, std::span<Digest> digests) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    digests[i] = sha256_prefixed(prefix, messages[i]);
  }
}

#if defined(__x86_64__)

bool has_sha_instructions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  const bool basic = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0;
  return basic && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostBlocks = 15;  // longer messages gain nothing from company

// FIPS 180-4, 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> kRoundConstants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
// FIPS 180-4, 5.3.3, in the order in which the instructions hold the state: ABEF and CDGH, highest
// word first.
alignas(16) constexpr std::array<std::uint32_t, 8> kStart{
    0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667, 0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};

// One message on its way: its blocks, padded (FIPS 180-4, 5.1.1), and the state so far.
struct Lane {
  alignas(16) std::array<std::uint32_t, 8> state;
  alignas(16) std::array<std::byte, kMostBlocks * kBlock> blocks;
  std::size_t next = 0;
  std::size_t count = 0;
  std::size_t message = 0;  // its index

  bool done() const { return next == count; }
  const std::byte* block() const { return blocks.data() + next * kBlock; }
};

void start(Lane& lane, std::byte prefix, ByteView bytes, std::size_t index) {
  const std::size_t length = bytes.size() + 1;
  const std::size_t padded = (length + 1 + 8 + kBlock - 1) / kBlock * kBlock;
  // Padding reaches at most into the last block but one. Zeros first, the message over them: sizes
  // that the compiler knows, for a node of a tree all of them, cost nothing.
  std::byte* last = lane.blocks.data() + padded - kBlock;
  std::memset(last, 0, kBlock);
  if (padded > kBlock) std::memset(last - kBlock, 0, kBlock);
  lane.blocks[0] = prefix;
  if (bytes.size() == 64) {
    std::memcpy(lane.blocks.data() + 1, bytes.data(), 64);
  } else if (!bytes.empty()) {
    std::memcpy(lane.blocks.data() + 1, bytes.data(), bytes.size());
  }
  lane.blocks[length] = std::byte{0x80};
  const std::uint64_t bits = __builtin_bswap64(length * 8);
  std::memcpy(last + kBlock - 8, &bits, 8);
  lane.state = kStart;
  lane.next = 0;
  lane.count = padded / kBlock;
  lane.message = index;
}

Digest digest_of(const Lane& lane) {
  constexpr std::array<std::size_t, 8> kOrder{3, 2, 7, 6, 1, 0, 5, 4};  // A .. H
  Digest digest;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    const std::uint32_t word = __builtin_bswap32(lane.state[kOrder[i]]);
    std::memcpy(digest.bytes.data() + i * 4, &word, 4);
  }
  return digest;
}

// The next block of each of kLanes messages, round by round in turn.
template <std::size_t kLanes>
__attribute__((target("sha,sse4.1"))) void compress(const std::array<Lane*, kLanes>& lanes) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i abef[kLanes];
  __m128i cdgh[kLanes];
  __m128i words[kLanes][4];  // the last sixteen of the message schedule
#pragma GCC unroll 2
  for (std::size_t l = 0; l < kLanes; ++l) {
    const auto* state = reinterpret_cast<const __m128i*>(lanes[l]->state.data());
    abef[l] = _mm_load_si128(state);
    cdgh[l] = _mm_load_si128(state + 1);
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
      const auto* block = reinterpret_cast<const __m128i*>(lanes[l]->block());
      words[l][i] = _mm_shuffle_epi8(_mm_load_si128(block + i), big_endian);
    }
  }
#pragma GCC unroll 16
  for (std::size_t r = 0; r < 16; ++r) {
    const __m128i constants =
        _mm_load_si128(reinterpret_cast<const __m128i*>(kRoundConstants.data()) + r);
#pragma GCC unroll 2
    for (std::size_t l = 0; l < kLanes; ++l) {
      __m128i* w = words[l];
      const __m128i sum = _mm_add_epi32(w[r % 4], constants);
      cdgh[l] = _mm_sha256rnds2_epu32(cdgh[l], abef[l], sum);
      if (r < 12) {
        const __m128i nine = _mm_alignr_epi8(w[(r + 3) % 4], w[(r + 2) % 4], 4);
        const __m128i part = _mm_add_epi32(_mm_sha256msg1_epu32(w[r % 4], w[(r + 1) % 4]), nine);
        w[r % 4] = _mm_sha256msg2_epu32(part, w[(r + 3) % 4]);
      }
      abef[l] = _mm_sha256rnds2_epu32(abef[l], cdgh[l], _mm_shuffle_epi32(sum, 0x0e));
    }
  }
#pragma GCC unroll 2
  for (std::size_t l = 0; l < kLanes; ++l) {
    auto* state = reinterpret_cast<__m128i*>(lanes[l]->state.data());
    _mm_store_si128(state, _mm_add_epi32(_mm_load_si128(state), abef[l]));
    _mm_store_si128(state + 1, _mm_add_epi32(_mm_load_si128(state + 1), cdgh[l]));
    ++lanes[l]->next;
  }
}

// Makes lanes ready, one message after the other.
class Supply {
 public:
  Supply(std::byte prefix, std::span<const ByteView> messages, std::span<Digest> digests)
      : prefix_(prefix), messages_(messages), digests_(digests) {}

  // Starts the next message that is short enough in `lane`; longer ones are hashed on the way.
  // False if there is none.
  bool fill(Lane& lane) {
    while (next_ < messages_.size()) {
      const std::size_t index = next_++;
      if (messages_[index].size() + 1 + 1 + 8 <= kMostBlocks * kBlock) {
        start(lane, prefix_, messages_[index], index);
        return true;
      }
      digests_[index] = sha256_prefixed(prefix_, messages_[index]);
    }
    return false;
  }

 private:
  std::byte prefix_;
  std::span<const ByteView> messages_;
  std::span<Digest> digests_;
  std::size_t next_ = 0;
};

// Two messages run and up to two wait, already written: a block that is read right after it was
// written in pieces makes the processor stall.
void two_at_once(std::byte prefix, std::span<const ByteView> messages, std::span<Digest> digests) {
  Supply supply(prefix, messages, digests);
  std::array<Lane, 4> lanes;
  std::array<Lane*, 4> order{};  // those that run first, then those that wait
  std::size_t filled = 0;
  while (filled < lanes.size() && supply.fill(lanes[filled])) {
    order[filled] = &lanes[filled];
    ++filled;
  }
  const auto turn = [&](std::size_t place) {
    Lane* lane = order[place];
    if (!lane->done()) return;
    digests[lane->message] = digest_of(*lane);
    if (filled > 2) {
      order[place] = order[2];
      order[2] = order[3];
    } else {
      order[place] = order[filled - 1];  // the other one, or this one, which ends
    }
    --filled;
    if (supply.fill(*lane)) order[filled++] = lane;
  };
  while (filled >= 2) {
    compress<2>({order[0], order[1]});
    turn(1);
    turn(0);
  }
  while (filled == 1) {
    compress<1>({order[0]});
    turn(0);
  }
}

#endif

}  // namespace

void sha256_prefixed_each(std::byte prefix, std::span<const ByteView> messages,
                          std::span<Digest> digests) {
  SCR_CHECK(messages.size() == digests.size());
#if defined(__x86_64__)
  static const bool kTwoAtOnce = has_sha_instructions();
  if (kTwoAtOnce) return two_at_once(prefix, messages, digests);
#endif
  one_by_one(prefix, messages, digests);
}

}  // namespace scr
