// SPDX-License-Identifier: Apache-2.0
//
// A verification in whole sentences, for somebody who has to decide and does not know the words of
// the trade: a judge, a mediator, a newspaper. Plain text, in either language of the program.

#pragma once

#include <optional>
#include <string>

#include "report/facts.h"
#include "verify/report.h"
#include "verify/verify.h"

namespace scr::cli {

struct ReportBasis {
  std::string path;  // of what was checked
  std::optional<verify::Readings::Sample> sample;
};

std::string verification_report(const verify::Report& report, const ReportBasis& basis,
                                report::Language language);

}  // namespace scr::cli
