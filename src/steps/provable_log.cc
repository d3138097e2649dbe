// SPDX-License-Identifier: Apache-2.0
#include "steps/provable_log.h"

#include "merkle/tree.h"
#include "note/checkpoint.h"
#include "os/files.h"
#include "receipt/proof_file.h"
#include "record/layout.h"
#include "record/log_keys.h"

namespace scr::steps {

Result<ProvableLog> ProvableLog::open(const std::filesystem::path& record) {
  SCR_TRY(snapshot, record::read_snapshot(record));
  SCR_TRY(note, os::read_text(record::Layout{record}.checkpoint(), note::kMaxNoteBytes));
  SCR_TRY(keys, record::read_log_keys(record));
  SCR_TRY(checkpoint, at("log/checkpoint", record::open_own_checkpoint(note, keys)));
  if (checkpoint != snapshot.checkpoint())
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                record.string());
  merkle::Subtrees tree(merkle::leaf_hashes(snapshot.entries()));
  return ProvableLog(std::move(snapshot), std::move(tree), std::move(note));
}

Result<merkle::Proof> ProvableLog::path(std::uint64_t index) const {
  return merkle::inclusion_proof(merkle::LeafIndex(index), merkle::TreeSize(size()),
                                 tree_.hashes());
}

Result<std::string> ProvableLog::proof_file(std::uint64_t index) const {
  return receipt::proof_file(entry(index), index, size(), tree_.hashes(), note_);
}

}  // namespace scr::steps
