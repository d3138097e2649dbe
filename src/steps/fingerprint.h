// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint in a form for newspapers and television: short enough to be read aloud, and as a QR
// code that holds the whole cosigned note, so that whoever kept either holds the log to it.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace scr::steps {

struct FingerprintRequest {
  std::string place;  // a record, bundle or mirror, a URL, or a lone checkpoint
  std::optional<std::string> key;
  std::optional<std::filesystem::path> qr;  // where to write it, as SVG
  std::string proxy;
};

struct Fingerprint {
  std::string origin;
  std::uint64_t tree_size = 0;
  std::uint64_t signatures = 0;  // lines of the note, verified or not
  // The first 128 bits of the SHA-256 of the checkpoint's three lines, in hex, in eight groups. Two
  // logs that agree on it are the same; it does not depend on who cosigned.
  std::string text;
};

// untrusted if the log's key did not sign it.
Result<Fingerprint> fingerprint(const FingerprintRequest& request);

}  // namespace scr::steps
