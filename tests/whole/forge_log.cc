// SPDX-License-Identifier: Apache-2.0
//
// What a dishonest keeper of a record could do: append any bytes, signed with the real key.
//
//   forge_log RECORD < entries, one a line
//
// For verify_faults_test.py only.

#include <iostream>
#include <string>
#include <vector>

#include "record/log.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::vector<std::string> entries;
  for (std::string line; std::getline(std::cin, line);) entries.push_back(line);
  auto log = scr::record::Log::open(argv[1]);
  if (!log) {
    std::cerr << to_string(log.error()) << "\n";
    return 1;
  }
  const auto first = log->append(entries);
  if (!first) {
    std::cerr << to_string(first.error()) << "\n";
    return 1;
  }
  std::cout << first->value() << "\n";
  return 0;
}
