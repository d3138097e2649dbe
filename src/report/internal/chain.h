// SPDX-License-Identifier: Apache-2.0
//
// The way from a picture to a total, in sentences: the same on the terminal and on the page.

#pragma once

#include <string>
#include <vector>

#include "derive/dossier.h"
#include "entry/picture_unread.h"
#include "report/facts.h"

namespace scr::report::internal {

// Of one picture: received, read how, what the print says of it, what became of it.
std::vector<std::string> picture_steps(Language language, const derive::PictureOnFile& on_file);
// Whether the station counts, with which entries, and what sums it enters.
std::vector<std::string> counting_steps(Language language, const derive::RecordState& state,
                                        const derive::Dossier& dossier);
// "By volunteers, entry 12, of the file ..."
std::string heading_of(Language language, const derive::RecordState& state,
                       const review::Transcript& transcript);
// The file that a transcript comes from, in hex.
std::string file_of(const derive::RecordState& state, const review::Transcript& transcript);
// "PSUV: 137 (91.2 %), 131 (8.8 %)"
std::string candidates_of(Language language, const entry::PrintedRow& row);

}  // namespace scr::report::internal
