// SPDX-License-Identifier: Apache-2.0
//
// A container under way: taken apart in a confined process, part after part, into evidence.
//
//   SCR_TRY(unpacking, Unpacking::start(file, format, first, batch));
//   while (true) {
//     SCR_TRY(part, unpacking.next());
//     if (!part) break;                 // unpacking.ending() says why there is no more
//   }
//
// A process that dies of a part costs that part; where parts can be reached without those before
// them (PDF), a new process goes on behind it. Elsewhere the container ends there.
//
// One thread.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/sha256.h"
#include "container/message_order.h"
#include "container/unpack.h"
#include "os/stream.h"
#include "record/evidence_batch.h"

namespace scr::receive {

// What the confined process may take: drawing a page of 60 million pixels takes 0.8 GiB, an xz of
// the largest preset 65 MiB.
inline constexpr os::StreamLimits kUnpackingLimits{.memory = std::uint64_t{1} << 30,
                                                   .silence = std::chrono::seconds(60)};

struct Part {
  std::uint64_t number = 0;
  std::optional<container::Reason> refused;
  // Otherwise, stored already:
  record::EvidenceBatch::Stored stored;
  container::How how = container::How::member;
  bool is_container = false;
  std::string bytes;  // of a picture
};

class Unpacking {
 public:
  // `batch` must outlive it. `first`: the first part that is wanted. `containers_too`: otherwise a
  // container in the container is refused. not_found or io as os::Stream::start.
  static Result<Unpacking> start(const std::filesystem::path& file, container::Format format,
                                 std::uint64_t first, bool containers_too,
                                 record::EvidenceBatch& batch,
                                 const os::StreamLimits& limits = kUnpackingLimits);

  // Nothing after the last. Fails only if the disk does.
  Result<std::optional<Part>> next();

  // Once next() gave nothing.
  container::Reason ending() const { return ending_; }
  std::uint64_t parts() const { return order_.next_part() - 1; }

 private:
  Unpacking(std::filesystem::path file, container::Format format, os::Stream stream,
            std::uint64_t first, std::uint64_t size, bool containers_too,
            record::EvidenceBatch& batch, const os::StreamLimits& limits);
  bool fits(const container::Message& message) const;
  Result<std::optional<Part>> take(const container::Message& message);
  Result<void> take_bytes(const std::string& bytes);
  Result<std::optional<Part>> end_part(container::How how);
  Result<std::optional<Part>> broken(container::Reason reason);

  std::filesystem::path file_;
  container::Format format_;
  os::Stream stream_;
  std::uint64_t size_;
  container::MessageOrder order_;
  bool containers_too_;
  os::StreamLimits limits_;
  record::EvidenceBatch* batch_;
  Part part_;               // under way
  bool streaming_ = false;  // its bytes go to the batch as they come
  int restarts_ = 0;
  bool done_ = false;
  container::Reason ending_ = container::Reason::whole;
};

}  // namespace scr::receive
