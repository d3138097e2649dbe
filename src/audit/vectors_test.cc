// SPDX-License-Identifier: Apache-2.0
//
// Known answers: tests/vectors/statistics.json, those that belong to audits. Each is either printed
// in the source that it names, or was worked out there by the code that it names.

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "audit/assorter.h"
#include "audit/batches.h"
#include "audit/comparison.h"
#include "audit/martingale.h"
#include "audit/polling.h"
#include "audit/sampler.h"
#include "audit/simulate.h"
#include "audit/strata.h"

namespace scr::audit {
namespace {

using nlohmann::json;

const json& all_vectors() {
  static const json kAll = [] {
    std::ifstream file(SCR_SOURCE_DIR "/tests/vectors/statistics.json");
    return json::parse(file).at("vectors");
  }();
  return kAll;
}

const json& vector_named(const std::string& id) {
  for (const json& each : all_vectors()) {
    if (each.at("id") == id) return each;
  }
  ADD_FAILURE() << "no vector " << id;
  static const json kNone;
  return kNone;
}

const json& expected(const std::string& id) {
  return vector_named(id).at("expected");
}

void expect_close(double found, double wanted, double relative, const std::string& where) {
  EXPECT_NEAR(found, wanted, relative * std::abs(wanted)) << where;
}

TEST(Vectors, Cryptorandom) {
  CryptoRandom hashes("12345678901234567890");
  (void)hashes.next();
  for (const json& digest : expected("cryptorandom/hash"))
    EXPECT_EQ(hashes.next().hex(), digest.get<std::string>());
  const json& numbers = expected("cryptorandom/random");
  for (std::size_t s = 0; s < 2; ++s) {
    CryptoRandom random(vector_named("cryptorandom/random")["input"]["seed"][s]);
    for (const json& number : numbers[s]) EXPECT_NEAR(random.random(), number.get<double>(), 1e-15);
  }
  CryptoRandom truncated("12345678901234567890");
  for (const json& number : expected("cryptorandom/randint_trunc"))
    EXPECT_EQ(truncated.randint_trunc(1, 1001), number.get<int>());
  CryptoRandom small("12345678901234567890");
  for (const json& number : expected("cryptorandom/randint")[0])
    EXPECT_EQ(small.randint(0, 5), number.get<int>());
  CryptoRandom after("1234567890");
  for (int i = 0; i < 5; ++i) (void)after.random();
  for (const json& number : expected("cryptorandom/randint")[1])
    EXPECT_EQ(after.randint(0, 10), number.get<int>());
  CryptoRandom large("12345678901234567890");
  for (const json& number : expected("cryptorandom/randint2"))
    EXPECT_EQ(large.randint(1, 1001), number.get<int>());
  const json& sample = vector_named("cryptorandom/sample");
  std::vector<std::string> drawn;
  for (std::int64_t i : cryptorandom_sample("1234567890", 5, 2))
    drawn.push_back(sample["input"]["population"][static_cast<std::size_t>(i)]);
  EXPECT_EQ(json(drawn), sample["expected"]);
}

TEST(Vectors, Rivest) {
  EXPECT_EQ(json(rivest_sample("3546311556112163624615351222", 1, 876, false, 47)),
            expected("corla/rivest-sampler"));
}

TEST(Vectors, ConsistentSampler) {
  const json& primitives = expected("consistent_sampler/primitives");
  EXPECT_EQ(sha256_uniform("abc"), primitives[0].get<std::string>());
  EXPECT_EQ(first_fraction("AB-130", "01382438112797316654"), primitives[1].get<std::string>());
  EXPECT_EQ(next_fraction("0.25471"), primitives[2].get<std::string>());
  EXPECT_EQ(trimmed("0.9991234567890", 4), primitives[3].get<std::string>());

  const json& cases = expected("consistent_sampler/sampler");
  std::vector<std::string> drawn;
  const std::vector<std::string> few{"A#2", "B#7", "C#1", "D#4"};
  for (const Ticket& ticket : consistent_sample(few, "314159", true, 8)) drawn.push_back(ticket.id);
  EXPECT_EQ(json(drawn), cases[0]);
  const auto tickets = [](std::span<const std::string> ids, std::string_view seed,
                          bool with_replacement, std::size_t take, std::size_t digits) {
    json list = json::array();
    for (const Ticket& t : consistent_sample(ids, seed, with_replacement, take, digits))
      list.push_back({t.number, t.id, t.generation});
    return list;
  };
  const std::vector<std::string> four{"ab-1", "ab-2", "cd-1", "ef-3"};
  std::vector<std::string> hundred;
  for (int i = 0; i < 100; ++i) hundred.push_back(std::to_string(i));
  // Digits are as many as the page prints: it leaves out closing zeros.
  const json four_found = tickets(four, "314159", false, 9, 10);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(
        four_found[i][0].get<std::string>().substr(0, cases[1][i][0].get<std::string>().size()),
        cases[1][i][0].get<std::string>());
    EXPECT_EQ(four_found[i][1], cases[1][i][1]);
  }
  EXPECT_EQ(tickets(hundred, "41", false, 5, 9), cases[2]);

