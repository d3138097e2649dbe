// SPDX-License-Identifier: Apache-2.0
//
// Figures as the tables of docs/reading.md, and as JSON.
//
// Pure; any thread.

#pragma once

#include <string>

#include "bench/reading/figures.h"

namespace scr::bench {

std::string markdown_of(const Figures& figures);

// The goals that reading was given, each with its figure and the best of the others in this run.
std::string goals_of(const Figures& figures);

// {"schema":"scrutineer.bench.reading/1",...}, indented. `settings`: JSON.
std::string json_of(const Figures& figures, const std::string& settings);

}  // namespace scr::bench
