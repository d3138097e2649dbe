// SPDX-License-Identifier: Apache-2.0
//
// All that is on record of one station, from picture to total, and the pictures that wait for a
// person: as text, as data (schema/station.json, schema/unread.json; docs/json.md), and as one
// self-contained page with crops of the pictures.
//
// Pure; any thread.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "canon/value.h"
#include "derive/dossier.h"
#include "report/facts.h"
#include "report/text.h"

namespace scr::report {

// JPEG files; empty where there is nothing to show.
struct PictureViews {
  std::string whole;
  std::string code;
  // One for each contradiction of a picture that was read, for each printed row of one that was
  // not.
  std::vector<std::string> rows;
};

canon::Value dossier_json(const derive::RecordState& state, const derive::Dossier& dossier);
std::string dossier_text(Language language, const derive::RecordState& state,
                         const derive::Dossier& dossier, const TextStyle& style);
// `views`: one for each of dossier.pictures.
std::string dossier_page(Language default_language, const derive::RecordState& state,
                         const derive::Dossier& dossier, std::span<const PictureViews> views);

canon::Value unread_json(std::span<const derive::PictureOnFile> waiting);
std::string unread_text(Language language, std::span<const derive::PictureOnFile> waiting,
                        const TextStyle& style);
std::string unread_page(Language default_language, std::span<const derive::PictureOnFile> waiting,
                        std::span<const PictureViews> views);

}  // namespace scr::report
