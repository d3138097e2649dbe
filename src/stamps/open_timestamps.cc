// SPDX-License-Identifier: Apache-2.0
#include "stamps/open_timestamps.h"

#include <string_view>

namespace scr::stamps {
namespace {

using namespace std::string_view_literals;

// With the version and the name of the hash behind the magic.
constexpr std::string_view kBeginning =
    "\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"sv;
static_assert(kBeginning.size() == 33);

}  // namespace

Result<Digest> stamped_by_open_timestamps(ByteView bytes) {
  const std::string_view text = text_of(bytes);
  if (!text.starts_with(kBeginning) || text.size() <= kBeginning.size() + 32) {
    return fail(ErrorCode::bad_input, "is no OpenTimestamps proof over a SHA-256");
  }
  return *Digest::from_bytes(bytes.subspan(kBeginning.size(), 32));
}

}  // namespace scr::stamps
