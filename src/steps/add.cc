// SPDX-License-Identifier: Apache-2.0
//
// The order matters: a file is durable as evidence before it is read, and entries go to the log
// when a whole batch is read, in the order of the files, whichever was done first.
#include "steps/add.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "entry/entry.h"
#include "intake/picture_entry.h"
#include "os/files.h"
#include "record/evidence.h"
#include "record/log.h"
#include "steps/picture_files.h"
#include "steps/read_pictures.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Large enough that signing costs nothing beside reading, small enough that little is read twice
// after a crash.
constexpr std::size_t kBatch = 200;

std::set<Digest> pictures_on_record(const derive::RecordState& state) {
  std::set<Digest> known;
  for (const derive::PictureRead& picture : state.pictures) known.insert(picture.sha256);
  return known;
}

// The definition for the readers, which start before the record is opened and checked. Without it
// they read less; what they read is checked against the definition that the log names.
std::optional<election::Definition> definition_at(const fs::path& record) {
  const auto toml = os::read_text(record / "election.toml");
  if (!toml) return std::nullopt;
  auto definition = election::parse_definition(*toml);
  if (!definition) return std::nullopt;
  return std::move(*definition);
}

struct Received {
  Digest sha256;
  std::uint64_t size = 0;
  reading::ReadSheet read;
};

class Adding {
 public:
  Adding(const AddRequest& request, os::Clock& clock, const view::OpenRecord& record,
         os::Workers& readers)
      : request_(request),
        clock_(clock),
        definition_(record.state.definition),
        known_(pictures_on_record(record.state)),
        evidence_(request.record),
        readers_(readers) {}

  Result<void> take(std::span<const fs::path> files, record::Log& log) {
    std::vector<std::optional<Received>> batch(files.size());
    SCR_TRY_VOID(read_batch(files, batch));
    std::vector<std::string> entries;
    for (const auto& received : batch) {
      if (received) append_entries(*received, log.size() + entries.size(), entries);
    }
    if (!entries.empty()) SCR_TRY_VOID(log.append(entries));
    return {};
  }

  Added added;

 private:
  Result<void> read_batch(std::span<const fs::path> files,
                          std::vector<std::optional<Received>>& batch) {
    // Only what is new goes to the readers.
    std::vector<std::size_t> fresh;
    std::vector<std::string> contents(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      SCR_TRY(bytes, bytes_of_picture(files[i]));
      const Digest digest = sha256(bytes_of(bytes));
      ++added.files;
      if (!known_.insert(digest).second) {
        ++added.already_there;
        continue;
      }
      SCR_TRY_VOID(evidence_.put(bytes_of(bytes)));
      added.bytes += bytes.size();
      batch[i] = Received{digest, bytes.size(), {}};
      contents[i] = std::move(bytes);
      fresh.push_back(i);
    }
    return read_pictures(
        readers_, fresh.size(),
        [&](std::size_t k) -> Result<std::string> { return std::move(contents[fresh[k]]); },
        [&](std::size_t k, reading::ReadSheet read) { batch[fresh[k]]->read = std::move(read); });
  }

  void append_entries(const Received& received, std::uint64_t index,
                      std::vector<std::string>& entries) {
    const entry::ClaimedTime now(clock_.now());
    entries.push_back(encode(entry::EvidenceReceived{now, entry::EvidenceKind::picture,
                                                     received.sha256, received.size}));
    const entry::EntryIndex evidence(index);
    auto made = intake::picture_entry(received.read, definition_, evidence, now);
    entries.push_back(std::move(made.bytes));
    if (!made.unread.empty()) {
      ++added.unread[made.unread];
      return;
    }
    ++added.read;
    if (received.read.code->stage == "joint") ++added.jointly;
    if (received.read.print && !received.read.print->contradictions.empty()) ++added.disagree;
  }

  const AddRequest& request_;
  os::Clock& clock_;
  const election::Definition& definition_;
  std::set<Digest> known_;
  record::EvidenceStore evidence_;
  os::Workers& readers_;
};

}  // namespace

Result<Added> add(const AddRequest& request, os::Clock& clock,
                  const std::function<void(const AddProgress&)>& tell) {
  const auto started = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  // Before anything that makes threads.
  SCR_TRY(readers, start_readers(definition_at(request.record)));
  SCR_TRY(files, files_of(request.paths));
  SCR_TRY(record, view::open_record(request.record));
  if (record.state.definition.sheets.empty()) {
    return fail(ErrorCode::bad_input,
                "the definition says nothing of how sheets look: it has no [[sheet]], so no "
                "picture can be read",
                "election.toml");
  }
  SCR_TRY(log, record::Log::open(request.record));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                request.record.string());
  }
  Adding adding(request, clock, record, readers);
  for (std::size_t begin = 0; begin < files.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, files.size() - begin);
    SCR_TRY_VOID(adding.take(std::span(files).subspan(begin, count), log));
    tell({begin + count, files.size(), seconds()});
  }
  adding.added.tree_size = log.size();
  adding.added.seconds = seconds();
  return adding.added;
}

}  // namespace scr::steps
