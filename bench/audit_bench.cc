// SPDX-License-Identifier: Apache-2.0
//
// How fast are histories of p-values and simulations of sample sizes, beside bench/peer/audits.py,
// which computes the same with numpy and scipy? The same populations; the answers are compared
// there.
//
//   audit_bench              times, as JSON
//   audit_bench risks        empirical risk of each method on ties, many trials, all processors
//   audit_bench sizes        mean sample sizes of the paper on ALPHA, tables 1 and 2

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "audit/martingale.h"
#include "audit/polling.h"
#include "audit/simulate.h"
#include "os/parallel.h"

namespace {

using namespace scr::audit;

double best_ms(int times, const std::function<void()>& work) {
  double best = 1e300;
  for (int i = 0; i < times; ++i) {
    const auto before = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - before;
    best = std::min(best, took.count());
  }
  return best;
}

// 0/1 in an order that the peer makes too: i * 7919 mod n < n * share.
std::vector<double> values(std::int64_t n, double share) {
  std::vector<double> all;
  for (std::int64_t i = 0; i < n; ++i)
    all.push_back(static_cast<double>(i * 7919 % n) < static_cast<double>(n) * share ? 1 : 0);
  return all;
}

std::vector<Trial> played(const Method& test, const Hypothesis& null, const Urn& urn, double risk,
                          std::int64_t most, std::size_t trials, unsigned threads) {
  std::vector<Trial> all(trials);
  scr::os::parallel_for(trials, threads, [&](std::size_t i) {
    all[i] = play(test, null, urn, risk, most, Stream(1, i));
  });
  return all;
}

void times() {
  constexpr std::int64_t kBallots = 20'000;
  const auto drawn = values(kBallots, 0.505);
  const Method alpha = Alpha{.eta = 0.55, .d = 100};
  const Hypothesis null{.population = kBallots};
  double last = 0;
  const double history_ms = best_ms(20, [&] { last = history(alpha, null, drawn).p_value; });
  double kaplan_p = 0;
  const double kaplan_ms =
      best_ms(20, [&] { kaplan_p = history(KaplanWald{0.95}, {}, drawn).p_value; });
  const Urn urn({{1.0, 11'000}, {0.0, 9'000}});
  double mean = 0;
  const auto simulate = [&](unsigned threads) {
    return best_ms(5, [&] {
      mean = workload_of(played(alpha, null, urn, 0.05, kBallots, 1000, threads)).mean_draws;
    });
  };
  const double one = simulate(1);
  const double all = simulate(0);
  std::int64_t size = 0;
  const double bravo_ms = best_ms(5, [&] { size = bravo_round({0.36, 0.32}, 0.1, 0.9); });
  std::printf(
      "{\"values\":%lld,\"alpha_history_ms\":%.4f,\"alpha_p\":%.12g,\"kaplan_wald_history_ms\":%."
      "4f,"
      "\"kaplan_wald_p\":%.12g,\"trials\":1000,\"simulation_ms_one\":%.3f,\"simulation_ms_all\":%."
      "3f,"
      "\"mean_size\":%.1f,\"bravo_size_ms\":%.4f,\"bravo_size\":%lld}\n",
      static_cast<long long>(kBallots), history_ms, last, kaplan_ms, kaplan_p, one, all, mean,
      bravo_ms, static_cast<long long>(size));
}

void risks() {
  constexpr std::size_t kTrials = 100'000;
  const Urn tie({{1.0, 800}, {0.5, 400}, {0.0, 800}});
  const std::pair<const char*, Method> tests[] = {
      {"alpha d=100", Alpha{.eta = 0.6}},
      {"alpha d=10 f", Alpha{.eta = 0.6, .d = 10, .f = 0.01}},
      {"fixed alternative", FixedAlternative{0.6}},
      {"fixed bet", FixedBet{0.6}},
      {"agrapa", AdaptiveBet{.first = 0.1}},
      {"mixture", KellyMixture{}},
      {"kaplan-wald", KaplanWald{0.1}},
      {"kaplan-markov", KaplanMarkov{0.1}},
      {"kaplan-kolmogorov", KaplanKolmogorov{0.1}}};
  for (const auto& [name, test] : tests) {
    const auto workload =
        workload_of(played(test, {.population = 2000}, tie, 0.05, 2000, kTrials, 0));
    std::printf("%-18s confirmed a tie in %.3f %% of %zu trials (limit 5 %%)\n", name,
                100.0 * static_cast<double>(workload.confirmed) / kTrials, kTrials);
  }
}

void sizes() {
  for (const double share : {0.505, 0.51, 0.52, 0.53, 0.55, 0.6, 0.65, 0.7}) {
    const auto winners = static_cast<std::int64_t>(std::llround(share * 20'000));
    const Urn urn({{1.0, winners}, {0.0, 20'000 - winners}});
    const auto mean = [&](const Method& test, const Hypothesis& null, std::int64_t most) {
      return workload_of(played(test, null, urn, 0.05, most, 1000, 0)).mean_draws;
    };
    std::printf(
        "share %.3f  with replacement: ALPHA d=100 %.0f, BRAVO %.0f; of 20,000: ALPHA eta=.55 "
        "%.0f, SPRT %.0f, mixture %.0f\n",
        share, mean(Alpha{.eta = share}, {}, 100'000'000),
        mean(FixedAlternative{share}, {}, 100'000'000),
        mean(Alpha{.eta = 0.55}, {.population = 20'000}, 20'000),
        mean(Alpha{.eta = 0.55, .d = 1e15, .c = 0}, {.population = 20'000}, 20'000),
        mean(KellyMixture{}, {.population = 20'000}, 20'000));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "risks") {
    risks();
  } else if (what == "sizes") {
    sizes();
  } else {
    times();
  }
}
