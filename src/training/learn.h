// SPDX-License-Identifier: Apache-2.0
//
// Examples -> a network of print/digits.h, and the network as source text.
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
// Weights: print::SharpWeights or print::BlurredWeights.
template <class Weights>
Weights learn(std::vector<Example> examples, int epochs, forge::Chance& chance,
              const std::function<void(int, double)>& heard);

// The file in src/print/internal. `name`: of the constant. `made_by`: the command, for who wants to
// make it again.
template <class Weights>
std::string source_of(const Weights& weights, const std::string& name, const std::string& made_by);

}  // namespace scr::training
