// SPDX-License-Identifier: Apache-2.0
#include "steps/bundle_source.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "os/files.h"
#include "os/parallel.h"
#include "os/read_at.h"
#include "tar/tar.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

using Hashed = std::pair<Digest, std::uint64_t>;

// What is hashed at one time: it stays in the processor's cache between being read and hashed.
constexpr std::size_t kPiece = std::size_t{64} << 10;

void on_all_processors(std::size_t count, const std::function<void(std::size_t)>& work) {
  os::parallel_for(count, 0, work);
}

Result<Hashed> hash_of(const os::FileAt& file, std::uint64_t offset, std::uint64_t size) {
  static thread_local std::vector<char> room(kPiece);
  Sha256 hash;
  for (std::uint64_t done = 0; done < size;) {
    const std::span<char> piece(room.data(), std::min<std::uint64_t>(kPiece, size - done));
    SCR_TRY_VOID(file.read(offset + done, piece));
    hash.add(std::as_bytes(piece));
    done += piece.size();
  }
  return Hashed(hash.finish(), size);
}

verify::Bundle bundle_in_folder(const fs::path& folder) {
  return {.read = [folder](const std::string& path) { return os::read_text(folder / path); },
          .hashed = [folder](const std::string& path) -> Result<Hashed> {
            SCR_TRY(file, os::FileAt::open(folder / path));
            return hash_of(file, 0, file.size());
          },
          .read_into = [folder](const std::string& path,
                                Arena& arena) { return os::read_into(folder / path, arena); },
          .has = [folder](const std::string& path) { return fs::exists(folder / path); },
          .list = [folder](const std::string& path) { return os::files_below(folder / path); },
          .for_each = on_all_processors};
}

// A tar that was looked through.
struct Archive {
  os::FileAt file;
  std::vector<tar::Member> members;  // sorted by path

  Result<const tar::Member*> find(const std::string& path) const {
    const auto found = std::lower_bound(
        members.begin(), members.end(), path,
        [](const tar::Member& member, const std::string& wanted) { return member.path < wanted; });
    if (found == members.end() || found->path != path)
      return fail(ErrorCode::not_found, "is not in the tar", path);
    return &*found;
  }
};

// Many tars hold everything in one folder: its name, with '/', is taken away.
Result<void> step_into_folder(std::vector<tar::Member>& members) {
  constexpr std::string_view kMark = "log/checkpoint";
  std::optional<std::string> folder;
  for (const tar::Member& member : members) {
    const std::string& path = member.path;
    const bool here = path == kMark || path.ends_with("/" + std::string(kMark));
    if (!here) continue;
    if (folder) return fail(ErrorCode::bad_input, "holds more than one log");
    folder = path.substr(0, path.size() - kMark.size());
  }
  if (!folder) return fail(ErrorCode::bad_input, "holds no log/checkpoint: it is no bundle");
  std::erase_if(members, [&](const auto& member) { return !member.path.starts_with(*folder); });
  for (tar::Member& member : members) member.path.erase(0, folder->size());
  return {};
}

Result<std::vector<std::string>> files_below(const Archive& archive, const std::string& folder) {
  std::vector<std::string> paths;
  for (const tar::Member& member : archive.members) {
    if (member.path.starts_with(folder + "/"))
      paths.push_back(member.path.substr(folder.size() + 1));
  }
  return paths;
}

verify::Bundle bundle_in_tar(std::shared_ptr<const Archive> archive) {
  return {
      .read = [archive](const std::string& path) -> Result<std::string> {
        SCR_TRY(member, archive->find(path));
        if (member->size > os::kLargestFile)
          return fail(ErrorCode::bad_input, "is too large to be read whole", path);
        std::string text(member->size, '\0');
        SCR_TRY_VOID(archive->file.read(member->offset, text));
        return text;
      },
      .hashed = [archive](const std::string& path) -> Result<Hashed> {
        SCR_TRY(member, archive->find(path));
        return hash_of(archive->file, member->offset, member->size);
      },
      .read_into = [archive](const std::string& path, Arena& arena) -> Result<std::string_view> {
        SCR_TRY(member, archive->find(path));
        const std::span<char> room = arena.take(member->size);
        SCR_TRY_VOID(archive->file.read(member->offset, room));
        return std::string_view(room.data(), room.size());
      },
      .has = [archive](const std::string& path) { return archive->find(path).has_value(); },
      .list = [archive](const std::string& path) { return files_below(*archive, path); },
      .for_each = on_all_processors};
}

}  // namespace

Result<verify::Bundle> bundle_at(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return bundle_in_folder(path);
  if (!fs::exists(path, ignored))
    return fail(ErrorCode::not_found, "no such folder or file", path.string());
  SCR_TRY(file, os::FileAt::open(path));
  SCR_TRY(members,
          at(path.string(), tar::list(file.size(), [&](std::uint64_t offset, std::span<char> out) {
               return file.read(offset, out);
             })));
  SCR_TRY_VOID(at(path.string(), step_into_folder(members)));
  return bundle_in_tar(
      std::make_shared<const Archive>(Archive{std::move(file), std::move(members)}));
}

}  // namespace scr::steps
