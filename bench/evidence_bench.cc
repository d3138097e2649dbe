// SPDX-License-Identifier: Apache-2.0
//
// How much slower is level 3 of verification, every file of evidence hashed again, than SHA-256
// alone over the same bytes?
//
//   evidence_bench FOLDER     one line of JSON; milliseconds of processor time, all processors
//                             together, the least of 9 runs, files in the page cache
//
// The floor: the same bytes, in memory already, hashed by the same number of threads.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "os/files.h"
#include "os/parallel.h"
#include "steps/bundle_source.h"

namespace {

// Of all threads; what other programs do does not count.
double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double least_ms(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) {
    const double begin = processor_ms();
    work();
    times.push_back(processor_ms() - begin);
  }
  return *std::min_element(times.begin(), times.end());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto bundle = scr::steps::bundle_at(argv[1]);
  const auto paths = scr::os::files_below(argv[1]);
  if (!bundle || !paths) return 1;
  std::vector<std::string> files;
  std::size_t bytes = 0;
  for (const std::string& path : *paths) {
    files.push_back(*bundle->read(path));
    bytes += files.back().size();
  }
  std::vector<scr::Digest> expected(files.size());
  const double floor = least_ms([&] {
    scr::os::parallel_for(files.size(), 0, [&](std::size_t i) {
      expected[i] = scr::sha256(scr::bytes_of(files[i]));
    });
  });
  const double level = least_ms([&] {
    bundle->for_each(files.size(), [&](std::size_t i) {
      const auto hashed = bundle->hashed((*paths)[i]);
      if (!hashed || hashed->first != expected[i]) std::abort();
    });
  });
  std::printf("{\"files\":%zu,\"bytes\":%zu,\"sha256_ms\":%.1f,\"level_3_ms\":%.1f}\n",
              files.size(), bytes, floor, level);
  return 0;
}
