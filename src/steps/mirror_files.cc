// SPDX-License-Identifier: Apache-2.0
#include "steps/mirror_files.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "base/sha256.h"
#include "cells/proof.h"
#include "entry/entry.h"
#include "os/files.h"
#include "record/layout.h"
#include "record/snapshot.h"
#include "steps/redacted_files.h"
#include "tiles/bundle.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// A roster of 30,000 stations has some two of them.
constexpr std::uint64_t kLargestDefinition = std::uint64_t{64} << 20;
// A picture's cells have at most 64 x 64 pixels of three bytes; then what surrounds them.
constexpr std::uint64_t kMostOfACell = 64 * 64 * 3 + 1024;
constexpr std::uint64_t kAroundAPicture = std::uint64_t{1} << 20;

struct Came {
  Digest digest;  // of nothing if it was too long
  std::uint64_t size = 0;
};

fs::path incoming_of(const fs::path& folder) {
  return folder / "incoming";
}

// Fetches to a file beside its place. Nothing: there is none.
Result<std::optional<Came>> fetch(const FileSource& files, const std::string& path,
                                  std::uint64_t most, const fs::path& to) {
  SCR_TRY_VOID(os::make_folders(to.parent_path()));
  SCR_TRY(out, os::SequentialFile::create(to, os::kPublic));
  Sha256 hash;
  std::uint64_t size = 0;
  std::error_code ignored;
  const auto there = files(path, most, [&](std::string_view piece) -> Result<void> {
    hash.add(bytes_of(piece));
    size += piece.size();
    return out.write(piece);
  });
  if (!there && there.error().code == ErrorCode::untrusted) {
    fs::remove(to, ignored);
    return std::optional(Came{Digest(), most + 1});
  }
  if (!there) return tl::unexpected(there.error());
  if (!*there) {
    fs::remove(to, ignored);
    return std::optional<Came>();
  }
  SCR_TRY_VOID(out.sync_and_close());
  return std::optional(Came{hash.finish(), size});
}

Result<void> move_to(const fs::path& from, const fs::path& to) {
  SCR_TRY_VOID(os::make_folders(to.parent_path()));
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return fail(ErrorCode::io, error.message(), to.string());
  return os::sync_folder(to.parent_path());
}

bool has_size(const fs::path& file, std::uint64_t size) {
  std::error_code error;
  return fs::file_size(file, error) == size && !error;
}

Result<void> fetch_definition_file(const fs::path& folder, const entry::DefinitionFile& named,
                                   const FileSource& files) {
  if (named.name.empty() || named.name.find('/') != std::string::npos || named.name[0] == '.')
    return fail(ErrorCode::untrusted, "not a plain file name", named.name);
  const auto here = os::read_text(folder / named.name);
  if (here && sha256(bytes_of(*here)) == named.sha256) return {};
  const fs::path to = incoming_of(folder) / "definition" / named.name;
  SCR_TRY(came, fetch(files, named.name, kLargestDefinition, to));
  if (!came)
    return fail(ErrorCode::not_found, "the log names this file, and it is not served", named.name);
  if (came->size > kLargestDefinition || came->digest != named.sha256)
    return fail(ErrorCode::untrusted,
                "not the file that the log's first entry names: it was altered", named.name);
  return move_to(to, folder / named.name);
}

Result<std::vector<std::string>> bundles_of(const fs::path& log, std::uint64_t size) {
  std::vector<std::string> bundles;
  for (const tiles::TileId& tile : tiles::entry_bundles(merkle::TreeSize(size))) {
    SCR_TRY(bytes, record::read_bundle(log, tile.n, tile.width));
    bundles.push_back(std::move(bytes));
  }
  return bundles;
}

