// SPDX-License-Identifier: Apache-2.0
//
// Time stamps by third parties (RFC 3161): an authority signs that it saw a hash at a time. Against
// "made up later": whoever holds a stamp over a checkpoint shows that all its entries were there.
//
//   SCR_TRY(stamp, verify_time_stamp(bytes, trusted_pem));
//   stamp.stamped == sha256(checkpoint file)   // the caller's to see
//
// The signature and the certificates are OpenSSL's business, in rfc3161.cc alone. Certificates are
// held to the time that the stamp says, not to today: a stamp must outlive its certificate. So
// whoever steals an authority's key later can date things back: use several authorities.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"

namespace scr::stamps {

inline constexpr std::size_t kMaxStampBytes = std::size_t{1} << 20;

struct TimeStamp {
  Digest stamped;          // SHA-256 of what was stamped
  std::uint64_t time = 0;  // seconds since 1970, the authority's word; whole seconds
  std::string authority;   // subject of the certificate that signed, RFC 2253
};

// `bytes`: a response (.tsr) or a token alone, in DER and with nothing behind it. `trusted_pem`:
// certificates of authorities, or of those that certify them.
//
// bad_input if it is no stamp over a SHA-256; untrusted if it was not granted, the signature does
// not hold, or no trusted certificate leads to the signer's.
Result<TimeStamp> verify_time_stamp(ByteView bytes, std::string_view trusted_pem);

}  // namespace scr::stamps
