// SPDX-License-Identifier: Apache-2.0
//
// Everything that a report says, by key, in both languages; and numbers as each language writes
// them.
//
//   say(Language::es, "coverage.stations", {{"counted", "24.532"}, {"expected", "30.026"}});
//   number(Language::en, 1234567);               // "1,234,567"
//   percent(Language::es, *Fraction::of(3, 4), 1);  // "75,0 %", with a no-break space
//
// The words themselves: words_en.cc, words_es.cc. What they may say: never more than the figures
// prove, never why a figure is wrong, and the word for a crime not at all.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/fraction.h"
#include "checks/finding.h"
#include "judge/claim_checks.h"
#include "report/facts.h"

namespace scr::report {

struct Message {
  std::string_view key;
  std::string_view text;  // with placeholders: "{leader} leads by {margin}"
};

// All messages of a language, sorted by key. Both languages have the same keys and placeholders.
std::span<const Message> messages(Language language);

// Nothing if there is no message of that key.
std::optional<std::string_view> find_words(Language language, std::string_view key);

struct Slot {
  std::string_view name;
  std::string text;
};

// The message with its placeholders filled. What fills them is never looked at again: a name with
// braces stays as it is. REQUIRES: the key exists, and a slot for each placeholder.
std::string say(Language language, std::string_view key, std::initializer_list<Slot> slots = {});

// The same for a number of things: "<key>.one" if `n` is 1 and there is such a message, else `key`.
// The placeholder {n} is the number.
std::string say_count(Language language, std::string_view key, std::int64_t n,
                      std::initializer_list<Slot> slots = {});

// "en", "es": as in HTML and in the definition's Words.
const char* code_of(Language language);

// Keys of what other rooms name; every one has words.
std::string key_of(checks::Code code);             // "finding.duplicate"
std::string key_of(checks::Severity severity);     // "severity.error"
std::string key_of(judge::CheckCode code);         // "check.overlap"
std::string key_of(judge::Status status);          // "status.contradicted"
std::string key_of(judge::Assumption assumption);  // "assumption.sheets_true"

// Why a picture, a part of a container or a container was not read or taken, and what to do: by the
// reason that stands in the log ("truncated"). The reason itself if a later program wrote it.
std::string reason_words(Language language, std::string_view reason);

// Grouped by thousands; a real minus sign.
std::string number(Language language, std::int64_t n);

// A share as a percentage with `digits` after the point, more where fewer would round what is not
// nothing to 0 or what is not all to 100.
std::string percent(Language language, const Fraction& share, int digits);

// The same with as few digits as it takes to be exact, at most four: "80 %", "59.7 %".
std::string percent_in_full(Language language, const Fraction& share);

// Rounded half away from zero, grouped.
std::string decimal(Language language, const Fraction& value, int digits);

// A text of digits with a point ("96.87"), as somebody announced it, in the language's writing.
std::string announced(Language language, std::string_view text);

// How many digits after the point (at least `least`, at most 9) it takes to write two shares as
// percentages that differ.
int digits_to_tell_apart(const Fraction& a, const Fraction& b, int least);

}  // namespace scr::report
