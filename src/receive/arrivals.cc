// SPDX-License-Identifier: Apache-2.0
//
// A container in a container is gone through after the outer one has ended: its bytes are evidence
// by then. How far each was gone through is on record, so nothing else needs to be remembered.
#include "receive/arrivals.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "container/format.h"
#include "os/files.h"

namespace scr::receive {
namespace {

namespace fs = std::filesystem;
using container::Reason;

// Of a file and all that is in it, however it is packed.
constexpr std::uint64_t kMostParts = container::Limits{}.parts;

}  // namespace

Arrivals::Arrivals(std::vector<fs::path> files, const derive::RecordState& state,
                   record::EvidenceBatch& batch)
    : files_(std::move(files)), batch_(batch) {
  for (const derive::Evidence& file : state.evidence) {
    if (is_withheld(file.received.kind)) known_[file.received.sha256] = file.as_file;
  }
  for (const derive::Container& one : state.containers) {
    Progress& progress = containers_[one.sha256];
    progress = {.parts = one.parts,
                .size = state.evidence_at(one.evidence)->received.size,
                .in_another = one.in_another,
                .closed = one.ending.has_value()};
    for (const entry::EntryIndex index : one.nested)
      progress.nested.push_back(state.evidence_at(index)->received.sha256);
  }
}

Result<std::optional<Arrival>> Arrivals::next() {
  while (true) {
    std::optional<Arrival> arrival;
    if (unpacking_) {
      SCR_TRY(part, take_part());
      arrival = std::move(part);
    } else if (!waiting_.empty()) {
      SCR_TRY_VOID(open_waiting());
    } else if (next_file_ < files_.size()) {
      SCR_TRY(file, take_file(files_[next_file_++]));
      arrival = std::move(file);
    } else {
      return std::optional<Arrival>();
    }
    if (arrival) return arrival;
  }
}

Result<std::optional<Arrival>> Arrivals::take_file(const fs::path& file) {
  family_parts_ = 0;
  SCR_TRY(beginning, os::beginning_of(file, container::kBeginning));
  return container::format_of(bytes_of(beginning)) ? take_container(file) : take_picture(file);
}

Result<std::optional<Arrival>> Arrivals::take_picture(const fs::path& file) {
  std::error_code error;
  Arrival arrival;
  if (fs::file_size(file, error) > kLargestPicture && !error) {
    SCR_TRY(stored, batch_.put_file(file));
    arrival.sha256 = stored.sha256;
    arrival.size = stored.size;
    arrival.too_large = true;
    return arrived_as_file(std::move(arrival));
  }
  SCR_TRY(bytes, os::read_text(file));
  arrival.sha256 = sha256(bytes_of(bytes));
  arrival.size = bytes.size();
  if (known_.count(arrival.sha256) == 0) SCR_TRY_VOID(batch_.put(bytes_of(bytes), arrival.sha256));
  auto arrived = arrived_as_file(std::move(arrival));
  if (arrived && arrived->is_new) arrived->bytes = std::move(bytes);
  return arrived;
}

Result<std::optional<Arrival>> Arrivals::take_container(const fs::path& file) {
  SCR_TRY(stored, stored_container(file));
  Arrival arrival;
  arrival.what = Arrival::What::container;
  arrival.sha256 = stored.sha256;
  arrival.size = stored.size;
  if (known_.count(stored.sha256) == 0) containers_[stored.sha256].size = stored.size;
  // On record or not, whole or not: open_waiting() knows.
  if (containers_.count(stored.sha256) > 0) waiting_.push_back(stored.sha256);
  return arrived_as_file(std::move(arrival));
}

// Copied into the batch; but one that is known is only hashed, since it may be very large.
Result<record::EvidenceBatch::Stored> Arrivals::stored_container(const fs::path& file) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(file, error);
  const bool perhaps_known = std::any_of(containers_.begin(), containers_.end(),
                                         [&](const auto& one) { return one.second.size == size; });
  if (perhaps_known) {
    Sha256 hash;
    SCR_TRY_VOID(os::read_pieces(file, [&](std::string_view piece) -> Result<void> {
      hash.add(bytes_of(piece));
      return {};
    }));
    const Digest digest = hash.finish();
    if (known_.count(digest) > 0) return record::EvidenceBatch::Stored{digest, size};
  }
  return batch_.put_file(file);
}

// Nothing if the record knows it as often as it came.
std::optional<Arrival> Arrivals::arrived_as_file(Arrival arrival) {
  const auto known = known_.find(arrival.sha256);
  const std::uint64_t came = ++came_as_file_[arrival.sha256];
  if (known == known_.end()) {
    known_[arrival.sha256] = 1;
    arrival.is_new = true;
    return arrival;
  }
  if (came <= known->second) {
    ++already_there_;
    return std::nullopt;
  }
  known->second = came;
  return arrival;
}

Result<void> Arrivals::open_waiting() {
  const Digest digest = waiting_.front();
  waiting_.pop_front();
  if (!gone_through_.insert(digest).second) return {};
  const Progress& progress = containers_[digest];
  family_parts_ += progress.parts;
  if (progress.closed) {
    waiting_.insert(waiting_.begin(), progress.nested.begin(), progress.nested.end());
    return {};
  }
  const fs::path file = batch_.path_of(digest);
  SCR_TRY(beginning, os::beginning_of(file, container::kBeginning));
  const auto format = container::format_of(bytes_of(beginning));
  if (!format) {
    return fail(ErrorCode::untrusted, "the container is not what was received: it was altered",
                file.string());
  }
  SCR_TRY(unpacking,
          Unpacking::start(file, *format, progress.parts + 1, !progress.in_another, batch_));
  unpacking_.emplace(std::move(unpacking));
  open_ = digest;
  return {};
}

Result<std::optional<Arrival>> Arrivals::take_part() {
  if (family_parts_ >= kMostParts) return std::optional(close(Reason::too_many_parts));
  SCR_TRY(part, unpacking_->next());
  if (!part) return std::optional(close(unpacking_->ending()));
  ++family_parts_;
  ++containers_[*open_].parts;
  return std::optional(arrival_of(std::move(*part)));
}

Arrival Arrivals::arrival_of(Part part) {
  Arrival arrival;
  arrival.part = PartPlace{*open_, part.number, static_cast<entry::TakenHow>(part.how)};
  // One that is in itself never ends.
  if (!part.refused && part.stored.sha256 == *open_) part.refused = Reason::nested_too_deep;
  if (part.refused) {
    arrival.what = Arrival::What::refused;
    arrival.reason = *part.refused;
    return arrival;
  }
  arrival.what = part.is_container ? Arrival::What::container : Arrival::What::picture;
  arrival.sha256 = part.stored.sha256;
  arrival.size = part.stored.size;
  arrival.is_new = known_.emplace(arrival.sha256, 0).second;
  if (part.is_container) {
    containers_[*open_].nested.push_back(arrival.sha256);
    Progress& nested = containers_[arrival.sha256];
    nested.size = arrival.size;
    if (arrival.is_new) nested.in_another = true;
  } else if (arrival.is_new) {
    arrival.bytes = std::move(part.bytes);
  }
  return arrival;
}

Arrival Arrivals::close(Reason ending) {
  Progress& progress = containers_[*open_];
  progress.closed = true;
  waiting_.insert(waiting_.begin(), progress.nested.begin(), progress.nested.end());
  Arrival arrival;
  arrival.what = Arrival::What::closed;
  arrival.sha256 = *open_;
  arrival.reason = ending;
  arrival.parts = progress.parts;
  unpacking_.reset();
  open_.reset();
  return arrival;
}

}  // namespace scr::receive
