// SPDX-License-Identifier: Apache-2.0
#include "intake/picture_entry.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "election/sheet_payload.h"
#include "entry/entry.h"

namespace scr::intake {
namespace {

std::uint64_t whole(int n) {
  return static_cast<std::uint64_t>(n);
}

std::vector<entry::PrintDiffers> differing(const reading::PrintReading& print) {
  std::vector<entry::PrintDiffers> all;
  for (const reading::Contradiction& one : print.contradictions)
    all.push_back({one.name, one.printed, one.coded, whole(one.at[0]), whole(one.at[1])});
  return all;
}

std::vector<entry::PrintedRow> rows_of(const reading::PrintReading& print) {
  std::vector<entry::PrintedRow> rows;
  for (const reading::PrintedRow& row : print.rows) {
    rows.push_back({row.name, whole(row.at[0]), whole(row.at[1]), {}});
    for (const reading::LikelyNumber& one : row.likeliest)
      rows.back().likeliest.push_back({one.value, static_cast<std::uint64_t>(one.millionths)});
  }
  return rows;
}

entry::SheetRead sheet_read(const reading::ReadSheet& read) {
  const reading::SheetCode& code = *read.code;
  entry::SheetRead sheet;
  if (read.print) {
    sheet.agree = whole(read.print->agree);
    sheet.compared = whole(read.print->compared);
    sheet.contradictions = differing(*read.print);
  }
  for (const int corner : code.corners) sheet.corners.push_back(whole(corner));
  sheet.erasures = whole(code.erasures);
  sheet.errors = whole(code.errors);
  sheet.fingerprint = *read.fingerprint;
  sheet.margin = whole(code.margin);
  sheet.method = code.stage == "joint" ? "joint" : code.symbology;
  if (code.ink_removed) sheet.method += "-ink-removed";
  sheet.payload = code.payload;
  sheet.stage = code.stage;
  return sheet;
}

}  // namespace

PictureEntry picture_entry(const reading::ReadSheet& read, const election::Definition& definition,
                           entry::EntryIndex evidence, entry::ClaimedTime at) {
  if (read.code && election::parse_sheet_payload(read.code->payload, definition)) {
    entry::SheetRead sheet = sheet_read(read);
    sheet.at = at;
    sheet.evidence = evidence;
    return {encode(sheet), ""};
  }
  entry::PictureUnread unread{at, evidence, read.fingerprint, {}, read.unread};
  if (read.code) {
    unread.reason = "foreign-code";
  } else if (read.print) {
    unread.printed = rows_of(*read.print);
  }
  std::string why = unread.reason;
  return {encode(unread), std::move(why)};
}

}  // namespace scr::intake
