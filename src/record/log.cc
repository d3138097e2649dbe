// SPDX-License-Identifier: Apache-2.0
//
// The order of an append, and what a crash after each step leaves:
//
//   1. state/staging: every new tile, synced.      Nothing is signed: the next open() drops it.
//   2. It is read back from disk and the root is computed a second time, by another way. A bit that
//      flipped in memory or on the way to the disk ends here, before anything is signed.
//   3. state/signed: the new checkpoint.           THE COMMIT POINT. From here on the append has
//                                                  happened: open() puts the tiles in place.
//   4. The tiles, then one sync of the file system.
//   5. log/checkpoints/<size>, log/checkpoint.     Readers now see it.
//   6. state/staging is removed; partial tiles that a full one replaces, too.
//
// After an error in 1 or 2 nothing was signed; after one in 3 to 6 nobody can say what the disk
// holds, so the log refuses to go on until it is opened again.
#include "record/log.h"

#include <system_error>
#include <utility>

#include "base/check.h"
#include "note/checkpoint.h"
#include "os/files.h"
#include "record/cosigned.h"
#include "record/layout.h"
#include "record/log_keys.h"
#include "record/snapshot.h"
#include "record/staging.h"
#include "tiles/bundle.h"

namespace scr::record {
namespace {

namespace fs = std::filesystem;

enum class Existing { must_be_the_same, may_be_torn };

// Puts one staged file in its place. Create-only: what is there already must be the same, except
// where a crash may have torn it (then the staged bytes, which are signed for, replace it).
Result<void> put_in_place(const fs::path& log, const tiles::TileId& tile, std::string_view bytes,
                          Existing existing, fs::path& last_folder) {
  const fs::path file = log / tiles::path_of(tile);
  if (!tile.entries) SCR_CHECK(bytes.size() == tile.width * 32);
  const fs::path folder = file.parent_path();
  if (folder != last_folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::io, error.message(), folder.string());
    last_folder = folder;
  }
  const auto there = os::read_text(file);
  if (there && *there == bytes) return {};
  if (there && existing == Existing::must_be_the_same) {
    return fail(ErrorCode::untrusted,
                "is there already and says something else; nothing is ever written over",
                file.string());
  }
  const fs::path temporary = folder / ("." + file.filename().string() + ".tmp");
  SCR_TRY(out, os::SequentialFile::create(temporary, os::kWriteOnce | 0200));
  SCR_TRY_VOID(out.write(bytes));
  SCR_TRY_VOID(out.close());
  std::error_code error;
  fs::rename(temporary, file, error);
  if (error) return fail(ErrorCode::io, error.message(), file.string());
  return {};
}

// Partial tiles whose full tile is there now. Not at the right edge, never a full one.
void drop_replaced_partials(const fs::path& log, merkle::TreeSize before, merkle::TreeSize now) {
  std::error_code ignored;
  const auto drop = [&](tiles::TileId partial) {
    tiles::TileId full = partial;
    full.width = tiles::kFullWidth;
    if (!fs::exists(log / tiles::path_of(full), ignored)) return;
    fs::remove_all((log / tiles::path_of(partial)).parent_path(), ignored);
  };
  for (const tiles::TileId& tile : tiles::hash_tiles(before)) {
    if (!tile.is_full()) drop(tile);
  }
  const std::uint64_t width = before.value() % tiles::kFullWidth;
  if (width > 0) drop({true, 0, before.value() / tiles::kFullWidth, width});
  (void)now;
}

// Where there is a policy, readers see it when its quorum has cosigned it: cosigned.h.
Result<void> publish(const Layout& layout, const std::string& note_text, std::uint64_t size) {
  std::error_code error;
  if (fs::exists(layout.policy(), error)) {
    return os::replace_file(layout.pending(), note_text, os::kPublic);
  }
  const fs::path kept = layout.checkpoints() / std::to_string(size);
  const auto there = os::read_text(kept);
  if (!there) SCR_TRY_VOID(os::create_file(kept, note_text, os::kWriteOnce));
  if (there && *there != note_text) {
    return fail(ErrorCode::untrusted, "another checkpoint of this size was published before",
                kept.string());
  }
  return os::replace_file(layout.checkpoint(), note_text, os::kPublic);
}

// Steps 4 to 6.
Result<void> apply_staging(const Layout& layout, std::string_view staging,
                           const std::string& note_text, merkle::TreeSize before,
                           merkle::TreeSize now, Existing existing) {
  fs::path last_folder;
  SCR_TRY_VOID(read_staging(staging, [&](const tiles::TileId& tile, std::string_view bytes) {
    return put_in_place(layout.log(), tile, bytes, existing, last_folder);
  }));
  SCR_TRY_VOID(os::sync_file_system(layout.log()));
  SCR_TRY_VOID(publish(layout, note_text, now.value()));
  std::error_code ignored;
  fs::remove(layout.staging(), ignored);
  drop_replaced_partials(layout.log(), before, now);
  return {};
}

Result<TreeState> read_tree(const Layout& layout, const note::Checkpoint& checkpoint) {
  const merkle::TreeSize size(checkpoint.tree_size);
  std::vector<std::vector<Digest>> partial;
  for (int level = 0; level < 8 && (size.value() >> (level * tiles::kLevelBits)) > 0; ++level) {
    const std::uint64_t width = tiles::partial_width(size, level);
    partial.emplace_back();
    if (width == 0) continue;
    const std::uint64_t n = level == 7 ? 0 : size.value() >> ((level + 1) * tiles::kLevelBits);
    const tiles::TileId tile{false, level, n, width};
    SCR_TRY(bytes, os::read_text(layout.log() / tiles::path_of(tile)));
    SCR_TRY(hashes, at(tiles::path_of(tile), tiles::split_tile(bytes, width)));
    partial.back() = std::move(hashes);
  }
  std::string bundle;
  const std::uint64_t width = size.value() % tiles::kFullWidth;
  if (width > 0) {
    SCR_TRY(bytes, read_bundle(layout.log(), size.value() / tiles::kFullWidth, width));
    SCR_TRY(entries, at("the last bundle", tiles::split_bundle(bytes, width)));
    for (std::size_t i = 0; i < width; ++i) {
      if (merkle::leaf_hash(bytes_of(entries[i])) != partial[0][i]) {
        return fail(ErrorCode::untrusted, "the last bundle and its tile disagree",
                    layout.log().string());
      }
    }
    bundle = std::move(bytes);
  }
  TreeState tree(size, std::move(partial), std::move(bundle));
  if (tree.root() != checkpoint.root) {
    return fail(ErrorCode::untrusted,
                "the tiles at the right edge are not those that were signed; see: scrutineer fsck",
                layout.log().string());
  }
  return tree;
}

struct Notes {
  std::string text;
  note::Checkpoint checkpoint;
};

Result<Notes> read_note(const fs::path& file, const LogKeys& keys) {
  SCR_TRY(text, os::read_text(file));
  SCR_TRY(checkpoint, at(file.string(), open_own_checkpoint(text, keys)));
  return Notes{std::move(text), std::move(checkpoint)};
}

// Brings the folder to the state that state/signed stands for. Drops what was never signed.
Result<note::Checkpoint> recover(const Layout& layout, const LogKeys& keys) {
  for (const fs::path& folder : {layout.state(), layout.log(), layout.checkpoints()}) {
    os::sweep_temporary_files(folder);
  }
  SCR_TRY(last, read_note(layout.signed_checkpoint(), keys));
  SCR_TRY(newest, newest_checkpoint(layout.folder));
  SCR_TRY(published, read_note(newest, keys));
  std::error_code ignored;
  if (last.checkpoint == published.checkpoint) {
    fs::remove(layout.staging(), ignored);
    return last.checkpoint;
  }
  if (published.checkpoint.tree_size >= last.checkpoint.tree_size) {
    return fail(ErrorCode::untrusted,
                "a checkpoint was published that is newer than the last one signed here: this "
                "folder was set back to an older copy; writing on would make two histories",
                layout.folder.string());
  }
  SCR_TRY(staging, os::read_text(layout.staging()));
  SCR_TRY_VOID(
      at("state/staging",
         apply_staging(layout, staging, last.text, merkle::TreeSize(published.checkpoint.tree_size),
                       merkle::TreeSize(last.checkpoint.tree_size), Existing::may_be_torn)));
  return last.checkpoint;
}

}  // namespace

