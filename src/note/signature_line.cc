// SPDX-License-Identifier: Apache-2.0
#include "note/signature_line.h"

#include <cstdint>
#include <utility>

namespace scr::note {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014, space
constexpr std::size_t kIdBytes = 4;

}  // namespace

Result<SignatureLine> SignatureLine::parse(std::string_view line) {
  if (!line.starts_with(kDash)) {
    return fail(ErrorCode::bad_input, "a signature line begins with an em dash and a space");
  }
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) {
    return fail(ErrorCode::bad_input, "a signature line has a key name and a signature");
  }
  SCR_TRY(name, KeyName::from(line.substr(0, space)));
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes) return fail(ErrorCode::bad_input, "the signature is not base64");
  if (bytes->size() <= kIdBytes) return fail(ErrorCode::bad_input, "the signature is too short");
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < kIdBytes; ++i) {
    id = id << 8 | std::to_integer<std::uint32_t>((*bytes)[i]);
  }
  return SignatureLine{std::move(name), KeyId(id), Bytes(bytes->begin() + kIdBytes, bytes->end())};
}

std::string SignatureLine::text() const {
  Bytes bytes;
  for (int shift : {24, 16, 8, 0}) {
    bytes.push_back(static_cast<std::byte>(id.value() >> shift & 0xFFu));
  }
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return std::string(kDash) + name.value() + ' ' + to_base64(bytes) + '\n';
}

}  // namespace scr::note
