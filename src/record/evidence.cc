// SPDX-License-Identifier: Apache-2.0
#include "record/evidence.h"

#include <system_error>

#include "os/files.h"
#include "record/layout.h"

namespace scr::record {

Result<Digest> EvidenceStore::put(ByteView bytes) const {
  const Digest digest = sha256(bytes);
  const std::filesystem::path file = Layout{record_}.evidence_of(digest);
  if (get(digest)) return digest;
  SCR_TRY_VOID(os::make_folders(file.parent_path()));
  const Result<void> made = os::create_file(file, text_of(bytes), os::kWriteOnce);
  if (!made && made.error().code == ErrorCode::conflict) {
    // There, but not readable as what it should be: say so rather than write over it.
    SCR_TRY_VOID(get(digest));
    return digest;
  }
  SCR_TRY_VOID(made);
  return digest;
}

Result<std::string> EvidenceStore::get(const Digest& digest) const {
  const std::filesystem::path file = Layout{record_}.evidence_of(digest);
  SCR_TRY(text, os::read_text(file));
  if (sha256(bytes_of(text)) != digest) {
    return fail(ErrorCode::untrusted, "the file is not what its name says: it was altered",
                file.string());
  }
  return text;
}

bool EvidenceStore::has(const Digest& digest) const {
  std::error_code ignored;
  return std::filesystem::exists(Layout{record_}.evidence_of(digest), ignored);
}

}  // namespace scr::record
