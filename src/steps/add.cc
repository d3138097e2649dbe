// SPDX-License-Identifier: Apache-2.0
//
// Arrivals stand in a queue in the order in which they came. Pictures are read meanwhile, several
// at a time; whatever is done at the head of the queue goes to the log when there is a batch of it.
// So the log has the order of the files, whichever was read first, and nobody waits for a batch.
//
// The order matters: bytes are durable under their hash before an entry names them.
#include "steps/add.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "os/files.h"
#include "receive/arrivals.h"
#include "record/evidence_batch.h"
#include "record/log.h"
#include "steps/add_entries.h"
#include "steps/open_log.h"
#include "steps/picture_files.h"
#include "steps/read_pictures.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Large enough that signing costs nothing beside reading, small enough that little is read twice
// after a crash.
constexpr std::size_t kBatch = 200;

// The definition for the readers, which start before the record is opened and checked. Without it
// they read less; what they read is checked against the definition that the log names.
std::optional<election::Definition> definition_at(const fs::path& record) {
  const auto toml = os::read_text(record / "election.toml");
  if (!toml) return std::nullopt;
  auto definition = election::parse_definition(*toml);
  if (!definition) return std::nullopt;
  return std::move(*definition);
}

class Adding {
 public:
  using Tell = std::function<void(const AddProgress&)>;

  Adding(std::vector<fs::path> files, const view::OpenRecord& record, const fs::path& folder,
         record::Log& log, os::Clock& clock, const Tell& tell)
      : evidence_(folder),
        arrivals_(std::move(files), record.state, evidence_),
        entries_(record.state),
        log_(log),
        clock_(clock),
        tell_(tell) {}

  Result<Added> all(os::Workers& readers) {
    const Result<void> run = readers.run(
        [this] { return next_picture(); },
        [this](std::size_t number, const os::WorkerAnswer& answer) { take(number, answer); });
    // What was done is kept, whatever stopped the rest.
    if (committed_) committed_ = commit();
    SCR_TRY_VOID(committed_);
    SCR_TRY_VOID(run);
    entries_.added.files = arrivals_.files();
    entries_.added.already_there = arrivals_.already_there();
    entries_.added.tree_size = log_.size();
    entries_.added.seconds = seconds();
    return entries_.added;
  }

 private:
  struct Queued {
    receive::Arrival arrival;
    std::optional<reading::ReadSheet> read;
    bool done = false;
  };

  // The next that is to be read; all that comes before it joins the queue.
  Result<std::optional<std::string>> next_picture() {
    while (true) {
      SCR_TRY_VOID(committed_);
      SCR_TRY(arrival, arrivals_.next());
      if (!arrival) return std::optional<std::string>();
      containers_ |= arrival->what != receive::Arrival::What::picture;
      std::optional<std::string> bytes = std::move(arrival->bytes);
      arrival->bytes.reset();
      queue_.push_back({std::move(*arrival), std::nullopt, !bytes});
      if (bytes) {
        being_read_.emplace(asked_++, &queue_.back());
        return bytes;
      }
      commit_a_batch();
      tell();
    }
  }

  void take(std::size_t number, const os::WorkerAnswer& answer) {
    const auto asked = being_read_.find(number);
    asked->second->read = answer.bytes ? reading_in(*answer.bytes) : unread_by(answer);
    asked->second->done = true;
    being_read_.erase(asked);
    ++pictures_;
    commit_a_batch();
    tell();
  }

  void commit_a_batch() {
    if (committed_ && queue_.size() >= kBatch && done_at_head() >= kBatch) committed_ = commit();
  }

  std::size_t done_at_head() const {
    std::size_t n = 0;
    while (n < queue_.size() && n < kBatch && queue_[n].done) ++n;
    return n;
  }

  // Everything that is done at the head of the queue.
  Result<void> commit() {
    std::vector<std::string> entries;
    const entry::ClaimedTime now(clock_.now());
    while (!queue_.empty() && queue_.front().done) {
      const Queued& first = queue_.front();
      entries_.append(first.arrival, first.read, now, log_.size(), entries);
      queue_.pop_front();
    }
    if (entries.empty()) return {};
    SCR_TRY_VOID(evidence_.make_durable());
    SCR_TRY_VOID(log_.append(entries));
    return {};
  }

  void tell() {
    tell_({.files_done = arrivals_.files_begun() - (arrivals_.part_under_way() > 0 ? 1 : 0),
           .files = arrivals_.files(),
           .pictures = pictures_,
           .in_part = arrivals_.part_under_way(),
           .containers = containers_,
           .seconds = seconds()});
  }

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }

  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  record::EvidenceBatch evidence_;
  receive::Arrivals arrivals_;
  AddEntries entries_;
  record::Log& log_;
  os::Clock& clock_;
  const Tell& tell_;
  std::deque<Queued> queue_;                   // grows at the back only: pointers into it stay
  std::map<std::size_t, Queued*> being_read_;  // by the number of the question
  std::size_t asked_ = 0;
  std::uint64_t pictures_ = 0;
  bool containers_ = false;
  Result<void> committed_;
};

}  // namespace

Result<Added> add(const AddRequest& request, os::Clock& clock,
                  const std::function<void(const AddProgress&)>& tell) {
  // Before anything that makes threads.
  SCR_TRY(readers, start_readers(definition_at(request.record)));
  SCR_TRY(files, files_of(request.paths));
  // First, since it finishes an append that a crash cut off: what is read then is the whole record.
  SCR_TRY(log, open_log(request.record));
  SCR_TRY(record, view::open_record(request.record));
  if (record.state.definition.sheets.empty()) {
    return fail(ErrorCode::bad_input,
                "the definition says nothing of how sheets look: it has no [[sheet]], so no "
                "picture can be read",
                "election.toml");
  }
  if (log.size() != record.size) {
    return fail(ErrorCode::untrusted, "the entries are not as many as the log's tree has",
                request.record.string());
  }
  return Adding(std::move(files), record, request.record, log, clock, tell).all(readers);
}

}  // namespace scr::steps
