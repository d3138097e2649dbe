// SPDX-License-Identifier: Apache-2.0
//
// Printed codes that are no QR codes: what they say, by the library zxing-cpp. QR codes have a
// reader of our own (qr/read.h), and nothing here ever speaks against it: whether a code may say
// which sheet it is, and what happens where two codes differ, is decided by who calls.
//
// To be called in a confined process only: it hands a stranger's picture to a large library.
// Pure; any thread.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "image/image.h"

namespace scr::barcode {

enum class Symbology : std::uint8_t {
  code_128,
  code_39,
  code_93,
  codabar,
  itf,
  ean_13,
  ean_8,
  pdf_417,
  data_matrix,
  aztec
};
inline constexpr std::array<Symbology, 10> kAll{
    Symbology::code_128,    Symbology::code_39, Symbology::code_93, Symbology::codabar,
    Symbology::itf,         Symbology::ean_13,  Symbology::ean_8,   Symbology::pdf_417,
    Symbology::data_matrix, Symbology::aztec};

// "code-128", as a definition writes it; and back.
const char* name_of(Symbology symbology);
std::optional<Symbology> symbology_of(std::string_view name);

struct Code {
  Symbology symbology = Symbology::code_128;
  std::string payload;  // bytes as they stand
  image::Quad corners{};
};

// The codes of these kinds that can be read, at most 8, without doubles, by payload. Only what the
// library holds for sound by the code's own check digits. Empty if `which` is empty. Of linear
// codes that stand side by side, nearer than half their length, one may be passed over.
std::vector<Code> read(const image::Gray& picture, std::span<const Symbology> which);

}  // namespace scr::barcode
