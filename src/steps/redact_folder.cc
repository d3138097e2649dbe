// SPDX-License-Identifier: Apache-2.0
#include "steps/redact_folder.h"

#include <system_error>
#include <utility>

#include "os/files.h"
#include "privacy/mask_file.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameDigits = 16;
constexpr std::size_t kLargestMask = std::size_t{1} << 20;

std::string mask_name_of(const derive::CommittedPicture& picture) {
  return picture.sha256.hex().substr(0, kNameDigits);
}

Result<bool> propose_one(Redacting& redacting, const derive::CommittedPicture& picture,
                         const fs::path& folder) {
  SCR_TRY(proposal, redacting.propose(picture));
  SCR_TRY(preview, redacting.preview(picture, proposal));
  const std::string name = mask_name_of(picture);
  SCR_TRY_VOID(
      os::replace_file(folder / (name + "." + preview.extension), preview.file, os::kPrivate));
  // Last: a mask file means that there is nothing more to do here.
  SCR_TRY_VOID(
      os::create_file(folder / (name + ".toml"), privacy::text_of(proposal), os::kPrivate));
  return proposal.hide.empty();
}

Result<bool> approve_one(Redacting& redacting, const fs::path& file, const note::Signer& signer,
                         os::Clock& clock) {
  SCR_TRY(text, os::read_text(file, kLargestMask));
  SCR_TRY(mask, privacy::parse_mask_file(text));
  SCR_TRY(picture, redacting.find(mask.picture.hex()));
  SCR_TRY(approved, redacting.approve(*picture, mask, signer, clock));
  return approved.enough;
}

// A full disk stops everything; what is wrong with one file does not.
bool stops(const Error& error) {
  return error.code == ErrorCode::io;
}

}  // namespace

Result<FolderDone> propose_all(Redacting& redacting, const fs::path& folder,
                               const FolderProgress& tell) {
  SCR_TRY_VOID(os::make_folders(folder));
  std::vector<const derive::CommittedPicture*> waiting;
  std::error_code ignored;
  for (const derive::CommittedPicture& picture : redacting.state().committed) {
    const bool there = fs::exists(folder / (mask_name_of(picture) + ".toml"), ignored);
    if (picture.cells && picture.approved() == nullptr && !picture.withheld && !there)
      waiting.push_back(&picture);
  }
  FolderDone all;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const auto empty = propose_one(redacting, *waiting[i], folder);
    if (!empty && stops(empty.error())) return tl::unexpected(empty.error());
    if (empty) {
      ++all.done;
      if (*empty) ++all.empty;
    } else {
      all.passed_over.push_back({mask_name_of(*waiting[i]), empty.error()});
    }
    tell(i + 1, waiting.size());
  }
  return all;
}

Result<FolderDone> approve_all(Redacting& redacting, const fs::path& folder,
                               const note::Signer& signer, os::Clock& clock,
                               const FolderProgress& tell) {
  SCR_TRY(names, os::files_in(folder));
  std::erase_if(names, [](const std::string& name) { return !name.ends_with(".toml"); });
  if (names.empty())
    return fail(ErrorCode::not_found, "no mask files, *.toml, in this folder", folder.string());
  FolderDone all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto enough = approve_one(redacting, folder / names[i], signer, clock);
    if (!enough && stops(enough.error())) return tl::unexpected(enough.error());
    if (enough) {
      ++all.done;
      if (*enough) ++all.approved;
    } else {
      all.passed_over.push_back({names[i], enough.error()});
    }
    tell(i + 1, names.size());
  }
  return all;
}

}  // namespace scr::steps
