// SPDX-License-Identifier: Apache-2.0
#include "tar/tar.h"

#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace scr::tar {
namespace {

Result<std::vector<Member>> listed(const std::string& archive) {
  return list(archive.size(), [&](std::uint64_t offset, std::span<char> out) -> Result<void> {
    if (offset + out.size() > archive.size()) return fail(ErrorCode::io, "short");
    std::memcpy(out.data(), archive.data() + offset, out.size());
    return {};
  });
}

std::string file(std::string_view path, std::string_view bytes) {
  return *header(path, bytes.size()) + std::string(bytes) + padding(bytes.size());
}

// The header with one byte replaced and its sum made right again.
std::string with_byte(std::string made, std::size_t at, char byte) {
  made[at] = byte;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += i >= 148 && i < 156 ? 32u : static_cast<unsigned char>(made[i]);
  for (std::size_t i = 154; i-- > 148; sum /= 8) made[i] = static_cast<char>('0' + sum % 8);
  return made;
}

TEST(Tar, GivesBackWhatWasPutIn) {
  const std::string deep = std::string(120, 'd') + "/" + std::string(90, 'n');
  const std::string archive = file("b", "two") + file("a", "") + file(deep, "x") + end();
  const auto members = listed(archive);
  ASSERT_TRUE(members) << to_string(members.error());
  ASSERT_EQ(members->size(), 3u);
  EXPECT_EQ((*members)[0].path, "a");
  EXPECT_EQ((*members)[1].path, "b");
  EXPECT_EQ(archive.substr((*members)[1].offset, (*members)[1].size), "two");
  EXPECT_EQ((*members)[2].path, deep);
}

TEST(Tar, DependsOnNothingButNamesAndBytes) {
  EXPECT_EQ(file("a", "x"), file("a", "x"));
  // What GNU tar 1.34 writes for such a file with owner, group and time 0.
  EXPECT_EQ(header("a", 1)->substr(100, 24), std::string("0000644\0000000000\0000000000\000", 24));
  EXPECT_EQ(header("a", 1)->substr(257, 8), std::string("ustar\00000", 8));
}

TEST(Tar, RefusesNamesThatLeadElsewhere) {
  for (const char* path : {"", "/a", "../a", "a/../b", "a//b", "./a", "a/", "a\nb", "a\\b"}) {
    EXPECT_FALSE(header(path, 0)) << path;
  }
  EXPECT_FALSE(header(std::string(101, 'a'), 0));
  const std::string up = with_byte(*header("aa/b", 0), 0, '.');
  EXPECT_FALSE(listed(with_byte(up, 1, '.') + end()));
}

TEST(Tar, RefusesLinksAndEverythingElseThatIsNoPlainFile) {
  for (const char type : {'1', '2', '3', '4', '6', '7', 'x', 'g', 'L', 'K', 'S'}) {
    const auto members = listed(with_byte(*header("a", 0), 156, type) + end());
    ASSERT_FALSE(members) << type;
    EXPECT_EQ(members.error().code, ErrorCode::unsupported);
  }
  EXPECT_TRUE(listed(with_byte(*header("a", 0), 156, '5') + end())->empty()) << "a folder";
}

TEST(Tar, RefusesANameThatStandsTwice) {
  EXPECT_FALSE(listed(file("a", "1") + file("b", "") + file("a", "2") + end()));
}

TEST(Tar, CutAnywhereIsRefused) {
  const std::string whole = file("a", "1") + file("b", std::string(600, 'x'));
  for (std::size_t size = 0; size <= whole.size(); size += 64)
    EXPECT_FALSE(listed(whole.substr(0, size))) << size;
  EXPECT_TRUE(listed(whole + end()));
}

TEST(Tar, WithAnyByteOfAHeaderChangedIsRefused) {
  const std::string whole = file("a", "1") + end();
  for (std::size_t at = 0; at < kBlock; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(listed(changed)) << at;
  }
}

}  // namespace
}  // namespace scr::tar
