// SPDX-License-Identifier: Apache-2.0
#include "receive/unpacking.h"

#include <utility>
#include <variant>

#include "container/format.h"
#include "receive/internal/unpack_stream.h"

namespace scr::receive {
namespace {

using container::Reason;

}  // namespace

Unpacking::Unpacking(std::filesystem::path file, container::Format format, os::Stream stream,
                     std::uint64_t first, std::uint64_t size, bool containers_too,
                     record::EvidenceBatch& batch, const os::StreamLimits& limits)
    : file_(std::move(file)),
      format_(format),
      stream_(std::move(stream)),
      size_(size),
      order_(first, size, {}),
      containers_too_(containers_too),
      limits_(limits),
      batch_(&batch) {}

Result<Unpacking> Unpacking::start(const std::filesystem::path& file, container::Format format,
                                   std::uint64_t first, bool containers_too,
                                   record::EvidenceBatch& batch, const os::StreamLimits& limits) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(file, error);
  if (error) return fail(ErrorCode::io, error.message(), file.string());
  SCR_TRY(stream, stream_of(file, format, first, limits));
  return Unpacking(file, format, std::move(stream), first, size, containers_too, batch, limits);
}

Result<std::optional<Part>> Unpacking::next() {
  while (!done_) {
    SCR_TRY(event, stream_.next());
    std::optional<Part> part;
    const auto message = event.message ? container::message_of(*event.message)
                                       : Result<container::Message>(fail(ErrorCode::io, "none"));
    if (!event.message) {
      SCR_TRY(lost, broken(event.whole ? Reason::killed_reader : reason_of(event.end)));
      part = std::move(lost);
    } else if (!message || !fits(*message) || !order_.take(*message)) {
      // Nothing that unpack() says: taken over.
      SCR_TRY(lost, broken(Reason::killed_reader));
      part = std::move(lost);
    } else {
      SCR_TRY(taken, take(*message));
      part = std::move(taken);
    }
    if (part) return part;
  }
  return std::optional<Part>();
}

// A picture is held in memory, so what says it is one must be no larger than one.
bool Unpacking::fits(const container::Message& message) const {
  const auto* bytes = std::get_if<container::PartBytes>(&message);
  return !bytes || part_.is_container ||
         part_.bytes.size() + bytes->bytes.size() <= container::Limits{}.picture_bytes;
}

Result<std::optional<Part>> Unpacking::take(const container::Message& message) {
  if (std::holds_alternative<container::PartBegins>(message)) {
    part_ = Part{.number = order_.next_part() - 1};
    streaming_ = false;
  } else if (const auto* bytes = std::get_if<container::PartBytes>(&message)) {
    SCR_TRY_VOID(take_bytes(bytes->bytes));
  } else if (const auto* ends = std::get_if<container::PartEnds>(&message)) {
    return end_part(ends->how);
  } else if (const auto* refused = std::get_if<container::PartRefused>(&message)) {
    batch_->give_up();
    part_.bytes.clear();
    part_.refused = refused->reason;
    return std::optional(std::move(part_));
  } else if (const auto* closed = std::get_if<container::Closed>(&message)) {
    ending_ = closed->ending;
    done_ = true;
  }
  return std::optional<Part>();
}

Result<void> Unpacking::take_bytes(const std::string& bytes) {
  if (part_.bytes.empty() && !part_.is_container) {
    part_.is_container = container::format_of(bytes_of(bytes)).has_value();
    streaming_ = part_.is_container && containers_too_;
    if (streaming_) SCR_TRY_VOID(batch_->begin());
  }
  if (part_.is_container && !containers_too_) return {};
  if (streaming_) return batch_->write(bytes);
  part_.bytes += bytes;
  return {};
}

Result<std::optional<Part>> Unpacking::end_part(container::How how) {
  part_.how = how;
  if (part_.is_container && !containers_too_) {
    part_.refused = Reason::nested_too_deep;
    return std::optional(std::move(part_));
  }
  auto stored = streaming_ ? batch_->end() : batch_->put(bytes_of(part_.bytes));
  if (!stored) return tl::unexpected(std::move(stored).error());
  part_.stored = *stored;
  return std::optional(std::move(part_));
}

Result<std::optional<Part>> Unpacking::broken(Reason reason) {
  batch_->give_up();
  const bool in_part = order_.in_part();
  const bool goes_on = in_part && parts_stand_alone(format_) && restarts_ < kMostRestarts;
  if (goes_on) {
    ++restarts_;
    SCR_TRY(again, stream_of(file_, format_, order_.next_part(), limits_));
    stream_ = std::move(again);
    order_ = container::MessageOrder(order_.next_part(), size_, {});
  } else {
    ending_ = reason;
    done_ = true;
  }
  if (!in_part) return std::optional<Part>();
  part_.bytes.clear();
  part_.refused = reason;
  return std::optional(std::move(part_));
}

}  // namespace scr::receive
