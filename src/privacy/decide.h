// SPDX-License-Identifier: Apache-2.0
//
// From parts of a sheet to the cells that are hidden, and the refusal to hide a figure.
//
// Pure; any thread.

#pragma once

#include <string>
#include <vector>

#include "cells/mask.h"
#include "privacy/parts.h"
#include "redact/grid.h"

namespace scr::privacy {

// The figures that a part of `hide` has a piece of, by name, each once: then nothing is hidden, it
// is refused.
std::vector<std::string> covered_figures(const std::vector<Part>& hide,
                                         const std::vector<Part>& figures);

// The cells that a part of `hide` has a piece of, but for those that a figure has a piece of: at
// the edge between both the figure wins, and people see what is then left to be seen.
cells::Mask mask_of(const redact::Grid& grid, const std::vector<Part>& hide,
                    const std::vector<Part>& figures);

// The figures that have a piece in a hidden cell, by name, each once: of a mask from elsewhere.
std::vector<std::string> hidden_figures(const redact::Grid& grid, const cells::Mask& mask,
                                        const std::vector<Part>& figures);

}  // namespace scr::privacy
