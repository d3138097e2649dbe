// SPDX-License-Identifier: Apache-2.0
#include "record/staging.h"

#include <utility>

#include "base/decimal.h"

namespace scr::record {
namespace {

constexpr std::string_view kHead = "scrutineer staging v1\n";
constexpr std::string_view kEnd = "end\n";
constexpr std::size_t kBuffer = std::size_t{1} << 20;

}  // namespace

Result<StagingWriter> StagingWriter::create(const std::filesystem::path& file) {
  SCR_TRY(out, os::SequentialFile::create(file, os::kPublic));
  StagingWriter writer(std::move(out), file);
  writer.buffer_ = kHead;
  return writer;
}

Result<void> StagingWriter::flush() {
  SCR_TRY_VOID(out_.write(buffer_));
  buffer_.clear();
  return {};
}

Result<void> StagingWriter::add(const tiles::TileId& tile, std::string_view bytes) {
  buffer_ += tiles::path_of(tile);
  buffer_ += "\n" + std::to_string(bytes.size()) + "\n";
  buffer_ += bytes;
  return buffer_.size() >= kBuffer ? flush() : Result<void>();
}

Result<void> StagingWriter::finish() {
  buffer_ += kEnd;
  SCR_TRY_VOID(flush());
  SCR_TRY_VOID(out_.sync_and_close());
  return os::sync_folder(file_.parent_path());
}

Result<void> read_staging(std::string_view staging, const EachTile& each) {
  if (!staging.starts_with(kHead) || !staging.ends_with(kEnd)) {
    return fail(ErrorCode::bad_input, "cut off");
  }
  std::string_view rest = staging.substr(kHead.size());
  while (rest != kEnd) {
    const std::size_t path_end = rest.find('\n');
    const std::size_t size_end =
        path_end == std::string_view::npos ? path_end : rest.find('\n', path_end + 1);
    if (size_end == std::string_view::npos) return fail(ErrorCode::bad_input, "a head cut off");
    const auto tile = tiles::parse_path(rest.substr(0, path_end));
    const auto size = parse_decimal(rest.substr(path_end + 1, size_end - path_end - 1));
    rest.remove_prefix(size_end + 1);
    if (!tile || !size || *size > rest.size()) {
      return fail(ErrorCode::bad_input, "not a tile and its length");
    }
    SCR_TRY_VOID(each(*tile, rest.substr(0, *size)));
    rest.remove_prefix(*size);
  }
  return {};
}

}  // namespace scr::record
