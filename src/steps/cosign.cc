// SPDX-License-Identifier: Apache-2.0
#include "steps/cosign.h"

#include <utility>

#include "base/sha256.h"
#include "os/files.h"
#include "record/cosigned.h"
#include "record/layout.h"
#include "witness/gather.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Signature lines in a file: a cosigned note of this very checkpoint, or lines alone.
Result<std::vector<std::string>> lines_in(const fs::path& file) {
  constexpr std::string_view kDash = "\xE2\x80\x94 ";
  SCR_TRY(text, os::read_text(file, note::kMaxNoteBytes));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with(kDash)) lines.push_back(line + '\n');
  }
  if (!lines.empty()) return lines;
  return fail(ErrorCode::bad_input, "has no signature line", file.string());
}

// Two notes that the log's key signed and that contradict one another, if a witness showed one.
Result<void> keep_evidence(const CosignRequest& request, Cosigned& done) {
  for (const collect::WitnessReply& reply : done.replies) {
    if (reply.evidence.empty()) continue;
    const fs::path file =
        record::Layout{request.record}.state() /
        ("seen-at-witness-" + sha256(bytes_of(reply.evidence)).hex().substr(0, 16));
    SCR_TRY_VOID(os::replace_file(file, reply.evidence, os::kPublic));
    done.evidence_files.push_back(file.string());
  }
  return {};
}

Result<void> nobody_knows_more(const Cosigned& done) {
  for (const collect::WitnessReply& reply : done.replies) {
    if (reply.outcome != collect::Outcome::knows_more) continue;
    std::string what = "the witness knows more than this folder: " + reply.why +
                       ". The folder was set back to an older copy, or the key is used elsewhere";
    if (!done.evidence_files.empty()) what += "; what it showed is in " + done.evidence_files[0];
    return fail(ErrorCode::untrusted, std::move(what), reply.name);
  }
  return {};
}

}  // namespace

Result<Cosigned> cosign(const CosignRequest& request) {
  if (request.policy) {
    SCR_TRY(text, os::read_text(*request.policy, note::Policy::kMaxBytes));
    SCR_TRY_VOID(at(request.policy->string(), record::set_policy(request.record, text)));
  }
  SCR_TRY(policy, record::read_policy(request.record));
  if (!policy) {
    return fail(ErrorCode::not_found,
                "this record has no policy, so nobody is to cosign it; name one with --policy FILE "
                "(docs/operating.md, \"Witnesses\")",
                request.record.string());
  }
  SCR_TRY(offer, record::pending_checkpoint(request.record));
  std::vector<std::string> lines;
  for (const fs::path& file : request.take) {
    SCR_TRY(taken, lines_in(file));
    lines.insert(lines.end(), taken.begin(), taken.end());
  }
  Cosigned done{.tree_size = offer.checkpoint.tree_size, .witnesses = policy->witnesses().size()};
  done.replies = collect::ask_all(*policy, offer, {.proxy = request.proxy});
  SCR_TRY_VOID(keep_evidence(request, done));
  SCR_TRY_VOID(nobody_knows_more(done));
  for (const collect::WitnessReply& reply : done.replies) {
    if (!reply.line.empty()) lines.push_back(reply.line);
  }
  // What was cosigned before and did not suffice then.
  const fs::path kept = record::Layout{request.record}.state() / "cosignatures";
  if (const auto before = lines_in(kept)) lines.insert(lines.end(), before->begin(), before->end());
  SCR_TRY(gathered, witness::gather(offer.note, lines, *policy));
  for (const std::size_t place : gathered.cosigned) {
    done.cosigned.push_back(policy->witnesses()[place].name);
  }
  SCR_TRY_VOID(os::replace_file(kept, gathered.note, os::kPublic));
  done.has_quorum = gathered.has_quorum;
  if (!gathered.has_quorum) return done;
  SCR_TRY_VOID(record::put_cosigned(request.record, gathered.note));
  done.published = true;
  return done;
}

}  // namespace scr::steps
