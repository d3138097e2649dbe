// SPDX-License-Identifier: Apache-2.0
#include "witness/fork.h"

#include <cstdint>
#include <utility>

#include "base/bytes.h"
#include "base/decimal.h"
#include "note/signed_note.h"
#include "witness/internal/lines.h"

namespace scr::witness {
namespace {

constexpr std::string_view kForkLine = "scrutineer-fork@v1";
constexpr std::size_t kMaxForkPath = 64;

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorCode::bad_input, std::move(what));
}

// The checkpoint in a note signed with `key`, under whatever origin.
Result<note::Checkpoint> open_signed(std::string_view text, const note::Vkey& key) {
  SCR_TRY(unverified, note::Unverified::parse(text));
  SCR_TRY(claimed, note::parse_checkpoint_unverified(unverified.text()));
  SCR_TRY(opened, note::open_checkpoint_of(claimed.origin, text, {&key, 1}));
  return std::move(opened.checkpoint);
}

Result<note::Checkpoint> parse_signed(std::string_view text) {
  SCR_TRY(unverified, note::Unverified::parse(text));
  return note::parse_checkpoint_unverified(unverified.text());
}

Result<std::uint64_t> take_length(std::string_view& text, std::string_view key) {
  const auto field = internal::take_field(text, key);
  const auto length = field ? parse_decimal(*field) : std::nullopt;
  if (!length) return malformed("the length of a note is missing: " + std::string(key));
  return *length;
}

// The lines "root ..." and path, if they are there; takes also the empty line.
Result<std::optional<Growth>> take_growth(std::string_view& text) {
  const auto field = internal::take_field(text, "root");
  auto path = internal::take_path(text, field ? kMaxForkPath : 0);
  if (!path) return malformed("the path is not lines of 32 bytes in base64, then an empty one");
  if (!field) return std::optional<Growth>();
  const auto bytes = from_base64(*field);
  const auto root = bytes ? Digest::from_bytes(*bytes) : std::nullopt;
  if (!root) return malformed("the root is not 32 bytes in base64");
  return std::optional<Growth>(Growth{*std::move(path), *root});
}

}  // namespace

const char* name_of(Relation relation) {
  switch (relation) {
    case Relation::consistent:
      return "consistent";
    case Relation::older:
      return "older";
    case Relation::fork:
      return "fork";
  }
  return "";
}

Result<Growth> growth_between(merkle::TreeSize smaller, merkle::TreeSize larger,
                              const merkle::SubtreeHash& hash) {
  std::vector<Digest> subtrees;  // of the smaller tree, largest first
  std::uint64_t begin = 0;
  for (int level = 63; level >= 0; --level) {
    const std::uint64_t width = std::uint64_t{1} << level;
    if ((smaller.value() & width) == 0) continue;
    SCR_TRY(subtree, hash(level, begin >> level));
    subtrees.push_back(subtree);
    begin += width;
  }
  SCR_TRY(path, merkle::consistency_proof(smaller, larger, hash));
  return Growth{std::move(path), merkle::RightEdge(smaller, std::move(subtrees)).root()};
}

Result<Relation> compare(const note::Checkpoint& known, const note::Checkpoint& seen,
                         const std::optional<Growth>& growth) {
  if (known.origin != seen.origin) {
    return fail(ErrorCode::conflict, "the checkpoints are of different logs");
  }
  if (known.tree_size == seen.tree_size) {
    return known.root == seen.root ? Relation::consistent : Relation::fork;
  }
  const bool is_older = seen.tree_size < known.tree_size;
  const note::Checkpoint& smaller = is_older ? seen : known;
  const note::Checkpoint& larger = is_older ? known : seen;
  if (!growth) return malformed("checkpoints of different sizes need a consistency path");
  if (!merkle::verify_consistency(growth->path, merkle::TreeSize(smaller.tree_size),
                                  merkle::TreeSize(larger.tree_size), growth->root_at_smaller,
                                  larger.root)) {
    return fail(ErrorCode::untrusted, "the consistency path does not lead to the larger root");
  }
  if (growth->root_at_smaller != smaller.root) return Relation::fork;
  return is_older ? Relation::older : Relation::consistent;
}

Result<ForkEvidence> ForkEvidence::parse(std::string_view text) {
  if (text.size() > kMaxBytes) return malformed("the evidence is over 4 MiB");
  if (internal::take_line(text) != kForkLine) {
    return malformed("fork evidence begins with " + std::string(kForkLine));
  }
  SCR_TRY(smaller_bytes, take_length(text, "smaller"));
  SCR_TRY(larger_bytes, take_length(text, "larger"));
  SCR_TRY(growth, take_growth(text));
  if (smaller_bytes > text.size() || larger_bytes != text.size() - smaller_bytes) {
    return malformed("the notes are not as long as the evidence says");
  }
  ForkEvidence evidence{std::string(text.substr(0, smaller_bytes)),
                        std::string(text.substr(smaller_bytes)), std::move(growth)};
  SCR_TRY(smaller, at("smaller", parse_signed(evidence.smaller)));
  SCR_TRY(larger, at("larger", parse_signed(evidence.larger)));
  if (smaller.tree_size > larger.tree_size) return malformed("the larger tree comes first");
  if ((smaller.tree_size < larger.tree_size) != evidence.growth.has_value()) {
    return malformed("a path belongs to different sizes, and only to them");
  }
  return evidence;
}

std::string ForkEvidence::text() const {
  std::string text = std::string(kForkLine) + "\nsmaller " + std::to_string(smaller.size()) +
                     "\nlarger " + std::to_string(larger.size()) + '\n';
  if (growth) text += "root " + to_base64(growth->root_at_smaller.view()) + '\n';
  return text + internal::path_text(growth ? growth->path : std::vector<Digest>()) + smaller +
         larger;
}

Result<void> verify(const ForkEvidence& evidence, const note::Vkey& log_key) {
  SCR_TRY(smaller, at("smaller", open_signed(evidence.smaller, log_key)));
  SCR_TRY(larger, at("larger", open_signed(evidence.larger, log_key)));
  if (smaller.tree_size > larger.tree_size) return malformed("the larger tree comes first");
  SCR_TRY(relation, compare(smaller, larger, evidence.growth));
  if (relation != Relation::fork) {
    return fail(ErrorCode::untrusted, "the two checkpoints are consistent: no fork");
  }
  return {};
}

}  // namespace scr::witness
