// SPDX-License-Identifier: Apache-2.0
#include "cells/proof.h"

#include <optional>
#include <utility>

#include "base/bytes.h"
#include "base/decimal.h"
#include "cells/tree.h"

namespace scr::cells {
namespace {

constexpr std::string_view kFirstLine = "scrutineer/redaction@v1";

// The next line without its LF; nothing if there is none that ends.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> next_field(std::string_view& text, std::string_view name) {
  const auto line = next_line(text);
  if (!line || !line->starts_with(name) || line->size() <= name.size() ||
      (*line)[name.size()] != ' ')
    return std::nullopt;
  return line->substr(name.size() + 1);
}

std::optional<Digest> node_in(std::string_view line) {
  const auto bytes = from_base64(line);
  return bytes ? Digest::from_bytes(*bytes) : std::nullopt;
}

}  // namespace

Result<RedactionProof> RedactionProof::parse(std::string_view text) {
  const auto refuse = [](const char* what) { return fail(ErrorCode::bad_input, what, "proof"); };
  if (text.size() > kMostBytes) return refuse("the proof is over 1 MiB");
  if (next_line(text) != kFirstLine) return refuse("begins not with scrutineer/redaction@v1");
  RedactionProof proof;
  const auto leaves_text = next_field(text, "leaves");
  const auto leaves = leaves_text ? parse_decimal(*leaves_text) : std::nullopt;
  if (!leaves || *leaves < 1 || *leaves > Mask::kMostLeaves) return refuse("leaves: not a count");
  proof.leaves = static_cast<std::uint32_t>(*leaves);
  const auto hidden = next_field(text, "hidden");
  if (!hidden) return refuse("hidden: missing");
  SCR_TRY(mask, at("proof", Mask::parse(*hidden)));
  if (mask.last() >= proof.leaves) return refuse("hidden: cells that are not there");
  proof.hidden = std::move(mask);
  const std::size_t size = proof_size(proof.leaves, proof.hidden);
  while (!text.empty()) {
    const auto line = next_line(text);
    const auto node = line ? node_in(*line) : std::nullopt;
    if (!node || proof.nodes.size() == size) return refuse("not just the nodes that it takes");
    proof.nodes.push_back(*node);
  }
  if (proof.nodes.size() != size) return refuse("not just the nodes that it takes");
  return proof;
}

std::string RedactionProof::text() const {
  std::string text = std::string(kFirstLine) + "\nleaves " + std::to_string(leaves) + "\nhidden " +
                     hidden.text() + '\n';
  for (const Digest& node : nodes) text += to_base64(node.view()) + '\n';
  return text;
}

}  // namespace scr::cells
