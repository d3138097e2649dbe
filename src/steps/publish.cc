// SPDX-License-Identifier: Apache-2.0
//
// The result is stated in the log first, then everything is copied to a folder beside the place
// that was asked for, which takes its name only when it is whole.
#include "steps/publish.h"

#include <functional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "entry/entry.h"
#include "os/files.h"
#include "record/cosigned.h"
#include "record/log.h"
#include "report/page.h"
#include "steps/cosign.h"
#include "steps/judge.h"
#include "steps/redacted_files.h"
#include "steps/result.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// True if the last entry states just this result.
bool is_stated(const view::OpenRecord& record, const Digest& result, std::uint64_t size) {
  const auto& results = record.state.results;
  return !results.empty() && results.back().index.value() + 1 == record.size &&
         results.back().stated.size == size && results.back().stated.sha256 == result;
}

struct Stated {
  std::string bytes;
  Digest digest;
  std::uint64_t tree_size = 0;
  bool now = false;
};

Result<Stated> state_result(const fs::path& folder, os::Clock& clock) {
  SCR_TRY(record, view::open_record(folder));
  // A result that the last entry states rests on the entries before it.
  const auto& results = record.state.results;
  const bool last_states = !results.empty() && results.back().index.value() + 1 == record.size;
  if (last_states) {
    const std::uint64_t size = record.size - 1;
    SCR_TRY(before, view::open_record_at(folder, size));
    SCR_TRY(bytes, result_bytes(before.state, before.claims));
    const Digest digest = sha256(bytes_of(bytes));
    if (is_stated(record, digest, size)) {
      return Stated{std::move(bytes), digest, record.size, false};
    }
  }
  SCR_TRY(bytes, result_bytes(record.state, record.claims));
  const Digest digest = sha256(bytes_of(bytes));
  SCR_TRY(log, record::Log::open(folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; publish it again",
                folder.string());
  }
  const std::vector<std::string> entries{
      encode(entry::ResultStated{.at = entry::ClaimedTime(clock.now()),
                                 .schema = kResultSchema,
                                 .sha256 = digest,
                                 .size = record.size})};
  SCR_TRY_VOID(log.append(entries));
  return Stated{std::move(bytes), digest, log.size(), true};
}

Result<void> copy_file(const fs::path& from, const fs::path& to, const std::string& path,
                       Published& published) {
  SCR_TRY(bytes, os::read_text(from / path));
  SCR_TRY_VOID(os::make_folders((to / path).parent_path()));
  SCR_TRY(out, os::SequentialFile::create(to / path, os::kPublic));
  SCR_TRY_VOID(out.write(bytes));
  SCR_TRY_VOID(out.close());
  ++published.files;
  published.bytes += bytes.size();
  return {};
}

// Copies what may be seen by all. Never keys, state or the index.
Result<void> copy_public(const fs::path& from, const fs::path& to,
                         const std::vector<std::string>& definition_files,
                         const std::set<Digest>& withheld, Published& published) {
  const auto copy = [&](const std::string& path) { return copy_file(from, to, path, published); };
  for (const std::string& name : definition_files) SCR_TRY_VOID(copy(name));
  for (const std::string& folder : {std::string("log"), std::string("evidence")}) {
    SCR_TRY(paths, os::files_below(from / folder));
    for (const std::string& path : paths) {
      if (folder == "log" && path == "checkpoint.pending") continue;
      const auto digest = Digest::from_hex_text(fs::path(path).filename().string());
      if (digest && folder == "evidence" && withheld.count(*digest) > 0) {
        ++published.pictures_withheld;
        continue;
      }
      SCR_TRY_VOID(copy(folder + "/" + path));
    }
  }
  return {};
}

Result<void> fill(const fs::path& record, const fs::path& to, report::Language language,
                  const Stated& stated, Published& published) {
  SCR_TRY(judged, judge(record, {}));
  std::vector<std::string> definition_files;
  for (const auto& named : judged.record.state.genesis.files)
    definition_files.push_back(named.name);
  SCR_TRY_VOID(os::make_folders(to));
  // Pictures of sheets show names and signatures.
  std::set<Digest> withheld;
  for (const derive::Evidence& evidence : judged.record.state.evidence) {
    if (is_withheld(evidence.received.kind)) withheld.insert(evidence.received.sha256);
  }
  SCR_TRY_VOID(copy_public(record, to, definition_files, withheld, published));
  SCR_TRY(redacted, redacted_files(record, judged.record.state));
  for (const std::string& path : redacted) SCR_TRY_VOID(copy_file(record, to, path, published));
  published.pictures_redacted = redacted.size() / 2;
  SCR_TRY_VOID(os::replace_file(to / "result.json", stated.bytes + "\n", os::kPublic));
  SCR_TRY_VOID(
      os::replace_file(to / "index.html", report::page(judged.facts(), language), os::kPublic));
  published.files += 2;
  return os::sync_file_system(to);
}

// Where the record has a policy, what goes out is what its quorum cosigned.
Result<void> have_it_cosigned(const fs::path& record) {
  SCR_TRY(policy, record::read_policy(record));
  if (!policy) return {};
  SCR_TRY(done, cosign({.record = record}));
  if (done.published) return {};
  std::string who;
  for (const collect::WitnessReply& reply : done.replies) {
    if (reply.line.empty()) who += "; " + reply.name + ": " + reply.why;
  }
  return fail(ErrorCode::io,
              "the result is stated, but only " + std::to_string(done.cosigned.size()) + " of " +
                  std::to_string(done.witnesses) + " witnesses cosigned it, which is no quorum" +
                  who + ". Publish again when they answer, or see: scrutineer cosign",
              record.string());
}

}  // namespace

Result<Published> publish(const fs::path& record, const fs::path& out, report::Language language,
                          os::Clock& clock) {
  const fs::path place = fs::absolute(out).lexically_normal();
  const fs::path target = place.has_filename() ? place : place.parent_path();
  std::error_code error;
  if (fs::exists(target, error) &&
      !(fs::is_directory(target, error) && fs::is_empty(target, error))) {
    return fail(ErrorCode::conflict, "there is something here already; name a new folder",
                target.string());
  }
  SCR_TRY(stated, state_result(record, clock));
  SCR_TRY_VOID(have_it_cosigned(record));
  Published published;
  published.tree_size = stated.tree_size;
  published.result_sha256 = stated.digest.hex();
  published.stated_now = stated.now;
  const fs::path begun = target.parent_path() / ("." + target.filename().string() + ".publishing");
  fs::remove_all(begun, error);  // left by a run that was cut off
  Result<void> filled = fill(record, begun, language, stated, published);
  if (filled) {
    fs::rename(begun, target, error);
    if (error) filled = fail(ErrorCode::io, error.message(), target.string());
  }
  if (!filled) {
    std::error_code ignored;
    fs::remove_all(begun, ignored);
    return tl::unexpected(std::move(filled).error());
  }
  SCR_TRY_VOID(os::sync_folder(target.parent_path()));
  return published;
}

}  // namespace scr::steps
