// SPDX-License-Identifier: Apache-2.0
//
// A message is a list of texts, each behind its length as eight digits of hex. The first names what
// is asked ("commit") or says how it went ("done", or the name of an error).
#include "redact/work.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "base/decimal.h"

namespace scr::redact {
namespace {

constexpr std::size_t kLength = 8;

void append(std::string& message, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < kLength; ++i)
    message += kDigits[text.size() >> (4 * (kLength - 1 - i)) & 15u];
  message += text;
}

template <class... Texts>
std::string message_of(const Texts&... texts) {
  std::string message;
  message.reserve((... + (std::string_view(texts).size() + kLength)));
  (append(message, texts), ...);
  return message;
}

using Texts = std::vector<std::string_view>;

// Nothing unless it is a list of texts and nothing else.
std::optional<Texts> texts_in(std::string_view message) {
  Texts texts;
  while (!message.empty()) {
    if (message.size() < kLength) return std::nullopt;
    std::uint32_t length = 0;
    const char* end = message.data() + kLength;
    const auto read = std::from_chars(message.data(), end, length, 16);
    if (read.ec != std::errc() || read.ptr != end || length > message.size() - kLength)
      return std::nullopt;
    texts.push_back(message.substr(kLength, length));
    message.remove_prefix(kLength + length);
  }
  return texts;
}

std::string text_of_seed(const cells::Seed& seed) {
  return to_hex(seed.bytes);
}

Result<cells::Seed> seed_in(std::string_view text) {
  const auto digest = Digest::from_hex_text(text);
  if (!digest) return fail(ErrorCode::bad_input, "not a seed");
  return cells::Seed{digest->bytes};
}

std::string text_of_commitment(const Commitment& commitment) {
  return message_of(std::string_view(cells::name_of(commitment.kind)),
                    std::to_string(commitment.leaves), commitment.root.hex());
}

std::optional<std::uint32_t> small_number(std::string_view text, std::uint32_t most) {
  const auto n = parse_decimal(text);
  if (!n || *n > most) return std::nullopt;
  return static_cast<std::uint32_t>(*n);
}

Result<Commitment> commitment_of(std::string_view text) {
  const auto texts = texts_in(text);
  const bool three = texts && texts->size() == 3;
  const auto kind = three ? cells::kind_named((*texts)[0]) : std::nullopt;
  const auto leaves = three ? small_number((*texts)[1], cells::Mask::kMostLeaves) : std::nullopt;
  const auto root = three ? Digest::from_hex_text((*texts)[2]) : std::nullopt;
  if (!kind || !leaves || !root) return fail(ErrorCode::bad_input, "not a commitment");
  return Commitment{*kind, *leaves, *root};
}

std::string text_of_grid(const Grid& grid) {
  return message_of(std::to_string(grid.width), std::to_string(grid.height),
                    std::to_string(grid.cell_width), std::to_string(grid.cell_height),
                    std::to_string(grid.orientation));
}

Result<Grid> grid_of_text(std::string_view text) {
  constexpr std::array<std::uint32_t, 5> kMost{65'535, 65'535, 64, 64, 8};
  const auto texts = texts_in(text);
  std::array<int, 5> numbers{};
  bool sound = texts && texts->size() == kMost.size();
  for (std::size_t i = 0; sound && i < kMost.size(); ++i) {
    const auto n = small_number((*texts)[i], kMost[i]);
    sound = n && *n > 0;
    if (sound) numbers[i] = static_cast<int>(*n);
  }
  if (!sound) return fail(ErrorCode::bad_input, "not a grid");
  return Grid{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
}

std::string answer_of(const Error& error) {
  return message_of(std::string_view(name_of(error.code)), error.what, error.where);
}

std::string answered_grid(const Texts& asked) {
  const auto picture = CellPicture::open(bytes_of(asked[1]));
  if (!picture) return answer_of(picture.error());
  return message_of(std::string_view("done"), text_of_grid(picture->grid()));
}

std::string answered_commit(const Texts& asked) {
  const auto seed = seed_in(asked[1]);
  if (!seed) return answer_of(seed.error());
  const auto commitment = commit(bytes_of(asked[2]), *seed);
  if (!commitment) return answer_of(commitment.error());
  return message_of(std::string_view("done"), text_of_commitment(*commitment));
}

std::string answered_redact(const Texts& asked) {
  const auto seed = seed_in(asked[1]);
  if (!seed) return answer_of(seed.error());
  const auto mask = cells::Mask::parse(asked[2]);
  if (!mask) return answer_of(mask.error());
  const auto redacted = redact(bytes_of(asked[3]), *seed, *mask);
  if (!redacted) return answer_of(redacted.error());
  return message_of(std::string_view("done"), redacted->file, redacted->proof);
}

std::string answered_check(const Texts& asked) {
  const auto commitment = commitment_of(asked[1]);
  if (!commitment) return answer_of(commitment.error());
  const auto mask = cells::Mask::parse(asked[2]);
  if (!mask) return answer_of(mask.error());
  const auto checked = check_redacted(bytes_of(asked[4]), asked[3], *commitment, *mask);
  if (!checked) return answer_of(checked.error());
  return message_of(std::string_view("done"), text_of_grid(*checked));
}

struct Verb {
  std::string_view name;
  std::size_t texts;
  std::string (*answer)(const Texts&);
};
constexpr std::array<Verb, 4> kVerbs{{{"grid", 2, answered_grid},
                                      {"commit", 3, answered_commit},
                                      {"redact", 4, answered_redact},
                                      {"check", 5, answered_check}}};

constexpr std::array<ErrorCode, 6> kCodes{ErrorCode::bad_input,   ErrorCode::not_found,
                                          ErrorCode::conflict,    ErrorCode::untrusted,
                                          ErrorCode::unsupported, ErrorCode::io};

// What stands behind "done", `count` texts; or the error.
Result<Texts> done_in(std::string_view answer, std::size_t count) {
  auto texts = texts_in(answer);
  if (texts && texts->size() == count + 1 && texts->front() == "done") {
    texts->erase(texts->begin());
    return std::move(*texts);
  }
  if (texts && texts->size() == 3) {
    for (const ErrorCode code : kCodes) {
      if (texts->front() == name_of(code))
        return fail(code, std::string((*texts)[1]), std::string((*texts)[2]));
    }
  }
  return fail(ErrorCode::bad_input, "the process that opened the picture gave no answer");
}

}  // namespace

std::string ask_grid(std::string_view original) {
  return message_of(std::string_view("grid"), original);
}

std::string ask_commit(const cells::Seed& seed, std::string_view original) {
  return message_of(std::string_view("commit"), text_of_seed(seed), original);
}

std::string ask_redact(const cells::Seed& seed, const cells::Mask& mask,
                       std::string_view original) {
  return message_of(std::string_view("redact"), text_of_seed(seed), mask.text(), original);
}

std::string ask_check(const Commitment& commitment, const cells::Mask& mask, std::string_view proof,
                      std::string_view file) {
  return message_of(std::string_view("check"), text_of_commitment(commitment), mask.text(), proof,
                    file);
}

std::string answer(std::string_view request) {
  const auto asked = texts_in(request);
  for (const Verb& verb : kVerbs) {
    if (asked && !asked->empty() && asked->front() == verb.name && asked->size() == verb.texts)
      return verb.answer(*asked);
  }
  return answer_of({ErrorCode::bad_input, "not a request", {}});
}

Result<Grid> grid_in(std::string_view answer) {
  SCR_TRY(texts, done_in(answer, 1));
  return grid_of_text(texts[0]);
}

Result<Commitment> commitment_in(std::string_view answer) {
  SCR_TRY(texts, done_in(answer, 1));
  return commitment_of(texts[0]);
}

Result<Redacted> redacted_in(std::string_view answer) {
  SCR_TRY(texts, done_in(answer, 2));
  return Redacted{std::string(texts[0]), std::string(texts[1])};
}

Result<Grid> check_in(std::string_view answer) {
  return grid_in(answer);
}

}  // namespace scr::redact
