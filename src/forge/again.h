// SPDX-License-Identifier: Apache-2.0
//
// A picture of which somebody made another: saved, turned, made smaller or larger, softened, saved
// again. What pictures go through on their way from phone to phone.
//
// Pure; any thread.

#pragma once

#include "forge/damage.h"

namespace scr::forge {

// By `effects.again`, which must be there. The picture that comes in was not saved yet: it is saved
// here, by effects.quality. The truth goes along.
Photograph copied(const Photograph& first, const Effects& effects, Chance& chance);

// Two pictures side by side on a grey desk. `right`'s truth is moved with it.
Photograph beside(const Photograph& left, Photograph& right);

}  // namespace scr::forge
