// SPDX-License-Identifier: Apache-2.0
#include "witness/gather.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "note/checkpoint.h"
#include "note/cosignature.h"

namespace scr::witness {
namespace {

struct Line {
  std::uint64_t time = 0;
  std::string text;
};

// The keys of the policy's logs, under whatever name.
std::vector<note::Vkey> log_keys(const note::Policy& policy) {
  std::vector<note::Vkey> keys;
  for (const note::PolicyLog& log : policy.logs()) keys.push_back(log.key);
  return keys;
}

// The cosignature in `line`, if `key` made it over `text`.
std::optional<Line> verified_line(std::string_view line, std::string_view text,
                                  const note::Vkey& key) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  const auto parsed = note::SignatureLine::parse(line);
  if (!parsed || !parsed->is_by(key)) return std::nullopt;
  const auto cosignature = note::Cosignature::from_payload(parsed->payload);
  if (!cosignature || !cosignature->verifies(text, key)) return std::nullopt;
  return Line{cosignature->time, parsed->text()};
}

}  // namespace

Result<Gathered> gather(const std::string& note, std::span<const std::string> lines,
                        const note::Policy& policy) {
  SCR_TRY(unverified, note::Unverified::parse(note));
  SCR_TRY(claimed, note::parse_checkpoint_unverified(unverified.text()));
  const std::vector<note::Vkey> keys = log_keys(policy);
  SCR_TRY(opened, note::open_checkpoint_of(claimed.origin, note, keys));
  std::vector<std::string> candidates(lines.begin(), lines.end());
  for (const note::SignatureLine& line : unverified.signatures()) candidates.push_back(line.text());

  std::vector<std::string> kept;
  for (const note::VerifiedSignature& signature : opened.note.signatures()) {
    kept.push_back(opened.note.line(signature).text());
  }
  Gathered gathered;
  for (std::size_t i = 0; i < policy.witnesses().size(); ++i) {
    std::optional<Line> latest;
    for (const std::string& candidate : candidates) {
      auto line = verified_line(candidate, unverified.text(), policy.witnesses()[i].key);
      if (line && (!latest || line->time > latest->time)) latest = std::move(line);
    }
    if (!latest) continue;
    gathered.cosigned.push_back(i);
    kept.push_back(std::move(latest->text));
  }
  gathered.note = note::sign_note(unverified.text(), kept);
  gathered.has_quorum = policy.has_quorum(gathered.cosigned);
  return gathered;
}

}  // namespace scr::witness
