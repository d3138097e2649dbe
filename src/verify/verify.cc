// SPDX-License-Identifier: Apache-2.0
#include "verify/verify.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "note/checkpoint.h"
#include "note/signed_note.h"
#include "tiles/bundle.h"
#include "tiles/path.h"
#include "tiles/tile_hashes.h"
#include "verify/internal/container_check.h"
#include "verify/internal/evidence_check.h"
#include "verify/internal/grammar_check.h"
#include "verify/internal/import_check.h"
#include "verify/internal/key_check.h"
#include "verify/internal/picture_check.h"
#include "verify/internal/problems.h"
#include "verify/internal/proof_check.h"
#include "verify/internal/redacted_pictures.h"
#include "verify/internal/result_check.h"
#include "verify/tree_check.h"

namespace scr::verify {
namespace {

// A checkpoint and who signed it, as far as that can be said before the entries are checked.
struct SignedHead {
  note::Checkpoint checkpoint;
  note::Vkey signer;
};

// Of a bundle that says it has `size` entries: all that are there, as they stand.
std::vector<std::string> raw_bundles(const Bundle& bundle, std::uint64_t size) {
  std::vector<std::string> read;
  for (std::uint64_t at = 0; at < size; at += tiles::kFullWidth) {
    const std::uint64_t width = std::min<std::uint64_t>(tiles::kFullWidth, size - at);
    const tiles::TileId tile{true, 0, at / tiles::kFullWidth, width};
    auto bytes = tiles::read_or_cut(tile, [&](const tiles::TileId& wanted) {
      return bundle.read("log/" + tiles::path_of(wanted));
    });
    if (!bytes) return {};
    read.push_back(std::move(*bytes));
  }
  return read;
}

// Keys that the entries, unchecked, name as those that followed `trusted`. None if the entries are
// not all there: whoever signed cannot make this program believe in more of them than there are.
std::vector<note::Vkey> successors(const Bundle& bundle, std::string_view text,
                                   const note::Vkey& trusted) {
  const auto note = note::Unverified::parse(text);
  const auto claimed = note ? note::parse_checkpoint_unverified(note->text())
                            : Result<note::Checkpoint>(tl::unexpected(note.error()));
  if (!claimed) return {};
  std::vector<note::Vkey> keys;
  std::uint64_t left = claimed->tree_size;
  for (const std::string& bytes : raw_bundles(bundle, left)) {
    const std::uint64_t width = std::min<std::uint64_t>(tiles::kFullWidth, left);
    left -= width;
    const auto entries = tiles::split_bundle(bytes, width);
    if (!entries) return {};
    for (note::Vkey& key : derive::claimed_log_keys(*entries, trusted.name()))
      keys.push_back(std::move(key));
  }
  return keys;
}

Result<SignedHead> signed_head(const Bundle& bundle, const note::Vkey& trusted) {
  SCR_TRY(text, bundle.read("log/checkpoint"));
  auto opened = note::open_checkpoint(text, trusted);
  if (opened) return SignedHead{std::move(*opened), trusted};
  for (const note::Vkey& key : successors(bundle, text, trusted)) {
    auto later = note::open_checkpoint(text, key);
    if (later) return SignedHead{std::move(*later), key};
  }
  return tl::unexpected(std::move(opened).error());
}

// That the policy believes it, if there is one.
Result<void> check_policy(const Bundle& bundle, const Trust& trust, const note::Vkey& signer,
                          Report& report) {
  if (!trust.policy) return {};
  const note::Policy policy = trust.policy->with_log_key(trust.key, signer);
  SCR_TRY(text, bundle.read("log/checkpoint"));
  SCR_TRY(opened, note::open_checkpoint(text, policy));
  const std::size_t logs = policy.logs().size();
  for (const note::VerifiedSignature& one : opened.note.signatures()) {
    if (one.key >= logs) report.cosigned_by.push_back(policy.witnesses()[one.key - logs].name);
  }
  std::sort(report.cosigned_by.begin(), report.cosigned_by.end());
  return {};
}

}  // namespace

Report verify(const Bundle& bundle, const Trust& trust, const Means& means,
              const Readings& readings) {
  Report report;
  report.key_from_outside = trust.from_outside;
  report.policy_given = trust.policy.has_value();
  for (int level = 0; level < kLevels; ++level) {
    report.levels.push_back({.level = static_cast<Level>(level)});
  }
  const auto level = [&](Level wanted) -> LevelReport& {
    return report.levels[static_cast<std::size_t>(wanted)];
  };

  Problems signature(level(Level::signature));
  signature.checked();
  const auto head = signed_head(bundle, trust.key);
  const auto believed = head ? check_policy(bundle, trust, head->signer, report) : Result<void>();
  if (!head || !believed) {
    signature.add("log/checkpoint", to_string(head ? believed.error() : head.error()));
    return report;
  }
  report.origin = head->checkpoint.origin;
  report.tree_size = head->checkpoint.tree_size;
  report.root = head->checkpoint.root;

  const LogEntries log =
      check_tree(bundle, head->checkpoint, trust.key, trust.known, level(Level::tree));
  if (!level(Level::tree).holds()) return report;  // what follows would be about other entries

  LevelReport unsaid;
  Problems folding(unsaid);
  const auto state = fold_entries(bundle, log.entries, folding);
  const KeyCheck keys{trust.key, head->signer, state ? &*state : nullptr};
  const std::vector<Older> older = check_older(keys, log, level(Level::tree), report);
  check_history(older, log, level(Level::tree));
  check_succession(keys, older, report, signature);
  if (!level(Level::tree).holds() || !level(Level::signature).holds()) return report;
  report.known_is_foreign = trust.known && std::none_of(log.older.begin(), log.older.end(),
                                                        [](const Older& one) { return one.kept; });

  Problems grammar(level(Level::grammar));
  for (const Problem& problem : unsaid.problems) grammar.add(problem.where, problem.what);
  if (!state) return report;
  check_grammar(*state, report, grammar);
  for (const election::SourceId& source : state->sources) report.sources.push_back(source.value());

  Problems evidence(level(Level::evidence));
  const Files files = check_evidence(bundle, *state, means, report, evidence);
  const auto shown =
      check_redacted_pictures(bundle, *state, means.check_redacted, report, evidence);

  Problems reread(level(Level::readings));
  check_readings(*state, files, log.entries, reread);
  check_containers(bundle, *state, log.entries, means, report, reread);
  const std::set<Digest> chosen = chosen_pictures(bundle, *state, shown, readings, report);
  check_pictures(bundle, *state, log.entries, chosen, means, readings, report, reread);
  reread_redacted_pictures(bundle, *state, log.entries, shown, chosen, means, readings, report,
                           reread);

  Problems result(level(Level::result));
  check_results(bundle, *state, files, log.entries, means, report, result);
  check_proofs(bundle, log.entries, head->checkpoint, head->signer, report, result);
  return report;
}

}  // namespace scr::verify
