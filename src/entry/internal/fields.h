// SPDX-License-Identifier: Apache-2.0
//
// Takes the fields of one entry out of its JSON, remembering the first that was wrong, so that a
// decoder reads as the list of its fields.
//
//   Fields fields(root);
//   Import import{.source = fields.id<SourceId>("source"), .rows = fields.number("rows")};
//   SCR_TRY_VOID(fields.done());
//
// Extra keys are not looked for here: entry.cc compares the bytes with what would be encoded.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "canon/document.h"
#include "election/votes.h"

namespace scr::entry {

// Nothing if it is not 64 bytes in base64.
std::optional<std::array<std::byte, 64>> signature_from(std::string_view base64);

class Fields {
 public:
  explicit Fields(canon::Node object) : object_(object) {}

  bool has(std::string_view key) const { return object_.find(key).has_value(); }
  std::uint64_t number(std::string_view key);
  std::string text(std::string_view key);
  election::Votes votes(std::string_view key);
  std::optional<election::Votes> votes_if_any(std::string_view key);
  std::vector<election::Votes> votes_list(std::string_view key);
  Digest digest(std::string_view key);
  // 64 bytes in base64.
  std::array<std::byte, 64> signature(std::string_view key);
  template <class IdType>
  IdType id(std::string_view key) {
    return IdType(text(key));
  }
  template <class IdType>
  std::vector<IdType> ids(std::string_view key);

  // Fails if any field was missing or of the wrong kind.
  Result<void> done() const;

  // The member `key`, which must be a list; nothing (and remembered as wrong) otherwise.
  std::optional<canon::Node> list(std::string_view key);
  void wrong(std::string_view key, const char* why);

 private:
  std::optional<canon::Node> member(std::string_view key, canon::Kind kind, const char* why);

  canon::Node object_;
  std::string problem_;
};

template <class IdType>
std::vector<IdType> Fields::ids(std::string_view key) {
  std::vector<IdType> ids;
  const auto items = list(key);
  if (!items) return ids;
  ids.reserve(items->size());
  for (std::size_t i = 0; i < items->size(); ++i) {
    const canon::Node item = (*items)[i];
    if (item.kind() != canon::Kind::text) {
      wrong(key, "not a list of texts");
      return ids;
    }
    ids.emplace_back(std::string(item.text()));
  }
  return ids;
}

}  // namespace scr::entry
