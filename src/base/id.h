// SPDX-License-Identifier: Apache-2.0
//
// A name for one kind of thing; names of different kinds do not compare, convert or assign.
//
//   using StationId = Id<struct StationKind>;            // a text
//   using EntryIndex = Id<struct EntryKind, std::uint64_t>;  // a number
//   StationId station{"010113042.01"};

#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace scr {

template <class Kind, class Rep = std::string>
class Id {
 public:
  Id() = default;
  explicit Id(Rep value) : value_(std::move(value)) {}
  const Rep& value() const { return value_; }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  Rep value_{};
};

// Hash for unordered lookups. Never iterate an unordered container into output.
struct IdHash {
  template <class Kind, class Rep>
  std::size_t operator()(const Id<Kind, Rep>& id) const {
    return std::hash<Rep>{}(id.value());
  }
};

}  // namespace scr
