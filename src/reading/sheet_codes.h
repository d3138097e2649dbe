// SPDX-License-Identifier: Apache-2.0
//
// Printed codes beside the QR code: which sheet they name, and whether they speak against it.
//
// Pure; any thread; in a confined process (barcode/read.h).

#pragma once

#include "election/definition.h"
#include "image/image.h"
#include "reading/read_sheet.h"

namespace scr::reading {

// Which codes that are no QR codes are looked for.
enum class Foreign {
  leave,  // only kinds that a sheet format of the definition names
  name,   // where there is no QR code: all, to say what the picture shows
};

// Notes other codes in sheet.others. A QR code keeps its word: another code says which sheet it is
// only where no QR code was read and the definition lets codes of its kind do so. Where two codes
// that may both say it name different stations, none of them counts: the sheet is unread,
// "codes-differ", with all of them among the others. A QR code that no format lets speak becomes
// "foreign-code".
void read_other_codes(const image::Gray& picture, const election::Definition& definition,
                      Foreign foreign, ReadSheet& sheet);

}  // namespace scr::reading
