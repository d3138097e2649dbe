// SPDX-License-Identifier: Apache-2.0
//
// What a receipt proves, as JSON and as text. Shared by verify-receipt and verify-original.

#pragma once

#include <optional>

#include "cells/commitment.h"
#include "cli/command.h"
#include "receipt/receipt.h"

namespace scr::cli {

// Says it, and gives how the program ends: 0 if all holds; 10 the signature, 11 the path to the
// root, 12 the form, 13 the file does not. `cells`: that were found to hold.
int tell_receipt(Terminal& terminal, const receipt::Opened& opened, bool with_file,
                 const std::optional<cells::Commitment>& cells);

}  // namespace scr::cli
