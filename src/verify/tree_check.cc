// SPDX-License-Identifier: Apache-2.0
//
// One unit of work is a few bundles of up to 256 entries and the tiles of level 0 beside them; they
// are checked side by side on all processors. What is left is small: one hash for each bundle goes
// up.
#include "verify/tree_check.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "derive/keys.h"
#include "merkle/tree.h"
#include "tiles/bundle.h"
#include "tiles/path.h"
#include "verify/internal/problems.h"

namespace scr::verify {
namespace {

using merkle::TreeSize;
using tiles::TileId;

// Bundles that are read into the same memory: enough to fill a few large pages.
constexpr std::size_t kTogether = 128;

std::string place_of(const TileId& tile) {
  return "log/" + tiles::path_of(tile);
}

// One bundle, hashed.
struct Part {
  std::vector<std::string_view> entries;  // looking into the arena it was read into
  Digest subtree;                         // of a full bundle
  std::vector<Digest> leaves;             // of a partial one
  std::vector<Problem> problems;
};

// The bytes of a tile or bundle; where a partial one is gone, the first part of the full one.
Result<std::string_view> read_tile(const Bundle& bundle, const TileId& tile, Arena& memory) {
  auto bytes = bundle.read_into(place_of(tile), memory);
  if (bytes || tile.is_full() || bytes.error().code != ErrorCode::not_found) return bytes;
  TileId whole = tile;
  whole.width = tiles::kFullWidth;
  SCR_TRY(full, bundle.read_into(place_of(whole), memory));
  if (!tile.entries) return full.substr(0, tile.width * 32);
  SCR_TRY(entries, tiles::split_bundle(full, tiles::kFullWidth));
  std::size_t end = 0;
  for (std::size_t i = 0; i < tile.width; ++i) end += 2 + entries[i].size();
  return full.substr(0, end);
}

void check_leaf_tile(const Bundle& bundle, const TileId& entries, std::span<const Digest> leaves,
                     Arena& scratch, std::vector<Problem>& problems) {
  TileId tile = entries;
  tile.entries = false;
  scratch.clear();
  const auto listed = read_tile(bundle, tile, scratch);
  if (!listed) {
    problems.push_back({place_of(tile), to_string(listed.error())});
  } else if (listed->size() != leaves.size() * 32) {
    problems.push_back({place_of(tile), "not of the length that its path says"});
  } else if (std::memcmp(listed->data(), leaves.data(), listed->size()) != 0) {
    problems.push_back(
        {place_of(entries), "not the entries whose hashes stand in " + place_of(tile)});
  }
}
static_assert(sizeof(Digest) == 32);  // a list of digests is the bytes of a tile

Part check_part(const Bundle& bundle, const TileId& tile, Arena& memory, Arena& scratch) {
  Part part;
  const auto bytes = read_tile(bundle, tile, memory);
  if (!bytes) {
    part.problems.push_back({place_of(tile), to_string(bytes.error())});
    return part;
  }
  auto entries = tiles::split_bundle(*bytes, tile.width);
  if (!entries) {
    part.problems.push_back({place_of(tile), entries.error().what});
    return part;
  }
  part.entries = std::move(*entries);
  std::vector<Digest> leaves = merkle::leaf_hashes(part.entries);
  check_leaf_tile(bundle, tile, leaves, scratch, part.problems);
  if (tile.is_full()) {
    part.subtree = merkle::root_of(leaves);
  } else {
    part.leaves = std::move(leaves);
  }
  return part;
}

// Tiles of level 1 and up, from the hashes of the full tiles one level below.
void check_upper_tiles(const Bundle& bundle, std::vector<Digest> below, Problems& problems) {
  Arena scratch;
  for (int level = 1; !below.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t begin = 0; begin < below.size(); begin += tiles::kFullWidth) {
      const std::size_t width = std::min<std::size_t>(tiles::kFullWidth, below.size() - begin);
      const TileId tile{false, level, begin / tiles::kFullWidth, width};
      const std::span<const Digest> hashes = std::span(below).subspan(begin, width);
      scratch.clear();
      const auto listed = read_tile(bundle, tile, scratch);
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

// A checkpoint of this log by one of `keys`, no newer than `newest`; `size` as its name says it, if
// it has one.
std::optional<Older> open_older(const std::string& where, std::string_view text,
                                const std::optional<std::string>& size,
                                const note::Checkpoint& newest, std::span<const note::Vkey> keys,
                                Problems& problems) {
  auto opened = note::open_checkpoint_of(newest.origin, text, keys);
  if (!opened) {
    problems.add(where, to_string(opened.error()));
    return std::nullopt;
  }
  const note::Checkpoint& old = opened->checkpoint;
  if (!old.extensions.empty() || (size && std::to_string(old.tree_size) != *size)) {
    problems.add(where, "not a checkpoint of this log and size");
  } else if (old.tree_size > newest.tree_size) {
    problems.add(where, "is newer than log/checkpoint: the log was set back");
  } else {
    Older older{where, old, {}, !size};
    for (const note::VerifiedSignature& one : opened->note.signatures())
      older.keys.push_back(keys[one.key]);
    return older;
  }
  return std::nullopt;
}

// Those that the bundle keeps, and the one that somebody kept.
std::vector<Older> older_checkpoints(const Bundle& bundle, const note::Checkpoint& newest,
                                     std::span<const note::Vkey> keys,
                                     const std::optional<std::string>& known, Problems& problems) {
  std::vector<Older> older;
  const auto take = [&](const std::string& where, const Result<std::string>& text,
                        const std::optional<std::string>& size) {
    problems.checked();
    if (!text) return problems.add(where, to_string(text.error()));
    auto opened = open_older(where, *text, size, newest, keys, problems);
    if (opened) older.push_back(std::move(*opened));
  };
  const auto names = bundle.list("log/checkpoints");
  if (!names) problems.add(names.error());
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const std::string path = "log/checkpoints/" + name;
    take(path, bundle.read(path), name);
  }
  // One that this log never signed says nothing, and accuses nobody.
  if (known && note::open_checkpoint_of(newest.origin, *known, keys))
    take("the checkpoint that was kept", *known, std::nullopt);
  std::stable_sort(older.begin(), older.end(), [](const Older& a, const Older& b) {
    return a.checkpoint.tree_size < b.checkpoint.tree_size;
  });
  return older;
}

// The key that is trusted, and those that the log says it has had.
std::vector<note::Vkey> possible_keys(const note::Vkey& trusted,
                                      std::span<const std::string_view> entries) {
  std::vector<note::Vkey> keys = derive::claimed_log_keys(entries, trusted.name());
  if (std::find(keys.begin(), keys.end(), trusted) == keys.end()) keys.push_back(trusted);
  return keys;
}

}  // namespace

LogEntries check_tree(const Bundle& bundle, const note::Checkpoint& checkpoint,
                      const note::Vkey& key, const std::optional<std::string>& known,
                      LevelReport& report) {
  Problems problems(report);
  const std::vector<TileId> tiles = tiles::entry_bundles(TreeSize(checkpoint.tree_size));
  LogEntries log;
  log.memory.resize((tiles.size() + kTogether - 1) / kTogether);
  std::vector<Part> parts(tiles.size());
  bundle.for_each(log.memory.size(), [&](std::size_t group) {
    Arena scratch;
    const std::size_t begin = group * kTogether;
    for (std::size_t i = begin; i < std::min(begin + kTogether, tiles.size()); ++i) {
      parts[i] = check_part(bundle, tiles[i], log.memory[group], scratch);
    }
  });

  log.entries.reserve(checkpoint.tree_size);
  merkle::RightEdge edge;
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
      log.subtrees.push_back(part.subtree);
    }
    for (const Digest& leaf : part.leaves) edge.append(leaf);
    log.entries.insert(log.entries.end(), part.entries.begin(), part.entries.end());
  }
  const bool sound = all_there && edge.root() == checkpoint.root;
  if (all_there && !sound) {
    problems.add("log/checkpoint", "the entries are not those that were signed: the root differs");
  }
  // If the entries are not those that were signed, they say nothing about keys either.
  const auto keys = sound ? possible_keys(key, log.entries) : std::vector{key};
  log.older = older_checkpoints(bundle, checkpoint, keys, known, problems);
  check_upper_tiles(bundle, log.subtrees, problems);
  return log;
}

// The root at each of these sizes, in one walk that takes whole bundles where it can.
void check_history(std::span<const Older> older, const LogEntries& log, LevelReport& report) {
  Problems problems(report);
  merkle::RightEdge edge;
  for (const Older& one : older) {
    const note::Checkpoint& old = one.checkpoint;
    if (old.tree_size > log.entries.size()) break;
    for (std::uint64_t at = edge.size().value(); at < old.tree_size; at = edge.size().value()) {
      if (at % tiles::kFullWidth == 0 && at + tiles::kFullWidth <= old.tree_size) {
        edge.append_subtree(tiles::kLevelBits, log.subtrees[at / tiles::kFullWidth]);
      } else {
        edge.append(merkle::leaf_hash(bytes_of(log.entries[at])));
      }
    }
    if (edge.root() != old.root) {
      problems.add(one.where,
                   "signed for other entries: two histories were signed. Keep this file, it is "
                   "proof");
    }
  }
}

}  // namespace scr::verify
