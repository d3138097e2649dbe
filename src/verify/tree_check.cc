// SPDX-License-Identifier: Apache-2.0
//
// One unit of work is a bundle of up to 256 entries and the tile of level 0 beside it; they are
// checked side by side on all processors. What is left is small: one hash for each bundle goes up.
#include "verify/tree_check.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "base/decimal.h"
#include "merkle/tree.h"
#include "tiles/bundle.h"
#include "tiles/path.h"
#include "verify/internal/problems.h"

namespace scr::verify {
namespace {

using merkle::TreeSize;
using tiles::TileId;

std::string place_of(const TileId& tile) {
  return "log/" + tiles::path_of(tile);
}

// One bundle, hashed.
struct Part {
  std::vector<std::string_view> entries;  // looking into the bytes that the caller keeps
  Digest subtree;                         // of a full bundle
  std::vector<Digest> leaves;             // of a partial one
  std::vector<Problem> problems;
};

// The bytes of a tile or bundle; where a partial one is gone, the first part of the full one.
Result<std::string> read_tile(const Bundle& bundle, const TileId& tile) {
  auto bytes = bundle.read(place_of(tile));
  if (bytes || tile.is_full() || bytes.error().code != ErrorCode::not_found) return bytes;
  TileId whole = tile;
  whole.width = tiles::kFullWidth;
  SCR_TRY(full, bundle.read(place_of(whole)));
  if (!tile.entries) return full.substr(0, tile.width * 32);
  SCR_TRY(entries, tiles::split_bundle(full, tiles::kFullWidth));
  std::string part;
  for (std::size_t i = 0; i < tile.width; ++i) tiles::append_entry(part, entries[i]);
  return part;
}

Part check_part(const Bundle& bundle, const TileId& tile, std::string& kept) {
  Part part;
  auto bytes = read_tile(bundle, tile);
  if (!bytes) {
    part.problems.push_back({place_of(tile), to_string(bytes.error())});
    return part;
  }
  kept = std::move(*bytes);
  auto entries = tiles::split_bundle(kept, tile.width);
  if (!entries) {
    part.problems.push_back({place_of(tile), entries.error().what});
    return part;
  }
  part.entries = std::move(*entries);
  std::vector<Digest> leaves;
  leaves.reserve(part.entries.size());
  for (std::string_view entry : part.entries) {
    leaves.push_back(merkle::leaf_hash(bytes_of(entry)));
  }
  TileId hashes = tile;
  hashes.entries = false;
  const auto listed = read_tile(bundle, hashes);
  const std::size_t wanted = leaves.size() * 32;
  if (!listed) {
    part.problems.push_back({place_of(hashes), to_string(listed.error())});
  } else if (listed->size() != wanted) {
    part.problems.push_back({place_of(hashes), "not of the length that its path says"});
  } else if (std::memcmp(listed->data(), leaves.data(), wanted) != 0) {
    part.problems.push_back({place_of(hashes), "not the hashes of the entries"});
  }
  if (tile.is_full()) {
    part.subtree = merkle::root_of(leaves);
  } else {
    part.leaves = std::move(leaves);
  }
  return part;
}
static_assert(sizeof(Digest) == 32);  // a list of digests is the bytes of a tile

// Tiles of level 1 and up, from the hashes of the full tiles one level below.
void check_upper_tiles(const Bundle& bundle, std::vector<Digest> below, Problems& problems) {
  for (int level = 1; !below.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t begin = 0; begin < below.size(); begin += tiles::kFullWidth) {
      const std::size_t width = std::min<std::size_t>(tiles::kFullWidth, below.size() - begin);
      const TileId tile{false, level, begin / tiles::kFullWidth, width};
      const std::span<const Digest> hashes = std::span(below).subspan(begin, width);
      const auto listed = read_tile(bundle, tile);
      problems.checked();
      if (!listed) {
        problems.add(place_of(tile), to_string(listed.error()));
      } else if (*listed != tiles::join_tile(hashes)) {
        problems.add(place_of(tile), "not the hashes of the tiles below");
      }
      if (tile.is_full()) above.push_back(merkle::root_of(hashes));
    }
    below = std::move(above);
  }
}

// Every older checkpoint: signed by the same key, and a beginning of the same tree.
void check_history(const Bundle& bundle, const note::Checkpoint& checkpoint, const note::Vkey& key,
                   const LogEntries& log, std::span<const Digest> subtrees, bool sound,
                   Problems& problems) {
  const auto names = bundle.list("log/checkpoints");
  if (!names) return problems.add(names.error());
  std::vector<note::Checkpoint> older;
  for (const std::string& name : *names) {
    const std::string path = "log/checkpoints/" + name;
    problems.checked();
    const auto text = bundle.read(path);
    if (!text) {
      problems.add(path, to_string(text.error()));
      continue;
    }
    auto opened = note::open_checkpoint(*text, key);
    if (!opened) {
      problems.add(path, to_string(opened.error()));
    } else if (opened->origin != checkpoint.origin || std::to_string(opened->tree_size) != name) {
      problems.add(path, "not a checkpoint of this log and size");
    } else if (opened->tree_size > checkpoint.tree_size) {
      problems.add(path, "is newer than log/checkpoint: the log was set back");
    } else {
      older.push_back(std::move(*opened));
    }
  }
  std::sort(older.begin(), older.end(),
            [](const auto& a, const auto& b) { return a.tree_size < b.tree_size; });
  // If the entries are not even those of the newest checkpoint, older ones prove nothing about
  // them: somebody altered this copy, and nobody signed two histories.
  if (!sound) return;
  // The root at each of these sizes, in one walk that takes whole bundles where it can.
  merkle::RightEdge edge;
  for (const note::Checkpoint& old : older) {
    if (old.tree_size > log.entries.size()) break;
    for (std::uint64_t at = edge.size().value(); at < old.tree_size; at = edge.size().value()) {
      if (at % tiles::kFullWidth == 0 && at + tiles::kFullWidth <= old.tree_size) {
        edge.append_subtree(tiles::kLevelBits, subtrees[at / tiles::kFullWidth]);
      } else {
        edge.append(merkle::leaf_hash(bytes_of(log.entries[at])));
      }
    }
    if (edge.root() != old.root) {
      problems.add(
          "log/checkpoints/" + std::to_string(old.tree_size),
          "signed for other entries: two histories were signed. Keep this file, it is proof");
    }
  }
}

}  // namespace

