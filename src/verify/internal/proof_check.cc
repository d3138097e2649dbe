// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/proof_check.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merkle/subtrees.h"
#include "receipt/proof_file.h"
#include "witness/proof.h"

namespace scr::verify {
namespace {

// All that a proof is held against.
struct Proved {
  std::span<const std::string_view> entries;
  merkle::SubtreeHash tree;
  std::string note;  // log/checkpoint, which holds
  const note::Checkpoint& checkpoint;
  const note::Vkey& key;
};

// Two copies of one checkpoint may carry different cosignatures: what the log signed is the same.
bool is_checkpoint(const std::string& note, const Proved& proved) {
  if (note == proved.note) return true;
  const auto opened = note::open_checkpoint(note, proved.key);
  return opened && *opened == proved.checkpoint;
}

// What is wrong with the file, if anything.
std::optional<std::string> wrong_with(const std::string& path, const Result<std::string>& text,
                                      const Proved& proved) {
  const auto index = receipt::index_at(path);
  if (!index || *index >= proved.entries.size()) return "is named after no entry of the log";
  if (!text) return to_string(text.error());
  auto proof = witness::TlogProof::parse(*text);
  if (!proof) return to_string(proof.error());
  if (!is_checkpoint(proof->note, proved)) return "is no proof for the checkpoint of this log";
  const auto again = receipt::proof_file(proved.entries[*index], *index, proved.entries.size(),
                                         proved.tree, std::move(proof->note));
  if (!again || *again != *text) return "does not prove the entry that it is named after";
  return std::nullopt;
}

}  // namespace

void check_proofs(const Bundle& bundle, std::span<const std::string_view> entries,
                  const note::Checkpoint& checkpoint, const note::Vkey& key, Report& report,
                  Problems& problems) {
  const auto files = bundle.list(receipt::kProofFolder);
  if (!files) {
    if (files.error().code != ErrorCode::not_found) problems.add(files.error());
    return;
  }
  if (files->empty()) return;
  const auto note = bundle.read("log/checkpoint");
  if (!note) return problems.add("log/checkpoint", to_string(note.error()));
  const merkle::Subtrees tree(merkle::leaf_hashes(entries));
  const Proved proved{entries, tree.hashes(), *note, checkpoint, key};
  std::vector<std::optional<std::string>> wrong(files->size());
  const auto path_of = [&](std::size_t i) {
    return std::string(receipt::kProofFolder) + "/" + (*files)[i];
  };
  bundle.for_each(files->size(), [&](std::size_t i) {
    const std::string path = path_of(i);
    wrong[i] = wrong_with(path, bundle.read(path), proved);
  });
  problems.checked(files->size());
  report.derived_compared += files->size();
  for (std::size_t i = 0; i < files->size(); ++i) {
    if (wrong[i]) problems.add(path_of(i), *std::move(wrong[i]));
  }
}

}  // namespace scr::verify
