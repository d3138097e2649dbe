// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/attempts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "bench/reading/ladder.h"
#include "bench/reading/peers.h"
#include "os/clock.h"
#include "picture/decode.h"

namespace scr::bench {
namespace {

template <class Work>
auto timed(Work work, double& ms) {
  const double begin = os::processor_milliseconds();
  auto result = work();
  ms = os::processor_milliseconds() - begin;
  return result;
}

double grey_decode_ms(const Sheet& sheet) {
  double ms = 0;
  timed([&] { return picture::decode_gray(bytes_of(sheet.file)).has_value(); }, ms);
  return ms;
}

std::string verdict(const std::optional<std::string>& read, const Sheet& sheet) {
  if (!read) return "nothing";
  return *read == sheet.payload && !sheet.payload.empty() ? "right" : "wrong";
}

PrintOutcome print_of(const reading::ReadSheet& read, const Sheet& sheet,
                      const std::vector<reading::PrintedNumber>& rows) {
  PrintOutcome out;
  out.numbers = static_cast<int>(sheet.numbers.size());
  if (!read.print) return out;
  out.found = true;
  for (std::size_t i = 0; i < std::min(sheet.numbers.size(), read.print->numbers.size()); ++i)
    out.right += read.print->numbers[i] == sheet.numbers[i] ? 1 : 0;
  for (const reading::Contradiction& one : read.print->contradictions) {
    ++out.contradictions;
    for (std::size_t i = 0; i < std::min(rows.size(), sheet.numbers.size()); ++i) {
      if (rows[i].name == one.name && sheet.numbers[i] == one.printed) ++out.true_ones;
    }
  }
  return out;
}

// The same election, of which nobody knows how its sheets are printed: only codes can be read.
election::Definition without_print(election::Definition definition) {
  for (election::SheetFormat& format : definition.sheets) format.print.reset();
  return definition;
}

}  // namespace

Bench::Bench(const election::Definition& definition, std::set<std::string> wanted)
    : wanted_(std::move(wanted)), codes_only_(without_print(definition)), reader_(definition) {
  const auto forms = reading::forms_of(definition);
  if (!forms.empty()) rows_ = forms.front().numbers;
}

SheetOutcome Bench::measure(const SheetName& name, const Sheet& sheet) const {
  SheetOutcome out;
  out.sheet = name.text();
  std::array<double, 3> grey{};
  grey[0] = grey_decode_ms(sheet);
  try_ours(sheet, out);
  grey[1] = grey_decode_ms(sheet);
  // What is false about a sheet is for those who look at the print.
  if (name.kind == Kind::plain) try_others(sheet, out);
  grey[2] = grey_decode_ms(sheet);
  std::sort(grey.begin(), grey.end());
  out.grey_ms = grey[1];
  return out;
}

void Bench::try_ours(const Sheet& sheet, SheetOutcome& out) const {
  const auto attempt = [&](const char* name, const reading::SheetReader& reader) {
    Outcome outcome;
    const auto read = timed([&] { return reader.read(bytes_of(sheet.file)); }, outcome.ms);
    outcome.read = verdict(read.code ? std::optional(read.code->payload) : std::nullopt, sheet);
    outcome.how = read.code ? read.code->stage : read.unread;
    out.attempts[name] = outcome;
    return read;
  };
  if (wanted_.contains("code")) attempt("code", codes_only_);
  if (wanted_.contains("whole")) out.print = print_of(attempt("whole", reader_), sheet, rows_);
}

void Bench::try_others(const Sheet& sheet, SheetOutcome& out) const {
  const bool ladder = wanted_.contains("ladder") || wanted_.contains("ladder-ink");
  if (!ladder && !wanted_.contains("zbar") && !wanted_.contains("zxing") &&
      !wanted_.contains("zxing-all"))
    return;
  double decoding = 0;
  const auto grey = timed([&] { return picture::decode_gray(bytes_of(sheet.file)); }, decoding);
  if (!grey) return;
  const auto attempt = [&](const char* name,
                           const std::function<std::optional<std::string>()>& read) {
    if (!wanted_.contains(name)) return;
    Outcome outcome;
    const auto text = timed(read, outcome.ms);
    outcome.ms += decoding;
    outcome.read = verdict(text, sheet);
    out.attempts[name] = outcome;
  };
  attempt("zbar", [&] { return read_by_zbar(*grey); });
  attempt("zxing", [&] { return read_by_zxing(*grey, false); });
  attempt("zxing-all", [&] { return read_by_zxing(*grey, true); });
  if (!ladder) return;
  Outcome climbed;
  const auto step = timed([&] { return climb(*grey); }, climbed.ms);
  climbed.ms += decoding;
  climbed.read = verdict(step ? std::optional(step->text) : std::nullopt, sheet);
  if (step) climbed.how = step->name;
  if (wanted_.contains("ladder")) out.attempts["ladder"] = climbed;
  if (!wanted_.contains("ladder-ink")) return;
  if (!step) {
    double more = 0;
    const auto again = timed(
        [&]() -> std::optional<Step> {
          const auto colours = picture::decode_rgb(bytes_of(sheet.file));
          if (!colours) return std::nullopt;
          return climb(image::brightest_channel_of(*colours));
        },
        more);
    climbed.ms += more;
    climbed.read = verdict(again ? std::optional(again->text) : std::nullopt, sheet);
    if (again) climbed.how = "ink:" + again->name;
  }
  out.attempts["ladder-ink"] = climbed;
}

}  // namespace scr::bench
