// SPDX-License-Identifier: Apache-2.0
#include "receive/internal/unpack_stream.h"

#include "container/message.h"
#include "container/unpack.h"

namespace scr::receive {

using container::Reason;

Reason reason_of(os::WorkerEnd end) {
  switch (end) {
    case os::WorkerEnd::out_of_memory:
      return Reason::out_of_memory;
    case os::WorkerEnd::out_of_time:
      return Reason::out_of_time;
    case os::WorkerEnd::forbidden_call:
      return Reason::forbidden_call;
    case os::WorkerEnd::died:
      break;
  }
  return Reason::killed_reader;
}

Result<os::Stream> stream_of(const std::filesystem::path& file, container::Format format,
                             std::uint64_t first, const os::StreamLimits& limits) {
  return os::Stream::start(
      file,
      [format, first](const os::StreamInput& input, const os::Stream::Send& send) {
        const container::Source source{
            input.size(),
            [&](std::uint64_t offset, std::span<char> out) { return input.read(offset, out); },
            [&] { return input.whole(); }};
        unpack(format, source, first, {},
               [&](const container::Message& message) { send(to_bytes(message)); });
      },
      limits);
}

}  // namespace scr::receive
