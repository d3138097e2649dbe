// SPDX-License-Identifier: Apache-2.0
#include "container/message_order.h"

namespace scr::container {
namespace {

Result<void> amiss(const char* what) {
  return fail(ErrorCode::untrusted, what);
}

}  // namespace

Result<void> MessageOrder::take(const Message& message) {
  if (closed_) return amiss("a message after the last");
  return std::visit([this](const auto& one) { return take(one); }, message);
}

Result<void> MessageOrder::take(const PartBegins& begins) {
  if (in_part_ || begins.part != next_) return amiss("a part out of turn");
  if (begins.part > limits_.parts) return amiss("more parts than are allowed");
  ++next_;
  of_part_ = 0;
  in_part_ = true;
  return {};
}

Result<void> MessageOrder::take(const PartBytes& bytes) {
  if (!in_part_) return amiss("bytes of no part");
  of_part_ += bytes.bytes.size();
  if (of_part_ > limits_.nested_bytes) return amiss("a part larger than is allowed");
  return count(bytes.bytes.size());
}

Result<void> MessageOrder::take(const PartEnds&) {
  if (!in_part_ || of_part_ == 0) return amiss("the end of no part, or of an empty one");
  in_part_ = false;
  return {};
}

Result<void> MessageOrder::take(const PartRefused&) {
  if (!in_part_) return amiss("the refusal of no part");
  in_part_ = false;
  return {};
}

Result<void> MessageOrder::take(const Passed& passed) {
  return count(passed.bytes);
}

Result<void> MessageOrder::take(const Closed&) {
  if (in_part_) return amiss("closed within a part");
  closed_ = true;
  return {};
}

Result<void> MessageOrder::count(std::uint64_t bytes) {
  if (bytes > most_ - all_) return amiss("more than such a container can hold");
  all_ += bytes;
  return {};
}

}  // namespace scr::container