// One file of evidence; what is wrong with it goes to the problems.
Result<void> fetch_evidence(const fs::path& folder, const entry::EvidenceReceived& received,
                            const FileSource& files, MirroredFiles& mirrored) {
  const fs::path place = record::Layout{folder}.evidence_of(received.sha256);
  const std::string path = fs::relative(place, folder).generic_string();
  const fs::path to = incoming_of(folder) / "evidence" / received.sha256.hex();
  SCR_TRY(came, fetch(files, path, received.size, to));
  if (!came) {
    mirrored.problems.push_back({ErrorCode::not_found, "is not served", path});
    return {};
  }
  if (came->digest != received.sha256 || came->size != received.size) {
    std::error_code ignored;
    fs::remove(to, ignored);
    mirrored.problems.push_back(
        {ErrorCode::untrusted, "is not the file that was received; it was not kept", path});
    return {};
  }
  std::error_code error;
  fs::permissions(to, static_cast<fs::perms>(os::kWriteOnce), error);
  if (error) return fail(ErrorCode::io, error.message(), to.string());
  ++mirrored.evidence;
  return move_to(to, place);
}

struct PictureFiles {
  const derive::CommittedPicture* picture = nullptr;
  std::string path;  // in the bundle
  std::string proof;
};

PictureFiles files_of(const derive::CommittedPicture& picture) {
  const std::string base = redacted_path(picture.sha256);
  return {&picture, base + (picture.cells->kind == cells::Kind::jpeg ? ".jpg" : ".png"),
          base + ".redaction"};
}

// Fetches a file to its place in incoming/, where it is only if it is whole. False: there is none
// that may be of use.
Result<bool> fetch_whole(const fs::path& incoming, const std::string& path, std::uint64_t most,
                         const FileSource& files) {
  const fs::path begun = incoming / "begun";
  SCR_TRY(came, fetch(files, path, most, begun));
  if (!came || came->size > most) return false;
  SCR_TRY_VOID(move_to(begun, incoming / path));
  return true;
}

bool hides_what_was_approved(const fs::path& proof, const derive::CommittedPicture& picture) {
  const auto text = os::read_text(proof, cells::RedactionProof::kMostBytes);
  const auto parsed = text ? cells::RedactionProof::parse(*text)
                           : Result<cells::RedactionProof>(tl::unexpected(text.error()));
  return parsed && parsed->hidden == *picture.approved();
}

// True if both are in incoming/ now. The proof first: it says of which mask they are.
Result<bool> fetch_picture(const fs::path& incoming, const PictureFiles& wanted,
                           const FileSource& files) {
  std::error_code ignored;
  if (!hides_what_was_approved(incoming / wanted.proof, *wanted.picture)) {
    fs::remove(incoming / wanted.path, ignored);
    SCR_TRY(proof, fetch_whole(incoming, wanted.proof, cells::RedactionProof::kMostBytes, files));
    if (!proof) return false;
  }
  if (fs::exists(incoming / wanted.path, ignored)) return true;
  const std::uint64_t most = wanted.picture->cells->leaves * kMostOfACell + kAroundAPicture;
  return fetch_whole(incoming, wanted.path, most, files);
}

void forget(const fs::path& incoming, const PictureFiles& files) {
  std::error_code ignored;
  fs::remove(incoming / files.proof, ignored);
  fs::remove(incoming / files.path, ignored);
}

Result<void> check_pictures_that_came(const fs::path& incoming,
                                      const std::vector<PictureFiles>& came,
                                      Result<RedactWorkers>& workers, MirroredFiles& mirrored) {
  if (came.empty()) return {};
  return check_redacted_in(workers)(
      came.size(),
      [&](std::size_t i) -> Result<std::string> {
        SCR_TRY(file, os::read_text(incoming / came[i].path));
        SCR_TRY(proof, os::read_text(incoming / came[i].proof));
        return redact::ask_check(*came[i].picture->cells, *came[i].picture->approved(), proof,
                                 file);
      },
      [&](std::size_t i, const Result<redact::Grid>& grid) {
        if (grid) {
          mirrored.pictures.push_back(came[i].path);
          mirrored.pictures.push_back(came[i].proof);
          return;
        }
        forget(incoming, came[i]);
        mirrored.problems.push_back(at(came[i].path, grid.error()));
      });
}

}  // namespace

