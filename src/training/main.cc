// SPDX-License-Identifier: Apache-2.0
//
// digittrain: makes the network that reads printed digits, from generated sheets. docs/reading.md.
//
//   digittrain elections/ve-2024/election.toml SHEETS EPOCHS FONT... >
//   src/print/internal/digit_weights.cc
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "training/examples.h"
#include "training/learn.h"

namespace {

using namespace scr;

// Blur is the hardest to learn, and stands in it most often.
constexpr char kClasses[] = "AFBFCFDFBFCFEFGFHF";

int complain(const std::string& what) {
  std::fprintf(stderr, "digittrain: %s\n", what.c_str());
  return 3;
}

Result<std::vector<training::Example>> examples_from(const election::Definition& definition,
                                                     const std::string& file, int sheets,
                                                     std::uint64_t seed) {
  SCR_TRY(font, forge::Font::load(file));
  std::vector<training::Example> all;
  for (int i = 0; i < sheets; ++i) {
    forge::Chance chance(seed * 7919 + static_cast<std::uint64_t>(i));
    const char letter = kClasses[(static_cast<std::size_t>(i) + seed * 5) % (sizeof kClasses - 1)];
    SCR_TRY(more, training::examples_of_sheet(definition, font, *forge::damage_of_letter(letter), 3,
                                              chance));
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return complain("DEFINITION SHEETS EPOCHS FONT...: sheets are those of each font");
  std::ifstream in(argv[1], std::ios::binary);
  const std::string toml{std::istreambuf_iterator<char>(in), {}};
  const auto definition = election::parse_definition(toml);
  if (!definition) return complain(std::string(argv[1]) + ": " + to_string(definition.error()));
  const int sheets = std::atoi(argv[2]);
  const int epochs = std::atoi(argv[3]);
  const auto fonts = static_cast<std::size_t>(argc - 4);
  std::vector<std::vector<training::Example>> by_font(fonts);
  std::vector<std::string> problems(fonts);
  std::vector<std::thread> threads;
  const std::size_t lanes = std::max(1u, std::thread::hardware_concurrency());
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    threads.emplace_back([&, lane] {
      for (std::size_t i = lane; i < fonts; i += lanes) {
        auto made = examples_from(*definition, argv[4 + i], sheets, 17 + i);
        if (made) {
          by_font[i] = std::move(*made);
        } else {
          problems[i] = to_string(made.error());
        }
        std::fprintf(stderr, "%s: %zu cells\n", argv[4 + i], by_font[i].size());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<training::Example> all;
  std::string made_by = "digittrain DEFINITION " + std::string(argv[2]) + " " + argv[3];
  for (std::size_t i = 0; i < fonts; ++i) {
    if (!problems[i].empty()) return complain(problems[i]);
    all.insert(all.end(), by_font[i].begin(), by_font[i].end());
    const std::string file = argv[4 + i];
    made_by += "\n//     " + file.substr(file.rfind('/') + 1);
  }
  forge::Chance chance(1);
  const auto weights = training::learn(std::move(all), epochs, chance, [](int epoch, double right) {
    std::fprintf(stderr, "epoch %d: %.2f %% right\n", epoch, 100 * right);
  });
  std::fputs(training::source_of(weights, made_by).c_str(), stdout);
  return 0;
}
