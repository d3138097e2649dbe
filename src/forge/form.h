// SPDX-License-Identifier: Apache-2.0
//
// A form that is filled in by hand, drawn by the places that a definition gives ([sheet.form]): the
// code, the same number as Code 128 along both margins, black frames, boxes in a light colour with
// digits, the numbers in words.
//
// Pure; any thread.

#pragma once

#include "base/result.h"
#include "election/definition.h"
#include "forge/chance.h"
#include "forge/font.h"
#include "forge/sheet.h"

namespace scr::forge {

// The QR code has `version` if its payload fits. With an altered number (Forgery::digit) the boxes
// say another number than the words beside them. bad_input if the definition's first sheet format
// has no form, or a number has more digits than boxes.
Result<Print> print_form(const SheetPlan& plan, const election::Definition& definition,
                         const Font& font, qr::Level level, int version, Chance& chance);

}  // namespace scr::forge
