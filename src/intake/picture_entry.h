// SPDX-License-Identifier: Apache-2.0
//
// The entry that one picture of a sheet makes. Taking it in and verifying it both come here, so
// reading the same picture again gives the same bytes, or the record is not what it says.
//
// Pure; any thread.

#pragma once

#include <string>

#include "election/definition.h"
#include "entry/index.h"
#include "reading/read_sheet.h"

namespace scr::intake {

struct PictureEntry {
  std::string bytes;   // of a sheet.read, or of a picture.unread
  std::string unread;  // why; empty: a sheet was read
};

// `evidence`: the evidence.received of the picture.
PictureEntry picture_entry(const reading::ReadSheet& read, const election::Definition& definition,
                           entry::EntryIndex evidence, entry::ClaimedTime at);

}  // namespace scr::intake
