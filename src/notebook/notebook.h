// SPDX-License-Identifier: Apache-2.0
//
// What makes a witness more than a signature: it remembers, durably, the largest tree of each log
// that it ever cosigned, and every note.
//
//   SCR_TRY(notebook, Notebook::open(folder));
//   witness::Answer answer = notebook->answer(request_body, clock.now());   // any thread
//   send answer.status, answer.content_type, answer.body
//
// A cosignature leaves answer() only when the note that carries it is on the disk. What is stored
// is compared and replaced in one step, so two requests at once cannot roll the witness back. Those
// that come while the disk is busy share its next sync: how many answers a second does not depend
// on how slow the disk is, but on how many ask.
//
// After an error of the disk nothing is signed any more: what it then holds is unknown. Open the
// folder again. One program a folder: a second open() fails with io while the first lives.
//
// What is on disk: docs/formats/witness.md.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "base/sha256.h"
#include "note/key.h"
#include "note/policy.h"
#include "notebook/grade.h"
#include "os/append_file.h"
#include "os/lock.h"
#include "witness/add_checkpoint.h"

namespace scr::notebook {

struct NotebookLimits {
  // A segment is closed when it is longer; a new one is read at the next start in its place.
  std::uint64_t segment = std::uint64_t{16} << 20;  // bytes
  // The same checkpoint asked for again within this time gets the cosignature that it got: a
  // stranger who replays it must not fill the disk.
  std::uint64_t same_again = 60;     // seconds
  std::size_t forks_of_a_log = 100;  // files of evidence that are kept; one would do
};

// Makes the folder and its keys. `name`: of the key without the grade. conflict if there is
// something; the vkey is the answer.
Result<note::Vkey> create_notebook(const std::filesystem::path& folder, std::string_view name,
                                   Grade grade);

// Adds a log to those that are followed. conflict if its origin is followed already: a new key of a
// log is not taken over on anybody's word, but written into the file by the operator.
Result<void> follow(const std::filesystem::path& folder, const note::Vkey& log,
                    const std::optional<std::string>& url);

// The logs that are followed, in their order.
Result<std::vector<note::PolicyLog>> followed_logs(const std::filesystem::path& folder);

class Notebook {
 public:
  // untrusted if what was signed before cannot be told for certain.
  static Result<std::unique_ptr<Notebook>> open(const std::filesystem::path& folder,
                                                const NotebookLimits& limits = {});
  Notebook(const Notebook&) = delete;
  Notebook& operator=(const Notebook&) = delete;

  // As witness::answer_add_checkpoint; and 500 if it cannot be made durable. Evidence of a fork is
  // kept in forks/. Any thread.
  witness::Answer answer(std::string_view body, std::uint64_t now);

  // The latest note that was cosigned and is durable. `origin_hash`: SHA-256 of the log's origin.
  std::optional<std::string> latest(const Digest& origin_hash);

  // The largest tree of a log that was cosigned, size 0 if none was; nothing if it is not followed.
  std::optional<witness::FollowedLog> known(std::string_view origin);

  const note::Vkey& vkey() const { return signer_.vkey(); }
  Grade grade() const { return grade_of_name(vkey().name().value()); }

 private:
  // Of the log at the same place in logs_.
  struct Kept {
    std::string line;        // the cosignature in logs_[i].note
    std::uint64_t time = 0;  // that it says
    std::string durable;     // the latest note that is on the disk
    std::size_t forks = 0;
  };

  Notebook(std::filesystem::path folder, note::Signer signer, os::FileLock lock,
           const NotebookLimits& limits)
      : folder_(std::move(folder)),
        signer_(std::move(signer)),
        lock_(std::move(lock)),
        limits_(limits) {}

  Result<void> load();
  void add_log(const note::PolicyLog& log) SCR_REQUIRES(mutex_);
  Result<void> take_up(std::size_t log, const std::string& text) SCR_REQUIRES(mutex_);
  Result<void> begin_segment(const std::vector<std::string>& latest);
  std::optional<std::size_t> find(std::string_view origin) SCR_REQUIRES(mutex_);
  bool is_same_again(std::size_t log, const witness::Advance& advance, std::uint64_t now)
      SCR_REQUIRES(mutex_);
  std::uint64_t enter(std::size_t log, const witness::Advance& advance, const std::string& line,
                      std::uint64_t now) SCR_REQUIRES(mutex_);
  void keep_fork(std::size_t log, const witness::ForkEvidence& evidence) SCR_REQUIRES(mutex_);
  bool wait_until_durable(std::uint64_t ticket);
  // One of those that wait writes for all of them.
  bool write_batch(const std::vector<std::string>& notes, const std::vector<std::string>& latest);

  std::filesystem::path folder_;
  note::Signer signer_;
  os::FileLock lock_;
  NotebookLimits limits_;

  Mutex mutex_;
  std::condition_variable_any durable_changed_;
  std::vector<witness::FollowedLog> logs_ SCR_GUARDED_BY(mutex_);
  std::vector<Kept> kept_ SCR_GUARDED_BY(mutex_);
  // Of logs that are not followed any more: never forgotten.
  std::vector<std::string> others_ SCR_GUARDED_BY(mutex_);
  std::vector<std::string> waiting_ SCR_GUARDED_BY(mutex_);  // notes not written yet
  std::uint64_t entered_ SCR_GUARDED_BY(mutex_) = 0;         // notes, counted from the start
  std::uint64_t durable_ SCR_GUARDED_BY(mutex_) = 0;         // of these
  bool writing_ SCR_GUARDED_BY(mutex_) = false;
  bool failed_ SCR_GUARDED_BY(mutex_) = false;

  // Touched by the one that writes, and at the start.
  std::optional<os::AppendFile> segment_;
  unsigned long segment_number_ = 0;
};

}  // namespace scr::notebook
