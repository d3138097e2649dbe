// SPDX-License-Identifier: Apache-2.0
//
// What comes in by files and by the containers among them, one after another, in an order that
// depends on nothing but their bytes and their order.
//
//   Arrivals arrivals(files, state, batch);
//   while (true) {
//     SCR_TRY(arrival, arrivals.next());
//     if (!arrival) break;
//     ...                                 // its bytes are in the batch
//   }
//
// What stands on record already is passed over, so that a run that was cut off is gone on with by
// the same call, and ends as if it had not been cut off. What has come as often as the record knows
// is no arrival: a file that is handed in again in another run cannot be told from a run that goes
// on. More often than that in one run, or in another container, it is a repeat.
//
// One thread.

#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "container/message.h"
#include "container/reason.h"
#include "derive/record_state.h"
#include "entry/part_taken.h"
#include "receive/unpacking.h"
#include "record/evidence_batch.h"

namespace scr::receive {

// The largest file that is taken for a picture: 256 MiB.
inline constexpr std::uint64_t kLargestPicture = container::Limits{}.picture_bytes;

struct PartPlace {
  Digest container;
  std::uint64_t number = 0;
  entry::TakenHow how = entry::TakenHow::member;
};

struct Arrival {
  enum class What {
    picture,
    container,
    refused,  // a part that was not taken
    closed    // the end of a container
  };
  What what = What::picture;
  Digest sha256;                  // of the picture or container; closed: of the container that ends
  std::uint64_t size = 0;         // bytes
  bool is_new = false;            // never received before
  std::optional<PartPlace> part;  // where it came from, unless it is a file of its own
  container::Reason reason = container::Reason::whole;  // refused, closed
  std::uint64_t parts = 0;                              // closed: of the container
  bool too_large = false;                               // a picture that nobody should try to read
  std::optional<std::string> bytes;  // of a picture that is new and not too large
};

class Arrivals {
 public:
  // `batch` must outlive it. `files` in the order in which they are taken.
  Arrivals(std::vector<std::filesystem::path> files, const derive::RecordState& state,
           record::EvidenceBatch& batch);

  // Fails if a file cannot be read, or the disk fails.
  Result<std::optional<Arrival>> next();

  std::uint64_t files() const { return files_.size(); }
  std::uint64_t files_begun() const { return next_file_; }
  std::uint64_t already_there() const { return already_there_; }
  // Of the container under way; 0 if there is none.
  std::uint64_t part_under_way() const { return unpacking_ ? unpacking_->parts() : 0; }

 private:
  struct Progress {
    std::uint64_t parts = 0;  // 1 .. parts are done
    std::uint64_t size = 0;   // bytes
    bool in_another = false;
    bool closed = false;
    std::vector<Digest> nested;
  };

  Result<std::optional<Arrival>> take_file(const std::filesystem::path& file);
  Result<std::optional<Arrival>> take_picture(const std::filesystem::path& file);
  Result<std::optional<Arrival>> take_container(const std::filesystem::path& file);
  std::optional<Arrival> arrived_as_file(Arrival arrival);
  Result<void> open_waiting();
  Result<std::optional<Arrival>> take_part();
  Arrival arrival_of(Part part);
  Arrival close(container::Reason ending);
  Result<record::EvidenceBatch::Stored> stored_container(const std::filesystem::path& file);

  std::vector<std::filesystem::path> files_;
  record::EvidenceBatch& batch_;
  std::map<Digest, std::uint64_t> known_;         // how often as a file of its own, on record
  std::map<Digest, std::uint64_t> came_as_file_;  // ... and in this run
  std::map<Digest, Progress> containers_;
  std::size_t next_file_ = 0;
  std::uint64_t already_there_ = 0;
  std::uint64_t family_parts_ = 0;  // of the file under way and all that is in it
  std::deque<Digest> waiting_;      // containers to be gone through before the next file
  std::set<Digest> gone_through_;
  std::optional<Digest> open_;
  std::optional<Unpacking> unpacking_;
};

}  // namespace scr::receive
