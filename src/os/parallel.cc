// SPDX-License-Identifier: Apache-2.0
#include "os/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace scr::os {

unsigned processors() {
  return std::max(1u, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
  const std::size_t wanted = threads == 0 ? processors() : threads;
  std::atomic<std::size_t> next{0};
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min(wanted, count); ++i) helpers.emplace_back(take_turns);
  take_turns();
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace scr::os
