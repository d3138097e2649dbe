// SPDX-License-Identifier: Apache-2.0
#include "note/cosignature.h"

#include <algorithm>

#include "base/check.h"
#include "note/signature_line.h"

namespace scr::note {
namespace {

constexpr std::size_t kTimeBytes = 8;

}  // namespace

std::optional<Cosignature> Cosignature::from_payload(ByteView payload) {
  Cosignature cosignature;
  if (payload.size() != kTimeBytes + cosignature.signature.size()) return std::nullopt;
  for (std::byte b : payload.first(kTimeBytes)) {
    cosignature.time = cosignature.time << 8 | std::to_integer<std::uint64_t>(b);
  }
  if (cosignature.time > kMaxTime) return std::nullopt;
  const ByteView signature = payload.subspan(kTimeBytes);
  std::copy(signature.begin(), signature.end(), cosignature.signature.begin());
  return cosignature;
}

Bytes Cosignature::payload() const {
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::byte>(time >> shift & 0xFFu));
  }
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return bytes;
}

bool Cosignature::verifies(std::string_view text, const Vkey& key) const {
  SCR_CHECK(key.type() == KeyType::cosignature);
  const std::string message = cosigned_message(text, time);
  return note::verifies(key.key(), bytes_of(message), signature);
}

std::string cosigned_message(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + '\n' + std::string(text);
}

std::string cosign(std::string_view text, std::uint64_t time, const Signer& witness) {
  SCR_CHECK(witness.vkey().type() == KeyType::cosignature && time <= Cosignature::kMaxTime);
  const std::string message = cosigned_message(text, time);
  const Cosignature cosignature{time, witness.sign_message(bytes_of(message))};
  return SignatureLine{witness.vkey().name(), witness.vkey().id(), cosignature.payload()}.text();
}

}  // namespace scr::note
