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

#include "bundle/checksums.h"
#include "entry/entry.h"
#include "os/files.h"
#include "record/cosigned.h"
#include "record/log.h"
#include "steps/bundle_sink.h"
#include "steps/cosign.h"
#include "steps/judge.h"
#include "steps/redacted_files.h"
#include "steps/result.h"
#include "steps/stranger_files.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Whose cosignatures the log needs: published with it.
constexpr const char* kPolicyFile = "log/policy";

// True if the last entry states just this result.
bool is_stated(const view::OpenRecord& record, const Digest& result, std::uint64_t size) {
  const auto& results = record.state.results;
  return !results.empty() && results.back().index.value() + 1 == record.size &&
         results.back().stated.size == size && results.back().stated.sha256 == result;
}

struct Stated {
  StatedResult result;
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
      return Stated{{std::move(bytes), digest, size}, record.size, false};
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
  return Stated{{std::move(bytes), digest, record.size}, log.size(), true};
}

// Copies what may be seen by all. Never keys, state or the index.
Result<void> copy_public(const fs::path& from, const derive::RecordState& state, BundleSink& sink,
                         Published& published) {
  for (const auto& named : state.genesis.files)
    SCR_TRY_VOID(sink.copy(named.name, from / named.name));
  // Pictures of sheets show names and signatures.
  std::set<Digest> withheld;
  for (const derive::Evidence& evidence : state.evidence) {
    if (is_withheld(evidence.received.kind)) withheld.insert(evidence.received.sha256);
  }
  for (const std::string& folder : {std::string("evidence"), std::string("log")}) {
    SCR_TRY(paths, os::files_below(from / folder));
    for (const std::string& path : paths) {
      if (folder == "log" && path == "checkpoint.pending") continue;
      const auto digest = Digest::from_hex_text(fs::path(path).filename().string());
      if (digest && folder == "evidence" && withheld.count(*digest) > 0) {
        ++published.pictures_withheld;
        continue;
      }
      SCR_TRY_VOID(sink.copy(folder + "/" + path, from / folder / path));
    }
  }
  return {};
}

Result<void> fill(const PublishRequest& request, bool whole, const Stated& stated, BundleSink& sink,
                  Published& published) {
  SCR_TRY(judged, judge(request.record, {}));
  SCR_TRY_VOID(copy_public(request.record, judged.record.state, sink, published));
  SCR_TRY(redacted, redacted_files(request.record, judged.record.state));
  for (const std::string& path : redacted) SCR_TRY_VOID(sink.copy(path, request.record / path));
  published.pictures_redacted = redacted.size() / 2;
  SCR_TRY_VOID(put_result(judged, stated.result, request.language, sink));
  if (whole) {
    const bool has_policy = sink.digests().count(kPolicyFile) > 0;
    SCR_TRY_VOID(put_for_strangers(judged.record, stated.result, {has_policy, true}, sink));
    SCR_TRY_VOID(sink.put(bundle::kChecksums, bundle::checksums(sink.digests())));
  }
  SCR_TRY_VOID(sink.finish());
  published.files = sink.files();
  published.bytes = sink.bytes();
  return {};
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

Result<Published> publish(const PublishRequest& request, os::Clock& clock) {
  const fs::path place = fs::absolute(request.out).lexically_normal();
  const fs::path target = place.has_filename() ? place : place.parent_path();
  const bool as_tar = target.extension() == ".tar";
  std::error_code error;
  if (fs::exists(target, error) &&
      (as_tar || !(fs::is_directory(target, error) && fs::is_empty(target, error)))) {
    return fail(ErrorCode::conflict, "there is something here already; name a new folder or file",
                target.string());
  }
  SCR_TRY(stated, state_result(request.record, clock));
  SCR_TRY_VOID(have_it_cosigned(request.record));
  Published published;
  published.tree_size = stated.tree_size;
  published.result_sha256 = stated.result.digest.hex();
  published.stated_now = stated.now;
  const fs::path begun = target.parent_path() / ("." + target.filename().string() + ".publishing");
  fs::remove_all(begun, error);  // left by a run that was cut off
  SCR_TRY_VOID(os::make_folders(target.parent_path()));
  auto sink = as_tar ? BundleSink::tar(begun) : BundleSink::folder(begun);
  Result<void> filled = sink ? fill(request, as_tar || request.bundle, stated, *sink, published)
                             : Result<void>(tl::unexpected(sink.error()));
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
