// SPDX-License-Identifier: Apache-2.0
#include "record/cosigned.h"

#include <chrono>
#include <utility>

#include "os/files.h"
#include "os/lock.h"
#include "record/layout.h"
#include "record/snapshot.h"
#include "tiles/tile_hashes.h"
#include "witness/fork.h"

namespace scr::record {
namespace {

namespace fs = std::filesystem;

// How long an append may be held up by witnesses that do not answer.
constexpr std::chrono::milliseconds kGuardWaits{3000};

merkle::SubtreeHash hashes_in(const fs::path& log, std::uint64_t size) {
  return tiles::hashes_from(merkle::TreeSize(size), [log](const tiles::TileId& tile) {
    return os::read_text(log / tiles::path_of(tile));
  });
}

// The growth of the tree of `size` from its beginning of `smaller`.
Result<witness::Growth> growth_in(const fs::path& log, std::uint64_t smaller, std::uint64_t size) {
  return witness::growth_between(merkle::TreeSize(smaller), merkle::TreeSize(size),
                                 hashes_in(log, size));
}

collect::Offer offer_of(const fs::path& log, std::string note, note::Checkpoint checkpoint,
                        std::vector<note::Vkey> keys, std::uint64_t cosigned_size) {
  const std::uint64_t size = checkpoint.tree_size;
  return {.note = std::move(note),
          .checkpoint = std::move(checkpoint),
          .log_keys = std::move(keys),
          .cosigned_size = cosigned_size,
          .proof_from = [log, size](std::uint64_t old_size) -> Result<merkle::Proof> {
            if (old_size == 0) return merkle::Proof();
            SCR_TRY(growth, growth_in(log, old_size, size));
            return std::move(growth.path);
          },
          .root_at = [log, size](std::uint64_t smaller) -> Result<Digest> {
            SCR_TRY(growth, growth_in(log, smaller, size));
            return growth.root_at_smaller;
          }};
}

Result<note::Checkpoint> open_file(const fs::path& file, const LogKeys& keys) {
  SCR_TRY(text, os::read_text(file));
  return at(file.string(), open_own_checkpoint(text, keys));
}

}  // namespace

Result<std::optional<note::Policy>> read_policy(const fs::path& record) {
  const fs::path file = Layout{record}.policy();
  auto text = os::read_text(file);
  if (!text && text.error().code == ErrorCode::not_found) return std::optional<note::Policy>();
  if (!text) return tl::unexpected(std::move(text).error());
  SCR_TRY(policy, at(file.string(), note::Policy::parse(*text)));
  return std::optional(std::move(policy));
}

Result<void> set_policy(const fs::path& record, const std::string& text) {
  const Layout layout{record};
  SCR_TRY(policy, note::Policy::parse(text));
  SCR_TRY(vkey, read_vkey(record));
  if (policy.logs().size() != 1 || policy.logs().front().key != vkey) {
    return fail(ErrorCode::bad_input,
                "the policy must name this log and no other; its line is: log " + vkey.text());
  }
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  return os::replace_file(layout.policy(), text, os::kPublic);
}

Result<collect::Offer> pending_checkpoint(const fs::path& record) {
  const Layout layout{record};
  SCR_TRY(keys, read_log_keys(record));
  SCR_TRY(newest, newest_checkpoint(record));
  SCR_TRY(text, os::read_text(newest));
  SCR_TRY(checkpoint, at(newest.string(), open_own_checkpoint(text, keys)));
  SCR_TRY(published, open_file(layout.checkpoint(), keys));
  return offer_of(layout.log(), std::move(text), std::move(checkpoint), std::move(keys.all),
                  published.tree_size);
}

Result<void> put_cosigned(const fs::path& record, const std::string& note) {
  const Layout layout{record};
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  SCR_TRY(keys, read_log_keys(record));
  SCR_TRY(policy, read_policy(record));
  if (!policy) return fail(ErrorCode::not_found, "no policy", layout.policy().string());
  SCR_TRY(opened, note::open_checkpoint(note, *policy));
  const note::Checkpoint& checkpoint = opened.checkpoint;
  // Not state/signed: after a crash its tiles may not be in place yet.
  SCR_TRY(newest, newest_checkpoint(record));
  SCR_TRY(last, open_file(newest, keys));
  SCR_TRY(published, open_file(layout.checkpoint(), keys));
  if (checkpoint.tree_size < published.tree_size) return {};
  if (checkpoint.tree_size > last.tree_size) {
    return fail(ErrorCode::untrusted,
                "is larger than the last that was signed here: the folder was set back, or the key "
                "is used elsewhere",
                "the cosigned checkpoint");
  }
  SCR_TRY(growth, growth_in(layout.log(), checkpoint.tree_size, last.tree_size));
  if (growth.root_at_smaller != checkpoint.root) {
    return fail(ErrorCode::untrusted, "is of another tree than the one here; keep it, it is proof",
                "the cosigned checkpoint");
  }
  // The first of a size is kept for ever; later ones have fresher times and the same tree.
  const auto kept = os::create_file(layout.checkpoints() / std::to_string(checkpoint.tree_size),
                                    note, os::kWriteOnce);
  if (!kept && kept.error().code != ErrorCode::conflict) return kept;
  return os::replace_file(layout.checkpoint(), note, os::kPublic);
}

Result<void> check_witnesses_know_no_more(const fs::path& record, const LogKeys& keys,
                                          const note::Checkpoint& signed_here) {
  SCR_TRY(policy, read_policy(record));
  if (!policy) return {};
  const Layout layout{record};
  const auto offer = offer_of(layout.log(), {}, signed_here, keys.all, 0);
  return collect::check_not_set_back(*policy, offer, {.timeout = kGuardWaits});
}

}  // namespace scr::record
