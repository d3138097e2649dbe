// SPDX-License-Identifier: Apache-2.0
#include "steps/fsck.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "merkle/tree.h"
#include "note/checkpoint.h"
#include "note/key.h"
#include "os/files.h"
#include "record/layout.h"
#include "record/log_keys.h"
#include "record/snapshot.h"
#include "steps/verify.h"
#include "tiles/path.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

void check_key(const record::Layout& layout, const note::Vkey& vkey, FsckReport& report) {
  std::error_code error;
  const fs::file_status status = fs::status(layout.key(), error);
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  if (!error && (status.permissions() & others) != fs::perms::none) {
    report.upkeep.push_back({"keys/log.key", "can be read by others; make it private: chmod 600"});
  }
  auto text = os::read_text(layout.key());
  if (!text) {
    report.upkeep.push_back({"keys/log.key", to_string(text.error())});
    return;
  }
  std::string_view key = *text;
  if (key.ends_with('\n')) key.remove_suffix(1);
  const auto signer = note::Signer::parse(key);
  if (!signer) {
    report.upkeep.push_back({"keys/log.key", to_string(signer.error())});
  } else if (signer->vkey() != vkey) {
    report.upkeep.push_back({"keys/log.key", "is not the key of log/log.vkey"});
  }
  note::wipe(std::as_writable_bytes(std::span(text->data(), text->size())));
}

// True if the last that was signed is what log/checkpoint.pending has, ahead of log/checkpoint.
bool waits_for_witnesses(const record::Layout& layout, const note::Checkpoint& last) {
  const auto text = os::read_text(layout.pending());
  const auto note = text ? note::Unverified::parse(*text)
                         : Result<note::Unverified>(tl::unexpected(text.error()));
  return note && note->text() == last.text();
}

void check_commit_point(const record::Layout& layout, const record::LogKeys& keys,
                        FsckReport& report) {
  const auto text = os::read_text(layout.signed_checkpoint());
  const auto last = text ? record::open_own_checkpoint(*text, keys)
                         : Result<note::Checkpoint>(tl::unexpected(text.error()));
  if (!last) {
    report.upkeep.push_back({"state/signed", to_string(last.error())});
    return;
  }
  if (last->tree_size < report.verified.tree_size) {
    report.upkeep.push_back(
        {"state/signed", "is older than log/checkpoint: this folder was set back"});
  } else if (waits_for_witnesses(layout, *last)) {
    return;
  } else if (last->tree_size > report.verified.tree_size) {
    report.strays.push_back({"state/signed",
                             "is ahead of log/checkpoint: an append was cut off; the "
                             "next one finishes it"});
  } else if (last->root != report.verified.root) {
    report.upkeep.push_back({"state/signed", "signs other entries than log/checkpoint does"});
  }
}

// Files below log/ and evidence/ that neither the checkpoint nor an entry accounts for.
void find_strays(const fs::path& folder, FsckReport& report) {
  std::set<std::string> known{"log/checkpoint", "log/checkpoint.pending", "log/log.vkey",
                              "log/log.vkeys", "log/policy"};
  const auto opened = view::open_record(folder);
  // What waits for its witnesses is accounted for, too.
  const merkle::TreeSize size(
      std::max(report.verified.tree_size, opened ? opened->size : std::uint64_t{0}));
  for (const auto& tile : tiles::hash_tiles(size)) known.insert("log/" + tiles::path_of(tile));
  for (const auto& tile : tiles::entry_bundles(size)) known.insert("log/" + tiles::path_of(tile));
  if (opened) {
    for (const derive::Evidence& evidence : opened->state.evidence) {
      const std::string hex = evidence.received.sha256.hex();
      known.insert("evidence/" + hex.substr(0, 2) + "/" + hex);
    }
  }
  for (const char* part : {"log", "evidence"}) {
    const auto paths = os::files_below(folder / part);
    if (!paths) continue;
    for (const std::string& path : *paths) {
      const std::string whole = std::string(part) + "/" + path;
      const bool partial = whole.find(".p/") != std::string::npos;
      if (known.count(whole) > 0 || whole.starts_with("log/checkpoints/") || partial ||
          whole.starts_with("log/stamps/"))
        continue;
      report.strays.push_back({whole, "nothing accounts for this file"});
    }
  }
}

}  // namespace

Result<FsckReport> fsck(const fs::path& folder) {
  FsckReport report;
  const record::Layout layout{folder};
  SCR_TRY_VOID(record::read_vkey(folder));  // its error says best that there is no record
  SCR_TRY(keys, record::read_log_keys(folder));
  // What is published may still be signed by the key before, and waits for witnesses.
  const auto published = os::read_text(layout.checkpoint());
  const auto signer = published ? record::signer_of(*published, keys)
                                : Result<note::Vkey>(tl::unexpected(published.error()));
  SCR_TRY(verified, verify({.path = folder, .key = (signer ? *signer : keys.current).text()}));
  report.verified = std::move(verified);
  const std::uint64_t lost = report.verified.pictures_withheld - report.verified.withheld_not_here;
  if (lost > 0) {
    report.upkeep.push_back({"evidence", std::to_string(lost) +
                                             " pictures that the log names are not there, and no "
                                             "entry says that they are withheld"});
  }
  check_key(layout, keys.current, report);
  check_commit_point(layout, keys, report);
  find_strays(folder, report);
  return report;
}

}  // namespace scr::steps
