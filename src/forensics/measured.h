// SPDX-License-Identifier: Apache-2.0
//
// What a test measures in one set of stations: the same for the returns, for a control, and for an
// election of the past.
//
// Values; any thread.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace scr::forensics {

// One column of a plot: so much was seen where an innocent election is expected to have so much.
struct Bar {
  std::string label;  // "0", "2-3": digits, or ranges of whole numbers; the same in all languages
  double seen = 0;
  double expected = 0;
  double spread = 0;  // standard deviation of `seen` about `expected`; 0: not known
};

// A share as it builds up: shares[i] after the part (i + 1) / size of the stations.
struct Curve {
  std::string name;  // "arrival", "largest-first", "smallest-first"
  std::vector<double> shares;
};

// Stations in kGridSide x kGridSide equal cells, row by row from the foot.
inline constexpr int kGridSide = 25;
struct Grid {
  std::string name;  // "as-counted": turnout and share, 0 to 1; "standardised": -3 to 3 deviations
  std::vector<std::int64_t> stations;
};

struct Measured {
  std::int64_t units = 0;  // stations, centres or pairs that were looked at
  double statistic = 0;
  double expected = 0;  // of an innocent election, by the test's model
  // Standard deviation of the statistic about `expected`; 0 where `p` does not come from it.
  double spread = 0;
  // Under the test's model of an innocent election. What it is worth is the catalogue's to say.
  std::optional<double> p;
  // At most so many votes are in what stands out; 0 where nothing does.
  std::int64_t effect_votes = 0;
  std::map<std::string, double> more;  // further figures, each explained in docs/statistics.md
  std::vector<Bar> bars;
  std::vector<Curve> curves;
  std::vector<Grid> grids;
};

}  // namespace scr::forensics
