// SPDX-License-Identifier: Apache-2.0
//
// Proofs that something is in the log, given out and checked: receipt/receipt.h.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "receipt/receipt.h"

namespace scr::steps {

struct ProofGiven {
  std::string text;  // the file
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
  std::string type;  // of the entry
};

// Of an entry, by its index; or of the reading of a picture, by the beginning of its SHA-256.
Result<ProofGiven> give_proof(const std::filesystem::path& record, const std::string& subject);

// Of the commitment to a picture, by the index of its reading or the beginning of its SHA-256.
// `holder`: sender or court. not_found if it was not committed to.
Result<ProofGiven> give_receipt(const std::filesystem::path& record, const std::string& subject,
                                receipt::Holder holder);

// One file for each reading of a picture, <index>.tlog-proof, in a new folder. How many.
Result<std::uint64_t> give_all_proofs(const std::filesystem::path& record,
                                      const std::filesystem::path& folder);

struct ReceiptRequest {
  std::filesystem::path receipt;
  std::optional<std::filesystem::path> original;
  // One of them: the log's public key, or a file that holds it; a policy file.
  std::optional<std::string> key;
  std::optional<std::filesystem::path> policy;
};

// What a receipt proves, and whether it is about the original if one is given. Needs no record.
// Fails only where it could not be looked at: a file is missing, the key is none.
Result<receipt::Opened> check_receipt(const ReceiptRequest& request);

struct OriginalChecked {
  receipt::Opened opened;
  std::optional<cells::Commitment> cells;  // that hold; nothing: the entry has none
};

// The way of a court: the file, and with the picture's secret every cell of it. The receipt must be
// one for a court.
Result<OriginalChecked> check_original(const ReceiptRequest& request);

}  // namespace scr::steps