  std::vector<std::string> batches;
  for (int b = 1; b <= 4; ++b) {
    for (int i = 1; i <= 25; ++i)
      batches.push_back("('pct " + std::to_string(b) + "', " + std::to_string(i) + ")");
  }
  const json& arlo = vector_named("arlo/draw_sample");
  EXPECT_EQ(tickets(batches, arlo["input"]["seed"].get<std::string>(), true, 20, 18),
            arlo["expected"]);
}

TEST(Vectors, Bravo) {
  const json& asn = vector_named("bravo/asn");
  const json& inputs = asn["input"]["(winner share, alpha)"];
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const double share = inputs[i][0];
    EXPECT_EQ(bravo_expected({share, 1 - share}, inputs[i][1]), asn["expected"][i].get<int>());
  }
  const json& contests = expected("arlo/bravo/asn");
  EXPECT_EQ(bravo_expected({0.6, 0.4}, 0.1), contests["test1"].get<int>());
  EXPECT_EQ(bravo_expected({600.0 / 900, 200.0 / 900}, 0.1), contests["test2"].get<int>());
  EXPECT_EQ(bravo_expected({0.3, 0.2}, 0.1), contests["test6"].get<int>());

  const json& rounds = vector_named("arlo/bravo/sample_sizes");
  const json& cases = rounds["input"]["cases(p_w,p_r,sample_w,sample_r,quantile)"];
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const json& c = cases[i];
    // 1683 / 0.68 is 2475 exactly; where 2476 was printed, 0.36 + 0.32 was a little less than 0.68.
    const int rounding = c[0] == 0.36 && c[4] == 0.6 ? 1 : 0;
    EXPECT_EQ(bravo_round({c[0], c[1]}, 0.1, c[4], {c[2], c[3]}),
              rounds["expected"][i].get<int>() - rounding)
        << i;
  }
  const json& sequential = vector_named("r2b2/bravo 90% round sizes");
  for (std::size_t i = 0; i < sequential["expected"].size(); ++i) {
    EXPECT_EQ(bravo_sequential(sequential["input"]["p"][i], 0.1, 0.9, 5000),
              sequential["expected"][i].get<int>());
  }
  const json& least = vector_named("r2b2/bravo kmin");
  for (std::size_t i = 0; i < least["expected"].size(); ++i)
    EXPECT_EQ(bravo_least(0.6, 0.1, least["input"]["n"][i]), least["expected"][i].get<int>());

  const json& missing = expected("arlo/bravo/not_found");
  expect_close(bravo_p(500.0 / 600, {50, 11}), missing["1v3"], 1e-9, "1v3");
  expect_close(bravo_p(500.0 / 600, {50, 13}), missing["1v4"], 1e-9, "1v4");
  expect_close(bravo_p(200.0 / 300, {20, 11}), missing["2v3"], 1e-9, "2v3");
  expect_close(bravo_p(200.0 / 300, {20, 13}), missing["2v4"], 1e-9, "2v4");
}

