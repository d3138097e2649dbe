// SPDX-License-Identifier: Apache-2.0
#include "note/checkpoint.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/decimal.h"

namespace scr::note {
namespace {

// Takes the first line off `text`, without its LF.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<Digest> root_of(std::string_view line) {
  const auto bytes = from_base64(line);
  return bytes ? Digest::from_bytes(*bytes) : std::nullopt;
}

bool has_log_signature(const Verified& note, std::span<const Vkey> keys) {
  return std::any_of(
      note.signatures().begin(), note.signatures().end(),
      [&](const VerifiedSignature& s) { return keys[s.key].type() == KeyType::ed25519; });
}

bool has_possible_root(const Checkpoint& checkpoint) {
  return checkpoint.tree_size != 0 || checkpoint.root == sha256({});
}

}  // namespace

std::string Checkpoint::text() const {
  std::string text =
      origin + '\n' + std::to_string(tree_size) + '\n' + to_base64(root.view()) + '\n';
  for (const std::string& line : extensions) text += line + '\n';
  return text;
}

Result<Checkpoint> parse_checkpoint_unverified(std::string_view text) {
  if (!is_note_text(text)) {
    return fail(ErrorCode::bad_input, "a checkpoint is UTF-8 lines without control characters");
  }
  const auto origin = take_line(text);
  const auto size = take_line(text);
  const auto root = take_line(text);
  if (!origin || !size || !root) {
    return fail(ErrorCode::bad_input, "a checkpoint has three lines: origin, size, root");
  }
  if (origin->empty()) return fail(ErrorCode::bad_input, "the origin is empty", "line 1");
  const auto tree_size = parse_decimal(*size);
  if (!tree_size) return fail(ErrorCode::bad_input, "the size is not a number", "line 2");
  const auto digest = root_of(*root);
  if (!digest) return fail(ErrorCode::bad_input, "the root is not 32 bytes in base64", "line 3");
  Checkpoint checkpoint{std::string(*origin), *tree_size, *digest};
  while (const auto line = take_line(text)) {
    if (line->empty()) return fail(ErrorCode::bad_input, "an extension line is empty");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

Result<OpenedCheckpoint> open_checkpoint_of(std::string_view origin, std::string_view note,
                                            std::span<const Vkey> keys) {
  SCR_TRY(unverified, Unverified::parse(note));
  SCR_TRY(checkpoint, parse_checkpoint_unverified(unverified.text()));
  SCR_TRY(verified, open(unverified, keys));
  if (!has_log_signature(verified, keys)) {
    return fail(ErrorCode::untrusted, "the checkpoint is not signed by the log");
  }
  if (!has_possible_root(checkpoint)) {
    return fail(ErrorCode::untrusted, "size 0, but not the root of the empty tree");
  }
  if (checkpoint.origin != origin) {
    return fail(ErrorCode::conflict, "the checkpoint is of another log: " + checkpoint.origin);
  }
  return OpenedCheckpoint{std::move(checkpoint), std::move(verified)};
}

Result<Checkpoint> open_checkpoint(std::string_view note, const Vkey& log_key) {
  SCR_TRY(opened, open_checkpoint_of(log_key.name().value(), note, {&log_key, 1}));
  if (!opened.checkpoint.extensions.empty()) {
    return fail(ErrorCode::bad_input, "the checkpoint has extension lines");
  }
  return std::move(opened.checkpoint);
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& log) {
  SCR_CHECK(checkpoint.origin == log.vkey().name().value() && checkpoint.extensions.empty());
  SCR_CHECK(has_possible_root(checkpoint));
  const std::string text = checkpoint.text();
  SCR_CHECK(parse_checkpoint_unverified(text) == checkpoint);
  const std::string line = log.sign(text);
  return sign_note(text, {&line, 1});
}

}  // namespace scr::note
