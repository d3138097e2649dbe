// SPDX-License-Identifier: Apache-2.0
//
// Statistical tests for people: on a terminal, as a page that explains itself, and as plots that
// stand alone. The page is one file like every page (page.h): it loads nothing and runs no script.
//
// Pure: equal facts give equal bytes. Any thread.

#pragma once

#include <string>
#include <vector>

#include "report/forensics_facts.h"
#include "report/plot_file.h"
#include "report/text.h"

namespace scr::report {

std::string forensics_text(Language language, const ForensicsFacts& facts, const TextStyle& style);

std::string forensics_page(Language default_language, const ForensicsFacts& facts);

// One for each plot of the page. Where two options' ids would give one name, the later has a number
// behind it.
std::vector<PlotFile> forensics_plots(Language language, const ForensicsFacts& facts);

}  // namespace scr::report
