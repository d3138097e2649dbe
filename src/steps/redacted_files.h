// SPDX-License-Identifier: Apache-2.0
//
// The redacted pictures of a record on the disk: where they lie, which may be published.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/record_state.h"
#include "redact/redact.h"

namespace scr::steps {

// Where the redacted pictures of a record lie, and in the bundle: "redacted/3f/3fa2...", with
// ".jpg" or ".png", and ".redaction" for the proof.
std::string redacted_path(const Digest& picture);

// True if picture and proof are there, and the proof hides what two people approved.
bool is_there(const std::filesystem::path& record, const derive::CommittedPicture& picture);

// Durable; in place of what was there. A crash in between leaves a picture that counts as not
// there.
Result<void> keep_redacted(const std::filesystem::path& record,
                           const derive::CommittedPicture& picture,
                           const redact::Redacted& redacted);

// Removes what was made of a mask that people no longer stand by.
Result<void> drop_redacted(const std::filesystem::path& record,
                           const derive::CommittedPicture& picture);

// The redacted pictures that may be published, whole and with the approved mask: path in the record
// and in the bundle. What else lies there is left out.
Result<std::vector<std::string>> redacted_files(const std::filesystem::path& record,
                                                const derive::RecordState& state);

}  // namespace scr::steps
