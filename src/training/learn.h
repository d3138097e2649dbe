// SPDX-License-Identifier: Apache-2.0
//
// Examples -> the network of print/digits.h, and the network as source text.
//
// Pure; any thread.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forge/chance.h"
#include "print/digits.h"
#include "training/examples.h"

namespace scr::training {

// Gradient descent with momentum on the cross entropy, `epochs` times over all examples, weights
// drawn towards 0. `heard(epoch, share of examples that it took for what they are)` after each.
print::DigitWeights learn(std::vector<Example> examples, int epochs, forge::Chance& chance,
                          const std::function<void(int, double)>& heard);

// src/print/internal/digit_weights.cc. `made_by`: the command, for who wants to make it again.
std::string source_of(const print::DigitWeights& weights, const std::string& made_by);

}  // namespace scr::training
