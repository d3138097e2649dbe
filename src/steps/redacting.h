// SPDX-License-Identifier: Apache-2.0
//
// What people do to a picture before it is published in part: see what is proposed to be hidden,
// correct it, approve it; and the file that comes of it.
//
//   SCR_TRY(redacting, Redacting::open(record));
//   SCR_TRY(picture, redacting.find("3fa2b1c4"));
//   SCR_TRY(file, redacting.propose(picture));            // for people to correct
//   SCR_TRY(seen, redacting.preview(picture, file));      // and to look at
//   SCR_TRY(approved, redacting.approve(picture, file, signer, clock));
//
// docs/redaction.md. One thread.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cells/secret.h"
#include "note/key.h"
#include "os/clock.h"
#include "privacy/mask_file.h"
#include "redact/grid.h"
#include "steps/redact_workers.h"
#include "view/open_record.h"

namespace scr::steps {

struct Preview {
  std::string file;                  // the picture as it would be published, JPEG or PNG
  std::string extension;             // "jpg", "png"
  cells::Mask mask;                  // what it hides
  std::uint32_t cells = 0;           // of the picture
  std::vector<std::string> covered;  // figures that the mask file covers: it cannot be approved
};

struct Approved {
  cells::Mask mask;
  std::size_t people = 0;  // that stand by this mask now
  bool enough = false;     // of them: the picture is among those that are published
  std::uint64_t tree_size = 0;
};

struct Made {
  std::uint64_t made = 0;
  std::uint64_t there = 0;  // were whole already
};

class Redacting {
 public:
  static Result<Redacting> open(const std::filesystem::path& record);

  const derive::RecordState& state() const { return record_.state; }

  // The picture that somebody means by the index of its entry or the beginning of its SHA-256.
  // not_found if it was not committed to, unsupported if it has no cells.
  Result<const derive::CommittedPicture*> find(std::string_view typed) const;

  // What the definition says that such a sheet shows of people; without what is a figure.
  Result<privacy::MaskFile> propose(const derive::CommittedPicture& picture);

  // conflict if the file is another picture's.
  Result<Preview> preview(const derive::CommittedPicture& picture, const privacy::MaskFile& file);

  // Tries it first: the redacted picture is made, checked in another process, and read again.
  // conflict if a figure would be covered, or if less can be read than of the original; not_found
  // if the signer was not named; conflict if pictures were committed to since this was opened. What
  // others approve meanwhile is seen. The first of two, or the second: then the file is kept.
  Result<Approved> approve(const derive::CommittedPicture& picture, const privacy::MaskFile& file,
                           const note::Signer& signer, os::Clock& clock);

  // Every approved picture that is not there yet, made and checked.
  Result<Made> make_all();

 private:
  Redacting(RedactWorkers workers, view::OpenRecord record, cells::VaultKey key)
      : workers_(std::move(workers)), record_(std::move(record)), key_(key) {}

  Result<std::string> original_of(const derive::CommittedPicture& picture) const;
  Result<std::vector<privacy::Part>> figures_of(const derive::CommittedPicture& picture,
                                                std::string_view original);
  Result<redact::Redacted> made(const derive::CommittedPicture& picture, const cells::Mask& mask,
                                std::string_view original);
  Result<void> check_reading(const derive::CommittedPicture& picture, std::string_view file);
  Result<void> see_what_came_since(std::uint64_t size);

  RedactWorkers workers_;
  view::OpenRecord record_;
  cells::VaultKey key_;
};

}  // namespace scr::steps
