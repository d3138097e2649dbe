// SPDX-License-Identifier: Apache-2.0
#include "steps/witness.h"

#include <algorithm>
#include <utility>

#include "notebook/layout.h"
#include "notebook/notebook.h"
#include "os/files.h"
#include "steps/log_place.h"
#include "steps/mirror.h"
#include "steps/verify.h"
#include "tiles/tile_hashes.h"
#include "witness/add_checkpoint.h"
#include "witness/fork.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

std::string hash_of(const std::string& origin) {
  return sha256(bytes_of(origin)).hex();
}

// What is known and what is seen may be of two histories: then the tree that is seen proves it.
Result<bool> keep_fork(const fs::path& folder, const witness::FollowedLog& known,
                       const LogPlace& place, const NoteAt& seen) {
  if (known.size == 0 || seen.checkpoint.tree_size <= known.size) return false;
  const merkle::TreeSize size(seen.checkpoint.tree_size);
  SCR_TRY(growth,
          witness::growth_between(merkle::TreeSize(known.size), size,
                                  tiles::hashes_from(size, collect::tiles_of(place.source))));
  const witness::ForkEvidence evidence{known.note, seen.note, growth};
  const bool is_fork = std::any_of(known.keys.begin(), known.keys.end(), [&](const auto& key) {
    return witness::verify(evidence, key).has_value();
  });
  if (!is_fork) return false;
  const std::string text = evidence.text();
  const auto kept =
      os::create_file(notebook::Layout{folder}.forks() / (sha256(bytes_of(text)).hex() + ".fork"),
                      text, os::kPublic);
  if (!kept && kept.error().code != ErrorCode::conflict) return tl::unexpected(kept.error());
  return true;
}

Result<merkle::Proof> proof_from(const LogPlace& place, std::uint64_t old_size,
                                 std::uint64_t size) {
  if (old_size == 0 || old_size > size) return merkle::Proof();
  const merkle::TreeSize whole(size);
  return merkle::consistency_proof(merkle::TreeSize(old_size), whole,
                                   tiles::hashes_from(whole, collect::tiles_of(place.source)));
}

Result<WitnessRound> cosign_seen(const fs::path& folder, notebook::Notebook& notebook,
                                 const LogPlace& place, const NoteAt& seen, os::Clock& clock) {
  const std::string& origin = seen.checkpoint.origin;
  WitnessRound round{.origin = origin, .size = seen.checkpoint.tree_size};
  const auto known = notebook.known(origin);
  if (!known) return fail(ErrorCode::not_found, "this witness does not follow it", origin);
  SCR_TRY(path, proof_from(place, known->size, seen.checkpoint.tree_size));
  SCR_TRY(unverified, note::Unverified::parse(seen.note));
  const witness::AddCheckpoint request{known->size, std::move(path), std::move(unverified)};
  const witness::Answer answer = notebook.answer(request.text(), clock.now());
  if (answer.advance) {
    round.cosigned = true;
    round.note = answer.advance->note;
    return round;
  }
  round.why = answer.body.substr(0, answer.body.find('\n'));
  if (seen.checkpoint.tree_size < known->size) {
    round.why = "it is older than what was cosigned, " + std::to_string(known->size) + " entries";
  }
  SCR_TRY(fork, keep_fork(folder, *known, place, seen));
  round.fork = fork || answer.fork.has_value();
  if (round.fork) round.why = "the log signed two histories; the evidence is in forks/";
  return round;
}

// The mirror of a log that is held by a witness of that grade.
fs::path mirror_of(const fs::path& folder, const std::string& origin) {
  return folder / "mirrors" / hash_of(origin);
}

Result<WitnessRound> pull_one(const fs::path& folder, notebook::Notebook& notebook,
                              const note::PolicyLog& log, const std::string& proxy,
                              os::Clock& clock) {
  SCR_TRY(place, log_at(*log.url, proxy));
  if (notebook.grade() == notebook::Grade::mirror) {
    const fs::path held = mirror_of(folder, log.key.name().value());
    SCR_TRY(mirrored, mirror({.from = *log.url,
                              .folder = held,
                              .key = log.key.text(),
                              .proxy = proxy,
                              .pending = true,
                              .log_only = true}));
    SCR_TRY(copy, log_at(held.string(), {}));
    SCR_TRY(seen, checkpoint_at(copy, log.key, false));
    return cosign_seen(folder, notebook, copy, seen, clock);
  }
  SCR_TRY(seen, checkpoint_at(place, log.key, true));
  return cosign_seen(folder, notebook, place, seen, clock);
}

