// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "container/format.h"
#include "container/message_order.h"
#include "container/unpack.h"
#include "picture/decode.h"
#include "picture/format.h"

namespace scr::container {
namespace {

std::string kept(const std::string& name) {
  std::ifstream in(SCR_SOURCE_DIR "/fuzz/corpus/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

Source source_of(const std::string& file) {
  return {file.size(),
          [&file](std::uint64_t offset, std::span<char> out) -> std::optional<std::size_t> {
            if (offset >= file.size()) return 0;
            return file.copy(out.data(), out.size(), offset);
          },
          [&file] { return bytes_of(file); }};
}

// What came out: "member", "embedded", "rendered" or the refusal, for each part in turn.
struct Out {
  std::vector<std::string> parts;
  std::vector<std::string> bytes;
  Reason ending = Reason::killed_reader;
  std::uint64_t first = 0;
};

Out out_of(const std::string& file, std::uint64_t first = 1, const Limits& limits = {}) {
  Out out;
  const auto format = format_of(bytes_of(file));
  EXPECT_TRUE(format);
  if (!format) return out;
  MessageOrder order(first, file.size(), limits);
  unpack(*format, source_of(file), first, limits, [&](const Message& message) {
    const auto again = message_of(to_bytes(message));
    ASSERT_TRUE(again);
    const auto fits = order.take(*again);
    EXPECT_TRUE(fits) << to_string(fits.error());
    if (const auto* begins = std::get_if<PartBegins>(&message)) {
      if (out.first == 0) out.first = begins->part;
      out.bytes.emplace_back();
    } else if (const auto* piece = std::get_if<PartBytes>(&message)) {
      out.bytes.back() += piece->bytes;
    } else if (const auto* ends = std::get_if<PartEnds>(&message)) {
      out.parts.push_back(name_of(ends->how));
    } else if (const auto* refused = std::get_if<PartRefused>(&message)) {
      out.parts.push_back(name_of(refused->reason));
    } else if (const auto* closed = std::get_if<Closed>(&message)) {
      out.ending = closed->ending;
    }
  });
  EXPECT_TRUE(order.closed());
  return out;
}

using Parts = std::vector<std::string>;

TEST(Archive, GivesTheVeryBytesOfItsPicturesAndRefusesTheRestByName) {
  const Out zip = out_of(kept("archive_members/two.zip"));
  EXPECT_EQ(zip.parts, (Parts{"member", "member", "not-a-picture", "empty"}));
  EXPECT_EQ(zip.ending, Reason::whole);
  EXPECT_EQ(picture::format_of(bytes_of(zip.bytes[0])), picture::Format::jpeg);
  for (const char* name : {"two.tar", "two.tar.gz", "two.tar.xz", "two.tar.zst"}) {
    const Out tar = out_of(kept(std::string("archive_members/") + name));
    EXPECT_EQ(tar.parts, (Parts{"member", "member", "link", "not-a-picture", "empty"})) << name;
    EXPECT_EQ(tar.ending, Reason::whole) << name;
    EXPECT_EQ(tar.bytes[0], zip.bytes[0]) << name;
    EXPECT_EQ(tar.bytes[1], zip.bytes[1]) << name;
  }
  const Out seven = out_of(kept("archive_members/two.7z"));
  EXPECT_EQ(seven.parts, (Parts{"member", "member"}));
  EXPECT_EQ(seven.bytes[1], zip.bytes[1]);
}

TEST(Archive, GoesOnFromAnyPart) {
  for (const char* name : {"two.zip", "two.tar.gz", "two.7z"}) {
    const std::string file = kept(std::string("archive_members/") + name);
    const Out all = out_of(file);
    const Out rest = out_of(file, 2);
    EXPECT_EQ(rest.first, 2u) << name;
    EXPECT_EQ(rest.parts, Parts(all.parts.begin() + 1, all.parts.end())) << name;
    EXPECT_EQ(rest.bytes.front(), all.bytes[1]) << name;
    EXPECT_EQ(out_of(file, 99).parts, Parts{}) << name;
  }
}

TEST(Archive, SaysWhyItCannotBeReadOn) {
  EXPECT_EQ(out_of(kept("archive_members/none.zip")).ending, Reason::empty);
  EXPECT_EQ(out_of(kept("archive_members/locked.7z")).ending, Reason::encrypted);
  EXPECT_EQ(out_of(kept("archive_members/locked.zip")).parts, Parts{"encrypted"});
  EXPECT_EQ(out_of(kept("archive_members/text.tar.gz")).ending, Reason::damaged);
  EXPECT_EQ(out_of(kept("archive_members/cut.tar.gz")).ending, Reason::damaged);
  EXPECT_NE(out_of(kept("archive_members/cut.zip")).ending, Reason::whole);
}

TEST(Archive, HandsOutAContainerThatIsInIt) {
  const Out nested = out_of(kept("archive_members/nested.zip"));
  EXPECT_EQ(nested.parts, (Parts{"member", "member"}));
  EXPECT_EQ(format_of(bytes_of(nested.bytes[0])), Format::zip);
}

TEST(Archive, StopsWhereMoreComesOutThanMay) {
  const std::string file = kept("archive_members/two.tar.gz");
  Limits few;
  few.parts = 1;
  EXPECT_EQ(out_of(file, 1, few).ending, Reason::too_many_parts);
  Limits small;
  small.picture_bytes = 100;
  EXPECT_EQ(out_of(file, 1, small).parts,
            (Parts{"too-large", "too-large", "link", "not-a-picture", "empty"}));
  Limits little;
  little.unpacked_bytes = 400;
  little.unpacked_times = 0;
  const Out bomb = out_of(file, 1, little);
  EXPECT_EQ(bomb.ending, Reason::expands_too_much);
  EXPECT_EQ(bomb.parts.back(), "expands-too-much");
}

TEST(Pdf, GivesTheVeryBytesOfAPageThatIsOneJpeg) {
  const std::string one = out_of(kept("archive_members/two.zip")).bytes[0];
  const Out pages = out_of(kept("pdf_pages/jpeg.pdf"));
  EXPECT_EQ(pages.parts, (Parts{"embedded", "embedded"}));
  EXPECT_EQ(pages.bytes[0], one);
  EXPECT_EQ(out_of(kept("pdf_pages/jpeg.pdf"), 2).parts, Parts{"embedded"});
  // Locked against printing, not against reading.
  EXPECT_EQ(out_of(kept("pdf_pages/owner.pdf")).bytes[0], one);
  // Letters that nobody sees lie over many scans.
  EXPECT_EQ(out_of(kept("pdf_pages/letters.pdf")).parts[1], "embedded");
}

TEST(Pdf, DrawsAnyOtherPage) {
  for (const char* name : {"drawn.pdf", "mirrored.pdf"}) {
    const Out pages = out_of(kept(std::string("pdf_pages/") + name));
    ASSERT_FALSE(pages.parts.empty());
    for (std::size_t i = 0; i < pages.parts.size(); ++i) {
      EXPECT_EQ(pages.parts[i], "rendered") << name;
      const auto picture = picture::decode_gray(bytes_of(pages.bytes[i]));
      ASSERT_TRUE(picture) << name;
      EXPECT_NEAR(picture->width, 160 * kPageDpi / 72, 2);
    }
  }
  const auto grey = picture::decode_gray(bytes_of(out_of(kept("pdf_pages/drawn.pdf")).bytes[0]));
  EXPECT_NEAR(grey->at(100, 300), 128, 3);
  EXPECT_EQ(grey->at(500, 10), 255);
}

TEST(Pdf, RefusesAPageThatNeedsLettersFromElsewhere) {
  EXPECT_EQ(out_of(kept("pdf_pages/letters.pdf")).parts[0], "needs-fonts");
}

TEST(Pdf, SaysWhyItCannotBeReadOn) {
  EXPECT_EQ(out_of(kept("pdf_pages/locked.pdf")).ending, Reason::encrypted);
  EXPECT_EQ(out_of(kept("pdf_pages/none.pdf")).ending, Reason::empty);
  EXPECT_EQ(out_of(kept("pdf_pages/cut.pdf")).ending, Reason::damaged);
  EXPECT_EQ(out_of(kept("pdf_pages/huge.pdf")).parts, Parts{"too-large"});
}

TEST(Format, IsToldByTheBytesAlone) {
  EXPECT_EQ(format_of(bytes_of("\xFF\xD8\xFF\xE0 %PDF-1.4")), std::nullopt);
  EXPECT_EQ(format_of(bytes_of("junk before %PDF-1.4")), Format::pdf);
  EXPECT_EQ(format_of(bytes_of("")), std::nullopt);
  EXPECT_EQ(format_of(bytes_of(kept("archive_members/two.tar"))), Format::tar);
}

TEST(Message, IsTheOnlySpellingOfWhatItSays) {
  for (const Message& message :
       {Message(PartBegins{7}), Message(PartBytes{"xy"}), Message(PartEnds{How::rendered}),
        Message(PartRefused{Reason::link}), Message(Passed{1u << 20}), Message(Closed{})}) {
    const std::string bytes = to_bytes(message);
    const auto again = message_of(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(to_bytes(*again), bytes);
    if (!std::holds_alternative<PartBytes>(message)) EXPECT_FALSE(message_of(bytes + "x"));
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      if (!std::holds_alternative<PartBytes>(message) || cut < 2)
        EXPECT_FALSE(message_of(bytes.substr(0, cut)));
    }
  }
  for (const char* wrong : {"e\x03", "r\x10", "c\x10", "x", "d"}) EXPECT_FALSE(message_of(wrong));
}

// What a process that was taken over might say.
TEST(MessageOrder, BelievesNothingOutOfTurn) {
  const Limits limits{.nested_bytes = 10, .parts = 3, .unpacked_bytes = 12, .unpacked_times = 0};
  const auto refuses = [&](std::vector<Message> messages) {
    MessageOrder order(2, 100, limits);
    const Message last = messages.back();
    messages.pop_back();
    for (const Message& message : messages) EXPECT_TRUE(order.take(message));
    const auto taken = order.take(last);
    return !taken && taken.error().code == ErrorCode::untrusted;
  };
  EXPECT_TRUE(refuses({PartBegins{1}}));
  EXPECT_TRUE(refuses({PartBegins{3}}));
  EXPECT_TRUE(refuses({PartBytes{"x"}}));
  EXPECT_TRUE(refuses({PartEnds{}}));
  EXPECT_TRUE(refuses({PartRefused{}}));
  EXPECT_TRUE(refuses({PartBegins{2}, PartBegins{3}}));
  EXPECT_TRUE(refuses({PartBegins{2}, PartEnds{}}));
  EXPECT_TRUE(refuses({PartBegins{2}, Closed{}}));
  EXPECT_TRUE(refuses({Closed{}, PartBegins{2}}));
  EXPECT_TRUE(refuses({PartBegins{2}, PartBytes{"0123456789x"}}));
  EXPECT_TRUE(refuses({PartBegins{2}, PartBytes{"0123456789"}, PartEnds{}, Passed{3}}));
  EXPECT_TRUE(refuses({PartBegins{2}, PartRefused{}, PartBegins{3}, PartRefused{}, PartBegins{4}}));
}

TEST(Reason, HasANameOfItsOwn) {
  std::set<std::string> names;
  for (std::uint8_t i = 0; i < kReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    names.insert(name_of(reason));
    EXPECT_EQ(reason_of(name_of(reason)), reason);
  }
  EXPECT_EQ(names.size(), kReasons);
  EXPECT_EQ(reason_of("other"), std::nullopt);
}

}  // namespace
}  // namespace scr::container
