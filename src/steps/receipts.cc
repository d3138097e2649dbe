// SPDX-License-Identifier: Apache-2.0
#include "steps/receipts.h"

#include <system_error>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "derive/dossier.h"
#include "entry/entry.h"
#include "merkle/proof.h"
#include "merkle/tree.h"
#include "os/files.h"
#include "record/layout.h"
#include "record/log_keys.h"
#include "record/snapshot.h"
#include "steps/redact_workers.h"
#include "steps/vault.h"
#include "view/open_record.h"
#include "witness/proof.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestNote = std::size_t{1} << 20;

// The entries of a log with what it takes to prove each of them.
class ProvableLog {
 public:
  static Result<ProvableLog> open(const fs::path& record) {
    SCR_TRY(snapshot, record::read_snapshot(record));
    SCR_TRY(note, os::read_text(record::Layout{record}.checkpoint(), kLargestNote));
    SCR_TRY(keys, record::read_log_keys(record));
    SCR_TRY(checkpoint, at("log/checkpoint", record::open_own_checkpoint(note, keys)));
    if (checkpoint != snapshot.checkpoint())
      return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                  record.string());
    std::vector<Digest> leaves = merkle::leaf_hashes(snapshot.entries());
    return ProvableLog(std::move(snapshot), std::move(leaves), std::move(note));
  }

  std::uint64_t size() const { return leaves_.size(); }
  // REQUIRES: index < size().
  Result<ProofGiven> prove(std::uint64_t index, receipt::Holder holder,
                           const std::array<std::byte, 32>& secret) const {
    SCR_TRY(path, merkle::inclusion_proof(merkle::LeafIndex(index), merkle::TreeSize(size()),
                                          merkle::hashes_of(leaves_)));
    const std::string entry(snapshot_.entries()[index]);
    canon::Document scratch;
    SCR_TRY_VOID(entry::decode(entry, scratch));
    return ProofGiven{.text = receipt::write({holder, secret, entry},
                                             {std::nullopt, index, std::move(path), note_}),
                      .index = index,
                      .tree_size = size(),
                      .type = std::string(scratch.root().find("t")->text())};
  }

 private:
  ProvableLog(record::Snapshot snapshot, std::vector<Digest> leaves, std::string note)
      : snapshot_(std::move(snapshot)), leaves_(std::move(leaves)), note_(std::move(note)) {}

  record::Snapshot snapshot_;
  std::vector<Digest> leaves_;
  std::string note_;
};

Result<const derive::PictureRead*> picture_meant(const derive::RecordState& state,
                                                 const std::string& subject) {
  SCR_TRY(meant, derive::meant_by(state, subject));
  if (meant.picture == nullptr)
    return fail(ErrorCode::not_found, "that is a transcription, not a picture", subject);
  return meant.picture;
}

Result<std::uint64_t> index_meant(const fs::path& record, const std::string& subject,
                                  std::uint64_t size) {
  if (const auto index = parse_decimal(subject); index && *index < size) return *index;
  SCR_TRY(opened, view::open_record(record));
  SCR_TRY(picture, picture_meant(opened.state, subject));
  return picture->index.value();
}

Result<note::Policy> policy_of(const ReceiptRequest& request) {
  if (request.policy) {
    SCR_TRY(text, os::read_text(*request.policy, note::Policy::kMaxBytes));
    return at(request.policy->string(), note::Policy::parse(text));
  }
  if (!request.key)
    return fail(ErrorCode::bad_input,
                "the log's public key is needed: --key, or --policy with a policy file", "--key");
  std::string key = *request.key;
  if (key.find('+') == std::string::npos) {
    SCR_TRY(text, os::read_text(key, kLargestNote));
    key = std::move(text);
  }
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  SCR_TRY_VOID(at("--key", note::Vkey::parse(key)));
  return at("--key", note::Policy::parse("log " + key + "\nquorum none\n"));
}

Result<Digest> hash_of(const fs::path& file) {
  Sha256 hash;
  SCR_TRY_VOID(os::read_pieces(file, [&](std::string_view piece) -> Result<void> {
    hash.add(bytes_of(piece));
    return {};
  }));
  return hash.finish();
}

void flaw_of_file(receipt::Opened& opened, std::string why) {
  opened.flaw = receipt::Flaw::file;
  opened.why = std::move(why);
  opened.where.clear();
}

}  // namespace

Result<ProofGiven> give_proof(const fs::path& record, const std::string& subject) {
  SCR_TRY(log, ProvableLog::open(record));
  SCR_TRY(index, index_meant(record, subject, log.size()));
  if (index >= log.size())
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again", subject);
  return log.prove(index, receipt::Holder::anybody, {});
}