Result<Log> Log::create(const fs::path& folder, const note::Signer& signer) {
  const Layout layout{folder};
  for (const fs::path& part : {layout.log(), layout.checkpoints(), layout.state(),
                               layout.key().parent_path(), layout.evidence()}) {
    SCR_TRY_VOID(os::make_folders(part));
  }
  std::error_code error;
  fs::permissions(layout.key().parent_path(), fs::perms::owner_all, error);
  if (error) return fail(ErrorCode::io, error.message(), layout.key().parent_path().string());
  SCR_TRY_VOID(os::create_file(layout.key(), signer.private_text() + "\n", os::kPrivate));
  SCR_TRY_VOID(os::create_file(layout.vkey(), signer.vkey().text() + "\n", os::kPublic));
  const note::Checkpoint empty{
      .origin = signer.vkey().name().value(), .tree_size = 0, .root = merkle::empty_root()};
  const std::string text = note::sign_checkpoint(empty, signer);
  SCR_TRY_VOID(os::create_file(layout.signed_checkpoint(), text, os::kPublic));
  SCR_TRY_VOID(publish(layout, text, 0));
  return open(folder);
}

// What is published has neither key nor commit point, and nothing can be added to it.
Result<void> must_be_the_original(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error) || error) return {};
  return fail(ErrorCode::not_found,
              "is not here: this is a copy, to read and to verify. Add to the record that it was "
              "copied from",
              file.string());
}