TEST(Vectors, Minerva) {
  const Seen first[] = {{56, 40}};
  const Seen second[] = {{40, 40}};
  expect_close(minerva_p(0.6, 0.1, first), expected("arlo/minerva"), 1e-9, "minerva");
  expect_close(minerva_p(0.6, 0.1, second), expected("arlo/minerva2"), 1e-9, "minerva2");
  const json& sizes = vector_named("arlo/minerva/sizes");
  for (std::size_t i = 0; i < 3; ++i) {
    const double quantile = sizes["input"]["quantiles"][i];
    const auto n = static_cast<double>(minerva_first_round(0.6, 0.1, quantile));
    EXPECT_EQ(std::ceil(n * 1200 / 1000), sizes["expected"][i].get<double>()) << n;
  }
}

TEST(Vectors, Supersimple) {
  const json& km = vector_named("KM/ballot_comparison p");
  expect_close(supersimple_p(16451.0 / 724863, 200, {.over1 = 1}), km["expected"], 1e-9, "KM");
  const Errors rates{.over1 = 0.001, .under1 = 0.001};
  EXPECT_EQ(supersimple_expected(0.05, 0.05, rates),
            expected("KM/expected sample size with rates").get<int>());
  const json& rho = expected("s4rla/rho");
  expect_close(supersimple_rho(0.1, 0.2), rho[0], 1e-12, "rho");
  expect_close(supersimple_rho(0.1, 0.5, 1.1), rho[1], 1e-12, "rho");

  const json& arlo = vector_named("arlo/supersimple");
  const json& results = arlo["expected"];
  const Errors arlo_rates{.over1 = 1e-3, .over2 = 1e-4, .under1 = 1e-3, .under2 = 1e-4};
  for (const auto& [name, votes] : arlo["input"]["contests(votes w,l,ballots)"].items()) {
    const double margin =
        (votes[0].get<double>() - votes[1].get<double>()) / votes[2].get<double>();
    const int size = results["sizes"][name];
    EXPECT_EQ(supersimple_rounded(margin, 0.1, arlo_rates), size) << name;
    EXPECT_NEAR(supersimple_p(margin, size, {}), results["p clean"][name].get<double>(), 1e-5);
    if (results["p one 1-vote over"].contains(name)) {
      EXPECT_NEAR(supersimple_p(margin, size, {.over1 = 1}),
                  results["p one 1-vote over"][name].get<double>(), 1.1e-4)
          << name;
    }
  }
  EXPECT_NEAR(supersimple_p(1, 6, {.over2 = 1}), results["p one 2-vote over E"].get<double>(),
              5e-4);
  // The trap: Arlo's 0.1202 is the clean sample, not the two overstatements that its test means.
  const json& trap = vector_named("arlo/supersimple snapshot")["verified_by_me"];
  expect_close(supersimple_p(6.0 / 26, 18, {}), trap["p with 0 discrepancies (what Arlo returns)"],
               1e-9, "clean");
  expect_close(supersimple_p(6.0 / 26, 18, {.over1 = 2}),
               trap["p with the 2 intended 1-vote overstatements"], 1e-9, "two over");
}

std::vector<BatchTally> repeated(int many, BatchTally first, int more, BatchTally second) {
  std::vector<BatchTally> all(static_cast<std::size_t>(many), std::move(first));
  all.insert(all.end(), static_cast<std::size_t>(more), std::move(second));
  return all;
}

