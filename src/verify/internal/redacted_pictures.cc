// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/redacted_pictures.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "cells/commitment.h"
#include "image/image.h"
#include "reading/read_sheet.h"
#include "redact/work.h"
#include "verify/internal/picture_check.h"

namespace scr::verify {
namespace {

std::string base_of(const derive::CommittedPicture& picture) {
  const std::string hex = picture.sha256.hex();
  return "redacted/" + hex.substr(0, 2) + "/" + hex;
}

std::string picture_path(const derive::CommittedPicture& picture) {
  return base_of(picture) + (picture.cells->kind == cells::Kind::jpeg ? ".jpg" : ".png");
}

std::string proof_path(const derive::CommittedPicture& picture) {
  return base_of(picture) + ".redaction";
}

// Every file that may lie there is accounted for.
std::vector<ShownPicture> shown_in(const Bundle& bundle, const derive::RecordState& state,
                                   Problems& problems) {
  std::vector<ShownPicture> shown;
  std::set<std::string> known;
  for (const derive::CommittedPicture& picture : state.committed) {
    if (!picture.cells || picture.approved() == nullptr) continue;
    const std::string path = picture_path(picture);
    known.insert(path);
    known.insert(proof_path(picture));
    if (bundle.has(path)) {
      shown.push_back({&picture, path});
    } else {
      problems.add(path,
                   "is not there, though two people approved that it is shown, and no entry "
                   "says that it is withheld");
    }
  }
  const auto files = bundle.list("redacted");
  if (!files) {
    if (files.error().code != ErrorCode::not_found) problems.add(files.error());
    return shown;
  }
  for (const std::string& file : *files) {
    const std::string path = "redacted/" + file;
    if (known.count(path) == 0)
      problems.add(path,
                   "is no picture that two people approved and nobody withholds, nor its proof");
  }
  return shown;
}

// True if a hidden cell has a piece of the code where the log says that it was read.
bool hides_code(const ShownPicture& shown, const derive::PictureRead* reading,
                const redact::Grid& grid) {
  if (reading == nullptr || !reading->read() || reading->read()->corners.size() != 8) return false;
  const auto& corners = reading->read()->corners;
  image::Quad code;
  for (std::size_t i = 0; i < 4; ++i)
    code[i] = {static_cast<double>(corners[2 * i]), static_cast<double>(corners[2 * i + 1])};
  return !redact::touched(grid, *shown.picture->approved(), {code}).empty();
}

// The reading on record of each picture.
std::map<Digest, const derive::PictureRead*> readings_of(const derive::RecordState& state) {
  std::map<Digest, const derive::PictureRead*> readings;
  for (const derive::PictureRead& one : state.pictures) readings.emplace(one.sha256, &one);
  return readings;
}

// Null if there is none.
const derive::PictureRead* reading_in(const std::map<Digest, const derive::PictureRead*>& readings,
                                      const ShownPicture& shown) {
  const auto found = readings.find(shown.picture->sha256);
  return found == readings.end() ? nullptr : found->second;
}

// What is wrong with a reading on record if its redacted picture, read again, says `again`.
std::optional<std::string> differs_redacted(const derive::PictureRead& on_record,
                                            const reading::ReadSheet& again) {
  const entry::SheetRead* sheet = on_record.read();
  if (sheet == nullptr) return std::nullopt;  // that it can be read now is no fault
  if (!again.code) return "is not to be read off its redacted picture";
  if (again.code->payload != sheet->payload) return "is not what its redacted picture says";
  const std::size_t contradictions = again.print ? again.print->contradictions.size() : 0;
  if (contradictions > sheet->contradictions.size())
    return "says less than its redacted picture: there, more of the print contradicts the code";
  return std::nullopt;
}

}  // namespace

std::vector<ShownPicture> check_redacted_pictures(const Bundle& bundle,
                                                  const derive::RecordState& state,
                                                  const CheckRedacted& check, Report& report,
                                                  Problems& problems) {
  const std::vector<ShownPicture> shown = shown_in(bundle, state, problems);
  std::vector<ShownPicture> sound;
  if (shown.empty()) return sound;
  const auto readings = readings_of(state);
  const auto done = check(
      shown.size(),
      [&](std::size_t i) -> Result<std::string> {
        const derive::CommittedPicture& picture = *shown[i].picture;
        auto file = bundle.read(shown[i].path);
        auto proof = bundle.read(proof_path(picture));
        // An empty text is no proof, and is refused as such.
        return redact::ask_check(*picture.cells, *picture.approved(), proof ? *proof : "",
                                 file ? *file : "");
      },
      [&](std::size_t i, const Result<redact::Grid>& grid) {
        problems.checked();
        if (!grid) {
          problems.add(shown[i].path, to_string(grid.error()));
        } else if (hides_code(shown[i], reading_in(readings, shown[i]), *grid)) {
          problems.add(shown[i].path, "hides a piece of the code");
        } else {
          sound.push_back(shown[i]);
        }
      });
  if (!done) problems.add(done.error());
  report.pictures_redacted = sound.size();
  return sound;
}

void reread_redacted_pictures(const Bundle& bundle, const derive::RecordState& state,
                              std::span<const std::string_view> entries,
                              const std::vector<ShownPicture>& shown,
                              const std::set<Digest>& chosen, const Means& means,
                              const Readings& readings, Report& report, Problems& problems) {
  const auto on_record = readings_of(state);
  std::vector<ShownPicture> wanted;
  std::vector<Digest> names;  // of these readings
  for (const ShownPicture& one : shown) {
    if (chosen.count(one.picture->sha256) == 0) continue;
    const derive::PictureRead* reading = reading_in(on_record, one);
    const auto file = bundle.hashed(one.path);
    if (!reading || !file) continue;  // nothing was said of it; or it went away just now
    const Digest name = reading_name(state, entries[reading->index.value()], file->first);
    if (readings.was_done && readings.was_done(name)) {
      ++report.pictures_done_before;
      continue;
    }
    wanted.push_back(one);
    names.push_back(name);
  }
  if (wanted.empty()) return;
  const auto done = means.read_again(
      wanted.size(), [&](std::size_t i) { return bundle.read(wanted[i].path); },
      [&](std::size_t i, const reading::ReadSheet& again) {
        problems.checked();
        ++report.pictures_read_again;
        const derive::PictureRead& reading = *reading_in(on_record, wanted[i]);
        const auto wrong = differs_redacted(reading, again);
        if (wrong) problems.add("entry " + std::to_string(reading.index.value()), *wrong);
        if (!wrong && readings.now_done) readings.now_done(names[i]);
        if (means.tell) means.tell(Level::readings, i + 1, wanted.size());
      });
  if (!done) problems.add(done.error());
}

}  // namespace scr::verify
