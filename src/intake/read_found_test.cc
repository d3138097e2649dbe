// SPDX-License-Identifier: Apache-2.0
#include "intake/read_found.h"

#include <gtest/gtest.h>

namespace scr::intake {
namespace {

const election::Definition& small_election() {
  static const auto kDefinition = election::parse_definition(
      "id='f'\ntitle='F'\nlanguages=['en']\ncountry={id='X',name='X'}\nstation_width=3\n[[option]]"
      "\n"
      "id='A'\nname='A'\n[[option]]\nid='B'\nname='B'\n");
  return *kDefinition;
}

std::string error_of(std::string_view csv, bool ballots = false) {
  const auto read = read_found(csv, ballots, small_election());
  return read ? "" : to_string(read.error());
}

TEST(ReadFound, TakesFiguresInAnyOrderOfColumns) {
  const auto read = read_found("unit,B,A,null\n007,3,2,1\n", false, small_election());
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->size(), 1u);
  EXPECT_EQ(read->front().unit, "007");
  EXPECT_EQ(read->front().votes[0].count(), 2);
  EXPECT_EQ(read->front().votes[1].count(), 3);
  EXPECT_EQ(read->front().valid.count(), 5);
  EXPECT_EQ(read->front().null.count(), 1);
}

TEST(ReadFound, TakesWhatIsNotThere) {
  const auto read =
      read_found("unit,A,B,null,what\n001,,,,not-found\n002,1,2,0,\n", false, small_election());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_FALSE(read->front().found);
  EXPECT_TRUE(read->front().votes.empty());
  EXPECT_TRUE(read->back().found);
}

TEST(ReadFound, TakesBallots) {
  const auto read =
      read_found("unit,choice\n001#3,B\n001#4,none\n002#1,not-found\n", true, small_election());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ((*read)[0].unit, "001#3");
  EXPECT_EQ((*read)[0].votes[1].count(), 1);
  EXPECT_EQ((*read)[0].valid.count(), 1);
  EXPECT_EQ((*read)[1].null.count(), 1);
  EXPECT_FALSE((*read)[2].found);
}

TEST(ReadFound, NamesTheLineAndTheColumn) {
  EXPECT_EQ(error_of(""), "the file is empty");
  EXPECT_EQ(error_of("unit,A,B\n"), "line 1: the column \"null\" is missing");
  EXPECT_EQ(error_of("unit,A,B,null\n001,2,x,0\n"), "line 2: B: not a whole number");
  EXPECT_EQ(error_of("unit,A,B,null\n001,2,3,0\n001,2,3,0\n"), "line 3: unit: 001 comes twice");
  EXPECT_EQ(error_of("unit,A,B,null\n001,2,3\n"), "line 2: has 3 fields, the header 4");
  EXPECT_EQ(error_of("unit,A,B,null\n"), "there is no line below the header");
  EXPECT_EQ(error_of("unit,choice\n001#0,A\n", true),
            "line 2: unit: behind # stands a number from 1 on");
  EXPECT_EQ(error_of("unit,choice\n001#1,C\n", true),
            "line 2: choice: must be one of A, B, none, not-found");
  EXPECT_NE(error_of("unit,A,B,null,C\n"), "");
  EXPECT_NE(error_of("unit,choice\n001,A\n", true), "");
}

}  // namespace
}  // namespace scr::intake
