// SPDX-License-Identifier: Apache-2.0
//
// Stamps by a real authority are made with the openssl program in tests/whole/stamps_test.py.
#include <gtest/gtest.h>

#include "stamps/open_timestamps.h"
#include "stamps/rfc3161.h"

namespace scr::stamps {
namespace {

TEST(TimeStamp, OfBytesThatAreNoneIsRefused) {
  for (const std::string& bytes : {std::string(), std::string("\x30\x80"), std::string(100, 'x')}) {
    const auto stamp = verify_time_stamp(bytes_of(bytes), "");
    ASSERT_FALSE(stamp);
    EXPECT_EQ(stamp.error().code, ErrorCode::bad_input);
  }
}

TEST(OpenTimestamps, SayWhichFileTheyAreAbout) {
  const Digest digest = sha256(bytes_of("a file"));
  const std::string proof =
      std::string("\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08", 33) +
      std::string(text_of(digest.view())) + "\xf0";
  EXPECT_EQ(stamped_by_open_timestamps(bytes_of(proof)).value(), digest);
  for (std::size_t cut = 0; cut < proof.size(); ++cut) {
    EXPECT_FALSE(stamped_by_open_timestamps(bytes_of(proof.substr(0, cut)))) << cut;
  }
  for (std::size_t i = 0; i < 33; ++i) {
    std::string changed = proof;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(stamped_by_open_timestamps(bytes_of(changed))) << i;
  }
}

}  // namespace
}  // namespace scr::stamps
