// SPDX-License-Identifier: Apache-2.0
#include "steps/stranger_files.h"

#include "bundle/stranger.h"
#include "bundle/verifier_files.h"
#include "derive/conclusions.h"
#include "receipt/proof_file.h"
#include "record/snapshot.h"
#include "report/page.h"
#include "steps/derived_files.h"
#include "steps/provable_log.h"

namespace scr::steps {
namespace {

// A proof for each station that counts: the entry whose figures it has is in the log.
Result<void> put_proofs(const view::OpenRecord& record, const derive::RecordState& counted,
                        BundleSink& sink) {
  SCR_TRY(log, ProvableLog::open(record.folder));
  if (log.root() != record.root) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; publish it again",
                record.folder.string());
  }
  SCR_TRY(selection, derive::select(counted, {}));
  SCR_TRY(count, derive::count(counted, selection));
  for (const review::StationReturn& one : count.returns) {
    SCR_TRY(proof, log.proof_file(one.basis));
    SCR_TRY_VOID(sink.put(receipt::proof_path(one.basis), proof));
  }
  return {};
}

}  // namespace

Result<void> put_result(const Judged& judged, const StatedResult& stated, report::Language language,
                        BundleSink& sink) {
  SCR_TRY_VOID(sink.put(kResultFile, stated.bytes + "\n"));
  return sink.put("index.html", report::page(judged.facts(), language));
}

Result<void> put_for_strangers(const view::OpenRecord& record, const StatedResult& stated,
                               const HasBeside& beside, BundleSink& sink) {
  SCR_TRY(before, view::open_record_at(record.folder, stated.rests_on));
  SCR_TRY(derived, derived_files(before.state, stated.bytes));
  SCR_TRY_VOID(sink.put(kCsvFile, derived.at(kCsvFile)));
  SCR_TRY_VOID(sink.put(kParquetFile, derived.at(kParquetFile)));
  SCR_TRY_VOID(put_proofs(record, before.state, sink));
  for (const bundle::VerifierFile& file : bundle::verifier_files())
    SCR_TRY_VOID(sink.put("verifier/" + std::string(file.path), file.bytes));
  SCR_TRY(vkey, record::read_vkey(record.folder));
  bundle::Identity identity{.title = record.state.definition.title.in("en"),
                            .origin = record.state.genesis.origin,
                            .vkey = vkey.text(),
                            .tree_size = record.size,
                            .root = record.root,
                            .result_sha256 = stated.digest.hex(),
                            .has_policy = beside.policy,
                            .has_checksums = beside.checksums};
  SCR_TRY_VOID(sink.put("README.txt", bundle::readme_en(identity)));
  identity.title = record.state.definition.title.in("es");
  return sink.put("LEEME.txt", bundle::readme_es(identity));
}

}  // namespace scr::steps
