// SPDX-License-Identifier: Apache-2.0
//
// What is tried on one picture, what came of it, and what it cost: processor time of this thread,
// from the file's bytes in memory to the answer, decoding included.

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bench/reading/sheets.h"
#include "election/definition.h"
#include "reading/read_sheet.h"

namespace scr::bench {

// In the order of the tables.
//   code        our reader without a definition: codes only
//   whole       our reader: codes, printed numbers, both jointly, compared
//   zbar, zxing try harder; zxing-all: also turned and reduced
//   ladder      treatments with zxing and zbar, one after the other, until one reads
//   ladder-ink  the same, and then once more on the brightest colour channel
inline constexpr const char* kAttempts[] = {"code",      "whole",  "zbar",      "zxing",
                                            "zxing-all", "ladder", "ladder-ink"};

struct Outcome {
  std::string read = "nothing";  // "right", "wrong"
  double ms = 0;
  std::string how;  // stage, or step of the ladder
};

struct PrintOutcome {
  bool found = false;
  int numbers = 0;  // that are printed
  int right = 0;
  int contradictions = 0;
  int true_ones = 0;  // of these, with what is printed there indeed
};

struct SheetOutcome {
  std::string sheet;   // SheetName::text
  double grey_ms = 0;  // one grey decode of the same file: the median of three
  std::map<std::string, Outcome> attempts;
  PrintOutcome print;  // of "whole"
};

class Bench {
 public:
  Bench(const election::Definition& definition, std::set<std::string> wanted);

  SheetOutcome measure(const SheetName& name, const Sheet& sheet) const;

 private:
  void try_ours(const Sheet& sheet, SheetOutcome& out) const;
  void try_others(const Sheet& sheet, SheetOutcome& out) const;

  std::set<std::string> wanted_;
  std::vector<reading::PrintedNumber> rows_;
  reading::SheetReader codes_only_;
  reading::SheetReader reader_;
};

}  // namespace scr::bench
