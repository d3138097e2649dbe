// SPDX-License-Identifier: Apache-2.0
//
// One file that holds every new tile of an append before any of them is put in its place: so a
// crash leaves either nothing of the append or all of it. docs/formats/record.md, "Staging".
//
//   scrutineer staging v1 LF
//   (path LF decimal length LF bytes)*      in the order in which they are to be put in place
//   "end" LF
//
// A staging file without its end was cut off, and is worth nothing.

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "os/files.h"
#include "tiles/path.h"

namespace scr::record {

class StagingWriter {
 public:
  static Result<StagingWriter> create(const std::filesystem::path& file);
  Result<void> add(const tiles::TileId& tile, std::string_view bytes);
  // Durable, with its name, when it returns.
  Result<void> finish();

 private:
  explicit StagingWriter(os::SequentialFile out, std::filesystem::path file)
      : out_(std::move(out)), file_(std::move(file)) {}
  Result<void> flush();

  os::SequentialFile out_;
  std::filesystem::path file_;
  std::string buffer_;
};

// Calls `each` for every file that `staging` holds, in order. bad_input if it was cut off or is not
// exactly of that form; nothing has been called for then if it was cut off.
using EachTile = std::function<Result<void>(const tiles::TileId&, std::string_view bytes)>;
Result<void> read_staging(std::string_view staging, const EachTile& each);

}  // namespace scr::record
