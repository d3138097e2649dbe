// SPDX-License-Identifier: Apache-2.0
#include "reading/joint.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "election/sheet_payload.h"

namespace scr::reading {
namespace {

// Natural logarithm: a number this much likelier than any other is taken as known.
constexpr double kSureAlone = 3;
// Of numbers that are not sure: so many take turns, each with so many others.
constexpr std::size_t kDoubtful = 4;
constexpr std::size_t kAlternatives = 3;

// Digits drawn at random in so many examples differ in each of their bits, but for one time in
// 2^31.
constexpr std::uint64_t kExamples = 32;

std::string some_digits(std::size_t count, std::uint64_t& state) {
  std::string digits;
  for (std::size_t i = 0; i < count; ++i) {
    // SplitMix64, as in forge/chance.h.
    state += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    digits += static_cast<char>('0' + (z ^ (z >> 31)) % 10);
  }
  return digits;
}

// "{centre:9}.{table:2}.1.0001" with digits in it.
std::string some_code(std::string_view pattern, std::uint64_t& state) {
  std::string code;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    code += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    const std::string inside(pattern.substr(open + 1, close - open - 1));
    const std::size_t colon = inside.find(':');
    if (colon != std::string::npos)
      code += some_digits(static_cast<std::size_t>(std::stoi(inside.substr(colon + 1))), state);
    pattern.remove_prefix(close + 1);
  }
  return code;
}

std::vector<std::string> figures_in(const election::PayloadGrammar& grammar) {
  std::vector<std::string> names;
  for (const election::PayloadPart& part : grammar) {
    if (part.kind == election::PayloadPart::Kind::figure) names.push_back(part.text);
  }
  return names;
}

struct Choice {
  std::vector<std::uint64_t> values;  // likeliest first
  std::vector<double> loss;           // of belief against the likeliest
};

struct Combination {
  std::vector<std::size_t> picks;  // by doubtful number
  double loss = 0;
};

std::vector<Combination> combinations(const std::vector<const Choice*>& doubtful,
                                      std::size_t most) {
  std::vector<Combination> all{{{}, 0}};
  for (const Choice* choice : doubtful) {
    std::vector<Combination> longer;
    for (const Combination& one : all) {
      for (std::size_t k = 0; k < choice->values.size(); ++k) {
        Combination next = one;
        next.picks.push_back(k);
        next.loss += choice->loss[k];
        longer.push_back(std::move(next));
      }
    }
    all = std::move(longer);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.loss < b.loss; });
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace

std::vector<std::vector<std::string>> payloads_by_print(
    const SheetForm& form, const std::vector<print::NumberReading>& numbers, std::size_t most) {
  if (!has_counts(form.format.grammar)) return {};
  const std::vector<std::string> figures = figures_in(form.format.grammar);
  const std::size_t lines = form.format.ballot_order.size();
  // The lines, then the other figures of the payload.
  std::vector<const print::NumberReading*> wanted(lines + figures.size(), nullptr);
  for (std::size_t i = 0; i < form.numbers.size() && i < numbers.size(); ++i) {
    const PrintedNumber& number = form.numbers[i];
    if (number.is_line) wanted[number.line] = &numbers[i];
    for (std::size_t k = 0; k < figures.size(); ++k) {
      if (!number.is_line && number.name == figures[k]) wanted[lines + k] = &numbers[i];
    }
  }
  std::vector<Choice> choices;
  for (const print::NumberReading* number : wanted) {
    if (number == nullptr) return {};
    Choice choice;
    choice.values =
        number->odds >= kSureAlone ? std::vector{number->value} : number->likeliest(kAlternatives);
    for (const std::uint64_t value : choice.values)
      choice.loss.push_back(number->belief(choice.values[0]) - number->belief(value));
    choices.push_back(std::move(choice));
  }
  // The least sure take turns; the others stay with the likeliest.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i].values.size() > 1) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return choices[a].loss[1] < choices[b].loss[1];
  });
  if (order.size() > kDoubtful) order.resize(kDoubtful);
  std::vector<const Choice*> doubtful;
  for (const std::size_t i : order) doubtful.push_back(&choices[i]);
  std::vector<std::vector<std::string>> messages;
  std::uint64_t state = 1;
  for (const Combination& combination : combinations(doubtful, most)) {
    std::vector<std::uint64_t> values;
    for (const Choice& choice : choices) values.push_back(choice.values[0]);
    for (std::size_t k = 0; k < order.size(); ++k)
      values[order[k]] = choices[order[k]].values[combination.picks[k]];
    std::map<std::string, std::uint64_t, std::less<>> others;
    for (std::size_t k = 0; k < figures.size(); ++k) others[figures[k]] = values[lines + k];
    values.resize(lines);
    std::vector<std::string> examples;
    for (std::uint64_t k = 0; k < kExamples; ++k) {
      const auto text = election::write_sheet_payload(
          form.format, some_code(form.format.code_pattern, state), values, others);
      if (text) examples.push_back(*text);
    }
    if (examples.empty()) continue;
    messages.push_back(std::move(examples));
  }
  return messages;
}

std::vector<std::string> payload_examples(const election::SheetFormat& format) {
  constexpr std::size_t kAll = 120;
  constexpr std::size_t kMostMore = 2;  // digits, of a number
  if (!has_counts(format.grammar)) return {};
  const std::size_t lines = format.ballot_order.size();
  const std::vector<std::string> names = figures_in(format.grammar);
  const std::size_t numbers = lines + names.size();
  std::uint64_t state = 2;
  const auto some_number = [&](std::size_t digits) {
    std::string text = some_digits(digits, state);
    if (digits > 1 && text[0] == '0') text[0] = '1';
    return static_cast<std::uint64_t>(std::stoul(text));
  };
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(std::stoul(some_digits(6, state))) % count;
  };
  std::vector<std::string> examples;
  for (std::size_t k = 0; k < kAll; ++k) {
    // Every length near the least, which is that of most sheets, and some up to three times that.
    std::size_t more = (k % 3 == 0 ? 7 * k : k % 20) % (kMostMore * numbers + 1);
    std::vector<std::size_t> digits(numbers, 1);
    while (more > 0) {
      std::size_t& one = digits[pick(numbers)];
      if (one > kMostMore) continue;
      ++one;
      --more;
    }
    std::vector<std::uint64_t> values;
    for (const std::size_t one : digits) values.push_back(some_number(one));
    std::map<std::string, std::uint64_t, std::less<>> figures;
    for (std::size_t i = 0; i < names.size(); ++i) figures[names[i]] = values[lines + i];
    values.resize(lines);
    auto text = election::write_sheet_payload(format, some_code(format.code_pattern, state), values,
                                              figures);
    if (text) examples.push_back(std::move(*text));
  }
  return examples;
}

}  // namespace scr::reading
