// SPDX-License-Identifier: Apache-2.0
//
// The second verifier (web/verifier): a page that needs nothing but a browser, a program for Node,
// and the source of both. Built into this program, so that every bundle can carry it.

#pragma once

#include <span>
#include <string_view>

namespace scr::bundle {

struct VerifierFile {
  std::string_view path;  // "dist/verifier.html"
  std::string_view bytes;
};

// Sorted by path.
std::span<const VerifierFile> verifier_files();

}  // namespace scr::bundle
