// SPDX-License-Identifier: Apache-2.0
#include "steps/redacted_files.h"

#include <system_error>

#include "cells/proof.h"
#include "os/files.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

const char* extension_for(cells::Kind kind) {
  return kind == cells::Kind::jpeg ? "jpg" : "png";
}

}  // namespace

std::string redacted_path(const Digest& picture) {
  const std::string hex = picture.hex();
  return "redacted/" + hex.substr(0, 2) + "/" + hex;
}

bool is_there(const fs::path& record, const derive::CommittedPicture& picture) {
  const std::string base = redacted_path(picture.sha256);
  std::error_code ignored;
  const auto proof_text = os::read_text(record / (base + ".redaction"));
  if (!proof_text || !picture.cells || !picture.approved()) return false;
  const auto proof = cells::RedactionProof::parse(*proof_text);
  return proof && proof->hidden == *picture.approved() &&
         fs::is_regular_file(record / (base + "." + extension_for(picture.cells->kind)), ignored);
}

// The proof last: without it the picture counts as not there.
Result<void> keep_redacted(const fs::path& record, const derive::CommittedPicture& picture,
                           const redact::Redacted& redacted) {
  const fs::path base = record / redacted_path(picture.sha256);
  SCR_TRY_VOID(os::make_folders(base.parent_path()));
  const fs::path proof = base.string() + ".redaction";
  std::error_code ignored;
  fs::remove(proof, ignored);  // of another mask
  SCR_TRY_VOID(os::replace_file(base.string() + "." + extension_for(picture.cells->kind),
                                redacted.file, os::kPublic));
  return os::replace_file(proof, redacted.proof, os::kPublic);
}

Result<void> drop_redacted(const fs::path& record, const derive::CommittedPicture& picture) {
  const fs::path base = record / redacted_path(picture.sha256);
  std::error_code error;
  for (const std::string& end :
       {std::string(".redaction"), std::string(".jpg"), std::string(".png")}) {
    fs::remove(base.string() + end, error);
    if (error) return fail(ErrorCode::io, error.message(), base.string() + end);
  }
  return {};
}

Result<std::vector<std::string>> redacted_files(const fs::path& record,
                                                const derive::RecordState& state) {
  std::vector<std::string> paths;
  for (const derive::CommittedPicture& picture : state.committed) {
    if (!is_there(record, picture)) continue;
    const std::string base = redacted_path(picture.sha256);
    paths.push_back(base + "." + extension_for(picture.cells->kind));
    paths.push_back(base + ".redaction");
  }
  return paths;
}

}  // namespace scr::steps
