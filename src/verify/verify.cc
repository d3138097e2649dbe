// SPDX-License-Identifier: Apache-2.0
#include "verify/verify.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "note/checkpoint.h"
#include "note/signed_note.h"
#include "verify/internal/container_check.h"
#include "verify/internal/evidence_check.h"
#include "verify/internal/grammar_check.h"
#include "verify/internal/import_check.h"
#include "verify/internal/picture_check.h"
#include "verify/internal/problems.h"
#include "verify/internal/proof_check.h"
#include "verify/internal/redacted_pictures.h"
#include "verify/internal/result_check.h"
#include "verify/tree_check.h"

namespace scr::verify {
namespace {

// The checkpoint, if those who are trusted signed it.
Result<note::Checkpoint> trusted_checkpoint(const Bundle& bundle, const Trust& trust,
                                            Report& report) {
  SCR_TRY(text, bundle.read("log/checkpoint"));
  SCR_TRY(checkpoint, note::open_checkpoint(text, trust.key));
  if (!trust.policy) return checkpoint;
  SCR_TRY(opened, note::open_checkpoint(text, *trust.policy));
  const std::size_t logs = trust.policy->logs().size();
  for (const note::VerifiedSignature& one : opened.note.signatures()) {
    if (one.key >= logs)
      report.cosigned_by.push_back(trust.policy->witnesses()[one.key - logs].name);
  }
  std::sort(report.cosigned_by.begin(), report.cosigned_by.end());
  return checkpoint;
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
  const auto checkpoint = trusted_checkpoint(bundle, trust, report);
  if (!checkpoint) {
    signature.add("log/checkpoint", to_string(checkpoint.error()));
    return report;
  }
  report.origin = checkpoint->origin;
  report.tree_size = checkpoint->tree_size;
  report.root = checkpoint->root;

  const LogEntries log =
      check_tree(bundle, *checkpoint, trust.key, trust.known, level(Level::tree));
  if (!level(Level::tree).holds()) return report;  // what follows would be about other entries

  Problems grammar(level(Level::grammar));
  const auto state = fold_entries(bundle, log.entries, grammar);
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
  check_proofs(bundle, log.entries, *checkpoint, trust.key, report, result);
  return report;
}

}  // namespace scr::verify
