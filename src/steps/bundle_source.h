// SPDX-License-Identifier: Apache-2.0
//
// A bundle on disk, as the verifier takes it: a folder, or a tar file that is read where it lies.

#pragma once

#include <filesystem>

#include "base/result.h"
#include "verify/bundle.h"

namespace scr::steps {

// not_found if there is nothing at the path; bad_input if it is neither a folder nor a tar that
// holds a log, at its top or in one folder.
Result<verify::Bundle> bundle_at(const std::filesystem::path& path);

}  // namespace scr::steps
