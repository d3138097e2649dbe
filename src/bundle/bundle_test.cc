// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "bundle/checksums.h"
#include "bundle/returns_table.h"
#include "bundle/stranger.h"
#include "bundle/verifier_files.h"

namespace scr::bundle {
namespace {

constexpr const char* kDefinition = R"(
id = "small"
title = "Small"
languages = ["en"]
[country]
id = "S"
name = "S"
[[level]]
id = "region"
name = "region"
[[option]]
id = "A"
name = "A, \"the first\""
[[option]]
id = "B"
name = "B"
)";

election::Votes votes(std::int64_t n) {
  return *election::Votes::from(n);
}

struct Made {
  election::Definition definition = *election::parse_definition(kDefinition);
  election::Geography geography{definition};
  std::vector<review::StationReturn> returns;

  Made() {
    const std::vector<election::UnitId> north{election::UnitId("1")};
    review::StationReturn one;
    one.station = election::StationId("1.01");
    one.unit = *geography.add_path(north);
    geography.name_unit(election::UnitId("1"), "North, \"upper\"");
    one.registered = votes(90);
    one.valid = votes(7);
    one.null = votes(1);
    one.votes = {votes(5), votes(2)};
    one.basis = 4;
    one.borne_by = {4, 9};
    one.agreeing = 2;
    returns.push_back(one);
    one.station = election::StationId("2.01");
    one.unit = geography.country();
    one.registered.reset();
    returns.push_back(one);
  }
};

TEST(ReturnsTable, IsALineAStationWithWhatNobodyKnowsLeftEmpty) {
  const Made made;
  const std::string csv = csv_of(returns_table(made.definition, made.geography, made.returns));
  EXPECT_EQ(csv,
            "station,region,region_name,registered,valid,null,invalid,A,B,log_entry,"
            "sources_agreeing,borne_by_entries\n"
            "1.01,1,\"North, \"\"upper\"\"\",90,7,1,0,5,2,4,2,4 9\n"
            "2.01,,,,7,1,0,5,2,4,2,4 9\n");
}

TEST(Checksums, AreWhatSha256sumReads) {
  EXPECT_EQ(checksums({{"b", sha256({})}, {"a/c", sha256({})}}),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a/c\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n");
}

TEST(VerifierFiles, HoldThePageTheProgramAndTheSource) {
  const auto files = verifier_files();
  const auto has = [&](std::string_view path) {
    return std::any_of(files.begin(), files.end(),
                       [&](const VerifierFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(has("dist/verifier.html"));
  EXPECT_TRUE(has("dist/verifier.mjs"));
  EXPECT_TRUE(has("src/verify.ts"));
  EXPECT_TRUE(has("package-lock.json"));
}

TEST(Stranger, IsToldTheKeyToCompareInBothLanguages) {
  const Identity identity{.title = "T",
                          .origin = "o",
                          .vkey = "o+1+2",
                          .tree_size = 7,
                          .root = {},
                          .result_sha256 = "ab",
                          .has_policy = true};
  for (const std::string& text : {readme_en(identity), readme_es(identity)}) {
    EXPECT_NE(text.find("o+1+2"), std::string::npos);
    EXPECT_NE(text.find("log/policy"), std::string::npos);
    EXPECT_NE(text.find("verifier/dist/verifier.html"), std::string::npos);
  }
  Identity without = identity;
  without.has_policy = false;
  EXPECT_EQ(readme_en(without).find("log/policy"), std::string::npos);
}

}  // namespace
}  // namespace scr::bundle
