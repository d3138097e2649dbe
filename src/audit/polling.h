// SPDX-License-Identifier: Apache-2.0
//
// Ballots drawn at random and looked at, with nothing to compare each with: BRAVO and Minerva.
//
// Both look at one pair of winner and loser; ballots for others say nothing of it. p_w and p_l are
// shares of all ballots, s = p_w / (p_w + p_l) the winner's share among the two.
//
// BRAVO: Lindeman, Stark & Yates 2012 (sizes also after M. Lindeman). Minerva: Zagórski, McClearn,
// Morin, McBurnett & Vora, USENIX Security 2021. Ballots with replacement, or so many that it makes
// no difference. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scr::audit {

struct Shares {
  double winner = 0;  // p_w
  double loser = 0;   // p_l

  double of_two() const { return winner / (winner + loser); }
};

// What was seen: ballots for the winner and for the loser. A ballot that is not found counts for
// the loser.
struct Seen {
  std::int64_t winner = 0;
  std::int64_t loser = 0;
};

// BRAVO's p, at most 1: 1 / ((2s)^w (2 - 2s)^l).
double bravo_p(double share_of_two, Seen seen);

// Expected number of ballots until BRAVO stops, if the reported shares are right (Wald's
// approximation). Nothing if the winner has no lead.
std::optional<std::int64_t> bravo_expected(Shares shares, double risk);

// Ballots for which the count of the winner that is reached with the chance `quantile` suffices,
// after `seen`; 0 if the risk limit is met already.
std::int64_t bravo_round(Shares shares, double risk, double quantile, Seen seen = {});

// Fewest ballots for the winner among n for the two that stop BRAVO.
std::int64_t bravo_least(double share_of_two, double risk, std::int64_t n);

// Ballots for the two within which BRAVO, looked at after each, has stopped with the chance
// `quantile`: exact, by the distribution of the count. Nothing if not within `limit`.
std::optional<std::int64_t> bravo_sequential(double share_of_two, double risk, double quantile,
                                             std::int64_t limit);

// Minerva's risk after rounds whose sizes were fixed before each was seen: Pr[K >= k and not
// stopped before] if it were a tie, to the same if the reported share is right; K the winner's
// count. `rounds`: what was seen in each round, not cumulative. 1 at most.
// Earlier rounds count as not having stopped the audit; if one did, its own value is the answer.
double minerva_p(double share_of_two, double risk, std::span<const Seen> rounds);

// Ballots for the two in a first round that stops with the chance `quantile`; and so do one and two
// more: the chance saws up and down with the size, and a ballot must not decide.
// REQUIRES: 1/2 < share < 1.
std::int64_t minerva_first_round(double share_of_two, double risk, double quantile);

}  // namespace scr::audit
