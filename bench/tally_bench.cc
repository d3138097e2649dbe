// SPDX-License-Identifier: Apache-2.0
//
// How long does the count of all levels take, once the returns are in memory?
//
//   tally_bench RECORD      prints one line of JSON: stations, units, milliseconds (median of 9)

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "derive/conclusions.h"
#include "tally/tally.h"
#include "view/open_record.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto record = scr::view::open_record(argv[1]);
  if (!record) {
    std::fprintf(stderr, "%s\n", to_string(record.error()).c_str());
    return 1;
  }
  auto selection = scr::derive::select(record->state, {});
  auto count = selection ? scr::derive::count(record->state, *selection)
                         : scr::Result<scr::derive::Count>(tl::unexpected(selection.error()));
  if (!count) {
    std::fprintf(stderr, "%s\n", to_string(count.error()).c_str());
    return 1;
  }
  std::vector<double> times;
  std::int64_t check = 0;
  for (int i = 0; i < 9; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto tallies = scr::tally::add_up(record->state.definition, record->state.geography,
                                            nullptr, {}, {}, count->returns);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (!tallies) return 1;
    check += tallies->country().valid.count();
    times.push_back(took.count());
  }
  std::sort(times.begin(), times.end());
  std::printf("{\"stations\":%zu,\"units\":%zu,\"ms\":%.2f,\"valid\":%lld}\n",
              count->returns.size(), record->state.geography.units().size(),
              times[times.size() / 2], static_cast<long long>(check / 9));
  return 0;
}
