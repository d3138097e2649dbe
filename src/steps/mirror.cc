// SPDX-License-Identifier: Apache-2.0
#include "steps/mirror.h"

#include <algorithm>
#include <utility>

#include "note/policy.h"
#include "os/files.h"
#include "os/lock.h"
#include "record/layout.h"
#include "record/log_keys.h"
#include "record/snapshot.h"
#include "record/tree_state.h"
#include "steps/bundle_sink.h"
#include "steps/derived_files.h"
#include "steps/judge.h"
#include "steps/log_place.h"
#include "steps/mirror_files.h"
#include "steps/redact_workers.h"
#include "steps/result.h"
#include "steps/stranger_files.h"
#include "tiles/bundle.h"
#include "tiles/tile_hashes.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

struct Before {
  std::uint64_t size = 0;
  std::optional<note::Checkpoint> checkpoint;
};

// Under a key that the mirror has had: the log may have another by now, which whoever runs it
// gives.
Result<Before> mirrored_before(const record::Layout& layout, const note::Vkey& key) {
  const auto text = os::read_text(layout.checkpoint(), note::kMaxNoteBytes);
  if (!text && text.error().code == ErrorCode::not_found) return Before{};
  if (!text) return tl::unexpected(text.error());
  std::error_code error;
  record::LogKeys keys{key, {key}};
  if (fs::exists(layout.vkey(), error)) {
    SCR_TRY(had, record::read_log_keys(layout.folder));
    for (note::Vkey& one : had.all) {
      if (one != key && one.name() == key.name()) keys.all.push_back(std::move(one));
    }
  }
  SCR_TRY(checkpoint, at(layout.checkpoint().string(), record::open_own_checkpoint(*text, keys)));
  return Before{checkpoint.tree_size, checkpoint};
}

fs::path incoming(const record::Layout& layout) {
  return layout.folder / "incoming" / "log";
}

// A bundle: from the mirror itself, from what was fetched before, or from the other. What a crash
// or a full disk left torn is fetched again, and nobody is blamed for it.
Result<std::string> bundle_of(const record::Layout& layout, const LogPlace& place,
                              const tiles::TileId& tile, Mirrored& mirrored) {
  const std::string path = tiles::path_of(tile);
  for (const fs::path& file : {layout.log() / path, incoming(layout) / path}) {
    auto here = os::read_text(file);
    if (here && tiles::split_bundle(*here, tile.width)) return here;
    if (!here && here.error().code != ErrorCode::not_found) return here;
  }
  SCR_TRY(bytes, tiles::read_or_cut(tile, collect::tiles_of(place.source)));
  SCR_TRY_VOID(os::make_folders((incoming(layout) / path).parent_path()));
  SCR_TRY_VOID(os::replace_file(incoming(layout) / path, bytes, os::kPublic));
  ++mirrored.bundles_fetched;
  return bytes;
}

Result<void> write_tile(const record::Layout& layout, const tiles::TileId& tile,
                        std::string_view bytes) {
  const fs::path file = incoming(layout) / tiles::path_of(tile);
  SCR_TRY_VOID(os::make_folders(file.parent_path()));
  SCR_TRY(out, os::SequentialFile::create(file, os::kPublic));
  SCR_TRY_VOID(out.write(bytes));
  return out.close();
}

// Builds the tree from the entries; what it writes is in incoming/ until the root is seen to be the
// one that was signed.
Result<record::TreeState> build(const record::Layout& layout, const LogPlace& place,
                                const note::Checkpoint& wanted, const Before& before,
                                Mirrored& mirrored) {
  record::TreeState tree;
  const record::TileSink sink = [&](const tiles::TileId& tile, std::string_view bytes) {
    // Bundles lie there as they were fetched, durably.
    return tile.entries ? Result<void>() : write_tile(layout, tile, bytes);
  };
  for (const tiles::TileId& tile : tiles::entry_bundles(merkle::TreeSize(wanted.tree_size))) {
    SCR_TRY(bytes, bundle_of(layout, place, tile, mirrored));
    SCR_TRY(entries,
            at(place.name + ": " + tiles::path_of(tile), tiles::split_bundle(bytes, tile.width)));
    for (std::string_view entry : entries) {
      SCR_TRY_VOID(tree.append(entry, sink));
      if (!before.checkpoint || tree.size().value() != before.size) continue;
      if (tree.root() != before.checkpoint->root) {
        return fail(ErrorCode::untrusted,
                    "is another history than the one mirrored before. Keep both: scrutineer "
                    "compare-logs makes the proof",
                    place.name);
      }
    }
  }
  SCR_TRY_VOID(tree.flush_partial(sink));
  return tree;
}