TEST(Vectors, MacroBatches) {
  const json& macro = expected("arlo/macro U");
  const std::vector<Assertion> pair{{.winner = 0, .loser = 1, .majority = {}}};
  const std::pair<const char*, std::vector<BatchTally>> cases[] = {
      {"A", repeated(200, {{200, 180}, 400}, 200, {{100, 90}, 200})},
      {"B", repeated(100, {{200, 180}, 400}, 100, {{100, 60}, 200})},
      {"C", repeated(60, {{200, 140}, 400}, 60, {{100, 70}, 200})}};
  for (const auto& [name, manifest] : cases) {
    const auto batches = Batches::make({{pair, manifest}});
    ASSERT_TRUE(batches);
    const double bound = batches->total_bound();
    expect_close(bound, macro["U"][name], 1e-10, name);
    EXPECT_EQ(kaplan_markov_size(bound, 0.25, 1, true), macro["first sizes (+1)"][name].get<int>());
    const std::vector<double> four(4, 0.0);
    EXPECT_EQ(kaplan_markov_size(bound, 0.25, kaplan_markov_p(bound, four), true),
              macro["after 4 clean"][name].get<int>())
        << name;
    if (macro["p 30 clean"].contains(name)) {
      expect_close(kaplan_markov_p(bound, std::vector<double>(30, 0.0)), macro["p 30 clean"][name],
                   1e-9, name);
    }
  }
  const double c = macro["U"]["C"];
  expect_close(kaplan_markov_p(c, std::vector<double>(36, 0.0)), macro["p 36 clean C"], 1e-9, "C");
}

TEST(Vectors, MacroUnauditableBallots) {
  // In halves of ballots, since the example splits one among two batches.
  const json& wanted = expected("arlo/macro unauditable");
  const auto made = [](std::int64_t unaudited) {
    const std::vector<BatchTally> batches{{{120, 80 - unaudited, 0}, 200 - unaudited},
                                          {{0, 120 - unaudited, 80}, 200 - unaudited},
                                          {{180, 0, 20}, 200},
                                          {{100, 0, 0}, 100}};
    const std::vector<Assertion> pairs{{.winner = 0, .loser = 1, .majority = {}},
                                       {.winner = 0, .loser = 2, .majority = {}}};
    // Each half that is missing from the batches was the loser's, so the lead there grew by it.
    return Batches::make({{pairs, batches}}, 4 * unaudited);
  };
  expect_close(made(0)->total_bound(), wanted["U without"], 1e-10, "without");
  const std::vector<double> three(3, 0.0);
  expect_close(kaplan_markov_p(made(0)->total_bound(), three), wanted["p 3 clean without"], 1e-9,
               "without");
  expect_close(made(1)->total_bound(), wanted["U with 1 unauditable"], 1e-10, "with");
  expect_close(kaplan_markov_p(made(1)->total_bound(), three), wanted["p 3 clean with"], 1e-9,
               "with");
}

TEST(Vectors, Suite) {
  const json& suite = expected("arlo/SUITE");
  // 5300 to 5100 of 11,000. 10,000 ballots have records, 4550 to 4950, 500 were compared, all
  // right; 1,000 have none, 750 to 150, 250 were looked at, 187 to 37. (The vector's names for the
  // first two numbers are the wrong way round: 0.2356 is that of the comparison.)
  const auto comparison = [](double part) {
    return suite_comparison_p(part, 200, 10000, 500, kGamma);
  };
  const auto polling = [](double part) {
    return suite_polling_p(part, 200, {750, 150, 100}, {187, 37, 26});
  };
  expect_close(comparison(0.3), suite["ballot polling p"], 1e-5, "comparison");
  expect_close(polling(0.7), suite["comparison p"], 1e-5, "polling");
  // The published one is the largest on a grid of twentieths; between its points there is a larger.
  const double at_four_fifths[] = {comparison(0.8), polling(0.2)};
  EXPECT_NEAR(fisher_p(at_four_fifths), suite["combined p"].get<double>(), 1e-5);
  const WorstSplit worst = suite_p(comparison, polling, 0, 1);
  EXPECT_NEAR(worst.p, 0.0705608, 1e-6) << worst.part;
  EXPECT_NEAR(worst.part, 0.79, 1e-4);

  const json& fisher = vector_named("fisher/strata");
  for (std::size_t i = 0; i < fisher["input"]["strata"].size(); ++i) {
    const std::vector<double> halves(fisher["input"]["strata"][i].get<std::size_t>(), 0.5);
    EXPECT_NEAR(fisher_p(halves), fisher["expected"]["Fisher"][i].get<double>(), 5e-5);
    EXPECT_NEAR(product_p(halves), fisher["expected"]["product"][i].get<double>(), 1e-8);
  }
}

