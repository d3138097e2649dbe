// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/results.h"

#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "os/files.h"

namespace scr::bench {
namespace {

using nlohmann::json;

std::string line_of(const SheetOutcome& outcome) {
  json attempts = json::object();
  for (const auto& [name, one] : outcome.attempts)
    attempts[name] = {{"read", one.read}, {"ms", one.ms}, {"how", one.how}};
  const PrintOutcome& p = outcome.print;
  return json{{"sheet", outcome.sheet},
              {"grey_ms", outcome.grey_ms},
              {"attempts", attempts},
              {"print",
               {{"found", p.found},
                {"numbers", p.numbers},
                {"right", p.right},
                {"contradictions", p.contradictions},
                {"true_ones", p.true_ones}}}}
      .dump();
}

std::optional<SheetOutcome> outcome_of(const std::string& line) {
  try {
    const json value = json::parse(line);
    SheetOutcome out;
    out.sheet = value.at("sheet");
    out.grey_ms = value.at("grey_ms");
    for (const auto& [name, one] : value.at("attempts").items())
      out.attempts[name] = {one.at("read"), one.at("ms"), one.at("how")};
    const json& p = value.at("print");
    out.print = {p.at("found"), p.at("numbers"), p.at("right"), p.at("contradictions"),
                 p.at("true_ones")};
    return out;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace

Result<Results> Results::open(const std::filesystem::path& file, const std::string& settings) {
  Results results;
  if (file.empty()) return results;
  results.file_ = file;
  std::ostringstream kept;
  kept << settings << "\n";
  if (std::filesystem::exists(file)) {
    SCR_TRY(text, os::read_text(file));
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    if (line != settings) {
      return fail(ErrorCode::conflict,
                  file.string() +
                      ": of another run (other settings, or another build of this "
                      "program); name another file or remove it");
    }
    // A last line that was cut off is measured again.
    while (std::getline(lines, line)) {
      auto outcome = outcome_of(line);
      if (!outcome) continue;
      results.all_.push_back(std::move(*outcome));
      kept << line << "\n";
    }
  }
  const std::filesystem::path fresh = file.string() + ".new";
  std::ofstream(fresh, std::ios::binary) << kept.str();
  std::error_code error;
  std::filesystem::rename(fresh, file, error);
  results.out_.open(file, std::ios::binary | std::ios::app);
  if (error || !results.out_) return fail(ErrorCode::io, file.string() + ": cannot be written");
  return results;
}

Result<void> Results::add(SheetOutcome outcome) {
  if (out_.is_open() && !(out_ << line_of(outcome) << "\n" << std::flush))
    return fail(ErrorCode::io, file_.string() + ": cannot be written; is the disk full?");
  all_.push_back(std::move(outcome));
  return {};
}

}  // namespace scr::bench
