// SPDX-License-Identifier: Apache-2.0
//
// Risk-limiting audits of a record's returns: planned, drawn, entered, reported, played beforehand.
// What reads works on a published bundle as well, and gives the same figures.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/course.h"
#include "audit/sizes.h"
#include "base/result.h"
#include "os/clock.h"
#include "report/audit.h"
#include "view/open_record.h"

namespace scr::steps {

// What an audit is to be. Without a name nothing is put on record.
struct AuditRequest {
  std::optional<std::string> name;
  std::string kind = "transcription";
  std::optional<std::string> method;  // needed to be put on record
  std::string risk = "1/20";
  std::optional<std::string> sampler;  // nothing: weighted for stations, cryptorandom for ballots
  std::optional<std::string> source;   // only what it says
  std::uint64_t winners = 1;
  std::optional<std::string> majority;
  std::optional<std::string> strata;  // the level whose units are sampled apart
  struct Other {
    std::filesystem::path record;  // or a bundle
    std::uint64_t winners = 1;
  };
  std::vector<Other> with;  // other contests, audited by the same draws
  audit::Outlook outlook;
  std::int64_t trials = 1000;
  std::uint64_t seed = 1;  // of the trials: never that of a sample
};

// The figures that are audited, and what each method would need. Puts the plan on record if it has
// a name; conflict if the name is taken.
Result<report::AuditPlan> plan_audit(const std::filesystem::path& record,
                                     const AuditRequest& request, os::Clock& clock);

// How often and how soon the request's method (every method, without one) confirms the figures as
// they are, with errors as expected, and how often figures that are just wrong.
Result<report::AuditPlan> simulate_audit(const std::filesystem::path& record,
                                         const AuditRequest& request);

// The request that a plan on record stands for, to be simulated.
Result<AuditRequest> request_of(const std::filesystem::path& record, const std::string& name,
                                const std::vector<std::filesystem::path>& others);

// An audit of several contests looks into their records too, as far as their logs went when it was
// planned. `others`: their folders, or those of bundles, in any order; bad_input if one is missing,
// untrusted if one is not the record that the plan names.
using Folders = std::vector<std::filesystem::path>;

// Puts the seed (needed the first time, and never another) and the round on record. `draws`: all so
// far. Asking again for draws that were drawn already lists them and writes nothing.
Result<report::AuditSample> draw_audit(const std::filesystem::path& record, const std::string& name,
                                       const Folders& others,
                                       const std::optional<std::string>& seed, std::int64_t draws,
                                       os::Clock& clock);

struct Entered {
  std::int64_t units = 0;
  std::int64_t repeated = 0;  // the same reader had said the same already: not written again
  std::uint64_t tree_size = 0;
};
// Puts on record what one reader found: intake/read_found.h. bad_input if a unit is not in the
// sample. `contest`: the folder of the other contest that it is about, one of `others`; nothing:
// that of the record.
Result<Entered> enter_audit(const std::filesystem::path& record, const std::string& name,
                            const Folders& others, const std::filesystem::path& file,
                            const std::optional<std::filesystem::path>& contest,
                            const std::string& by, os::Clock& clock);

// How far the audit is. not_found if none of that name is on record.
Result<report::AuditStatus> report_audit(const std::filesystem::path& record,
                                         const std::string& name, const Folders& others);

// The page for the ceremony at which the seed is made with dice.
Result<std::string> ceremony_page(const std::filesystem::path& record, const std::string& name,
                                  report::Language language);

}  // namespace scr::steps