Result<derive::RecordState> mirror_definition(const fs::path& folder, std::uint64_t size,
                                              const FileSource& files) {
  SCR_TRY(bundles, bundles_of(record::Layout{folder}.log(), size));
  std::vector<std::string_view> entries;
  for (const std::string& bundle : bundles) {
    const std::size_t width = std::min<std::size_t>(size - entries.size(), tiles::kFullWidth);
    SCR_TRY(some, tiles::split_bundle(bundle, width));
    entries.insert(entries.end(), some.begin(), some.end());
  }
  if (entries.empty()) return fail(ErrorCode::bad_input, "the log is empty");
  canon::Document scratch;
  SCR_TRY(first, at("entry 0", entry::decode(entries.front(), scratch)));
  const auto* genesis = std::get_if<entry::Genesis>(&first);
  if (genesis == nullptr) {
    return fail(
        ErrorCode::unsupported,
        "the first entry is not the beginning of an election; with --log-only the log alone "
        "is mirrored");
  }
  derive::FilesByName named;
  for (const entry::DefinitionFile& file : genesis->files) {
    SCR_TRY_VOID(fetch_definition_file(folder, file, files));
    SCR_TRY(text, os::read_text(folder / file.name));
    named[file.name] = std::move(text);
  }
  derive::Fold fold(std::move(named));
  for (const std::string_view entry : entries) SCR_TRY_VOID(fold.take(entry));
  return std::move(fold).finish();
}

Result<void> mirror_evidence(const fs::path& folder, const derive::RecordState& state,
                             const MirrorSource& source, MirroredFiles& mirrored) {
  std::vector<const entry::EvidenceReceived*> wanted;
  std::set<Digest> seen;
  std::uint64_t sum = 0;
  for (const derive::Evidence& evidence : state.evidence) {
    const entry::EvidenceReceived& received = evidence.received;
    if (is_withheld(received.kind) || !seen.insert(received.sha256).second) continue;
    if (has_size(record::Layout{folder}.evidence_of(received.sha256), received.size)) continue;
    wanted.push_back(&received);
    SCR_TRY_VOID(source.budget->must_afford(received.size));
    sum += received.size;
    SCR_TRY_VOID(source.budget->must_afford(sum));
  }
  for (const entry::EvidenceReceived* received : wanted)
    SCR_TRY_VOID(fetch_evidence(folder, *received, source.files, mirrored));
  return {};
}

Result<void> mirror_pictures(const fs::path& folder, const derive::RecordState& state,
                             const FileSource& files, Result<RedactWorkers>& workers,
                             MirroredFiles& mirrored) {
  const fs::path incoming = incoming_of(folder);
  std::vector<PictureFiles> came;
  std::set<Digest> seen;
  for (const derive::CommittedPicture& picture : state.committed) {
    if (!picture.cells || picture.approved() == nullptr) continue;
    if (!seen.insert(picture.sha256).second || is_there(folder, picture)) continue;
    const PictureFiles wanted = files_of(picture);
    SCR_TRY(both, fetch_picture(incoming, wanted, files));
    if (both) {
      came.push_back(wanted);
    } else {
      ++mirrored.pictures_not_there;
      mirrored.problems.push_back({ErrorCode::not_found, "is not served", wanted.path});
      forget(incoming, wanted);
    }
  }
  return check_pictures_that_came(incoming, came, workers, mirrored);
}

Result<void> drop_stale_pictures(const fs::path& folder, const derive::RecordState& state) {
  std::set<std::string> good;
  for (const derive::CommittedPicture& picture : state.committed) {
    if (!is_there(folder, picture)) continue;
    const PictureFiles files = files_of(picture);
    good.insert({files.path, files.proof});
  }
  SCR_TRY(there, os::files_below(folder / "redacted"));
  for (const std::string& path : there) {
    if (good.count("redacted/" + path) > 0) continue;
    std::error_code error;
    fs::remove(folder / "redacted" / path, error);
    if (error) return fail(ErrorCode::io, error.message(), path);
  }
  return {};
}

// The proof comes behind its picture: without it the picture counts as not there.
Result<void> place_pictures(const fs::path& folder, const MirroredFiles& mirrored) {
  for (const std::string& path : mirrored.pictures)
    SCR_TRY_VOID(move_to(incoming_of(folder) / path, folder / path));
  return {};
}

}  // namespace scr::steps