// Shows the note to everybody: the log fetches it from there.
Result<void> show_note(const fs::path& folder, const WitnessRound& round) {
  const fs::path shown = folder / "cosigned" / hash_of(round.origin) / "checkpoint";
  SCR_TRY_VOID(os::make_folders(shown.parent_path()));
  return os::replace_file(shown, round.note, os::kPublic);
}

// Everything that a recounter vouches for.
Result<void> recount(const fs::path& bundle, const note::Vkey& key) {
  SCR_TRY(report, verify({.path = bundle, .key = key.text()}));
  if (const auto level = report.fails_at()) {
    return fail(ErrorCode::untrusted,
                "does not hold at level " + std::to_string(static_cast<int>(*level)) +
                    "; see: scrutineer verify",
                bundle.string());
  }
  if (report.results.empty()) {
    return fail(ErrorCode::untrusted, "states no result that could be worked out again",
                bundle.string());
  }
  if (report.pictures_withheld > 0) {
    return fail(ErrorCode::untrusted,
                std::to_string(report.pictures_withheld) +
                    " pictures are not there and could not be read again; a recounter needs the "
                    "whole evidence",
                bundle.string());
  }
  return {};
}

// What the grade promises, done with the bundle itself.
Result<void> keep_promise(const fs::path& folder, notebook::Grade grade, const std::string& bundle,
                          const note::Vkey& key) {
  if (grade == notebook::Grade::recounter) return recount(bundle, key);
  if (grade != notebook::Grade::mirror) return {};
  SCR_TRY(mirrored, mirror({.from = bundle,
                            .folder = mirror_of(folder, key.name().value()),
                            .key = key.text(),
                            .log_only = true}));
  (void)mirrored;
  return {};
}

}  // namespace

Result<std::vector<WitnessRound>> witness_pull(const fs::path& folder, const std::string& proxy,
                                               os::Clock& clock) {
  SCR_TRY(logs, notebook::followed_logs(folder));
  SCR_TRY(notebook, notebook::Notebook::open(folder));
  if (notebook->grade() == notebook::Grade::recounter) {
    return fail(ErrorCode::unsupported,
                "a recounter needs the evidence, which a log over HTTP has not: use stick with the "
                "whole bundle",
                folder.string());
  }
  std::vector<WitnessRound> rounds;
  for (const note::PolicyLog& log : logs) {
    if (!log.url) continue;
    auto round = pull_one(folder, *notebook, log, proxy, clock);
    if (!round) {
      rounds.push_back({.origin = log.key.name().value(), .why = to_string(round.error())});
      continue;
    }
    if (round->cosigned) SCR_TRY_VOID(show_note(folder, *round));
    rounds.push_back(*std::move(round));
  }
  return rounds;
}

Result<WitnessRound> witness_stick(const fs::path& folder, const fs::path& bundle,
                                   os::Clock& clock) {
  SCR_TRY(logs, notebook::followed_logs(folder));
  SCR_TRY(place, log_at(bundle.string(), {}));
  SCR_TRY(text, place.source("checkpoint"));
  SCR_TRY(unverified, note::Unverified::parse(text));
  SCR_TRY(claimed, note::parse_checkpoint_unverified(unverified.text()));
  for (const note::PolicyLog& log : logs) {
    if (log.key.name().value() != claimed.origin) continue;
    const auto seen = checkpoint_at(place, log.key, false);
    if (!seen) continue;
    // Readers are forked by verify, before the notebook has threads or secrets in memory.
    SCR_TRY(vkey_text, os::read_text(notebook::Layout{folder}.vkey()));
    const auto grade = notebook::grade_of_name(vkey_text.substr(0, vkey_text.find('+')));
    SCR_TRY_VOID(keep_promise(folder, grade, bundle.string(), log.key));
    SCR_TRY(notebook, notebook::Notebook::open(folder));
    if (notebook->grade() != grade) {
      return fail(ErrorCode::untrusted, "witness.vkey is not that of keys/witness.key",
                  folder.string());
    }
    return cosign_seen(folder, *notebook, place, *seen, clock);
  }
  return fail(ErrorCode::untrusted,
              "is not signed with a key of a log that this witness follows; follow it with: "
              "scrutineer witness follow KEY",
              claimed.origin);
}

}  // namespace scr::steps
