// SPDX-License-Identifier: Apache-2.0
// rooms: review
//
// Which figures of a station count, against a reading of the rule that is as plain as can be: every
// station with up to three transcripts, each typed by one of two sources or read off one of four
// pictures (two of which are one photograph), with one of three counts, under every rule.

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "review/accept.h"

namespace scr::review {
namespace {

using election::Remedy;

constexpr int kSheets = 0;  // the ordinal of the source of pictures
constexpr int kPictures = 4;
constexpr int kTyped = 2;

// 0 .. 3: pictures, of which 2 and 3 are one photograph; 4, 5: typed by source 1, 2.
struct Saying {
  int who = 0;
  int what = 0;          // 0: all zeros; 1, 2: counts
  bool jointly = false;  // of a picture
  int compared = 0;      // of a picture

  bool picture() const { return who < kPictures; }
  int source() const { return picture() ? kSheets : who - kPictures + 1; }
  int photograph() const { return who == 3 ? 2 : who; }
};

struct Rule {
  Remedy zero, alone, jointly, differ;
  int compared = 0;
  bool prefers_sheets = false;
};

// What counts: one of the counts, or nothing. By the words of accept.h.
std::optional<int> stupid(std::vector<Saying> all, const Rule& rule) {
  if (rule.zero == Remedy::set_aside)
    std::erase_if(all, [](const Saying& s) { return s.what == 0; });
  std::map<int, std::vector<Saying>> by_source;
  for (const Saying& s : all) by_source[s.source()].push_back(s);
  std::map<int, int> says;  // source -> count
  for (auto& [source, of] : by_source) {
    std::set<int> counts;
    for (const Saying& s : of) counts.insert(s.what);
    if (source == kSheets && counts.size() > 1) counts.erase(0);
    if (counts.size() == 1) {
      says[source] = *counts.begin();
      continue;
    }
    if (source != kSheets || rule.differ == Remedy::set_aside) continue;
    std::map<int, std::set<int>> photographs;
    std::size_t in_all = 0;
    for (const Saying& s : of) {
      if (s.what != 0) photographs[s.what].insert(s.photograph());
    }
    for (const auto& [what, which] : photographs) in_all += which.size();
    for (const auto& [what, which] : photographs) {
      if (2 * which.size() > in_all) says[source] = what;
    }
  }
  const auto stands = [&](int source) {
    if (source != kSheets) return true;
    const int what = says[source];
    for (const auto& [other, their] : says) {
      if (other != source && their == what) return true;
    }
    std::set<int> photographs;
    bool plainly = false;
    for (const Saying& s : by_source[source]) {
      if (s.what != what) continue;
      photographs.insert(s.photograph());
      if (!s.jointly) plainly = true;
    }
    if (photographs.size() > 1) return true;
    int compared = 0;
    for (const Saying& s : by_source[source]) {
      if (s.what == what && s.jointly == !plainly) compared = std::max(compared, s.compared);
    }
    return rule.alone == Remedy::note && (plainly || rule.jointly == Remedy::note) &&
           compared >= rule.compared;
  };
  std::set<int> counts;
  for (const auto& [source, what] : says) counts.insert(what);
  if (counts.empty()) return std::nullopt;
  if (counts.size() == 1) {
    for (const auto& [source, what] : says) {
      if (stands(source)) return what;
    }
    return std::nullopt;
  }
  for (const int source : rule.prefers_sheets ? std::vector{kSheets, 1} : std::vector<int>{}) {
    if (says.count(source) > 0 && stands(source)) return says[source];
  }
  return std::nullopt;
}

Transcript transcript_of(const Saying& saying, std::uint64_t entry) {
  constexpr int kVotes[3][2] = {{0, 0}, {10, 5}, {9, 6}};
  const auto votes = [](int n) { return *election::Votes::from(n); };
  Transcript t;
  t.source = SourceOrdinal(static_cast<std::uint32_t>(saying.source()));
  t.figures.station = election::StationId("1");
  t.figures.votes = {votes(kVotes[saying.what][0]), votes(kVotes[saying.what][1])};
  t.figures.valid = votes(kVotes[saying.what][0] + kVotes[saying.what][1]);
  t.figures.basis = entry;
  if (saying.picture()) {
    const auto print = static_cast<std::uint64_t>(saying.photograph()) * 0x0F0F'0F0F'0F0F'0F0Full;
    // The repeat differs by a bit.
    const std::uint64_t repeat = saying.who == 3 ? 1 : 0;
    t.picture = FromPicture{.sha256 = {},
                            .fingerprint = {{print, print, print, repeat}},
                            .compared = static_cast<std::uint64_t>(saying.compared),
                            .jointly = saying.jointly};
  }
  return t;
}

const election::Definition& two_options() {
  static const election::Definition definition = *election::parse_definition(
      "id=\"d\"\ntitle=\"D\"\nlanguages=[\"en\"]\ncountry={id=\"X\",name=\"X\"}\n"
      "[[option]]\nid=\"A\"\nname=\"A\"\n[[option]]\nid=\"B\"\nname=\"B\"\n");
  return definition;
}

std::vector<Saying> all_sayings() {
  std::vector<Saying> all;
  for (int who = 0; who < kPictures + kTyped; ++who) {
    for (int what = 0; what < 3; ++what) {
      all.push_back({who, what, false, 0});
      if (who >= kPictures) continue;
      all.push_back({who, what, true, 9});
      if (who >= 2) all.push_back({who, what, false, 9});
    }
  }
  return all;
}

std::vector<Rule> all_rules() {
  std::vector<Rule> rules;
  for (int i = 0; i < 64; ++i) {
    const auto remedy = [&](int bit) { return i >> bit & 1 ? Remedy::note : Remedy::set_aside; };
    rules.push_back(
        {remedy(0), remedy(1), remedy(2), remedy(3), i >> 4 & 1 ? 5 : 0, (i >> 5 & 1) == 1});
  }
  return rules;
}

class Case {
 public:
  explicit Case(const Rule& rule) : rule_(rule), definition_(two_options()) {
    definition_.rules.zero_sheet = rule.zero;
    definition_.acceptance = {.prefer = {},
                              .alone = rule.alone,
                              .alone_jointly = rule.jointly,
                              .alone_compared = rule.compared,
                              .pictures_differ = rule.differ};
    if (rule.prefers_sheets) definition_.acceptance.prefer = {sources_[kSheets], sources_[1]};
  }

