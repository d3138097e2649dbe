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
#include "os/files.h"
#include "record/cosigned.h"
#include "record/snapshot.h"
#include "steps/bundle_sink.h"
#include "steps/cosign.h"
#include "steps/judge.h"
#include "steps/redacted_files.h"
#include "steps/stated_result.h"
#include "steps/stranger_files.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Whose cosignatures the log needs: published with it.
constexpr const char* kPolicyFile = "log/policy";

// Copies what may be seen by all. Never keys, state or the index.
Result<void> copy_public(const fs::path& from, const derive::RecordState& state, BundleSink& sink,
                         Published& published) {
  for (const auto& named : state.genesis.files)
    SCR_TRY_VOID(sink.copy(named.name, from / named.name));
  // Pictures of sheets show names and signatures. A file that no entry which counts accounts for
  // may be one: an `add` was cut off before its entries, or they were declared void.
  std::set<Digest> withheld;
  std::set<Digest> open;
  for (const derive::Evidence& evidence : state.evidence)
    (is_withheld(evidence.received.kind) ? withheld : open).insert(evidence.received.sha256);
  for (const std::string& folder : {std::string("evidence"), std::string("log")}) {
    SCR_TRY(paths, os::files_below(from / folder));
    for (const std::string& path : paths) {
      if (folder == "log" && path == "checkpoint.pending") continue;
      const auto digest = Digest::from_hex_text(fs::path(path).filename().string());
      if (folder == "evidence" &&
          (!digest || open.count(*digest) == 0 || withheld.count(*digest))) {
        if (digest) published.pictures_withheld += withheld.count(*digest);
        continue;
      }
      SCR_TRY_VOID(sink.copy(folder + "/" + path, from / folder / path));
    }
  }
  return {};
}

Result<void> must_all_be_there(const fs::path& record, const derive::RecordState& state) {
  for (const derive::CommittedPicture& picture : state.committed) {
    if (picture.approved() == nullptr || is_there(record, picture)) continue;
    return fail(ErrorCode::not_found,
                "two people approved how this picture is shown, and the file is not there; make it "
                "with: scrutineer redact make",
                picture.sha256.hex());
  }
  return {};
}

Result<void> fill(const PublishRequest& request, bool whole, const Stated& stated, BundleSink& sink,
                  Published& published) {
  SCR_TRY(judged, judge(request.record, {}));
  SCR_TRY_VOID(copy_public(request.record, judged.record.state, sink, published));
  SCR_TRY(redacted, redacted_files(request.record, judged.record.state));
  // Nothing but an entry may keep back what two people approved: every verifier looks for it.
  SCR_TRY_VOID(must_all_be_there(request.record, judged.record.state));
  for (const std::string& path : redacted) SCR_TRY_VOID(sink.copy(path, request.record / path));
  published.pictures_redacted = redacted.size() / 2;
  SCR_TRY_VOID(put_result(judged, stated.result, request.language, sink));
  if (whole) {
    const bool has_policy = sink.digests().count(kPolicyFile) > 0;
    SCR_TRY_VOID(put_for_strangers(judged.record, stated.result, {has_policy, true}, sink));
    SCR_TRY_VOID(sink.put(bundle::kChecksums, bundle::checksums(sink.digests())));
  }
  // Entries that came meanwhile may have been copied with the log, and not what belongs to them.
  SCR_TRY(size, record::signed_size(request.record));
  if (size != stated.tree_size || judged.record.size != stated.tree_size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record meanwhile; publish it again",
                request.record.string());
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
