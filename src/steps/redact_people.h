// SPDX-License-Identifier: Apache-2.0
//
// The people who decide what is hidden, by their public keys, in the log for all to see.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "note/key.h"
#include "os/clock.h"

namespace scr::steps {

// Puts a person's public key into the log. How many entries it has then. conflict if the name or
// the key was named before.
Result<std::uint64_t> name_person(const std::filesystem::path& record, const note::Vkey& key,
                                  os::Clock& clock);

// Nothing that they sign counts from then on. not_found if nobody has the name.
Result<std::uint64_t> withdraw_person(const std::filesystem::path& record, const std::string& name,
                                      os::Clock& clock);

}  // namespace scr::steps
