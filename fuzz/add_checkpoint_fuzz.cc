// SPDX-License-Identifier: Apache-2.0
// rooms: base merkle note witness
//
// A request that parses prints back to the same bytes. The witness has cosigned size 7 of Tessera's
// test log (whose secret key is public, so that a fuzzer can sign): whatever is asked, it never
// goes back, never changes the root of a size, and what it cosigns opens.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "note/checkpoint.h"
#include "witness/add_checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  static const note::Vkey key =
      note::Vkey::parse(
          "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
          .value();
  static const note::Signer signer(note::KeyName::from("witness.example").value(),
                                   sha256(bytes_of("fuzz")).bytes, note::KeyType::cosignature);
  static const witness::FollowedLog log = {
      key.name().value(),
      {key},
      7,
      *Digest::from_hex_text("22b49700306a27b110a143834832913b24a036f79e2fa085862936c3ff9f4bb5"),
      {}};
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto request = witness::AddCheckpoint::parse(input);
  if (request && request->text() != input) std::abort();
  const witness::Answer answer = witness::answer_add_checkpoint(input, {&log, 1}, signer, 1);
  if ((answer.status == 200) != answer.advance.has_value()) std::abort();
  if (!answer.advance) return 0;
  if (!request || answer.advance->size < 7) std::abort();
  if (answer.advance->size == 7 && answer.advance->root != log.root) std::abort();
  const note::Vkey keys[] = {key, signer.vkey()};
  const auto opened = note::open_checkpoint_of(log.origin, answer.advance->note, keys);
  if (!opened || opened->note.signatures().size() != 2) std::abort();
  return 0;
}
