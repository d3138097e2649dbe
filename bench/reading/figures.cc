// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/figures.h"

#include <algorithm>
#include <utility>

namespace scr::bench {
namespace {

struct Times {
  std::map<std::string, std::vector<double>> ms;
  std::map<std::string, std::vector<double>> decodes;
  std::vector<double> grey;
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// "plain/A-scan/00012" -> "plain", "A-scan"
std::pair<std::string, std::string> parts_of(const std::string& sheet) {
  const std::size_t first = sheet.find('/');
  const std::size_t second = sheet.find('/', first + 1);
  return {sheet.substr(0, first), sheet.substr(first + 1, second - first - 1)};
}

void add(const SheetOutcome& sheet, ClassFigures& figures) {
  for (const auto& [name, one] : sheet.attempts) {
    AttemptFigures& attempt = figures.attempts[name];
    attempt.right.count(one.read == "right");
    attempt.wrong += one.read == "wrong" ? 1 : 0;
    ++attempt.how[one.how];
  }
  if (!sheet.attempts.contains("whole")) return;
  const PrintOutcome& print = sheet.print;
  figures.numbers += Share{print.right, print.numbers};
  figures.rows_found.count(print.found);
  figures.noticed.count(print.true_ones > 0);
  figures.false_alarms.count(print.contradictions > print.true_ones);
}

}  // namespace

Figures figures_of(const std::vector<SheetOutcome>& outcomes) {
  Figures figures;
  std::map<std::pair<std::string, std::string>, Times> times;
  for (const SheetOutcome& sheet : outcomes) {
    const auto [kind, damage] = parts_of(sheet.sheet);
    ++figures.sheets[kind];
    add(sheet, figures.by_kind[kind][damage]);
    Times& own = times[{kind, damage}];
    own.grey.push_back(sheet.grey_ms);
    for (const auto& [name, one] : sheet.attempts) {
      own.ms[name].push_back(one.ms);
      if (sheet.grey_ms > 0) own.decodes[name].push_back(one.ms / sheet.grey_ms);
      ++figures.tried[name];
      if (one.read != "wrong") continue;
      ++figures.wrong_payloads[name];
      figures.wrong_sheets.push_back(name + " " + sheet.sheet);
    }
  }
  for (auto& [place, own] : times) {
    ClassFigures& of_class = figures.by_kind[place.first][place.second];
    of_class.median_grey_ms = median(own.grey);
    for (auto& [name, attempt] : of_class.attempts) {
      attempt.median_ms = median(own.ms[name]);
      attempt.median_decodes = median(own.decodes[name]);
    }
  }
  return figures;
}

ClassFigures pooled(const Figures& figures, const std::string& kind, std::string_view letters) {
  ClassFigures sum;
  const auto found = figures.by_kind.find(kind);
  if (found == figures.by_kind.end()) return sum;
  for (const auto& [damage, own] : found->second) {
    if (letters.find(damage[0]) == std::string_view::npos) continue;
    for (const auto& [name, attempt] : own.attempts) {
      sum.attempts[name].right += attempt.right;
      sum.attempts[name].wrong += attempt.wrong;
    }
    sum.numbers += own.numbers;
    sum.rows_found += own.rows_found;
    sum.false_alarms += own.false_alarms;
    sum.noticed += own.noticed;
  }
  return sum;
}

}  // namespace scr::bench
