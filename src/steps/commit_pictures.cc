// SPDX-License-Identifier: Apache-2.0
#include "steps/commit_pictures.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cells/secret.h"
#include "entry/entry.h"
#include "record/evidence.h"
#include "steps/open_log.h"
#include "steps/vault.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCommitBatch = 200;

struct Waiting {
  entry::EntryIndex evidence;
  Digest sha256;
};

std::vector<Waiting> waiting_in(const derive::RecordState& state) {
  std::vector<Waiting> waiting;
  for (const derive::Evidence& file : state.evidence) {
    if (file.received.kind == entry::EvidenceKind::picture && !state.committed_of(file.index))
      waiting.push_back({file.index, file.received.sha256});
  }
  return waiting;
}

// What a process found. An error: the file has no cells. Nothing: the process ended without an
// answer, which says nothing of the file for ever, so nothing is put into the log.
using Found = std::optional<Result<cells::Commitment>>;

Result<std::vector<Found>> found_in(std::span<const Waiting> pictures,
                                    const record::EvidenceStore& evidence,
                                    const cells::VaultKey& key, os::Workers& workers) {
  std::vector<Found> found(pictures.size());
  SCR_TRY_VOID(workers.run(
      pictures.size(),
      [&](std::size_t i) -> Result<std::string> {
        SCR_TRY(file, evidence.get(pictures[i].sha256));
        return redact::ask_commit(cell_seed(secret_of(key, pictures[i].sha256)), file);
      },
      [&](std::size_t i, const os::WorkerAnswer& answer) {
        if (answer.bytes) found[i] = redact::commitment_in(*answer.bytes);
      }));
  return found;
}

// The entries of some pictures, in the order of the pictures.
std::vector<std::string> entries_of(std::span<const Waiting> pictures,
                                    const std::vector<Found>& found, const cells::VaultKey& key,
                                    entry::ClaimedTime now, PicturesCommitted& committed) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (!found[i]) {
      ++committed.not_opened;
      continue;
    }
    const auto& [index, sha256] = pictures[i];
    const bool has_cells = found[i]->has_value() && (*found[i])->leaves >= 2;
    entries.push_back(encode(
        entry::PictureCommitted{now, has_cells ? std::optional(**found[i]) : std::nullopt, index,
                                file_commitment(file_salt(secret_of(key, sha256)), sha256)}));
    ++committed.pictures;
    if (!has_cells) ++committed.without_cells;
  }
  return entries;
}

}  // namespace

Result<PicturesCommitted> commit_pictures(
    const fs::path& folder, RedactWorkers& workers, os::Clock& clock,
    const std::function<void(std::uint64_t, std::uint64_t)>& tell) {
  SCR_TRY(log, open_log(folder));
  SCR_TRY(record, view::open_record(folder));
  if (log.size() != record.size)
    return fail(ErrorCode::untrusted, "the entries are not as many as the log's tree has",
                folder.string());
  const record::EvidenceStore evidence(folder);
  const std::vector<Waiting> waiting = waiting_in(record.state);
  PicturesCommitted committed{.before = record.state.committed.size()};
  if (!waiting.empty()) {
    SCR_TRY(key, vault_key_of(folder, record.state.committed.empty()));
    const std::span<const Waiting> all(waiting);
    for (std::size_t from = 0; from < all.size(); from += kCommitBatch) {
      const auto batch = all.subspan(from, std::min(kCommitBatch, all.size() - from));
      SCR_TRY(found, found_in(batch, evidence, key, workers.many()));
      const auto entries =
          entries_of(batch, found, key, entry::ClaimedTime(clock.now()), committed);
      if (!entries.empty()) SCR_TRY_VOID(log.append(entries));
      tell(from + batch.size(), all.size());
    }
  }
  committed.tree_size = log.size();
  return committed;
}

}  // namespace scr::steps
