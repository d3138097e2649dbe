// SPDX-License-Identifier: Apache-2.0
#include "witness/add_checkpoint.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/decimal.h"
#include "merkle/proof.h"
#include "note/checkpoint.h"
#include "note/cosignature.h"
#include "witness/internal/lines.h"

namespace scr::witness {
namespace {

Answer refuse(int status, std::string_view why) {
  return {status, "text/plain; charset=utf-8", std::string(why) + '\n', {}, {}};
}

Answer answer_stored_size(std::uint64_t size) {
  return {409, "text/x.tlog.size", std::to_string(size) + '\n', {}, {}};
}

const FollowedLog* find_log(std::span<const FollowedLog> logs, std::string_view origin) {
  const auto found = std::find_if(logs.begin(), logs.end(),
                                  [&](const FollowedLog& log) { return log.origin == origin; });
  return found == logs.end() ? nullptr : &*found;
}

// The note with the lines that were verified, and no others: a witness that passed on what it did
// not check would lend it its name.
std::vector<std::string> verified_lines(const note::Verified& verified) {
  std::vector<std::string> lines;
  for (const note::VerifiedSignature& signature : verified.signatures()) {
    lines.push_back(verified.line(signature).text());
  }
  return lines;
}

// Another tree of a size that was cosigned before, signed by the log itself.
Answer answer_fork(const FollowedLog& log, const note::OpenedCheckpoint& opened) {
  Answer answer = refuse(422, "another tree of this size was cosigned before");
  if (!log.note.empty()) {
    const std::string other = note::sign_note(opened.note.text(), verified_lines(opened.note));
    answer.fork = ForkEvidence{log.note, other, std::nullopt};
  }
  return answer;
}

bool is_consistent(const FollowedLog& log, const AddCheckpoint& request,
                   const note::Checkpoint& checkpoint) {
  return merkle::verify_consistency(request.path, merkle::TreeSize(log.size),
                                    merkle::TreeSize(checkpoint.tree_size), log.root,
                                    checkpoint.root);
}

// Signs a text made anew from what was parsed, not the bytes received.
Answer cosign(const FollowedLog& log, const note::OpenedCheckpoint& opened,
              const note::Signer& witness, std::uint64_t now) {
  const note::Checkpoint& checkpoint = opened.checkpoint;
  const std::string text = checkpoint.text();
  const std::string line = note::cosign(text, now, witness);
  std::vector<std::string> lines = verified_lines(opened.note);
  lines.push_back(line);
  return {200,
          "text/plain; charset=utf-8",
          line,
          Advance{log.origin, log.size, checkpoint.tree_size, checkpoint.root,
                  note::sign_note(text, lines)},
          {}};
}

}  // namespace

Result<AddCheckpoint> AddCheckpoint::parse(std::string_view body) {
  if (body.size() > kMaxBytes) return fail(ErrorCode::bad_input, "the request is over 128 KiB");
  const auto field = internal::take_field(body, "old");
  const auto old_size = field ? parse_decimal(*field) : std::nullopt;
  if (!old_size) return fail(ErrorCode::bad_input, "the first line is not: old SIZE");
  auto path = internal::take_path(body, kMaxPath);
  if (!path) {
    return fail(ErrorCode::bad_input, "the proof is not up to 63 hashes and then an empty line");
  }
  SCR_TRY(note, note::Unverified::parse(body));
  return AddCheckpoint{*old_size, *std::move(path), std::move(note)};
}

std::string AddCheckpoint::text() const {
  return "old " + std::to_string(old_size) + '\n' + internal::path_text(path) + note.print();
}

Answer answer_add_checkpoint(std::string_view body, std::span<const FollowedLog> logs,
                             const note::Signer& witness, std::uint64_t now) {
  const auto request = AddCheckpoint::parse(body);
  if (!request) return refuse(400, to_string(request.error()));
  const auto claimed = note::parse_checkpoint_unverified(request->note.text());
  if (!claimed) return refuse(400, to_string(claimed.error()));
  if (!claimed->extensions.empty()) return refuse(400, "the checkpoint has extension lines");
  const FollowedLog* log = find_log(logs, claimed->origin);
  if (log == nullptr) return refuse(404, "unknown log");
  const auto opened = note::open(request->note, log->keys);
  if (!opened) return refuse(403, to_string(opened.error()));
  if (request->old_size > claimed->tree_size) return refuse(400, "old size above the new one");
  if (request->old_size != log->size) return answer_stored_size(log->size);
  const note::OpenedCheckpoint checkpoint{*claimed, *opened};
  if (log->size != 0 && claimed->tree_size == log->size && claimed->root != log->root) {
    return answer_fork(*log, checkpoint);
  }
  if (!is_consistent(*log, *request, *claimed)) return refuse(422, "the proof does not hold");
  return cosign(*log, checkpoint, witness, now);
}

}  // namespace scr::witness
