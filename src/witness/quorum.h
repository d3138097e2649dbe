// SPDX-License-Identifier: Apache-2.0
//
// How many of n witnesses must cosign, when up to f of them may be dishonest.
//
// Two histories get their quorums of k each only if the two sets share nobody but dishonest
// witnesses (an honest one cosigns one history). They share at least 2k - n, so the quorum is safe
// if 2k - n > f, that is k > (n + f) / 2. It is live if the n - f others can fill it: k <= n - f.
// (Niels Moller, sigsum-general, November 2023.) Sigsum's usual 2 of 3 is safe for f = 0 only.
//
//   safe_quorum(7, 2);          // 5
//   colluders_survived(7, 5);   // 2
//
// Assumes that witnesses fail independently: one owner of three keys is three dishonest witnesses.
// Pure; any thread.

#pragma once

#include <cstddef>

namespace scr::witness {

// No two histories can both get k cosignatures of n while at most f witnesses are dishonest.
bool is_safe(std::size_t k, std::size_t n, std::size_t f);

// k cosignatures can be had although f witnesses give none.
bool is_live(std::size_t k, std::size_t n, std::size_t f);

// The smallest k that is safe. It may be more than n, which says that no quorum is.
std::size_t safe_quorum(std::size_t n, std::size_t f);

// The largest f for which k of n is both safe and live; 0 also if not even that holds
// (is_safe(k, n, 0) tells).
std::size_t colluders_survived(std::size_t n, std::size_t k);

// The smallest k that is safe even if only k of the n are honest: k > (n + (n - k)) / 2, more than
// two thirds. Sigsum's table; it survives (n - 1) / 3 colluders, as many as n can survive at all.
std::size_t two_thirds_quorum(std::size_t n);

}  // namespace scr::witness
