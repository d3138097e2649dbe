// SPDX-License-Identifier: Apache-2.0
// rooms: note
//
// The input is the payload of a signature line, and again a time (8 bytes) before a text. A payload
// that parses prints back to the same bytes; a cosigned text opens with that time, and not with one
// byte changed.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/sha256.h"
#include "note/cosignature.h"
#include "note/signed_note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr::note;
  static const Signer witness(KeyName::from("witness.example").value(),
                              scr::sha256(scr::bytes_of("fuzz")).bytes, KeyType::cosignature);
  const scr::ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
  const auto payload = Cosignature::from_payload(bytes);
  if (payload && scr::text_of(payload->payload()) != scr::text_of(bytes)) std::abort();
  if (size < 9 || size > kMaxNoteBytes / 2) return 0;
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < 8; ++i) time = time << 8 | data[i];
  time &= Cosignature::kMaxTime;
  std::string text(scr::text_of(bytes.subspan(8)));
  if (!is_note_text(text)) return 0;
  const std::string line[] = {cosign(text, time, witness)};
  const std::string note = sign_note(text, line);
  const auto open_note = [&](const std::string& n) -> scr::Result<Verified> {
    SCR_TRY(unverified, Unverified::parse(n));
    return open(unverified, {&witness.vkey(), 1});
  };
  const auto opened = open_note(note);
  if (!opened || opened->signatures()[0].time != time) std::abort();
  text.insert(0, "x");
  if (open_note(sign_note(text, line))) std::abort();
  return 0;
}
