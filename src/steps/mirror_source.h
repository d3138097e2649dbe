// SPDX-License-Identifier: Apache-2.0
//
// What a mirror reads from: a published bundle, in a folder or over HTTP, and how much of it a
// stranger's server may make it take.
//
// One thread at a time.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "steps/log_place.h"

namespace scr::steps {

// What a server may send in one run before it is left.
struct MirrorLimits {
  std::uint64_t bytes = std::uint64_t{100} << 30;
  std::uint64_t entries = 10'000'000;    // of the log
  std::chrono::seconds time{24 * 3600};  // of the whole run
  std::chrono::seconds patience{30};     // with an answer of which next to nothing comes
};

// How much of the limits is left. Each failure is io: what was fetched stays, and is gone on with.
class Budget {
 public:
  explicit Budget(const MirrorLimits& limits);

  Result<void> spend(std::uint64_t bytes);
  // Before anything is fetched: would so much more be too much?
  Result<void> must_afford(std::uint64_t bytes) const;
  std::uint64_t spent() const { return spent_; }

 private:
  MirrorLimits limits_;
  std::chrono::steady_clock::time_point end_;
  std::uint64_t spent_ = 0;
};

// Gives the file at a path of the bundle, at most so many bytes, piece by piece; false if there is
// none, untrusted if there are more.
using Take = std::function<Result<void>(std::string_view piece)>;
using FileSource =
    std::function<Result<bool>(const std::string& path, std::uint64_t most, const Take& take)>;

struct MirrorSource {
  LogPlace log;
  FileSource files;  // empty: only a log is to be had there
  std::shared_ptr<Budget> budget;
};

// `from`: the URL or folder of a bundle, or of a log alone. A log in a folder "log", or under such
// a URL, is taken for that of the bundle around it. not_found if there is no checkpoint.
Result<MirrorSource> mirror_source(const std::string& from, const std::string& proxy,
                                   const MirrorLimits& limits);

}  // namespace scr::steps
