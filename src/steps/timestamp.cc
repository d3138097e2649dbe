// SPDX-License-Identifier: Apache-2.0
#include "steps/timestamp.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/decimal.h"
#include "os/files.h"
#include "record/layout.h"
#include "stamps/open_timestamps.h"
#include "stamps/rfc3161.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

using SizeByHash = std::map<Digest, std::uint64_t>;

// Every checkpoint of the log by the SHA-256 of its file: that is what is stamped.
Result<SizeByHash> checkpoints_by_hash(const record::Layout& layout) {
  SCR_TRY(names, os::files_in(layout.checkpoints()));
  SizeByHash sizes;
  for (const std::string& name : names) {
    const auto size = parse_decimal(name);
    if (!size) continue;
    SCR_TRY(text, os::read_text(layout.checkpoints() / name));
    sizes[sha256(bytes_of(text))] = *size;
  }
  return sizes;
}

struct Stamped {
  Digest digest;
  CheckedStamp checked;
};

Result<Stamped> check_stamp(const fs::path& file, const std::string& bytes,
                            const std::string& trusted) {
  if (file.extension() == ".ots") {
    SCR_TRY(digest, stamps::stamped_by_open_timestamps(bytes_of(bytes)));
    CheckedStamp kept;
    kept.why = "OpenTimestamps: kept, not checked here; ots verify does";
    return Stamped{digest, std::move(kept)};
  }
  if (trusted.empty()) {
    return fail(ErrorCode::bad_input, "whom to trust is not said; give certificates with --ca");
  }
  SCR_TRY(stamp, stamps::verify_time_stamp(bytes_of(bytes), trusted));
  CheckedStamp verified;
  verified.verified = true;
  verified.time = stamp.time;
  verified.authority = stamp.authority;
  return Stamped{stamp.stamped, std::move(verified)};
}

fs::path stamps_folder(const record::Layout& layout) {
  return layout.log() / "stamps";
}

struct Taken {
  std::string name;
  std::string bytes;
};

Result<Taken> to_take(const fs::path& file, const std::string& trusted, const SizeByHash& sizes) {
  SCR_TRY(bytes, os::read_text(file, stamps::kMaxStampBytes));
  SCR_TRY(stamped, at(file.string(), check_stamp(file, bytes, trusted)));
  const auto dated = sizes.find(stamped.digest);
  if (dated == sizes.end()) {
    return fail(ErrorCode::bad_input,
                "dates no checkpoint here; have a file in log/checkpoints stamped, as it is",
                file.string());
  }
  const bool ots = file.extension() == ".ots";
  return Taken{std::to_string(dated->second) + "-" + sha256(bytes_of(bytes)).hex().substr(0, 16) +
                   (ots ? ".ots" : ".tsr"),
               std::move(bytes)};
}

Result<CheckedStamp> look_again(const fs::path& file, const std::string& trusted,
                                const SizeByHash& sizes) {
  SCR_TRY(bytes, os::read_text(file, stamps::kMaxStampBytes));
  auto stamped = check_stamp(file, bytes, trusted);
  CheckedStamp checked;
  if (!stamped) {
    checked.why = to_string(stamped.error());
  } else {
    checked = std::move(stamped->checked);
    const auto dated = sizes.find(stamped->digest);
    if (dated != sizes.end()) checked.tree_size = dated->second;
    if (dated == sizes.end()) {
      checked = CheckedStamp{};
      checked.why = "dates no checkpoint here";
    }
  }
  checked.file = file.filename().string();
  return checked;
}

}  // namespace

Result<std::vector<CheckedStamp>> timestamp(const TimestampRequest& request) {
  const record::Layout layout{request.folder};
  SCR_TRY(sizes, checkpoints_by_hash(layout));
  std::string trusted;
  if (request.trusted) {
    SCR_TRY(pem, os::read_text(*request.trusted, stamps::kMaxStampBytes));
    trusted = std::move(pem);
  }
  std::vector<Taken> all;
  for (const fs::path& file : request.take) {
    SCR_TRY(taken, to_take(file, trusted, sizes));
    all.push_back(std::move(taken));
  }
  if (!all.empty()) SCR_TRY_VOID(os::make_folders(stamps_folder(layout)));
  for (const Taken& taken : all) {
    const auto kept =
        os::create_file(stamps_folder(layout) / taken.name, taken.bytes, os::kWriteOnce);
    if (!kept && kept.error().code != ErrorCode::conflict) return tl::unexpected(kept.error());
  }
  SCR_TRY(names, os::files_in(stamps_folder(layout)));
  std::vector<CheckedStamp> stamps;
  for (const std::string& name : names) {
    SCR_TRY(checked, look_again(stamps_folder(layout) / name, trusted, sizes));
    stamps.push_back(std::move(checked));
  }
  std::stable_sort(stamps.begin(), stamps.end(),
                   [](const auto& a, const auto& b) { return a.tree_size < b.tree_size; });
  return stamps;
}

}  // namespace scr::steps
