// SPDX-License-Identifier: Apache-2.0
//
// How much is read, how often wrongly, at what cost, and what would others have read?
//
//   reading_bench                           480 sheets made in this run, all readers
//   reading_bench --held-out                the same on seeds that nothing was tuned on
//   reading_bench --sheets FOLDER           pictures at hand, as sheetforge writes them
//   reading_bench --count 10000 --only ours --forged 0 --results long.jsonl
//                                           the long check: no picture is kept, an interrupted run
//                                           goes on where it stopped, memory does not grow
//
// Prints Markdown; --json FILE writes the same figures. Exit 1: a payload was read wrongly by ours.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "bench/reading/results.h"
#include "bench/reading/tables.h"
#include "os/files.h"

namespace {

using namespace scr;
using namespace scr::bench;

struct Request {
  std::string election = SCR_SOURCE_DIR "/elections/ve-2024/election.toml";
  std::string sheets;
  std::string classes = "ABCDEFGH";
  std::string only = "all";
  std::string font = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
  std::string results;
  std::string json;
  int count = 480;
  int forged = 80;
  std::uint32_t seed = 1;
  unsigned jobs = 1;
  bool held_out = false;
};

std::set<std::string> wanted_by(const std::string& only) {
  std::set<std::string> wanted;
  std::istringstream words(only);
  for (std::string word; std::getline(words, word, ',');) {
    if (word == "all") wanted.insert(std::begin(kAttempts), std::end(kAttempts));
    if (word == "ours") wanted.insert({"code", "whole"});
    if (std::find(std::begin(kAttempts), std::end(kAttempts), word) != std::end(kAttempts))
      wanted.insert(word);
  }
  return wanted;
}

// Class after class in turn, so that a run that was stopped has seen all of them alike.
Result<std::vector<SheetName>> names_for(const Request& request) {
  if (!request.sheets.empty()) return sheets_in(request.sheets);
  std::vector<SheetName> names;
  const auto each = [&](Kind kind, const std::string& letters, int count) {
    for (int i = 0; i < count; ++i) {
      const std::size_t turn = static_cast<std::size_t>(i) % letters.size();
      names.push_back({kind,
                       *forge::damage_of_letter(letters[turn]),
                       i / static_cast<int>(letters.size()),
                       {}});
    }
  };
  for (const char letter : request.classes) {
    if (!forge::damage_of_letter(letter))
      return fail(ErrorCode::bad_input, "--classes: letters from A to H");
  }
  each(Kind::plain, request.classes, request.count);
  for (int kind = 1; kind < kKinds; ++kind) each(static_cast<Kind>(kind), "ABCD", request.forged);
  return names;
}

// What two runs must have in common to be one, this program itself included.
std::string settings_of(const Request& request, const std::string& toml) {
  const auto self = os::read_text("/proc/self/exe");
  return nlohmann::json{{"election_sha256", sha256(bytes_of(toml)).hex()},
                        {"program_sha256", self ? sha256(bytes_of(*self)).hex() : ""},
                        {"sheets", request.sheets},
                        {"seed", request.seed},
                        {"held_out", request.held_out},
                        {"font", request.font},
                        {"only", request.only}}
      .dump();
}

Result<void> measure_all(const Request& request, const election::Definition& definition,
                         const std::vector<SheetName>& names, Results& results) {
  std::set<std::string> done;
  for (const SheetOutcome& one : results.all()) done.insert(one.sheet);
  const Bench bench(definition, wanted_by(request.only));
  const std::uint64_t seed = request.seed + (request.held_out ? forge::kHeldOut : 0);
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  Result<void> problem;
  const auto one_after_the_other = [&]() -> Result<void> {
    SCR_TRY(font, forge::Font::load(request.font));
    for (std::size_t i = next++; i < names.size(); i = next++) {
      if (done.contains(names[i].text())) continue;
      SCR_TRY(sheet, sheet_of(names[i], seed, definition, font));
      SheetOutcome outcome = bench.measure(names[i], sheet);
      const std::lock_guard lock(mutex);
      SCR_TRY_VOID(results.add(std::move(outcome)));
      std::fprintf(stderr, "\r%zu of %zu ", results.all().size(), names.size());
    }
    return {};
  };
  std::vector<std::thread> threads;
  for (unsigned k = 0; k < std::max(1u, request.jobs); ++k) {
    threads.emplace_back([&] {
      Result<void> ended = one_after_the_other();
      if (ended) return;
      next = names.size();
      const std::lock_guard lock(mutex);
      problem = std::move(ended);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::fprintf(stderr, "\n");
  return problem;
}

Result<int> run(const Request& request) {
  SCR_TRY(toml, os::read_text(request.election));
  SCR_TRY(definition, election::parse_definition(toml));
  SCR_TRY(names, names_for(request));
  const std::string settings = settings_of(request, toml);
  SCR_TRY(results, Results::open(request.results, settings));
  SCR_TRY_VOID(measure_all(request, definition, names, results));
  const Figures figures = figures_of(results.all());
  std::printf("%s%s", markdown_of(figures).c_str(), goals_of(figures).c_str());
  if (!request.json.empty())
    SCR_TRY_VOID(os::replace_file(request.json, json_of(figures, settings) + "\n", os::kPublic));
  const auto wrong = [&](const char* name) { return figures.wrong_payloads.contains(name); };
  return wrong("code") || wrong("whole") ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Reads the same pictures with this program's reader and with others.");
  Request request;
  app.add_option("--election", request.election, "definition with a printed sheet format");
  app.add_option("--sheets", request.sheets, "folder of pictures with their truth");
  app.add_option("--classes", request.classes, "letters from A to H");
  app.add_option("--count", request.count, "sheets in all, the classes in turn")
      ->check(CLI::Range(0, 10'000'000));
  app.add_option("--forged", request.forged, "sheets of each kind of forgery, of classes A to D")
      ->check(CLI::Range(0, 1'000'000));
  app.add_option("--only", request.only,
                 "all, ours, or of: code,whole,zbar,zxing,zxing-all,ladder,ladder-ink")
      ->check([](const std::string& only) {
        return wanted_by(only).empty() ? "no such reader: " + only : std::string();
      });
  app.add_option("--seed", request.seed, "same seed, same pictures");
  app.add_flag("--held-out", request.held_out, "seeds that nothing was tuned on");
  app.add_option("--font", request.font, "letters of one width");
  app.add_option("--jobs", request.jobs, "sheets at a time")->check(CLI::Range(1u, 256u));
  app.add_option("--results", request.results, "file of results, to go on with");
  app.add_option("--json", request.json, "file for the figures as JSON");
  CLI11_PARSE(app, argc, argv);
  const auto ended = run(request);
  if (ended) return *ended;
  std::fprintf(stderr, "reading_bench: %s\n", to_string(ended.error()).c_str());
  return 3;
}