void expect_history(const std::string& id, const Method& test, const Hypothesis& hypothesis) {
  const json& v = vector_named(id);
  const auto found = history(test, hypothesis, v["input"]["x"].get<std::vector<double>>());
  const json& wanted = v["expected"]["p_history"];
  ASSERT_EQ(found.current.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    expect_close(found.current[i], wanted[i], 1e-10, id + " " + std::to_string(i));
  expect_close(found.p_value, v["expected"]["p"], 1e-10, id);
}

TEST(Vectors, MartingalesOfShangrla) {
  const std::string run = "shangrla/run/";
  expect_history(run + "ALPHA fixed alt = SPRT, with replacement", FixedAlternative{0.7}, {});
  expect_history(run + "ALPHA fixed alt, without replacement N=100", FixedAlternative{0.7},
                 {.population = 100});
  expect_history(run + "ALPHA shrink_trunc d=10", Alpha{.eta = 0.7, .d = 10, .c = 0.1}, {});
  expect_history(run + "ALPHA shrink_trunc non-binary N=200",
                 Alpha{.eta = 0.75, .d = 20, .c = 0.125}, {.population = 200});
  expect_history(run + "betting fixed lam=.75", FixedBet{0.75}, {});
  expect_history(run + "Kaplan-Wald g=.1", KaplanWald{0.1}, {});
  expect_history(run + "Kaplan-Markov g=.1", KaplanMarkov{0.1}, {});
  expect_history(run + "Kaplan-Kolmogorov g=.1 N=100", KaplanKolmogorov{0.1}, {.population = 100});
  for (const json& v : all_vectors()) {  // whichever comparison histories there are
    const std::string id = v.at("id");
    if (!id.starts_with("shangrla/run/comparison")) continue;
    const double upper = v["input"]["u"];
    if (v["input"]["test"] == "kaplan_markov")
      expect_history(id, KaplanMarkov{v["input"]["g"]}, {.upper = upper});
  }
}

TEST(Vectors, SequentialTestOfWaldIsNotMultipliedTwice) {
  const json& bug = vector_named("shangrla/BUG wald_sprt");
  const auto found =
      history(FixedAlternative{0.7}, {}, bug["input"]["x"].get<std::vector<double>>());
  const json& right = bug["expected"]["correct SPRT = ALPHA with constant eta"];
  for (std::size_t i = 0; i < right.size(); ++i)
    expect_close(found.current[i], right[i], 1e-10, std::to_string(i));
  EXPECT_GT(found.current.back(), 0.03);
}

TEST(Vectors, SmallAnswersOfShangrla) {
  const double ones[] = {1, 1, 1, 1, 1};
  const double then_zero[] = {1, 1, 1, 1, 1, 0};
  const json& markov = expected("shangrla/kaplan_markov");
  expect_close(history(KaplanMarkov{0}, {}, ones).p_value, markov[0], 1e-12, "markov");
  const History with_zero = history(KaplanMarkov{0.1}, {}, then_zero);
  expect_close(with_zero.p_value, markov[1], 1e-12, "markov");
  expect_close(with_zero.current.back(), markov[2], 1e-12, "markov");
  const json& wald = expected("shangrla/kaplan_wald");
  expect_close(history(KaplanWald{0}, {}, ones).p_value, wald[0], 1e-12, "wald");
  const History wald_zero = history(KaplanWald{0.1}, {}, then_zero);
  expect_close(wald_zero.p_value, wald[1], 1e-12, "wald");
  expect_close(wald_zero.current.back(), wald[2], 1e-12, "wald");

  const json& sizes = expected("shangrla/sample_size");
  const std::vector<double> all_one(100, 1.0);
  const std::vector<double> all_three_quarters(100, 0.75);
  EXPECT_EQ(draws_needed(FixedAlternative{0.75}, {.population = 1000}, all_one, 0.05),
            sizes[0].get<int>());
  EXPECT_EQ(draws_needed(FixedAlternative{0.75}, {.population = 1000}, all_three_quarters, 0.05),
            sizes[1].get<int>());

  const json& betting = vector_named("shangrla/betting fixed");
  for (std::size_t i = 0; i < 4; ++i) {
    const json& c = betting["input"]["(val,lam)"][i];
    const std::vector<double> values(20, c[0].get<double>());
    expect_close(history(FixedBet{c[1]}, {}, values).p_value, betting["expected"][i], 1e-9, "bet");
  }
  const json& comparison = vector_named("shangrla/overstatement");
  const json& triples = comparison["input"]["(margin,assorter mvr,cvr)"];
  for (std::size_t i = 0; i < triples.size(); ++i) {
    EXPECT_NEAR(overstatement(triples[i][2], triples[i][1], 1, triples[i][0]),
                comparison["expected"][i].get<double>(), 1e-15);
  }
  const Assertion pair{.winner = 0, .loser = 2, .majority = {}};
  const json& plurality = expected("shangrla/plurality assorter");
  for (std::size_t option = 0; option < 3; ++option)
    EXPECT_EQ(assort(pair, option), plurality[option].get<double>());
  const Assertion majority{.winner = 0, .loser = std::nullopt, .majority = *Fraction::of(2, 3)};
  EXPECT_EQ(assort(majority, 0), 0.75);
  EXPECT_EQ(assort(majority, 1), 0);
  EXPECT_EQ(assort(majority, std::nullopt), 0.5);
}

TEST(Vectors, NullMeanWithoutReplacement) {
  // The null mean before each draw, seen through a bet of 1: fortune / fortune before = 1 + x - m.
  const json& v = vector_named("shangrla/sjm");
  const auto values = v["input"]["x"].get<std::vector<double>>();
  Martingale test(FixedBet{.lambda = 0.1}, {.mean = 1.53, .upper = 10, .population = 5});
  double before = 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    test.take(values[i]);
    const double m = values[i] - (test.fortune() / before - 1) / 0.1;
    EXPECT_NEAR(m, v["expected"]["m"][i].get<double>(), 1e-9);
    before = test.fortune();
  }
}

