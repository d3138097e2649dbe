// SPDX-License-Identifier: Apache-2.0
#include "entry/internal/fields.h"

#include <algorithm>

#include "base/bytes.h"

namespace scr::entry {

void Fields::wrong(std::string_view key, const char* why) {
  if (problem_.empty()) problem_ = std::string(key) + ": " + why;
}

std::optional<canon::Node> Fields::member(std::string_view key, canon::Kind kind, const char* why) {
  const auto node = object_.find(key);
  if (node && node->kind() == kind) return node;
  wrong(key, node ? why : "missing");
  return std::nullopt;
}

std::uint64_t Fields::number(std::string_view key) {
  const auto node = member(key, canon::Kind::integer, "not a whole number");
  if (!node) return 0;
  if (node->integer() < 0) wrong(key, "negative");
  return static_cast<std::uint64_t>(node->integer());
}

std::string Fields::text(std::string_view key) {
  const auto node = member(key, canon::Kind::text, "not a text");
  return node ? std::string(node->text()) : std::string();
}

election::Votes Fields::votes(std::string_view key) {
  const auto node = member(key, canon::Kind::integer, "not a whole number");
  const auto votes = node ? election::Votes::from(node->integer()) : std::nullopt;
  if (node && !votes) wrong(key, "not a count of votes");
  return votes.value_or(election::Votes());
}

std::optional<election::Votes> Fields::votes_if_any(std::string_view key) {
  if (!has(key)) return std::nullopt;
  return votes(key);
}

std::optional<canon::Node> Fields::list(std::string_view key) {
  return member(key, canon::Kind::array, "not a list");
}

std::vector<election::Votes> Fields::votes_list(std::string_view key) {
  std::vector<election::Votes> list_of_votes;
  const auto items = list(key);
  if (!items) return list_of_votes;
  list_of_votes.reserve(items->size());
  for (std::size_t i = 0; i < items->size(); ++i) {
    const canon::Node item = (*items)[i];
    const auto votes =
        item.kind() == canon::Kind::integer ? election::Votes::from(item.integer()) : std::nullopt;
    if (!votes) {
      wrong(key, "not a list of counts");
      return list_of_votes;
    }
    list_of_votes.push_back(*votes);
  }
  return list_of_votes;
}

Digest Fields::digest(std::string_view key) {
  const auto digest = Digest::from_hex_text(text(key));
  if (!digest) wrong(key, "not a SHA-256 in lower-case hex");
  return digest.value_or(Digest());
}

std::optional<std::array<std::byte, 64>> signature_from(std::string_view base64) {
  const auto bytes = from_base64(base64);
  std::array<std::byte, 64> signature{};
  if (!bytes || bytes->size() != signature.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), signature.begin());
  return signature;
}

std::array<std::byte, 64> Fields::signature(std::string_view key) {
  const auto signature = signature_from(text(key));
  if (!signature) wrong(key, "not 64 bytes in base64");
  return signature.value_or(std::array<std::byte, 64>{});
}

Result<void> Fields::done() const {
  if (!problem_.empty()) return fail(ErrorCode::bad_input, problem_);
  return {};
}

}  // namespace scr::entry
