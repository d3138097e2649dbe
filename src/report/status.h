// SPDX-License-Identifier: Apache-2.0
//
// What a record holds, before any judgement: as data for `status --json` (schema/status.json,
// docs/json.md) and as text. Pure; any thread.

#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "canon/value.h"
#include "checks/finding.h"
#include "derive/dossier.h"
#include "election/definition.h"
#include "report/facts.h"
#include "tally/tally.h"

namespace scr::report {

// Owned by the caller, as facts are.
struct Holdings {
  const election::Definition& definition;
  const tally::Tally& country;
  std::span<const checks::Finding> findings;
  std::int64_t claims = 0;
  derive::Needs needs;
  const Basis& basis;
};

canon::Value status_json(const Holdings& holdings);
std::string status_text(Language language, const Holdings& holdings);

}  // namespace scr::report
