// SPDX-License-Identifier: Apache-2.0
//
// digittrain: makes the networks that read printed digits, from generated sheets. docs/reading.md.
//
//   digittrain sharp elections/ve-2024/election.toml SHEETS EPOCHS FONT... >
//   src/print/internal/sharp_weights.cc
//
// and so "blurred" for what is out of focus.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "training/examples.h"
#include "training/learn.h"

namespace {

using namespace scr;

// Blur is the hardest to learn, and stands in it most often.
constexpr std::string_view kSharpClasses = "AFBFCFDFBFCFEFGFHF";
constexpr std::string_view kBlurredClasses = "FFFGFFFE";

int complain(const std::string& what) {
  std::fprintf(stderr, "digittrain: %s\n", what.c_str());
  return 3;
}

Result<std::vector<training::Example>> examples_from(const election::Definition& definition,
                                                     const std::string& file, print::Focus focus,
                                                     int sheets, std::uint64_t seed) {
  const std::string_view classes = focus == print::Focus::sharp ? kSharpClasses : kBlurredClasses;
  SCR_TRY(font, forge::Font::load(file));
  std::vector<training::Example> all;
  for (int i = 0; i < sheets; ++i) {
    forge::Chance chance(seed * 7919 + static_cast<std::uint64_t>(i));
    const char letter = classes[(static_cast<std::size_t>(i) + seed * 5) % classes.size()];
    SCR_TRY(more, training::examples_of_sheet(definition, font, *forge::damage_of_letter(letter),
                                              focus, 3, chance));
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

// The examples of all fonts, made side by side.
Result<std::vector<training::Example>> examples_from_all(const election::Definition& definition,
                                                         const std::vector<std::string>& fonts,
                                                         print::Focus focus, int sheets) {
  std::vector<Result<std::vector<training::Example>>> by_font(fonts.size());
  std::vector<std::thread> threads;
  const std::size_t lanes = std::max(1u, std::thread::hardware_concurrency());
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    threads.emplace_back([&, lane] {
      for (std::size_t i = lane; i < fonts.size(); i += lanes)
        by_font[i] = examples_from(definition, fonts[i], focus, sheets, 17 + i);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<training::Example> all;
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    SCR_TRY(some, std::move(by_font[i]));
    std::fprintf(stderr, "%s: %zu cells\n", fonts[i].c_str(), some.size());
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

template <class Weights>
std::string trained(std::vector<training::Example> examples, int epochs, const std::string& name,
                    const std::string& made_by) {
  forge::Chance chance(1);
  const auto heard = [](int epoch, double right) {
    std::fprintf(stderr, "epoch %d: %.2f %% right\n", epoch, 100 * right);
  };
  return training::source_of(training::learn<Weights>(std::move(examples), epochs, chance, heard),
                             name, made_by);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 5 || (words[0] != "sharp" && words[0] != "blurred"))
    return complain(
        "sharp|blurred DEFINITION SHEETS EPOCHS FONT...: sheets are those of each font");
  const auto focus = words[0] == "sharp" ? print::Focus::sharp : print::Focus::blurred;
  std::ifstream in(words[1], std::ios::binary);
  const std::string toml{std::istreambuf_iterator<char>(in), {}};
  const auto definition = election::parse_definition(toml);
  if (!definition) return complain(words[1] + ": " + to_string(definition.error()));
  const int sheets = std::atoi(words[2].c_str());
  const int epochs = std::atoi(words[3].c_str());
  const std::vector<std::string> fonts(words.begin() + 4, words.end());
  auto examples = examples_from_all(*definition, fonts, focus, sheets);
  if (!examples) return complain(to_string(examples.error()));
  std::string made_by = "digittrain " + words[0] + " DEFINITION " + words[2] + " " + words[3];
  for (const std::string& font : fonts) made_by += "\n//     " + font.substr(font.rfind('/') + 1);
  const std::string source =
      focus == print::Focus::sharp
          ? trained<print::SharpWeights>(std::move(*examples), epochs, "kSharpWeights", made_by)
          : trained<print::BlurredWeights>(std::move(*examples), epochs, "kBlurredWeights",
                                           made_by);
  std::fputs(source.c_str(), stdout);
  return 0;
}
