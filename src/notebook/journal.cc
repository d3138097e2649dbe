// SPDX-License-Identifier: Apache-2.0
#include "notebook/journal.h"

#include <optional>
#include <utility>

#include "base/decimal.h"
#include "base/sha256.h"

namespace scr::notebook {
namespace {

constexpr std::string_view kBatch = "batch ";
constexpr std::string_view kNote = "note ";

tl::unexpected<Error> damaged(std::uint64_t place) {
  return fail(ErrorCode::untrusted,
              "is damaged at byte " + std::to_string(place) +
                  ", before its end; take it from a copy. A witness that forgot what it signed "
                  "must not sign again");
}

struct BatchHead {
  std::uint64_t size;  // of what stands below
  Digest sha256;
  std::string_view rest;  // what stands behind the line
};

std::optional<BatchHead> batch_head(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (!bytes.starts_with(kBatch) || end == std::string_view::npos) return std::nullopt;
  const std::string_view line = bytes.substr(kBatch.size(), end - kBatch.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto size = parse_decimal(line.substr(0, space));
  const auto digest = Digest::from_hex_text(line.substr(space + 1));
  if (!size || !digest) return std::nullopt;
  return BatchHead{*size, *digest, bytes.substr(end + 1)};
}

// False if it is not exactly notes behind their lengths.
bool take_notes(std::string_view payload, std::vector<std::string_view>& notes) {
  while (!payload.empty()) {
    const std::size_t end = payload.find('\n');
    if (!payload.starts_with(kNote) || end == std::string_view::npos) return false;
    const auto size = parse_decimal(payload.substr(kNote.size(), end - kNote.size()));
    payload.remove_prefix(end + 1);
    if (!size || *size > payload.size()) return false;
    notes.push_back(payload.substr(0, *size));
    payload.remove_prefix(*size);
  }
  return true;
}

// True if a batch may begin behind the start of `bytes`: then what is wrong at the start is not the
// end. A note that holds such a line makes this refuse rather than forget.
bool another_follows(std::string_view bytes) {
  return bytes.find("\nbatch ", 1) != std::string_view::npos;
}

}  // namespace

std::string batch_of(std::span<const std::string> notes) {
  std::string payload;
  for (const std::string& note : notes) {
    payload += std::string(kNote) + std::to_string(note.size()) + '\n' + note;
  }
  return std::string(kBatch) + std::to_string(payload.size()) + ' ' +
         sha256(bytes_of(payload)).hex() + '\n' + payload;
}

Result<Segment> read_segment(std::string_view bytes) {
  if (!bytes.starts_with(kSegmentHead)) return damaged(0);
  Segment segment;
  std::string_view rest = bytes.substr(kSegmentHead.size());
  while (!rest.empty()) {
    segment.sound = bytes.size() - rest.size();
    const auto head = batch_head(rest);
    if (!head || head->size > head->rest.size()) {
      if (another_follows(rest)) return damaged(segment.sound);
      return segment;
    }
    const std::string_view payload = head->rest.substr(0, head->size);
    const std::string_view behind = head->rest.substr(head->size);
    if (sha256(bytes_of(payload)) != head->sha256) {
      if (!behind.empty() || another_follows(rest)) return damaged(segment.sound);
      return segment;
    }
    if (!take_notes(payload, segment.notes)) return damaged(segment.sound);
    ++segment.batches;
    rest = behind;
  }
  segment.sound = bytes.size();
  return segment;
}

}  // namespace scr::notebook
