// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "bench/reading/tables.h"

namespace scr::bench {
namespace {

const char* const kOthers[] = {"zbar", "zxing", "zxing-all", "ladder", "ladder-ink"};

const AttemptFigures* attempt_in(const ClassFigures& figures, const char* name) {
  const auto found = figures.attempts.find(name);
  return found == figures.attempts.end() ? nullptr : &found->second;
}

// "zxing-all 97.0 %": the one that read most.
std::string best_other(const ClassFigures& figures) {
  const char* best = nullptr;
  for (const char* name : kOthers) {
    const auto* one = attempt_in(figures, name);
    if (one != nullptr && (best == nullptr || one->right.k > attempt_in(figures, best)->right.k))
      best = name;
  }
  return best == nullptr ? "not measured"
                         : std::string(best) + " " + attempt_in(figures, best)->right.percent();
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

class Goals {
 public:
  explicit Goals(const Figures& figures) : figures_(figures) {}

  void row(const std::string& what, const std::string& aim, const std::string& measured,
           const std::string& interval, const std::string& other, bool reached) {
    out_ += "| " + what + " | " + aim + " | " + measured + " | " + interval + " | " + other +
            " | " + (reached ? "yes" : "no") + " |\n";
  }
  void at_least(const std::string& what, double aim, const Share& share, const std::string& other) {
    if (share.n == 0) return;
    row(what, ">= " + number(aim) + " %", share.percent(),
        share.interval() + " of " + std::to_string(share.n), other, 100 * share.value() >= aim);
  }
  void read(const std::string& what, std::string_view letters, const char* attempt, double aim) {
    const ClassFigures own = pooled(figures_, "plain", letters);
    if (const auto* one = attempt_in(own, attempt))
      at_least(what, aim, one->right, best_other(own));
  }
  void wrong() {
    Share share;
    for (const char* name : {"code", "whole"}) {
      const auto tried = figures_.tried.find(name);
      if (tried == figures_.tried.end() || tried->second < share.n) continue;
      const auto k = figures_.wrong_payloads.find(name);
      share = {std::max(share.k, k == figures_.wrong_payloads.end() ? 0 : k->second),
               tried->second};
    }
    if (share.n == 0) return;
    std::string others;
    for (const char* name : kOthers) {
      if (!figures_.tried.contains(name)) continue;
      const auto k = figures_.wrong_payloads.find(name);
      others += (others.empty() ? "" : ", ") + std::string(name) + " " +
                std::to_string(k == figures_.wrong_payloads.end() ? 0 : k->second);
    }
    row("wrong payload accepted", "0", std::to_string(share.k) + " of " + std::to_string(share.n),
        share.interval() + " %", others.empty() ? "not measured" : others, share.k == 0);
  }
  void forged() {
    at_least("one forged printed digit noticed, A-D", 99, pooled(figures_, "digit", "ABCD").noticed,
             "none checks");
    const Share alarms = pooled(figures_, "plain", "ABCDEFGH").false_alarms;
    if (alarms.n == 0) return;
    row("false alarms, all classes", "<= 0.5 % of sheets", alarms.percent(),
        alarms.interval() + " of " + std::to_string(alarms.n), "none checks",
        100 * alarms.value() <= 0.5);
  }
  void cost(const std::string& what, const char* attempt, double aim) {
    const auto plain = figures_.by_kind.find("plain");
    if (plain == figures_.by_kind.end() || !plain->second.contains("A-scan")) return;
    const ClassFigures& clean = plain->second.at("A-scan");
    const auto* own = attempt_in(clean, attempt);
    if (own == nullptr) return;
    std::string others;
    for (const char* name : {"zxing", "zbar"}) {
      const auto* one = attempt_in(clean, name);
      if (one != nullptr)
        others +=
            (others.empty() ? "" : ", ") + std::string(name) + " " + number(one->median_decodes);
    }
    row(what, "<= " + number(aim) + " grey decodes", number(own->median_decodes),
        "median of " + std::to_string(own->right.n), others.empty() ? "not measured" : others,
        own->median_decodes <= aim);
  }
  void numbers(const std::string& what, std::string_view letters, double aim) {
    at_least(what, aim, pooled(figures_, "plain", letters).numbers, "not measured");
  }
  std::string text() const {
    return "Goals\n\n| goal | aim | measured | 95 % interval | best other, same run | reached "
           "|\n|---|---|---|---|---|---|\n" +
           out_;
  }

 private:
  const Figures& figures_;
  std::string out_;
};

}  // namespace

std::string goals_of(const Figures& figures) {
  Goals goals(figures);
  goals.read("A scan, C photo, D low resolution: code", "ACD", "code", 99.5);
  goals.read("B faded: code", "B", "code", 98);
  goals.read("F blur: code", "F", "code", 97);
  goals.read("H fold: code alone", "H", "code", 90);
  goals.read("H fold: with the print", "H", "whole", 97);
  goals.read("E damage: code alone", "E", "code", 45);
  goals.read("E damage: with the print", "E", "whole", 80);
  goals.read("G wreck: code alone", "G", "code", 40);
  goals.read("G wreck: with the print", "G", "whole", 65);
  goals.wrong();
  goals.forged();
  goals.cost("clean scan, code only", "code", 1.3);
  goals.cost("clean scan, whole reading", "whole", 1.6);
  goals.numbers("printed numbers, A, C, D: whole number right", "ACD", 99.5);
  goals.numbers("printed numbers, B, F: whole number right", "BF", 98);
  return goals.text();
}

}  // namespace scr::bench
