// SPDX-License-Identifier: Apache-2.0
//
// What audits say, as data (schema/audit.json, docs/json.md) and in words. Numbers that are no
// whole numbers and no fractions are texts of at most ten significant digits, rounded to the
// nearest; a risk is rounded up, so that none is printed smaller than it is.
//
// Pure; any thread.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/course.h"
#include "audit/simulate.h"
#include "audit/sizes.h"
#include "canon/value.h"
#include "derive/record_state.h"
#include "report/facts.h"
#include "report/plot_file.h"
#include "report/text.h"

namespace scr::report {

// "0.04312345679": at most ten significant digits.
std::string digits_of(double value);
// The same, never below `value`.
std::string risk_digits(double value);

struct AuditPlan {
  election::Definition definition;
  std::vector<election::Definition> others;  // of the other contests
  audit::Subject subject;
  std::optional<std::string> name;
  std::optional<std::string> source;
  std::optional<std::uint64_t> entry;  // of the plan, if it is on record
  std::uint64_t tree_size = 0;
  bool simulation = false;  // asked for by `simulate`: figures that are wrong were played too
  std::int64_t trials = 0;
  std::uint64_t seed = 0;
  struct Method {
    audit::Planned planned;
    std::optional<audit::Workload> if_right;
    std::optional<audit::Workload> if_wrong;
    std::optional<std::int64_t>
        stations;  // different ones among the draws needed in 90 of 100 cases
  };
  std::vector<Method> methods;
};

struct AuditSample {
  election::Definition definition;
  std::vector<election::Definition> others;  // of the other contests
  audit::Subject subject;
  entry::AuditPlanned planned;
  std::string seed;
  std::vector<std::int64_t> rounds;  // draws after each
  std::vector<audit::Draw> draws;
  std::uint64_t tree_size = 0;
};

struct AuditStatus {
  // The first draw of a unit of the sample, from 1; 0 if it is none.
  std::int64_t first_draw(const audit::Unit& unit) const {
    const auto at = std::find(draws.begin(), draws.end(), unit.draw);
    return at == draws.end() ? 0 : at - draws.begin() + 1;
  }

  election::Definition definition;
  std::vector<election::Definition> others;  // of the other contests
  audit::Subject subject;
  entry::AuditPlanned planned;
  std::uint64_t entry = 0;  // of the plan
  std::optional<std::string> seed;
  std::vector<std::int64_t> rounds;
  std::vector<audit::Draw> draws;
  audit::Progress progress;
  // How the risk usually falls if the report is right, played; none of minerva, or before a draw.
  std::vector<audit::Usual> usual;
};

canon::Value audit_json(const AuditPlan& plan);
canon::Value audit_json(const AuditSample& sample);
canon::Value audit_json(const AuditStatus& status);

std::string audit_text(Language language, const AuditPlan& plan, const TextStyle& style);
std::string audit_text(Language language, const AuditSample& sample, const TextStyle& style);
std::string audit_text(Language language, const AuditStatus& status, const TextStyle& style);

// Pages that explain themselves (what was asked and seen, what a right report would show, what it
// cannot tell), one file like every page (page.h), and their plots as files that stand alone.
std::string audit_page(Language default_language, const AuditPlan& plan);
std::string audit_page(Language default_language, const AuditStatus& status);
std::vector<PlotFile> audit_plots(Language language, const AuditPlan& plan);
std::vector<PlotFile> audit_plots(Language language, const AuditStatus& status);

// One page to print: what is audited, what stands in the log, how dice are thrown, boxes for them,
// lines for those who watched.
struct Ceremony {
  entry::AuditPlanned planned;
  std::uint64_t entry = 0;
  Basis basis;
};
std::string ceremony_page(const Ceremony& ceremony, const election::Definition& definition,
                          Language default_language);

}  // namespace scr::report