// Everything in incoming/ takes its place in log/.
Result<void> take_over(const record::Layout& layout) {
  SCR_TRY(paths, os::files_below(incoming(layout)));
  SCR_TRY_VOID(os::sync_file_system(layout.folder));
  for (const std::string& path : paths) {
    const fs::path to = layout.log() / path;
    SCR_TRY_VOID(os::make_folders(to.parent_path()));
    std::error_code error;
    fs::rename(incoming(layout) / path, to, error);
    if (error) return fail(ErrorCode::io, error.message(), to.string());
  }
  return os::sync_file_system(layout.folder);
}

Result<void> put_checkpoint(const record::Layout& layout, const NoteAt& at_place) {
  SCR_TRY_VOID(os::make_folders(layout.checkpoints()));
  const fs::path kept = layout.checkpoints() / std::to_string(at_place.checkpoint.tree_size);
  const auto first = os::create_file(kept, at_place.note, os::kWriteOnce);
  if (!first && first.error().code != ErrorCode::conflict) return first;
  return os::replace_file(layout.checkpoint(), at_place.note, os::kPublic);
}

// Beside the log, before what it signed is.
Result<void> put_key(const record::Layout& layout, const note::Vkey& key) {
  const auto first = os::create_file(layout.vkey(), key.text() + "\n", os::kPublic);
  if (first || first.error().code != ErrorCode::conflict) return first;
  SCR_TRY(had, record::read_vkey(layout.folder));
  if (had == key) return {};
  SCR_TRY_VOID(record::announce_key(layout.folder, key));
  return os::replace_file(layout.vkey(), key.text() + "\n", os::kPublic);
}

Result<void> must_not_be_a_record(const record::Layout& layout) {
  std::error_code error;
  if (!fs::exists(layout.key(), error)) return {};
  return fail(ErrorCode::conflict, "is a record of its own; a mirror needs another folder",
              layout.folder.string());
}

// What is made from a log of which the checkpoint is about to change.
constexpr const char* kMadeHere[] = {kResultFile, "index.html", "README.txt", "LEEME.txt",
                                     "data",      "proofs",     "verifier"};

Result<void> remove_what_was_made(const fs::path& folder) {
  for (const char* path : kMadeHere) {
    std::error_code error;
    fs::remove_all(folder / path, error);
    if (error) return fail(ErrorCode::io, error.message(), (folder / path).string());
  }
  return os::sync_folder(folder);
}

// Result, tables, proofs, page, words, verifier: made here from the log, as whoever published it
// made them. Nothing if no result was stated, or one that does not follow: verify says so.
Result<void> make_the_rest(const fs::path& folder, report::Language language) {
  SCR_TRY(judged, judge(folder, {}));
  const auto& results = judged.record.state.results;
  if (results.empty()) return {};
  const entry::ResultStated& last = results.back().stated;
  SCR_TRY(before, view::open_record_at(folder, last.size));
  SCR_TRY(bytes, result_bytes(before.state, before.claims));
  StatedResult stated{std::move(bytes), last.sha256, last.size};
  if (sha256(bytes_of(stated.bytes)) != last.sha256) return {};
  const fs::path made = folder / "incoming" / "made";
  std::error_code error;
  fs::remove_all(made, error);
  SCR_TRY(sink, BundleSink::folder(made));
  SCR_TRY_VOID(put_result(judged, stated, language, sink));
  const bool has_policy = fs::exists(record::Layout{folder}.policy(), error);
  SCR_TRY_VOID(put_for_strangers(judged.record, stated, {has_policy, false}, sink));
  SCR_TRY_VOID(sink.finish());
  for (const char* path : kMadeHere) {
    fs::rename(made / path, folder / path, error);
    if (error) return fail(ErrorCode::io, error.message(), (folder / path).string());
  }
  return os::sync_folder(folder);
}

Result<void> must_have_quorum(const MirrorRequest& request, const NoteAt& there,
                              const std::string& name) {
  if (!request.policy) return {};
  SCR_TRY(text, os::read_text(*request.policy, note::Policy::kMaxBytes));
  SCR_TRY(policy, at(request.policy->string(), note::Policy::parse(text)));
  SCR_TRY(opened, at(name, note::open_checkpoint(there.note, policy)));
  (void)opened;
  return os::replace_file(record::Layout{request.folder}.policy(), text, os::kPublic);
}

