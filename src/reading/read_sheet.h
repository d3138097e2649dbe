// SPDX-License-Identifier: Apache-2.0
//
// A picture of a sheet, read: the QR code that is printed on it, or why there is none to be had.
//
//   ReadSheet read = read_sheet(bytes);              // in a worker: the bytes are a stranger's
//   std::string answer = to_text(read);              // across to whoever asked
//   SCR_TRY(same, read_sheet_from_text(answer));
//
// What the payload means, and whether it is that of a sheet of this election, is not looked at
// here: election/sheet_payload.h.
//
// Pure: the same bytes give the same reading on every machine. Any thread.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace scr::reading {

struct SheetCode {
  std::string payload;
  std::string stage;         // of qr/read.h: how hard it was
  bool ink_removed = false;  // read on the brightest colour channel
  int errors = 0;            // bytes corrected
  int erasures = 0;          // bytes taken as unknown
  int margin = 0;            // parity bytes to spare in the hardest block
  std::array<int, 8>
      corners{};  // x, y of top left, top right, bottom right, bottom left; pixels, >= 0
};

struct ReadSheet {
  std::optional<SheetCode> code;
  // If not: "not-a-picture", "too-large", "truncated", "corrupt", "no-code" (none was seen),
  // "code-unreadable" (one was seen and could not be corrected).
  std::string unread;
};

ReadSheet read_sheet(ByteView file);

std::string to_text(const ReadSheet& read);
// bad_input unless it is what to_text makes.
Result<ReadSheet> read_sheet_from_text(std::string_view text);

}  // namespace scr::reading
