// SPDX-License-Identifier: Apache-2.0
#include "receipt/proof_file.h"

#include <utility>

#include "base/decimal.h"
#include "receipt/receipt.h"

namespace scr::receipt {
namespace {

constexpr std::uint64_t kToAFolder = 1000;
constexpr std::string_view kExtension = ".tlog-proof";

}  // namespace

std::string proof_path(std::uint64_t index) {
  std::string folder = std::to_string(index / kToAFolder);
  if (folder.size() < 3) folder.insert(0, 3 - folder.size(), '0');
  return std::string(kProofFolder) + "/" + folder + "/" + std::to_string(index) +
         std::string(kExtension);
}

std::optional<std::uint64_t> index_at(std::string_view path) {
  if (!path.ends_with(kExtension)) return std::nullopt;
  const std::string_view stem = path.substr(0, path.size() - kExtension.size());
  const auto index = parse_decimal(stem.substr(stem.rfind('/') + 1));
  if (!index || proof_path(*index) != path) return std::nullopt;
  return *index;
}

Result<std::string> proof_file(std::string_view entry, std::uint64_t index, std::uint64_t size,
                               const merkle::SubtreeHash& tree, std::string note) {
  SCR_TRY(path, merkle::inclusion_proof(merkle::LeafIndex(index), merkle::TreeSize(size), tree));
  return write({Holder::anybody, {}, std::string(entry)},
               {std::nullopt, index, std::move(path), std::move(note)});
}

}  // namespace scr::receipt
