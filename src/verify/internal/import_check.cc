// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/import_check.h"

#include <optional>
#include <string>
#include <utility>

#include "intake/import_entries.h"
#include "intake/mapping.h"
#include "intake/read_returns.h"
#include "verify/internal/names.h"

namespace scr::verify {
namespace {

// The mapping of an import, parsed; null if columns are by convention.
Result<std::optional<intake::Mapping>> mapping_of(const derive::RecordState& state,
                                                  const derive::Import& import,
                                                  const Files& files) {
  if (!import.imported.mapping) return std::optional<intake::Mapping>();
  const derive::Evidence* evidence = state.evidence_at(*import.imported.mapping);
  const auto text = files.find(evidence->received.sha256);
  if (text == files.end()) return fail(ErrorCode::not_found, "its mapping is not at hand");
  SCR_TRY(mapping, intake::parse_mapping(text->second, state.definition));
  return std::optional(std::move(mapping));
}

// Reads the evidence of an import again and compares entry by entry.
Result<void> reread(const derive::RecordState& state, const derive::Import& import,
                    const Files& files, std::span<const std::string_view> entries) {
  const derive::Evidence* evidence = state.evidence_at(import.imported.evidence);
  const auto text = files.find(evidence->received.sha256);
  if (text == files.end()) return fail(ErrorCode::not_found, "its file is not at hand");
  SCR_TRY(mapping, mapping_of(state, import, files));
  SCR_TRY(read,
          intake::read_returns(text->second, mapping ? &*mapping : nullptr, state.definition));
  std::vector<std::string> again;
  intake::append_import_entries(read, import.imported, import.index, again);
  const std::uint64_t begin = import.index.value();
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (begin + i >= entries.size() || entries[begin + i] != again[i]) {
      return fail(ErrorCode::untrusted, "is not what the file says", entry_name(begin + i));
    }
  }
  return {};
}

}  // namespace

std::vector<entry::Claim> check_readings(const derive::RecordState& state, const Files& files,
                                         std::span<const std::string_view> entries,
                                         Problems& problems) {
  for (const derive::Import& import : state.imports) {
    problems.checked(import.imported.rows + 1);
    const auto same = at(entry_name(import.index.value()), reread(state, import, files, entries));
    if (!same) problems.add(same.error());
  }
  std::vector<entry::Claim> claims;
  for (const derive::ClaimOnRecord& on_record : state.claims) {
    problems.checked();
    const std::string where = entry_name(on_record.index.value());
    const auto text = files.find(on_record.evidence);
    if (text == files.end()) {
      problems.add(where, "the file of the claim is not at hand");
      continue;
    }
    auto claim = entry::parse_claim(text->second, state.definition);
    if (!claim) {
      problems.add(where, to_string(claim.error()));
    } else if (claim->id != on_record.made.claim) {
      problems.add(where, "the file says another claim: " + claim->id.value());
    } else {
      claims.push_back(std::move(*claim));
    }
  }
  return claims;
}

}  // namespace scr::verify
