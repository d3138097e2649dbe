// SPDX-License-Identifier: Apache-2.0
//
// The same work on many items, spread over the processors.
//
//   os::parallel_for(bundles.size(), threads, [&](std::size_t i) { results[i] = check(bundles[i]);
//   });
//
// Output does not depend on the number of threads as long as item i writes only to place i.

#pragma once

#include <cstddef>
#include <functional>

namespace scr::os {

// Processors that this process may use, at least 1.
unsigned processors();

// Calls work(0) .. work(count - 1), each once, in no certain order, on at most `threads` threads
// (0: one for each processor), and returns when all are done. `work` must not throw.
void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work);

}  // namespace scr::os
