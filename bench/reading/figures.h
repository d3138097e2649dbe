// SPDX-License-Identifier: Apache-2.0
//
// Outcomes of many sheets -> shares and medians by class.
//
// Pure; any thread.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/reading/attempts.h"
#include "bench/reading/share.h"

namespace scr::bench {

struct AttemptFigures {
  Share right;
  long wrong = 0;
  double median_ms = 0;
  double median_decodes = 0;  // grey decodes of the same picture
  std::map<std::string, long> how;
};

struct ClassFigures {
  std::map<std::string, AttemptFigures> attempts;
  Share numbers;       // printed numbers read right, of all that are printed on these sheets
  Share rows_found;    // sheets on which the rows were found
  Share false_alarms;  // sheets with a contradiction that is none
  Share noticed;       // sheets with a contradiction that is one
  double median_grey_ms = 0;
};

struct Figures {
  // By kind, then by the class's name ("A-scan").
  std::map<std::string, std::map<std::string, ClassFigures>> by_kind;
  std::map<std::string, long> sheets;          // by kind
  std::map<std::string, long> wrong_payloads;  // by attempt, over all kinds
  std::map<std::string, long> tried;           // by attempt, over all kinds
  std::vector<std::string> wrong_sheets;       // "whole plain/A-scan/00012"
};

Figures figures_of(const std::vector<SheetOutcome>& outcomes);

// Of some classes of a kind together: letters, as in "ACD".
ClassFigures pooled(const Figures& figures, const std::string& kind, std::string_view letters);

}  // namespace scr::bench
