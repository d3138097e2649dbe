// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/result_check.h"

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "verify/internal/grammar_check.h"
#include "verify/internal/import_check.h"
#include "verify/internal/names.h"

namespace scr::verify {
namespace {

// Files of the bundle that follow from the log, made again. Nobody needs them to verify; but people
// read them, so a bundle that carries others is a false one.
void check_derived(const Bundle& bundle, const derive::RecordState& state,
                   const std::string& result, const DerivedOf& derived_of, Report& report,
                   Problems& problems) {
  const auto derived = derived_of(state, result);
  if (!derived) return problems.add(derived.error());
  for (const auto& [path, bytes] : *derived) {
    if (!bundle.has(path)) continue;
    problems.checked();
    ++report.derived_compared;
    const auto there = bundle.read(path);
    if (!there) {
      problems.add(path, to_string(there.error()));
    } else if (*there != bytes) {
      problems.add(path, "is not what the log gives");
    }
  }
}

}  // namespace

// Each stated result, worked out again from the entries before it.
void check_results(const Bundle& bundle, const derive::RecordState& whole, const Files& files,
                   std::span<const std::string_view> entries, const Means& means, Report& report,
                   Problems& problems) {
  for (const derive::StatedResult& stated : whole.results) {
    problems.checked();
    StatedResult seen{stated.index.value(), stated.stated.size, stated.stated.sha256, false};
    LevelReport scratch;
    Problems before(scratch);
    const auto state = fold_entries(bundle, entries.first(stated.stated.size), before);
    if (state) {
      const auto claims = check_readings(*state, files, entries, before);
      const auto bytes = claims.size() == state->claims.size()
                             ? means.result_of(*state, claims)
                             : Result<std::string>(fail(ErrorCode::not_found, "a claim"));
      seen.follows = bytes && sha256(bytes_of(*bytes)) == stated.stated.sha256;
      if (bytes && &stated == &whole.results.back())
        check_derived(bundle, *state, *bytes, means.derived_of, report, problems);
    }
    if (!seen.follows) {
      problems.add(entry_name(seen.entry), "states a result that does not follow from the log");
    }
    report.results.push_back(seen);
  }
}

}  // namespace scr::verify
