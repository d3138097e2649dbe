// SPDX-License-Identifier: Apache-2.0
//
// The proofs that go with a bundle, a file for each: that this entry is in the log, to be lifted
// out and kept by itself. Each is a receipt for anybody (receipt.h).
//
//   proof_path(12345)  ->  "proofs/012/12345.tlog-proof"
//
// Format: docs/formats/bundle.md, "Proofs". Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "merkle/proof.h"

namespace scr::receipt {

inline constexpr const char* kProofFolder = "proofs";

// Where the proof of an entry lies in the bundle: a thousand to a folder.
std::string proof_path(std::uint64_t index);
// The entry whose proof lies there; nothing if proof_path gives no such path.
std::optional<std::uint64_t> index_at(std::string_view path);

// The file. `tree`: of the whole log; `note`: its checkpoint. REQUIRES: index < size. Fails only as
// `tree` fails.
Result<std::string> proof_file(std::string_view entry, std::uint64_t index, std::uint64_t size,
                               const merkle::SubtreeHash& tree, std::string note);

}  // namespace scr::receipt
