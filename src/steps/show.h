// SPDX-License-Identifier: Apache-2.0
//
// What is on record of one station or picture, and, where a page is wanted, pieces of its pictures:
// decoded in confined processes, since the pictures are a stranger's.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "derive/dossier.h"
#include "os/workers.h"
#include "report/dossier.h"
#include "steps/judge.h"

namespace scr::steps {

// A record that was counted, and processes that cut pictures, started before it.
class Showing {
 public:
  // `pictures`: whether pieces of pictures will be wanted. io if they are and no process can be
  // confined.
  static Result<Showing> open(const std::filesystem::path& record, bool pictures);

  const Counted& counted() const { return counted_; }
  const derive::RecordState& state() const { return counted_.record.state; }

  // A station's code, the index of an entry, or the beginning of a picture's SHA-256. Empty dossier
  // and a picture: one that nobody could read. not_found if nothing is on record.
  struct Subject {
    derive::Dossier dossier;
    std::optional<derive::PictureOnFile> unread;
  };
  Result<Subject> find(const std::string& typed) const;

  // One for each of `files`; empty where a picture is not in the record or gives no views.
  Result<std::vector<report::PictureViews>> views(const std::vector<derive::PictureOnFile>& files);

 private:
  Showing(Counted counted, std::optional<os::Workers> cutters)
      : counted_(std::move(counted)), cutters_(std::move(cutters)) {}

  Counted counted_;
  std::optional<os::Workers> cutters_;
};

}  // namespace scr::steps