LogEntries check_tree(const Bundle& bundle, const note::Checkpoint& checkpoint,
                      const note::Vkey& key, LevelReport& report) {
  Problems problems(report);
  const std::vector<TileId> tiles = tiles::entry_bundles(TreeSize(checkpoint.tree_size));
  LogEntries log;
  log.bundles.resize(tiles.size());  // never resized again: entries look into these
  std::vector<Part> parts(tiles.size());
  bundle.for_each(tiles.size(),
                  [&](std::size_t i) { parts[i] = check_part(bundle, tiles[i], log.bundles[i]); });

  log.entries.reserve(checkpoint.tree_size);
  merkle::RightEdge edge;
  std::vector<Digest> subtrees;
  bool all_there = true;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    Part& part = parts[i];
    problems.checked(part.entries.size() + 1);
    for (Problem& problem : part.problems)
      problems.add(std::move(problem.where), std::move(problem.what));
    all_there = all_there && part.entries.size() == tiles[i].width;
    if (!all_there) continue;
    if (tiles[i].is_full()) {
      edge.append_subtree(tiles::kLevelBits, part.subtree);
      subtrees.push_back(part.subtree);
    }
    for (const Digest& leaf : part.leaves) edge.append(leaf);
    log.entries.insert(log.entries.end(), part.entries.begin(), part.entries.end());
  }
  const bool sound = all_there && edge.root() == checkpoint.root;
  if (all_there && !sound) {
    problems.add("log/checkpoint", "the entries are not those that were signed: the root differs");
  }
  check_history(bundle, checkpoint, key, log, subtrees, sound, problems);
  check_upper_tiles(bundle, std::move(subtrees), problems);
  return log;
}

}  // namespace scr::verify