// A change of the key that was cut off behind its commit point.
Result<void> finish_begun_change(const Layout& layout) {
  std::error_code error;
  if (!fs::exists(layout.next_key(), error) && !error) return {};
  SCR_TRY(signer, next_log_signer(layout.folder, std::array<std::byte, 32>{}));
  SCR_TRY(text, os::read_text(layout.signed_checkpoint()));
  if (!note::open_checkpoint(text, signer.vkey())) return {};  // it is yet to come
  return finish_key_change(layout.folder, signer.vkey());
}

Result<Log> Log::open(const fs::path& folder) {
  const Layout layout{folder};
  SCR_TRY_VOID(read_vkey(folder));
  SCR_TRY_VOID(must_be_the_original(layout.signed_checkpoint()));
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  SCR_TRY_VOID(finish_begun_change(layout));
  SCR_TRY_VOID(must_be_the_original(layout.key()));
  SCR_TRY(vkey, read_vkey(folder));
  SCR_TRY(signer, read_log_signer(folder));
  if (signer.vkey() != vkey) {
    return fail(ErrorCode::untrusted, "the private key is not that of log/log.vkey",
                layout.key().string());
  }
  return open_signing(folder, std::move(lock), std::move(signer));
}

Result<Log> Log::open_with_next_key(const fs::path& folder) {
  const Layout layout{folder};
  SCR_TRY_VOID(read_vkey(folder));
  SCR_TRY_VOID(must_be_the_original(layout.signed_checkpoint()));
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  SCR_TRY_VOID(finish_begun_change(layout));
  SCR_TRY_VOID(must_be_the_original(layout.next_key()));
  SCR_TRY(signer, next_log_signer(folder, std::array<std::byte, 32>{}));
  SCR_TRY_VOID(announce_key(folder, signer.vkey()));
  return open_signing(folder, std::move(lock), std::move(signer));
}

