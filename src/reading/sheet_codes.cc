// SPDX-License-Identifier: Apache-2.0
#include "reading/sheet_codes.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "barcode/read.h"
#include "election/sheet_payload.h"

namespace scr::reading {
namespace {

bool speaks(const election::SheetFormat& format, std::string_view symbology) {
  return std::find(format.codes.begin(), format.codes.end(), symbology) != format.codes.end();
}

// The station that a code names, if a format lets codes of its kind say so.
std::optional<election::StationId> named_by(std::string_view symbology, std::string_view payload,
                                            const election::Definition& definition) {
  for (const election::SheetFormat& format : definition.sheets) {
    if (!speaks(format, symbology)) continue;
    if (auto sheet = election::parse_sheet_payload(payload, definition, format))
      return std::move(sheet->station);
  }
  return std::nullopt;
}

std::vector<barcode::Symbology> wanted(const election::Definition& definition, bool all) {
  if (all) return {barcode::kAll.begin(), barcode::kAll.end()};
  std::set<barcode::Symbology> kinds;
  for (const election::SheetFormat& format : definition.sheets) {
    for (const std::string& name : format.codes) {
      if (const auto kind = barcode::symbology_of(name)) kinds.insert(*kind);
    }
  }
  return {kinds.begin(), kinds.end()};
}

// The code is no longer what the sheet says; it is still said that it was there.
void demote(ReadSheet& sheet, const char* why) {
  if (sheet.code) {
    sheet.others.push_back(
        {sheet.code->symbology, std::move(sheet.code->payload), sheet.code->corners});
  }
  sheet.code.reset();
  sheet.print.reset();
  sheet.unread = why;
}

void take(const OtherCode& other, ReadSheet& sheet) {
  SheetCode code;
  code.payload = other.payload;
  code.symbology = other.symbology;
  code.stage = "plain";
  code.corners = other.corners;
  sheet.code = std::move(code);
  sheet.unread.clear();
}

}  // namespace

void read_other_codes(const image::Gray& picture, const election::Definition& definition,
                      Foreign foreign, ReadSheet& sheet) {
  std::set<election::StationId> stations;
  if (sheet.code) {
    if (auto station = named_by("qr", sheet.code->payload, definition)) {
      stations.insert(std::move(*station));
    } else if (election::parse_sheet_payload(sheet.code->payload, definition)) {
      demote(sheet, "foreign-code");
    }
  }
  const bool all = foreign == Foreign::name && !sheet.code;
  const OtherCode* speaker = nullptr;
  for (barcode::Code& code : barcode::read(picture, wanted(definition, all)))
    sheet.others.push_back(
        {barcode::name_of(code.symbology), std::move(code.payload), whole(code.corners)});
  for (const OtherCode& other : sheet.others) {
    auto station = named_by(other.symbology, other.payload, definition);
    if (!station) continue;
    stations.insert(std::move(*station));
    if (speaker == nullptr) speaker = &other;
  }
  if (stations.size() > 1) {
    demote(sheet, "codes-differ");
  } else if (!sheet.code && speaker != nullptr) {
    take(OtherCode(*speaker), sheet);
  }
}

}  // namespace scr::reading
