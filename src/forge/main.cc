// SPDX-License-Identifier: Apache-2.0
//
// sheetforge: prints sheets of an election and photographs them badly, with the truth beside each.
// docs/sheetforge.md.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "election/definition.h"
#include "forge/damage.h"
#include "forge/figures.h"
#include "forge/ladder.h"
#include "forge/made_sheet.h"
#include "forge/sheet.h"
#include "forge/truth.h"

namespace {

namespace fs = std::filesystem;
using namespace scr;

struct Request {
  std::string election;
  std::string returns;
  std::string mapping;
  std::string classes = "ABCDEFGH";
  std::string forgery = "none";
  std::string font = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
  std::string out;
  std::string ladder;  // effect=value,value
  int count = 1;
  int first = 0;
  std::uint64_t seed = 1;
  bool held_out = false;
  bool no_code = false;
  bool zero = false;
  bool in_turn = false;
  bool two = false;
  std::string level = "mixed";
};

struct Job {
  char letter = 'A';
  int number = 0;
};

std::optional<std::string> contents_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

int complain(const std::string& what) {
  std::fprintf(stderr, "sheetforge: %s\n", what.c_str());
  return 3;
}

std::optional<forge::Forgery> forgery_of(const std::string& name) {
  for (int i = 0; i < 5; ++i) {
    if (name == forge::name_of(static_cast<forge::Forgery>(i)))
      return static_cast<forge::Forgery>(i);
  }
  return std::nullopt;
}

std::vector<qr::Level> levels_of(const std::string& name) {
  if (name == "L") return {qr::Level::L};
  if (name == "M") return {qr::Level::M};
  if (name == "Q") return {qr::Level::Q};
  if (name == "H") return {qr::Level::H};
  return {};
}

int run(const Request& request) {
  const auto toml = contents_of(request.election);
  if (!toml) return complain(request.election + ": cannot be read");
  const auto definition = election::parse_definition(*toml);
  if (!definition) return complain(request.election + ": " + to_string(definition.error()));
  const auto font_there = forge::Font::load(request.font);
  if (!font_there) return complain(to_string(font_there.error()));
  const auto forgery = forgery_of(request.forgery);
  if (!forgery)
    return complain(request.forgery +
                    ": none, digit, other-code, both-bad-sums or both-consistent");
  const std::vector<qr::Level> levels = levels_of(request.level);
  if (levels.empty() && request.level != "mixed")
    return complain(request.level + ": L, M, Q, H or mixed");

  std::vector<forge::Figures> figures;
  if (!request.returns.empty()) {
    const auto csv = contents_of(request.returns);
    const auto mapping =
        request.mapping.empty() ? std::optional<std::string>("") : contents_of(request.mapping);
    if (!csv || !mapping) return complain(request.returns + ": cannot be read");
    auto read = forge::figures_of_returns(*csv, *mapping, *definition, request.seed);
    if (!read) return complain(request.returns + ": " + to_string(read.error()));
    figures = std::move(*read);
  }
  std::string ladder_name;
  std::vector<double> ladder;
  if (!request.ladder.empty()) {
    const std::size_t sign = request.ladder.find('=');
    ladder_name = request.ladder.substr(0, sign);
    forge::Effects probe;
    forge::Chance chance(0);
    if (sign == std::string::npos || !set_effect(probe, ladder_name, 1, forge::Print{}, chance)) {
      return complain(request.ladder + ": one of " + forge::known_effects() +
                      ", then =, then values");
    }
    std::string rest = request.ladder.substr(sign + 1);
    for (std::size_t at = 0; at <= rest.size();) {
      const std::size_t end = std::min(rest.find(',', at), rest.size());
      try {
        ladder.push_back(std::stod(rest.substr(at, end - at)));
      } catch (const std::exception&) {
        return complain(request.ladder + ": a value that is no number");
      }
      at = end + 1;
    }
  }
  std::error_code error;
  fs::create_directories(request.out, error);
  if (error) return complain(request.out + ": " + error.message());

  const std::uint64_t seed = request.seed + (request.held_out ? forge::kHeldOut : 0);
  std::vector<Job> jobs;
  for (std::size_t k = 0; k < request.classes.size(); ++k) {
    if (!forge::damage_of_letter(request.classes[k]))
      return complain(std::string(1, request.classes[k]) + ": classes are letters from A to J");
    for (int i = request.first; !request.in_turn && i < request.first + request.count; ++i)
      jobs.push_back({request.classes[k], i});
  }
  const int each = figures.empty() ? request.count : static_cast<int>(figures.size());
  for (int i = 0; request.in_turn && i < each; ++i)
    jobs.push_back({request.classes[static_cast<std::size_t>(i) % request.classes.size()], i});

  const auto make = [&](const Job& job) -> std::string {
    const auto font = forge::Font::load(request.font);
    if (!font) return to_string(font.error());
    const int i = job.number;
    forge::SheetRequest sheet{.damage = *forge::damage_of_letter(job.letter),
                              .number = i,
                              .seed = seed,
                              .forgery = *forgery,
                              .has_code = !request.no_code,
                              .zero = request.zero,
                              .two = request.two};
    if (!levels.empty()) sheet.level = levels.front();
    if (!figures.empty()) sheet.figures = figures[static_cast<std::size_t>(i) % figures.size()];
    if (!ladder.empty())
      sheet.alone = {ladder_name, ladder[static_cast<std::size_t>(i) % ladder.size()]};
    const auto made = forge::make_sheet(sheet, *definition, *font);
    if (!made) return to_string(made.error());
    char number[16];
    std::snprintf(number, sizeof number, "%05d", i);
    const std::string name = std::string(forge::name_of(sheet.damage)) + "-" + number;
    const auto write = [&](const std::string& file, const std::string& bytes) {
      std::ofstream out(fs::path(request.out) / file, std::ios::binary);
      out << bytes;
      out.close();
      return out.good();
    };
    const auto truth_of = [&](const forge::MadeSheet& one) {
      return forge::truth_json(name, sheet.damage, seed, one.print, one.plan, one.effects,
                               one.photo, request.held_out);
    };
    bool written = write(name + ".jpg", made->jpeg) && write(name + ".json", truth_of(*made));
    for (const forge::MadeSheet& other : made->beside)
      written = written && write(name + ".2.json", truth_of(other));
    return written ? "" : request.out + ": cannot be written";
  };
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::string problem;
  std::vector<std::thread> threads;
  const auto work = [&] {
    for (std::size_t k = next++; k < jobs.size(); k = next++) {
      const std::string what = make(jobs[k]);
      const std::lock_guard lock(mutex);
      if (!what.empty() && problem.empty()) problem = what;
      if (!problem.empty()) return;
      std::fprintf(stderr, "\r%zu of %zu ", k + 1, jobs.size());
    }
  };
  for (unsigned k = 0; k < std::max(1u, std::thread::hardware_concurrency()); ++k)
    threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  if (!problem.empty()) return complain(problem);
  std::fprintf(stderr, "\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "Prints test sheets of an election and photographs them badly, with the truth beside each.");
  Request request;
  app.add_option("--election", request.election, "the definition, with a [[sheet]]")->required();
  app.add_option("--returns", request.returns,
                 "CSV of returns to print; invented stations if left out");
  app.add_option("--mapping", request.mapping, "mapping of that CSV");
  app.add_option("--classes", request.classes, "letters from A to J");
  app.add_option("--count", request.count, "sheets a class")->check(CLI::Range(1, 1'000'000));
  app.add_option("--first", request.first, "number of the first")->check(CLI::NonNegativeNumber);
  app.add_option("--seed", request.seed, "same seed, same pictures")
      ->check(CLI::Range(0u, 0xFFFFFFFFu));
  app.add_option("--forgery", request.forgery,
                 "none, digit, other-code, both-bad-sums, both-consistent");
  app.add_option("--ladder", request.ladder, "one effect alone: defocus=0.2,0.4,...");
  app.add_option("--font", request.font, "letters of one width");
  app.add_flag("--held-out", request.held_out, "seeds on which nothing is tuned");
  app.add_flag("--no-code", request.no_code, "sheets without a QR code");
  app.add_flag("--zero-report", request.zero, "sheets printed before voting begins");
  app.add_option("--level", request.level, "error correction: L, M, Q, H; mixed: 25 % L, 75 % M");
  app.add_flag("--two", request.two, "two sheets on each picture");
  app.add_flag("--in-turn", request.in_turn, "one picture for each return, of the classes in turn");
  app.add_option("OUT", request.out, "folder")->required();
  CLI11_PARSE(app, argc, argv);
  return run(request);
}
