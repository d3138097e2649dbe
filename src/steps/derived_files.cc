// SPDX-License-Identifier: Apache-2.0
#include "steps/derived_files.h"

#include <utility>

#include "bundle/returns_table.h"
#include "derive/conclusions.h"
#include "parquet/table.h"

namespace scr::steps {

Result<std::map<std::string, std::string>> derived_files(const derive::RecordState& state,
                                                         const std::string& result) {
  SCR_TRY(selection, derive::select(state, {}));
  SCR_TRY(count, derive::count(state, selection));
  const auto table = bundle::returns_table(state.definition, state.geography, count.returns);
  std::map<std::string, std::string> files;
  files[kResultFile] = result + "\n";
  files[kCsvFile] = bundle::csv_of(table);
  files[kParquetFile] = parquet::write(table);
  return files;
}

}  // namespace scr::steps
