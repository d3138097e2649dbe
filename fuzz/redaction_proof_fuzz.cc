// SPDX-License-Identifier: Apache-2.0
// rooms: cells
//
// A proof that parses prints back to the same bytes and leads to some root; so does a mask.

#include <cstdint>
#include <cstdlib>

#include "cells/proof.h"
#include "cells/tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto mask = cells::Mask::parse(text)) {
    if (mask->text() != text) std::abort();
  }
  const auto proof = cells::RedactionProof::parse(text);
  if (!proof) return 0;
  if (proof->text() != text) std::abort();
  if (proof->leaves > 4096) return 0;
  std::uint32_t asked = 0;
  const auto root = cells::root_from(proof->nodes, proof->leaves, proof->hidden,
                                     [&](std::uint32_t leaf, const cells::Salt& salt) {
                                       if (proof->hidden.hides(leaf)) std::abort();
                                       ++asked;
                                       return cells::leaf_hash(salt, leaf, {});
                                     });
  if (!root || asked != proof->leaves - proof->hidden.count()) std::abort();
  return 0;
}