// Mean sample sizes of the paper on ALPHA, by simulation: those that take a moment only. The others
// are in bench/audit_bench.cc.
TEST(Vectors, SampleSizesOfAlpha) {
  const auto mean_size = [](const Method& test, double share,
                            std::optional<std::int64_t> population, std::uint64_t trials) {
    const std::int64_t ballots = 20000;
    const auto winners =
        static_cast<std::int64_t>(std::llround(share * static_cast<double>(ballots)));
    const Urn urn({{1.0, winners}, {0.0, ballots - winners}});
    std::vector<Trial> all;
    for (std::uint64_t i = 0; i < trials; ++i)
      all.push_back(play(test, {.population = population}, urn, 0.05,
                         population ? ballots : 10000000, Stream(7, i)));
    return workload_of(all).mean_draws;
  };
  const json& with = vector_named("alpha/table1");
  for (std::size_t i = 4; i < 8; ++i) {
    const double share = with["input"]["theta=eta"][i];
    expect_close(mean_size(Alpha{.eta = share, .d = 100}, share, {}, 1000),
                 with["expected"]["ALPHA d=100"][i], 0.08, "ALPHA");
    expect_close(mean_size(FixedAlternative{share}, share, {}, 1000), with["expected"]["BRAVO"][i],
                 0.08, "BRAVO");
  }
  const json& without = vector_named("alpha/table2 N=20000");
  // The paper's SPRT believes in the same mean of what is left, whatever was drawn.
  const Method kConstant = Alpha{.eta = 0.55, .d = 1e15, .c = 0};
  for (std::size_t i = 3; i < 7; ++i) {
    const double share = without["input"]["theta"][i];
    expect_close(mean_size(Alpha{.eta = 0.55, .d = 100}, share, 20000, 1000),
                 without["expected"]["ALPHA eta=.55 d=100"][i], 0.05, "ALPHA, N");
    expect_close(mean_size(kConstant, share, 20000, 1000), without["expected"]["SPRT eta=.55"][i],
                 0.05, "SPRT, N");
    expect_close(mean_size(KellyMixture{}, share, 20000, 1000), without["expected"]["sqKelly"][i],
                 0.05, "sqKelly, N");
  }
}

}  // namespace
}  // namespace scr::audit
