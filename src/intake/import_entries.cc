// SPDX-License-Identifier: Apache-2.0
#include "intake/import_entries.h"

#include "entry/entry.h"

namespace scr::intake {
namespace {

entry::ReturnTranscribed transcribed(const ImportedRow& row, entry::EntryIndex head) {
  return {.import = head,
          .invalid = row.invalid,
          .null = row.null,
          .place = row.place,
          .registered = row.registered,
          .row = row.row,
          .station = row.station,
          .valid = row.valid,
          .votes = row.votes};
}

}  // namespace

void append_import_entries(const ReadReturns& read, entry::ReturnsImported imported,
                           entry::EntryIndex head, std::vector<std::string>& entries) {
  imported.names = read.names.size();
  imported.rows = read.rows.size();
  imported.refused = read.refused.size();
  entries.push_back(encode(imported));
  for (const NamedUnit& named : read.names) {
    entries.push_back(encode(entry::UnitNamed{head, named.level, named.name, named.unit}));
  }
  for (const ImportedRow& row : read.rows) entries.push_back(encode(transcribed(row, head)));
  for (const RefusedRow& refused : read.refused) {
    entries.push_back(encode(entry::RowRefused{refused.code, refused.column, head, refused.row}));
  }
}

}  // namespace scr::intake
