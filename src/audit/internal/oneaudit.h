// SPDX-License-Identifier: Apache-2.0
//
// ONEAudit (Stark 2023): ballots without records are compared with the mean of their station, as if
// that were the record of each. So station totals are all that it needs.

#pragma once

#include "audit/course.h"
#include "audit/martingale.h"

namespace scr::audit::internal {

// The overstatement assorter of one assertion, and the test that its values are fed to.
struct OneAudit {
  double upper = 1;     // of the assertion's assorter
  double margin = 0;    // of the reported figures
  double if_right = 0;  // mean of the values if the report is right
  // The bet that makes most of the values as reported (Kelly, by mean and variance), which is known
  // before the first draw; at most 1.8, so that no draw ruins it.
  FixedBet bet;

  // The value of a ballot, given its station's mean and its own assorter value.
  double value(double recorded, double found) const {
    return overstatement(recorded, found, upper, margin);
  }
};

OneAudit oneaudit_of(const Subject& subject, const Assertion& assertion);

}  // namespace scr::audit::internal