Result<ProofGiven> give_receipt(const fs::path& folder, const std::string& subject,
                                receipt::Holder holder) {
  SCR_TRY(log, ProvableLog::open(folder));
  SCR_TRY(record, view::open_record_at(folder, log.size()));
  SCR_TRY(picture, picture_meant(record.state, subject));
  const auto evidence = picture->read() ? picture->read()->evidence : picture->unread()->evidence;
  const derive::CommittedPicture* committed = record.state.committed_of(evidence);
  if (committed == nullptr) {
    return fail(ErrorCode::not_found,
                "the picture was not committed to yet; do that first: scrutineer redact commit",
                subject);
  }
  SCR_TRY(key, read_vault_key(folder));
  const cells::PictureSecret secret = secret_of(key, committed->sha256);
  // A vault key that was exchanged would make receipts that nobody can check.
  if (file_commitment(file_salt(secret), committed->sha256) != committed->file)
    return fail(ErrorCode::untrusted, "not the key with which the picture was committed to",
                "keys/vault.key");
  return log.prove(committed->index.value(), holder,
                   holder == receipt::Holder::court ? secret.bytes : file_salt(secret).bytes);
}

Result<std::uint64_t> give_all_proofs(const fs::path& folder, const fs::path& out) {
  std::error_code ignored;
  if (fs::exists(out, ignored) && !fs::is_empty(out, ignored))
    return fail(ErrorCode::conflict, "there is something here already; name a new folder",
                out.string());
  SCR_TRY(log, ProvableLog::open(folder));
  SCR_TRY(record, view::open_record_at(folder, log.size()));
  const fs::path place = fs::absolute(out).lexically_normal();
  const fs::path target = place.has_filename() ? place : place.parent_path();
  const fs::path begun = target.parent_path() / ("." + target.filename().string() + ".proofs");
  fs::remove_all(begun, ignored);  // left by a run that was cut off
  SCR_TRY_VOID(os::make_folders(begun));
  std::uint64_t given = 0;
  for (const derive::PictureRead& picture : record.state.pictures) {
    if (!picture.read()) continue;
    SCR_TRY(proof, log.prove(picture.index.value(), receipt::Holder::anybody, {}));
    const std::string name = std::to_string(picture.index.value()) + ".tlog-proof";
    SCR_TRY(file, os::SequentialFile::create(begun / name, os::kPublic));
    SCR_TRY_VOID(file.write(proof.text));
    SCR_TRY_VOID(file.close());
    ++given;
  }
  SCR_TRY_VOID(os::sync_file_system(begun));
  std::error_code error;
  fs::rename(begun, target, error);
  if (error) return fail(ErrorCode::io, error.message(), target.string());
  SCR_TRY_VOID(os::sync_folder(target.parent_path()));
  return given;
}

Result<receipt::Opened> check_receipt(const ReceiptRequest& request) {
  SCR_TRY(policy, policy_of(request));
  SCR_TRY(text, os::read_text(request.receipt, witness::TlogProof::kMaxBytes));
  receipt::Opened opened = receipt::open(text, policy);
  if (opened.flaw == receipt::Flaw::none && request.original) {
    SCR_TRY(file, hash_of(*request.original));
    receipt::check_file(opened, file);
  }
  return opened;
}

Result<OriginalChecked> check_original(const ReceiptRequest& request) {
  // Before anything that makes threads.
  SCR_TRY(workers, RedactWorkers::start(std::nullopt));
  SCR_TRY(opened, check_receipt(request));
  OriginalChecked checked{std::move(opened), std::nullopt};
  receipt::Opened& result = checked.opened;
  if (result.flaw != receipt::Flaw::none) return checked;
  if (result.receipt.holder != receipt::Holder::court) {
    flaw_of_file(result, "this is not a receipt for a court: it holds no secret of the picture");
    return checked;
  }
  const auto said = receipt::cells_of(result);
  if (!said) return checked;
  SCR_TRY(file, os::read_text(*request.original));
  SCR_TRY(answer, workers.ask(redact::ask_commit(
                      cell_seed(cells::PictureSecret{result.receipt.secret}), file)));
  const auto found = redact::commitment_in(answer);
  if (!found || *found != *said) {
    flaw_of_file(result, found ? "the picture's cells are not those that were committed to"
                               : "the picture could not be opened: " + found.error().what);
    return checked;
  }
  checked.cells = said;
  return checked;
}

}  // namespace scr::steps
