// SPDX-License-Identifier: Apache-2.0
#include "bundle/checksums.h"

namespace scr::bundle {

std::string checksums(const std::map<std::string, Digest>& files) {
  std::string text;
  for (const auto& [path, digest] : files) text += digest.hex() + "  " + path + "\n";
  return text;
}

}  // namespace scr::bundle
