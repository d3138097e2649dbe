// SPDX-License-Identifier: Apache-2.0
#include "receive/unpack_again.h"

#include <utility>
#include <variant>

#include "base/bytes.h"
#include "container/format.h"
#include "container/message_order.h"
#include "os/files.h"
#include "receive/internal/unpack_stream.h"
#include "receive/unpacking.h"

namespace scr::receive {
namespace {

using container::Reason;
using Tell = std::function<void(const AgainPart&)>;

// One process: its messages, as far as they can be believed.
class Run {
 public:
  Run(std::uint64_t first, std::uint64_t size, const Tell& tell)
      : order_(first, size, {}), tell_(tell) {}

  // Why it ended.
  Result<Reason> follow(os::Stream& stream) {
    while (!ending_) {
      SCR_TRY(event, stream.next());
      if (!event.message) return event.whole ? Reason::killed_reader : reason_of(event.end);
      const auto message = container::message_of(*event.message);
      if (!message || !order_.take(*message)) return Reason::killed_reader;
      take(*message);
    }
    return *ending_;
  }

  bool in_part() const { return order_.in_part(); }
  bool closed() const { return ending_.has_value(); }
  std::uint64_t next_part() const { return order_.next_part(); }

 private:
  void take(const container::Message& message) {
    AgainPart part{.number = order_.next_part() - 1};
    if (const auto* bytes = std::get_if<container::PartBytes>(&message)) {
      hash_.add(bytes_of(bytes->bytes));
    } else if (const auto* ends = std::get_if<container::PartEnds>(&message)) {
      part.how = ends->how;
      part.sha256 = hash_.finish();
      tell_(part);
    } else if (const auto* refused = std::get_if<container::PartRefused>(&message)) {
      hash_ = Sha256();
      part.refused = refused->reason;
      tell_(part);
    } else if (const auto* closed = std::get_if<container::Closed>(&message)) {
      ending_ = closed->ending;
    }
  }

  container::MessageOrder order_;
  const Tell& tell_;
  Sha256 hash_;
  std::optional<Reason> ending_;
};

}  // namespace

Result<Reason> unpack_again(const std::filesystem::path& file, const Tell& tell) {
  SCR_TRY(beginning, os::beginning_of(file, container::kBeginning));
  const auto format = container::format_of(bytes_of(beginning));
  if (!format) return fail(ErrorCode::bad_input, "is no container", file.string());
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(file, error);
  if (error) return fail(ErrorCode::io, error.message(), file.string());
  std::uint64_t first = 1;
  for (int restarts = 0;; ++restarts) {
    SCR_TRY(stream, stream_of(file, *format, first, kUnpackingLimits));
    Run run(first, size, tell);
    SCR_TRY(ending, run.follow(stream));
    if (run.closed()) return ending;
    if (run.in_part()) tell({.number = run.next_part() - 1, .refused = ending});
    if (!run.in_part() || !parts_stand_alone(*format) || restarts == kMostRestarts) return ending;
    first = run.next_part();
  }
}

}  // namespace scr::receive
