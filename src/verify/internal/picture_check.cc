// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/picture_check.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "intake/picture_entry.h"
#include "merkle/tree.h"
#include "verify/internal/names.h"

namespace scr::verify {
namespace {

// What is wrong with an entry if its picture, read again, says `again`; nothing if nothing is.
std::optional<std::string> differs(const derive::RecordState& state,
                                   const derive::PictureRead& picture, std::string_view entry,
                                   const reading::ReadSheet& again, Report& report) {
  if (const entry::SheetRead* sheet = picture.read()) {
    if (!again.code) return "is not to be read off its picture";
    if (again.code->payload != sheet->payload) return "is not what its picture says";
    const auto made = intake::picture_entry(again, state.definition, sheet->evidence, sheet->at);
    if (made.bytes == entry) return std::nullopt;
    return "has the payload of its picture, but otherwise another reading of it";
  }
  const entry::PictureUnread& unread = *picture.unread();
  // A reader that died, or was too slow, left no fingerprint.
  if (again.fingerprint && unread.fingerprint && *again.fingerprint != *unread.fingerprint)
    return "has not the fingerprint of its picture";
  const auto made = intake::picture_entry(again, state.definition, unread.evidence, unread.at);
  if (made.unread.empty()) {
    ++report.pictures_legible_now;
    return std::nullopt;
  }
  if (made.bytes == entry || made.unread != unread.reason) return std::nullopt;
  return "has not the printed numbers of its picture";
}

}  // namespace

Digest reading_name(const derive::RecordState& state, std::string_view entry, const Digest& file) {
  Sha256 hash;
  hash.add(bytes_of(std::string_view("scrutineer reading v1\n")));
  hash.add(state.genesis.files.front().sha256.view());
  hash.add(merkle::leaf_hash(bytes_of(entry)).view());
  return hash.add(file.view()).finish();
}

std::set<Digest> chosen_pictures(const Bundle& bundle, const derive::RecordState& state,
                                 const std::vector<ShownPicture>& shown, const Readings& readings,
                                 Report& report) {
  std::set<Digest> at_hand;
  for (const derive::PictureRead& picture : state.pictures) {
    if (bundle.has(evidence_path(picture.sha256))) at_hand.insert(picture.sha256);
  }
  for (const ShownPicture& one : shown) at_hand.insert(one.picture->sha256);
  if (!readings.sample || readings.sample->size >= at_hand.size()) return at_hand;
  std::map<Digest, Digest> tickets;
  for (const Digest& picture : at_hand) {
    const std::string ticket = readings.sample->seed + "\n" + picture.hex();
    tickets.emplace(sha256(bytes_of(ticket)), picture);
  }
  report.pictures_not_in_sample = at_hand.size() - readings.sample->size;
  at_hand.clear();
  for (const auto& [ticket, picture] : tickets) {
    if (at_hand.size() == readings.sample->size) break;
    at_hand.insert(picture);
  }
  return at_hand;
}

void check_pictures(const Bundle& bundle, const derive::RecordState& state,
                    std::span<const std::string_view> entries, const std::set<Digest>& drawn,
                    const Means& means, const Readings& readings, Report& report,
                    Problems& problems) {
  std::vector<const derive::PictureRead*> chosen;
  for (const derive::PictureRead& picture : state.pictures) {
    const bool at_hand = bundle.has(evidence_path(picture.sha256));
    if (at_hand && drawn.count(picture.sha256) > 0) chosen.push_back(&picture);
  }
  const auto name_of_reading = [&](const derive::PictureRead& picture) {
    return reading_name(state, entries[picture.index.value()], picture.sha256);
  };
  if (readings.was_done) {
    report.pictures_done_before = std::erase_if(
        chosen, [&](const auto* one) { return readings.was_done(name_of_reading(*one)); });
  }
  if (chosen.empty()) return;
  const auto done = means.read_again(
      chosen.size(), [&](std::size_t i) { return bundle.read(evidence_path(chosen[i]->sha256)); },
      [&](std::size_t i, const reading::ReadSheet& again) {
        const std::uint64_t index = chosen[i]->index.value();
        problems.checked();
        ++report.pictures_read_again;
        const std::uint64_t legible = report.pictures_legible_now;
        const auto wrong = differs(state, *chosen[i], entries[index], again, report);
        if (wrong) problems.add(entry_name(index), *wrong);
        // What has to be told of once more is looked at once more.
        if (!wrong && legible == report.pictures_legible_now && readings.now_done)
          readings.now_done(name_of_reading(*chosen[i]));
        if (means.tell) means.tell(Level::readings, report.pictures_read_again, chosen.size());
      });
  if (!done) problems.add(done.error());
}

}  // namespace scr::verify