Result<Log> Log::open_signing(const fs::path& folder, os::FileLock lock, note::Signer signer) {
  SCR_TRY(keys, read_log_keys(folder));
  SCR_TRY(checkpoint, recover(Layout{folder}, keys));
  SCR_TRY(tree, read_tree(Layout{folder}, checkpoint));
  SCR_TRY_VOID(check_witnesses_know_no_more(folder, keys, checkpoint));
  return Log(folder, std::move(signer), std::move(lock), std::move(tree));
}

Result<bool> was_cut_off(const fs::path& folder) {
  const Layout layout{folder};
  SCR_TRY(keys, read_log_keys(folder));
  const auto text = os::read_text(layout.signed_checkpoint());
  if (!text && text.error().code == ErrorCode::not_found) return false;
  if (!text) return tl::unexpected(text.error());
  SCR_TRY(last, at("state/signed", open_own_checkpoint(*text, keys)));
  SCR_TRY(signer, signer_of(*text, keys));
  SCR_TRY(seen, signed_size(folder));
  // Smaller: not cut off but set back, which is for open() to say.
  return last.tree_size > seen || (last.tree_size == seen && signer != keys.current);
}

Result<TreeState> Log::stage(std::span<const std::string> entries) const {
  SCR_TRY(staging, StagingWriter::create(Layout{folder_}.staging()));
  TreeState grown = tree_;
  const TileSink sink = [&](const tiles::TileId& tile, std::string_view bytes) {
    return staging.add(tile, bytes);
  };
  for (const std::string& entry : entries) SCR_TRY_VOID(grown.append(entry, sink));
  SCR_TRY_VOID(grown.flush_partial(sink));
  SCR_TRY_VOID(staging.finish());
  return grown;
}

// From the bytes on disk, leaf by leaf, starting from what was signed before.
Result<void> Log::check_staging(const TreeState& grown) const {
  SCR_TRY(staging, os::read_text(Layout{folder_}.staging()));
  merkle::RightEdge edge = tree_.edge_before_partial_bundle();
  SCR_TRY_VOID(read_staging(staging, [&](const tiles::TileId& tile, std::string_view bytes) {
    if (!tile.entries) return Result<void>();
    auto entries = tiles::split_bundle(bytes, tile.width);
    if (!entries) return Result<void>(tl::unexpected(std::move(entries).error()));
    for (std::string_view entry : *entries) edge.append(merkle::leaf_hash(bytes_of(entry)));
    return Result<void>();
  }));
  if (edge.size() != grown.size() || edge.root() != grown.root()) {
    return fail(ErrorCode::io,
                "what was written came back from the disk as something else; nothing was signed. "
                "Check this machine's memory and disk",
                folder_.string());
  }
  return {};
}

Result<void> Log::commit(const TreeState& grown) const {
  const Layout layout{folder_};
  const note::Checkpoint checkpoint{.origin = signer_.vkey().name().value(),
                                    .tree_size = grown.size().value(),
                                    .root = grown.root()};
  const std::string text = note::sign_checkpoint(checkpoint, signer_);
  SCR_TRY_VOID(os::replace_file(layout.signed_checkpoint(), text, os::kPublic));
  SCR_TRY(staging, os::read_text(layout.staging()));
  SCR_TRY_VOID(
      apply_staging(layout, staging, text, tree_.size(), grown.size(), Existing::must_be_the_same));
  SCR_TRY(vkey, read_vkey(folder_));
  return vkey == signer_.vkey() ? Result<void>() : finish_key_change(folder_, signer_.vkey());
}

Result<merkle::LeafIndex> Log::append(std::span<const std::string> entries) {
  SCR_CHECK(!failed_);
  const merkle::LeafIndex first(size());
  if (entries.empty()) return first;
  failed_ = true;  // until the last step is done
  SCR_TRY(grown, stage(entries));
  SCR_TRY_VOID(check_staging(grown));
  SCR_TRY_VOID(commit(grown));
  tree_ = std::move(grown);
  failed_ = false;
  return first;
}

}  // namespace scr::record
