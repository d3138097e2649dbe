// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/key_check.h"

#include <algorithm>
#include <utility>

#include "derive/keys.h"

namespace scr::verify {
namespace {

bool is_by(const Older& older, const note::Vkey& key) {
  return std::find(older.keys.begin(), older.keys.end(), key) != older.keys.end();
}

// A log that never had another key has the one that is trusted.
std::vector<derive::LogKey> keys_of(const KeyCheck& keys) {
  if (keys.state && !keys.state->log_keys.empty()) return keys.state->log_keys;
  return {{keys.trusted, entry::EntryIndex(0)}};
}

// True if a key that led here, from `first` on, signed for entry 0, which says who the guardians
// are, before `next` was brought by them.
bool vouched_for(std::span<const derive::LogKey> first_to_here, const derive::LogKey& next,
                 std::span<const Older> older) {
  return std::any_of(older.begin(), older.end(), [&](const Older& one) {
    const std::uint64_t size = one.checkpoint.tree_size;
    return size > 0 && size <= next.bad_before->value() &&
           std::any_of(first_to_here.begin(), first_to_here.end(),
                       [&](const derive::LogKey& key) { return is_by(one, key.key); });
  });
}

}  // namespace

std::vector<Older> check_older(const KeyCheck& keys, const LogEntries& log, LevelReport& tree,
                               Report& report) {
  Problems problems(tree);
  const std::vector<derive::LogKey> all = keys_of(keys);
  std::vector<Older> sound;
  for (const Older& one : log.older) {
    const std::uint64_t size = one.checkpoint.tree_size;
    if (keys.state && derive::is_void_size(keys.state->voided, size)) {
      report.void_checkpoints.push_back(one.where);
    } else if (is_by(one, derive::log_key_at(all, size)->key)) {
      sound.push_back(one);
    } else if (one.kept) {
      report.void_checkpoints.push_back(one.where);
    } else {
      problems.add(one.where, "is not signed by the key that the log had by then");
    }
  }
  return sound;
}

void check_succession(const KeyCheck& keys, std::span<const Older> older, Report& report,
                      Problems& problems) {
  const std::vector<derive::LogKey> all = keys_of(keys);
  if (keys.state && !keys.state->log_keys.empty()) {
    for (const derive::LogKey& one : all) report.keys.push_back(one.key.text());
  }
  const auto trusted = std::find_if(
      all.begin(), all.end(), [&](const derive::LogKey& one) { return one.key == keys.trusted; });
  if (trusted == all.end()) {
    return problems.add("log/checkpoint", "the log never had the key that is trusted");
  }
  if (all.back().key != keys.signer) {
    return problems.add("log/checkpoint", "is signed by a key that the log had replaced by then: " +
                                              keys.signer.text() + "; it has " +
                                              all.back().key.text());
  }
  for (auto next = trusted + 1; next < all.end(); ++next) {
    if (next->bad_before && !vouched_for({trusted, next}, *next, older)) {
      problems.add("log/checkpoints",
                   "no checkpoint by the key that is trusted, or what followed from it, says who "
                   "may declare it bad: " +
                       next->key.text() + " follows from nothing");
    }
  }
}

}  // namespace scr::verify
