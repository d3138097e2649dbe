// SPDX-License-Identifier: Apache-2.0
#include "witness/proof.h"

#include <utility>

#include "base/decimal.h"
#include "merkle/proof.h"
#include "note/signed_note.h"
#include "witness/internal/lines.h"

namespace scr::witness {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxPath = 64;  // a tree of 2^64 entries is no higher

}  // namespace

Result<TlogProof> TlogProof::parse(std::string_view text) {
  if (text.size() > kMaxBytes) return fail(ErrorCode::bad_input, "the proof is over 2 MiB");
  if (internal::take_line(text) != kFirstLine) {
    return fail(ErrorCode::bad_input, "a proof begins with c2sp.org/tlog-proof@v1");
  }
  TlogProof proof;
  if (const auto extra = internal::take_field(text, "extra")) {
    proof.extra_unverified = from_base64(*extra);
    if (!proof.extra_unverified || proof.extra_unverified->empty()) {
      return fail(ErrorCode::bad_input, "the extra data is empty or not base64", "extra");
    }
  }
  const auto field = internal::take_field(text, "index");
  const auto index = field ? parse_decimal(*field) : std::nullopt;
  if (!index) return fail(ErrorCode::bad_input, "the index is not a number", "index");
  auto path = internal::take_path(text, kMaxPath);
  if (!path) {
    return fail(ErrorCode::bad_input,
                "the path is not lines of 32 bytes in base64, then an empty one", "path");
  }
  SCR_TRY(unverified, at("checkpoint", note::Unverified::parse(text)));
  SCR_TRY_VOID(at("checkpoint", note::parse_checkpoint_unverified(unverified.text())));
  proof.index = *index;
  proof.path = *std::move(path);
  proof.note = text;
  return proof;
}

std::string TlogProof::text() const {
  std::string text = std::string(kFirstLine) + '\n';
  if (extra_unverified) text += "extra " + to_base64(*extra_unverified) + '\n';
  return text + "index " + std::to_string(index) + '\n' + internal::path_text(path) + note;
}

Result<note::OpenedCheckpoint> verify(const TlogProof& proof, const Digest& leaf_hash,
                                      const note::Policy& policy) {
  SCR_TRY(opened, at("checkpoint", note::open_checkpoint(proof.note, policy)));
  if (!merkle::verify_inclusion(proof.path, merkle::LeafIndex(proof.index),
                                merkle::TreeSize(opened.checkpoint.tree_size), leaf_hash,
                                opened.checkpoint.root)) {
    return fail(ErrorCode::untrusted, "the path does not lead from the entry to the root");
  }
  return opened;
}

}  // namespace scr::witness