// The log alone: its entries, checked, in place; not yet its checkpoint.
Result<void> mirror_log(const record::Layout& layout, const LogPlace& place, const NoteAt& there,
                        const Before& before, Mirrored& mirrored) {
  std::error_code ignored;
  auto tree = build(layout, place, there.checkpoint, before, mirrored);
  if (tree && tree->root() != there.checkpoint.root) {
    tree = fail(ErrorCode::untrusted,
                "its entries are not those that were signed; nothing of it was kept", place.name);
  }
  if (!tree) {
    // A broken line is gone on with; what was altered is not kept.
    if (tree.error().code != ErrorCode::io) fs::remove_all(incoming(layout), ignored);
    return tl::unexpected(std::move(tree).error());
  }
  SCR_TRY_VOID(take_over(layout));
  fs::remove_all(incoming(layout), ignored);
  return {};
}

Result<void> put_key_and_checkpoint(const record::Layout& layout, const note::Vkey& key,
                                    const NoteAt& there) {
  SCR_TRY_VOID(put_key(layout, key));
  return put_checkpoint(layout, there);
}

// The rest of the bundle, then the checkpoint, then what depends on it.
Result<void> mirror_rest(const MirrorRequest& request, const MirrorSource& source,
                         const note::Vkey& key, const NoteAt& there, bool grew,
                         Result<RedactWorkers>& workers, Mirrored& mirrored) {
  const fs::path& folder = request.folder;
  SCR_TRY(state, at(request.from, mirror_definition(folder, mirrored.size, source.files)));
  MirroredFiles files;
  SCR_TRY_VOID(mirror_evidence(folder, state, source, files));
  SCR_TRY_VOID(mirror_pictures(folder, state, source.files, workers, files));
  mirrored.evidence_fetched = files.evidence;
  mirrored.pictures_fetched = files.pictures.size() / 2;
  mirrored.pictures_not_there = files.pictures_not_there;
  mirrored.problems = std::move(files.problems);
  const bool lacks_evidence =
      std::any_of(mirrored.problems.begin(), mirrored.problems.end(),
                  [](const Error& one) { return one.where.starts_with("evidence/"); });
  if (lacks_evidence) return {};
  SCR_TRY_VOID(drop_stale_pictures(folder, state));
  if (grew) SCR_TRY_VOID(remove_what_was_made(folder));
  SCR_TRY_VOID(put_key_and_checkpoint(record::Layout{folder}, key, there));
  SCR_TRY_VOID(place_pictures(folder, files));
  std::error_code error;
  if (!fs::exists(folder / "index.html", error))
    SCR_TRY_VOID(make_the_rest(folder, request.language));
  fs::remove_all(folder / "incoming", error);
  return {};
}

}  // namespace

Result<Mirrored> mirror(const MirrorRequest& request) {
  const record::Layout layout{request.folder};
  SCR_TRY_VOID(must_not_be_a_record(layout));
  // Before anything that makes threads.
  Result<RedactWorkers> workers = fail(ErrorCode::unsupported, "no pictures were expected");
  if (!request.log_only) workers = RedactWorkers::start(std::nullopt);
  SCR_TRY(source, mirror_source(request.from, request.proxy, request.limits));
  const LogPlace& place = source.log;
  if (!request.log_only && !source.files) {
    return fail(ErrorCode::bad_input,
                "a log alone is here, without the files that it names. Name the bundle that it is "
                "part of, or mirror the log alone: --log-only",
                request.from);
  }
  SCR_TRY(key, key_of(place, request.key));
  SCR_TRY_VOID(os::make_folders(layout.log()));
  SCR_TRY(lock, os::FileLock::take(layout.folder / "mirror.lock"));
  SCR_TRY(before, mirrored_before(layout, key));
  SCR_TRY(there, checkpoint_at(place, key, request.pending));
  const std::uint64_t size = there.checkpoint.tree_size;
  if (size > request.limits.entries) {
    return fail(ErrorCode::io,
                "has " + std::to_string(size) + " entries, more than the " +
                    std::to_string(request.limits.entries) +
                    " that are allowed. Allow more with --most-entries",
                place.name);
  }
  if (size < before.size) {
    return fail(ErrorCode::conflict,
                "has " + std::to_string(size) + " entries, the mirror " +
                    std::to_string(before.size) + ": it was set back, or is out of date",
                place.name);
  }
  SCR_TRY_VOID(must_have_quorum(request, there, place.name));
  Mirrored mirrored{.origin = there.checkpoint.origin,
                    .size_before = before.size,
                    .size = size,
                    .note = there.note};
  SCR_TRY_VOID(mirror_log(layout, place, there, before, mirrored));
  if (request.log_only) {
    SCR_TRY_VOID(put_key_and_checkpoint(layout, key, there));
  } else {
    const bool grew = !before.checkpoint || before.size != size;
    SCR_TRY_VOID(mirror_rest(request, source, key, there, grew, workers, mirrored));
  }
  mirrored.bytes_fetched = source.budget->spent();
  return mirrored;
}

}  // namespace scr::steps
