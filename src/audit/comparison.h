// SPDX-License-Identifier: Apache-2.0
//
// Ballots drawn at random, each compared with its own record ("cast vote record"): super-simple,
// the Kaplan-Markov bound for ballots. Stark 2010; Lindeman & Stark, "A Gentle Introduction to
// Risk-Limiting Audits", 2012.
//
// gamma > 1 inflates the bound on errors, so that one error that changes an outcome twice does not
// end the audit: 1.03905 is what Stark's tools and Colorado use. Margins are diluted: votes by
// which the closest pair differs, by all ballots.
//
// A known answer in circulation (Arlo's test of 18 ballots with two overstatements, 0.1202) is that
// of a clean sample; the right one is 0.4465. Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>

namespace scr::audit {

inline constexpr double kGamma = 1.03905;

// Errors among the ballots, or their rates: a ballot whose record overstates the margin by one vote
// or two, or understates it.
struct Errors {
  double over1 = 0;
  double over2 = 0;
  double under1 = 0;
  double under2 = 0;
};

// p after n ballots with so many errors; at most 1. REQUIRES: 0 < margin <= 1.
double supersimple_p(double margin, std::int64_t n, const Errors& errors, double gamma = kGamma);

// Ballots until the risk limit is met if errors come at these rates; nothing: never.
std::optional<std::int64_t> supersimple_expected(double margin, double risk, const Errors& rates,
                                                 double gamma = kGamma);

// The same with the numbers of errors rounded up to whole ones first: one-vote errors as Arlo does
// it, so as not to be surprised by a single one.
std::optional<std::int64_t> supersimple_rounded(double margin, double risk, const Errors& rates,
                                                double gamma = kGamma);

// rho of the rule "draw rho / margin ballots; stop if overstatements are at most lambda per ballot
// of what the margin allows".
double supersimple_rho(double risk, double lambda, double gamma = kGamma);

}  // namespace scr::audit
