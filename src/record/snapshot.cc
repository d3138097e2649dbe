// SPDX-License-Identifier: Apache-2.0
#include "record/snapshot.h"

#include <optional>
#include <utility>

#include "merkle/tree.h"
#include "os/files.h"
#include "os/parallel.h"
#include "record/layout.h"
#include "record/log_keys.h"
#include "tiles/bundle.h"
#include "tiles/path.h"

namespace scr::record {
namespace {

struct CheckedBundle {
  std::optional<Error> error;
  std::vector<std::string_view> entries;
  std::vector<Digest> leaves;  // of a partial bundle
  Digest subtree;              // of a full one
};

CheckedBundle check_bundle(const std::string& bytes, const tiles::TileId& tile) {
  CheckedBundle checked;
  auto entries = tiles::split_bundle(bytes, tile.width);
  if (!entries) {
    checked.error = at(tiles::path_of(tile), std::move(entries).error());
    checked.error->code = ErrorCode::untrusted;
    return checked;
  }
  checked.entries = std::move(*entries);
  checked.leaves = merkle::leaf_hashes(checked.entries);
  if (tile.is_full()) {
    checked.subtree = merkle::root_of(checked.leaves);
    checked.leaves = {};
  }
  return checked;
}

// The keys are read behind the checkpoint: one that signs is on their list before it does.
Result<note::Checkpoint> read_newest(const std::filesystem::path& record) {
  SCR_TRY_VOID(read_vkey(record));  // its error says best that there is no record
  SCR_TRY(newest, newest_checkpoint(record));
  SCR_TRY(note_text, os::read_text(newest));
  SCR_TRY(keys, read_log_keys(record));
  return at("log/checkpoint", open_own_checkpoint(note_text, keys));
}

}  // namespace

Result<note::Vkey> read_vkey(const std::filesystem::path& record) {
  const std::filesystem::path file = Layout{record}.vkey();
  auto text = os::read_text(file);
  if (!text && text.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                "no record here (no log/log.vkey); name its folder with -C, or make one with: "
                "scrutineer init",
                record.string());
  }
  if (!text) return tl::unexpected(std::move(text).error());
  std::string_view line = *text;
  if (line.ends_with('\n')) line.remove_suffix(1);
  return at(file.string(), note::Vkey::parse(line));
}

Result<std::filesystem::path> newest_checkpoint(const std::filesystem::path& record) {
  const Layout layout{record};
  std::error_code error;
  const bool waits = std::filesystem::exists(layout.pending(), error);
  if (error) return fail(ErrorCode::io, error.message(), layout.pending().string());
  return waits ? layout.pending() : layout.checkpoint();
}

Result<std::string> read_bundle(const std::filesystem::path& log, std::uint64_t n,
                                std::uint64_t width) {
  auto bytes = os::read_text(log / tiles::path_of({true, 0, n, width}));
  if (bytes || width == tiles::kFullWidth || bytes.error().code != ErrorCode::not_found) {
    return bytes;
  }
  SCR_TRY(full, os::read_text(log / tiles::path_of({true, 0, n, tiles::kFullWidth})));
  SCR_TRY(entries, tiles::split_bundle(full, tiles::kFullWidth));
  std::string part;
  for (std::size_t i = 0; i < width; ++i) tiles::append_entry(part, entries[i]);
  return part;
}

Result<Snapshot> read_snapshot(const std::filesystem::path& record, unsigned threads) {
  const Layout layout{record};
  SCR_TRY(checkpoint, read_newest(record));
  Snapshot snapshot;
  snapshot.checkpoint_ = std::move(checkpoint);
  const merkle::TreeSize size(snapshot.checkpoint_.tree_size);
  const std::vector<tiles::TileId> tiles = tiles::entry_bundles(size);
  snapshot.bundles_.resize(tiles.size());
  std::vector<CheckedBundle> checked(tiles.size());
  os::parallel_for(tiles.size(), threads, [&](std::size_t i) {
    auto bytes = read_bundle(layout.log(), tiles[i].n, tiles[i].width);
    if (!bytes) {
      checked[i].error = std::move(bytes).error();
      return;
    }
    snapshot.bundles_[i] = std::move(*bytes);
    checked[i] = check_bundle(snapshot.bundles_[i], tiles[i]);
  });

  merkle::RightEdge edge;
  snapshot.entries_.reserve(size.value());
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (checked[i].error) return tl::unexpected(std::move(*checked[i].error));
    if (tiles[i].is_full()) edge.append_subtree(tiles::kLevelBits, checked[i].subtree);
    for (const Digest& leaf : checked[i].leaves) edge.append(leaf);
    snapshot.entries_.insert(snapshot.entries_.end(), checked[i].entries.begin(),
                             checked[i].entries.end());
  }
  if (edge.root() != snapshot.checkpoint_.root) {
    return fail(ErrorCode::untrusted,
                "the entries are not those that were signed; find out which with: scrutineer fsck",
                layout.log().string());
  }
  return snapshot;
}

Result<std::string> read_first_entry(const std::filesystem::path& record) {
  const Layout layout{record};
  SCR_TRY(checkpoint, read_newest(record));
  if (checkpoint.tree_size == 0) return fail(ErrorCode::bad_input, "the log is empty");
  const std::uint64_t width = std::min<std::uint64_t>(checkpoint.tree_size, tiles::kFullWidth);
  SCR_TRY(bundle, read_bundle(layout.log(), 0, width));
  SCR_TRY(entries, at("tile/entries/000", tiles::split_bundle(bundle, width)));
  return std::string(entries.front());
}

Result<std::uint64_t> signed_size(const std::filesystem::path& record) {
  SCR_TRY(checkpoint, read_newest(record));
  return checkpoint.tree_size;
}

Result<std::optional<std::string>> read_last_entry(const std::filesystem::path& record) {
  SCR_TRY(checkpoint, read_newest(record));
  if (checkpoint.tree_size == 0) return std::optional<std::string>();
  const std::uint64_t last = checkpoint.tree_size - 1;
  const std::uint64_t width = last % tiles::kFullWidth + 1;
  SCR_TRY(bundle, read_bundle(Layout{record}.log(), last / tiles::kFullWidth, width));
  SCR_TRY(entries, at("the last bundle", tiles::split_bundle(bundle, width)));
  return std::optional(std::string(entries.back()));
}

}  // namespace scr::record
