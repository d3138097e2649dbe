// SPDX-License-Identifier: Apache-2.0
//
// An option's share of all valid votes, from a sample of stations that was drawn by chance. Only
// for such a sample: what happens to have been found is no sample, however large
// (judge/model_estimate.h).
//
// Stratified combined and separate ratio estimators with finite-population correction and
// linearised variance: Cochran, Sampling Techniques, 3rd ed., 6.10-6.12. + - * / and sqrt only.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scr::quickcount {

// One station of the sample.
struct Counted {
  double votes = 0;       // of the option
  double valid = 0;       // all valid votes
  double registered = 0;  // electors; for the separate ratio only
};

struct SampledStratum {
  std::int64_t stations = 0;  // in the stratum
  double registered = 0;      // electors of all of them; for the separate ratio only
  std::vector<Counted> sample;
};

struct Estimate {
  double share = 0;
  double standard_error = 0;
  double low = 0;  // share -+ 1.96 standard errors, within [0, 1]: 95 of 100 such samples hold it
  double high = 0;
  // Strata with a single station in the sample, which were put together with the next for the
  // variance (with the one before, if last).
  std::int64_t collapsed = 0;
};

// Y = sum N_h mean(votes), X = sum N_h mean(valid), Y / X. Nothing if a stratum that has stations
// has none in the sample, there are fewer than two stations in all, or nobody voted.
std::optional<Estimate> combined_ratio(std::span<const SampledStratum> strata);

// Totals by stratum from votes per elector, R_h sum(votes) / sum(registered). Better where turnout
// varies less than the size of stations; biased where strata have few stations. Nothing also if a
// stratum's sample has no electors.
std::optional<Estimate> separate_ratio(std::span<const SampledStratum> strata);

// What every station has at most, and how many there are: for a sequence of confidence intervals
// that hold all together, however often one looks, while stations come in in the order of their
// drawing (one stratum, without replacement). By inverting tests of the mean of
// 1/2 + (votes - p valid) / (2 most max(p, 1 - p)), each side at half of 1 - confidence;
// Waudby-Smith, Stark & Ramdas (RiLACS) 2021.
struct Limits {
  double low = 0;
  double high = 1;
};
// REQUIRES: no station has more than `most` valid votes; at most `stations` counted.
Limits confidence_sequence(std::span<const Counted> in_order, std::int64_t stations, double most,
                           double confidence);

}  // namespace scr::quickcount
