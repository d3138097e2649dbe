// SPDX-License-Identifier: Apache-2.0
#include "view/open_record.h"

#include <algorithm>
#include <utility>

#include "entry/entry.h"
#include "os/files.h"
#include "record/evidence.h"
#include "record/snapshot.h"

namespace scr::view {
namespace {

Result<entry::Genesis> genesis_of(std::string_view bytes) {
  canon::Document scratch;
  SCR_TRY(first, at("entry 0", entry::decode(bytes, scratch)));
  if (auto* genesis = std::get_if<entry::Genesis>(&first)) return std::move(*genesis);
  return fail(ErrorCode::bad_input, "the first entry is not a genesis", "entry 0");
}

Result<std::vector<entry::Claim>> read_claims(const std::filesystem::path& folder,
                                              const derive::RecordState& state) {
  const record::EvidenceStore evidence(folder);
  std::vector<entry::Claim> claims;
  for (const derive::ClaimOnRecord& on_record : state.claims) {
    SCR_TRY(text, evidence.get(on_record.evidence));
    SCR_TRY(claim, at(on_record.made.claim.value(), entry::parse_claim(text, state.definition)));
    if (claim.id != on_record.made.claim) {
      return fail(ErrorCode::untrusted, "its file says another id, " + claim.id.value(),
                  on_record.made.claim.value());
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace

Result<derive::FilesByName> definition_files(const std::filesystem::path& folder,
                                             const entry::Genesis& genesis) {
  derive::FilesByName files;
  for (const entry::DefinitionFile& named : genesis.files) {
    if (named.name.empty() || named.name.find('/') != std::string::npos || named.name[0] == '.') {
      return fail(ErrorCode::untrusted, "not a plain file name", named.name);
    }
    SCR_TRY(text, os::read_text(folder / named.name));
    files[named.name] = std::move(text);
  }
  return files;
}

Result<OpenRecord> open_record(const std::filesystem::path& folder) {
  return open_record_at(folder, std::nullopt);
}

Result<OpenRecord> open_record_at(const std::filesystem::path& folder,
                                  std::optional<std::uint64_t> size) {
  SCR_TRY(snapshot, record::read_snapshot(folder));
  const auto entries = snapshot.entries();
  if (entries.empty()) return fail(ErrorCode::bad_input, "the log is empty", folder.string());
  SCR_TRY(genesis, genesis_of(entries.front()));
  SCR_TRY(files, definition_files(folder, genesis));
  const std::size_t count = size ? std::min<std::size_t>(*size, entries.size()) : entries.size();
  SCR_TRY(state, derive::fold_entries(files, entries.first(count)));
  SCR_TRY(claims, read_claims(folder, state));
  return OpenRecord{.folder = folder,
                    .origin = snapshot.checkpoint().origin,
                    .size = count,
                    .root = snapshot.checkpoint().root,
                    .state = std::move(state),
                    .claims = std::move(claims)};
}

Result<OpenDefinition> open_definition(const std::filesystem::path& folder) {
  SCR_TRY(first, record::read_first_entry(folder));
  SCR_TRY(genesis, genesis_of(first));
  SCR_TRY(files, definition_files(folder, genesis));
  for (const entry::DefinitionFile& named : genesis.files) {
    if (sha256(bytes_of(files[named.name])) != named.sha256) {
      return fail(ErrorCode::untrusted,
                  "not the file that the log's first entry names: it was altered", named.name);
    }
  }
  SCR_TRY(definition, at("election.toml", election::parse_definition(files["election.toml"])));
  return OpenDefinition{std::move(definition), std::move(files)};
}

}  // namespace scr::view
