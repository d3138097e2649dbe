// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "steps/read_pictures.h"

namespace scr::steps {
namespace {

os::WorkerAnswer ended(os::WorkerEnd end) {
  return {std::nullopt, end, "why"};
}

TEST(ReadPictures, EveryEndOfAReaderIsAReasonOfItsOwn) {
  EXPECT_EQ(unread_by(ended(os::WorkerEnd::died)).unread, "killed-reader");
  EXPECT_EQ(unread_by(ended(os::WorkerEnd::out_of_memory)).unread, "out-of-memory");
  EXPECT_EQ(unread_by(ended(os::WorkerEnd::out_of_time)).unread, "out-of-time");
  EXPECT_EQ(unread_by(ended(os::WorkerEnd::forbidden_call)).unread, "forbidden-call");
}

TEST(ReadPictures, AnAnswerThatIsNoneIsThatOfADeadReader) {
  EXPECT_EQ(reading_in("").unread, "killed-reader");
  EXPECT_EQ(reading_in("{\"code\":").unread, "killed-reader");
  const auto read = reading_in(reading::to_text({std::nullopt, "no-code", {}}));
  EXPECT_EQ(read.unread, "no-code");
}

}  // namespace
}  // namespace scr::steps
