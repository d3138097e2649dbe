// SPDX-License-Identifier: Apache-2.0
#include "redact/redact.h"

#include <optional>
#include <utility>
#include <vector>

#include "cells/proof.h"
#include "merkle/tree.h"
#include "redact/internal/plain.h"

namespace scr::redact {
namespace {

std::vector<Digest> leaf_hashes_of(const CellPicture& picture, const cells::Seed& seed) {
  const std::vector<cells::Salt> salts = cells::salts_of(seed, picture.leaves());
  std::vector<Digest> hashes(picture.leaves());
  Bytes content;
  for (std::uint32_t leaf = 0; leaf < picture.leaves(); ++leaf) {
    picture.content(leaf, content);
    hashes[leaf] = cells::leaf_hash(salts[leaf], leaf, content);
  }
  return hashes;
}

tl::unexpected<Error> untrusted(std::string what, std::string where = {}) {
  return fail(ErrorCode::untrusted, std::move(what), std::move(where));
}

Result<void> check_filler(const CellPicture& picture, const cells::Mask& mask) {
  for (const cells::Mask::Range& range : mask.ranges()) {
    for (std::uint32_t leaf = range.first; leaf <= range.last; ++leaf) {
      if (!picture.is_filler(leaf)) {
        return untrusted("a hidden cell holds something else than the filler",
                         "cell " + std::to_string(leaf));
      }
    }
  }
  return {};
}

}  // namespace

Commitment commit(const CellPicture& picture, const cells::Seed& seed) {
  return {picture.kind(), picture.leaves(), merkle::root_of(leaf_hashes_of(picture, seed))};
}

Result<Commitment> commit(ByteView original, const cells::Seed& seed) {
  SCR_TRY(picture, CellPicture::open(original));
  return commit(picture, seed);
}

Result<Redacted> redact(ByteView original, const cells::Seed& seed, const cells::Mask& mask) {
  SCR_TRY(picture, CellPicture::open(original));
  if (mask.last() >= picture.leaves()) {
    return fail(ErrorCode::bad_input,
                "hides cells that the picture does not have: it has " +
                    std::to_string(picture.leaves() - 1),
                "mask");
  }
  cells::RedactionProof proof{picture.leaves(), mask, {}};
  proof.nodes = cells::prove(leaf_hashes_of(picture, seed), seed, mask);
  picture.hide(mask);
  SCR_TRY(file, picture.file());
  return Redacted{std::move(file), proof.text()};
}

Result<Grid> check_redacted(ByteView file, std::string_view proof_text,
                            const Commitment& commitment, const cells::Mask& mask) {
  SCR_TRY(proof, cells::RedactionProof::parse(proof_text));
  if (proof.hidden != mask)
    return untrusted("hides other cells than those that people approved", "proof");
  if (proof.leaves != commitment.leaves)
    return untrusted("is of a picture with another number of cells", "proof");
  const auto amiss = commitment.kind == Kind::jpeg ? internal::not_plain_jpeg(file)
                                                   : internal::not_plain_png(file);
  if (amiss) return untrusted("the file " + *amiss);
  SCR_TRY(picture, CellPicture::open(file));
  if (picture.kind() != commitment.kind || picture.leaves() != commitment.leaves)
    return untrusted("the picture has another number of cells than the one received");
  SCR_TRY_VOID(check_filler(picture, mask));
  Bytes content;
  SCR_TRY(root, cells::root_from(proof.nodes, proof.leaves, mask,
                                 [&](std::uint32_t leaf, const cells::Salt& salt) {
                                   picture.content(leaf, content);
                                   return cells::leaf_hash(salt, leaf, content);
                                 }));
  if (root != commitment.root)
    return untrusted("what is shown is not what was received, or the proof is another picture's");
  return picture.grid();
}

}  // namespace scr::redact
