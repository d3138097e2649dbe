// SPDX-License-Identifier: Apache-2.0
// rooms: redact
//
// Any file: no picture with cells; or one that, written again, has the same cells, whose redaction
// is checked to be what it is.

#include <cstdint>
#include <cstdlib>

#include "redact/redact.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scr;
  const ByteView file(reinterpret_cast<const std::byte*>(data), size);
  const cells::Seed seed;
  // As a published picture, whatever it is: never held to be another one's.
  const auto held = redact::check_redacted(file,
                                           "scrutineer/redaction@v1\nleaves 2\nhidden none\n"
                                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                                           {cells::Kind::jpeg, 2, Digest()}, cells::Mask());
  if (held) std::abort();
  const auto picture = redact::CellPicture::open(file);
  if (!picture || picture->leaves() > 2000) return 0;
  const auto commitment = redact::commit(*picture, seed);
  const cells::Mask mask = cells::Mask::of({1});
  const auto redacted = redact::redact(file, seed, mask);
  // What cannot be coded again cannot be published either.
  if (!redacted) return 0;
  if (!redact::check_redacted(bytes_of(redacted->file), redacted->proof, commitment, mask))
    std::abort();
  return 0;
}
