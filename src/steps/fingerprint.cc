// SPDX-License-Identifier: Apache-2.0
#include "steps/fingerprint.h"

#include <utility>

#include "os/files.h"
#include "qr/encode.h"
#include "steps/log_place.h"

namespace scr::steps {
namespace {

constexpr std::size_t kGroups = 8;
constexpr int kQuiet = 4;  // modules of white around a QR code (ISO/IEC 18004, 6.3.8)

std::string in_groups(const Digest& digest) {
  const std::string hex = digest.hex();
  std::string text;
  for (std::size_t i = 0; i < kGroups; ++i) {
    text += (i == 0 ? "" : " ") + hex.substr(i * 4, 4);
  }
  return text;
}

// One square for each dark module; sharp at any size.
std::string svg_of(const qr::Modules& code) {
  const std::string side = std::to_string(code.size + 2 * kQuiet);
  std::string path;
  for (int row = 0; row < code.size; ++row) {
    for (int column = 0; column < code.size; ++column) {
      if (!code.at(row, column)) continue;
      path +=
          "M" + std::to_string(column + kQuiet) + " " + std::to_string(row + kQuiet) + "h1v1h-1z";
    }
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
         "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
         "H0z\"/><path d=\"" + path + "\"/></svg>\n";
}

// As robust as fits.
Result<qr::Modules> code_of(const std::string& note) {
  for (const qr::Level level : {qr::Level::Q, qr::Level::M}) {
    auto code = qr::encode(note, {.level = level});
    if (code) return code;
  }
  return at("the checkpoint with its signatures", qr::encode(note, {.level = qr::Level::L}));
}

}  // namespace

Result<Fingerprint> fingerprint(const FingerprintRequest& request) {
  SCR_TRY(place, log_at(request.place, request.proxy));
  SCR_TRY(key, key_of(place, request.key));
  SCR_TRY(found, checkpoint_at(place, key, false));
  SCR_TRY(note, note::Unverified::parse(found.note));
  if (request.qr) {
    SCR_TRY(code, code_of(found.note));
    SCR_TRY_VOID(os::replace_file(*request.qr, svg_of(code), os::kPublic));
  }
  return Fingerprint{.origin = found.checkpoint.origin,
                     .tree_size = found.checkpoint.tree_size,
                     .signatures = note.signatures().size(),
                     .text = in_groups(sha256(bytes_of(found.checkpoint.text())))};
}

}  // namespace scr::steps
