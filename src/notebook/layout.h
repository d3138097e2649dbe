// SPDX-License-Identifier: Apache-2.0
//
// Where things lie in a witness's folder. docs/formats/witness.md has it as a tree.

#pragma once

#include <filesystem>
#include <string>

namespace scr::notebook {

struct Layout {
  std::filesystem::path folder;

  std::filesystem::path key() const { return folder / "keys" / "witness.key"; }
  std::filesystem::path vkey() const { return folder / "witness.vkey"; }
  // Which logs it follows: lines of a tlog-policy.
  std::filesystem::path follows() const { return folder / "follows"; }
  std::filesystem::path notes() const { return folder / "notes"; }
  std::filesystem::path forks() const { return folder / "forks"; }
  std::filesystem::path lock() const { return folder / "lock"; }

  // Numbered from 1, six digits.
  std::filesystem::path segment(unsigned long number) const {
    const std::string digits = std::to_string(number);
    return notes() / (digits.size() < 6 ? std::string(6 - digits.size(), '0') + digits : digits);
  }
};

}  // namespace scr::notebook
