// SPDX-License-Identifier: Apache-2.0
//
// How commands say things: data on standard output, words for people on standard error.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "canon/value.h"
#include "cli/command.h"
#include "report/plot_file.h"

namespace scr::cli {

// One line of canonical JSON on standard output.
void print_json(Terminal& terminal, const canon::Value& value);

// A line for people, in the language that was asked for; on standard error if the output is JSON.
void say(Terminal& terminal, const Text& text);
void say(Terminal& terminal, const std::string& text);

// "1,234,567" or "1.234.567".
std::string grouped(const Terminal& terminal, std::uint64_t n);

// The switches of the count that several commands share, and what they mean.
std::vector<OptionSpec> count_options();
std::vector<OptionSpec> premise_options();

// Each plot as a file of its own in the folder, which is made if need be; says so on standard
// error.
Result<void> write_plots(const std::filesystem::path& folder,
                         const std::vector<report::PlotFile>& plots, Terminal& terminal);

}  // namespace scr::cli
