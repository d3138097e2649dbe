// SPDX-License-Identifier: Apache-2.0
//
// The parts of the page, from top to bottom, each as HTML in one language.

#pragma once

#include <string>

#include "report/facts.h"

namespace scr::report::internal {

std::string header_section(Language language, const Facts& facts);  // title, verdict, key figures
std::string count_section(Language language, const Facts& facts);
std::string missing_section(Language language, const Facts& facts);
std::string model_section(Language language, const Facts& facts);  // nothing without a model
std::string where_section(Language language, const Facts& facts);
std::string claims_section(Language language, const Facts& facts);
std::string findings_section(Language language, const Facts& facts);
std::string basis_section(Language language, const Facts& facts);
std::string limits_section(Language language);
std::string self_check_section(Language language, const Facts& facts);

}  // namespace scr::report::internal
