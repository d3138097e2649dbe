// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/tables.h"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace scr::bench {
namespace {

constexpr char kAll[] = "ABCDEFGH";

std::string with_places(double value, int places) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

std::vector<std::string> attempts_in(const Figures& figures) {
  std::vector<std::string> names;
  for (const char* name : kAttempts) {
    if (figures.tried.contains(name)) names.emplace_back(name);
  }
  return names;
}

std::string header(std::string first, const std::vector<std::string>& columns) {
  std::string head = "| " + std::move(first);
  std::string rule = "|---";
  for (const std::string& column : columns) {
    head += " | " + column;
    rule += "|---";
  }
  return head + " |\n" + rule + "|\n";
}

std::string rates(const Figures& figures) {
  const auto plain = figures.by_kind.find("plain");
  if (plain == figures.by_kind.end()) return "";
  const auto names = attempts_in(figures);
  std::string out =
      "Codes read, % of sheets with 95 % interval\n\n" + header("class (sheets)", names);
  const auto row = [&](const std::string& title, const ClassFigures& own) {
    long sheets = 0;
    std::string cells;
    for (const std::string& name : names) {
      const auto found = own.attempts.find(name);
      if (found != own.attempts.end()) sheets = found->second.right.n;
      cells += " | " + (found == own.attempts.end() ? "-" : found->second.right.text());
    }
    out += "| " + title + " (" + std::to_string(sheets) + ")" + cells + " |\n";
  };
  for (const auto& [damage, own] : plain->second) row(damage, own);
  row("all", pooled(figures, "plain", kAll));
  out += "| **wrong payloads**, of all pictures read at";
  for (const std::string& name : names) {
    const auto wrong = figures.wrong_payloads.find(name);
    out += " | " + std::to_string(wrong == figures.wrong_payloads.end() ? 0 : wrong->second) +
           " of " + std::to_string(figures.tried.at(name));
  }
  return out + " |\n";
}

std::string costs(const Figures& figures) {
  const auto plain = figures.by_kind.find("plain");
  if (plain == figures.by_kind.end()) return "";
  const auto names = attempts_in(figures);
  auto columns = names;
  columns.insert(columns.begin(), "one grey decode, ms");
  std::string out =
      "Cost: median processor time in ms, decoding included / in grey decodes of the same "
      "picture\n\n" +
      header("class", columns);
  for (const auto& [damage, own] : plain->second) {
    out += "| " + damage + " | " + with_places(own.median_grey_ms, 1);
    for (const std::string& name : names) {
      const auto found = own.attempts.find(name);
      out +=
          " | " + (found == own.attempts.end() ? "-"
                                               : with_places(found->second.median_ms, 1) + " / " +
                                                     with_places(found->second.median_decodes, 2));
    }
    out += " |\n";
  }
  return out;
}

std::string prints(const Figures& figures) {
  const auto plain = figures.by_kind.find("plain");
  if (plain == figures.by_kind.end() || !figures.tried.contains("whole")) return "";
  std::string out = "Printed numbers\n\n" + header("class", {"rows found, % of sheets",
                                                             "whole number right, % of all that "
                                                             "are printed",
                                                             "false alarms, % of sheets"});
  const auto row = [&](const std::string& title, const ClassFigures& own) {
    out += "| " + title + " | " + own.rows_found.text() + " | " + own.numbers.text() + " | " +
           own.false_alarms.text() + " |\n";
  };
  for (const auto& [damage, own] : plain->second) row(damage, own);
  row("all", pooled(figures, "plain", kAll));
  return out;
}

std::string forgeries(const Figures& figures) {
  std::string out;
  for (int i = 1; i < kKinds; ++i) {
    const char* kind = name_of(static_cast<Kind>(i));
    const auto found = figures.by_kind.find(kind);
    if (found == figures.by_kind.end()) continue;
    for (const auto& [damage, own] : found->second) {
      const auto whole = own.attempts.find("whole");
      if (whole == own.attempts.end()) continue;
      out += std::string("| ") + kind + " | " + damage + " | " + whole->second.right.text() +
             " | " + own.noticed.text() + " | " + std::to_string(whole->second.wrong) + " |\n";
    }
  }
  if (out.empty()) return "";
  return "Sheets on which something is false or missing\n\n" +
         header("what", {"class", "code read, %", "noticed: the print contradicts the code, %",
                         "wrong payloads"}) +
         out;
}

}  // namespace

std::string markdown_of(const Figures& figures) {
  std::string out;
  for (const std::string& table :
       {rates(figures), costs(figures), prints(figures), forgeries(figures)}) {
    if (!table.empty()) out += table + "\n";
  }
  for (const std::string& sheet : figures.wrong_sheets) out += "WRONG PAYLOAD: " + sheet + "\n";
  return out;
}

std::string json_of(const Figures& figures, const std::string& settings) {
  using nlohmann::json;
  const auto share = [](const Share& s) {
    return json{{"k", s.k}, {"n", s.n}, {"low", s.low()}, {"high", s.high()}};
  };
  json kinds = json::object();
  for (const auto& [kind, classes] : figures.by_kind) {
    for (const auto& [damage, own] : classes) {
      json attempts = json::object();
      for (const auto& [name, one] : own.attempts) {
        attempts[name] = {{"right", share(one.right)},
                          {"wrong", one.wrong},
                          {"median_ms", one.median_ms},
                          {"median_grey_decodes", one.median_decodes},
                          {"how", one.how}};
      }
      kinds[kind][damage] = {
          {"attempts", attempts},          {"grey_ms", own.median_grey_ms},
          {"numbers", share(own.numbers)}, {"rows_found", share(own.rows_found)},
          {"noticed", share(own.noticed)}, {"false_alarms", share(own.false_alarms)}};
    }
  }
  return json{{"schema", "scrutineer.bench.reading/1"},
              {"settings", json::parse(settings)},
              {"sheets", figures.sheets},
              {"wrong_payloads", figures.wrong_payloads},
              {"wrong_sheets", figures.wrong_sheets},
              {"kinds", kinds}}
      .dump(1);
}

}  // namespace scr::bench