  // The same, in any order of arrival, and as the words of the rule have it.
  void holds(const std::vector<Saying>& sayings) {
    std::vector<Transcript> transcripts;
    for (std::size_t i = 0; i < sayings.size(); ++i)
      transcripts.push_back(transcript_of(sayings[i], 10 + i));
    const auto accepted = accept(definition_, nullptr, sources_, transcripts, {});
    std::reverse(transcripts.begin(), transcripts.end());
    const auto reversed = accept(definition_, nullptr, sources_, transcripts, {});
    const auto expected = stupid(sayings, rule_);
    ASSERT_EQ(accepted.returns.size(), expected ? 1u : 0u);
    ASSERT_EQ(reversed.returns.size(), accepted.returns.size());
    ASSERT_EQ(reversed.findings.size(), accepted.findings.size());
    if (!expected) {
      const bool told = std::any_of(accepted.findings.begin(), accepted.findings.end(),
                                    [](const auto& finding) { return finding.set_aside; });
      ASSERT_TRUE(told) << "nothing is set aside without a finding";
      return;
    }
    const StationReturn& counts = accepted.returns.front();
    ASSERT_EQ(counts.basis, reversed.returns.front().basis);
    ASSERT_EQ(counts.borne_by, reversed.returns.front().borne_by);
    ASSERT_TRUE(same_count(counts, transcript_of({0, *expected, false, 0}, 0).figures));
    ASSERT_EQ(counts.basis,
              *std::find(counts.borne_by.begin(), counts.borne_by.end(), counts.basis));
    for (const std::uint64_t entry : counts.borne_by)
      ASSERT_EQ(sayings[entry - 10].what, *expected) << "borne by what says the same";
  }

 private:
  Rule rule_;
  election::Definition definition_;
  std::vector<election::SourceId> sources_{election::SourceId("sheets"), election::SourceId("a"),
                                           election::SourceId("b")};
};

TEST(Accept, IsWhatThePlainRuleSays) {
  const auto sayings = all_sayings();
  for (const Rule& rule : all_rules()) {
    Case with(rule);
    for (std::size_t i = 0; i < sayings.size(); ++i) {
      with.holds({sayings[i]});
      for (std::size_t j = i; j < sayings.size(); ++j) {
        with.holds({sayings[i], sayings[j]});
        for (std::size_t k = j; k < sayings.size(); ++k)
          with.holds({sayings[i], sayings[j], sayings[k]});
        if (HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace
}  // namespace scr::review
