// SPDX-License-Identifier: Apache-2.0
// rooms: note
//
// A checkpoint that parses prints back to the same bytes; one that opens is one that the key's
// owner would sign in the same bytes. The key is that of Tessera's test log, whose secret half is
// public.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "note/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr::note;
  static const Signer log = Signer::parse(
                                "PRIVATE+KEY+example.com/log/testdata+33d7b496+"
                                "AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")
                                .value();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_checkpoint_unverified(input);
  if (parsed && parsed->text() != input) std::abort();
  const auto opened = open_checkpoint(input, log.vkey());
  if (opened && !input.starts_with(opened->text() + '\n')) std::abort();
  if (!opened) return 0;
  const auto again = open_checkpoint(sign_checkpoint(*opened, log), log.vkey());
  if (!again || *again != *opened) std::abort();
  return 0;
}
