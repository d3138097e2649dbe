// SPDX-License-Identifier: Apache-2.0
//
// The order matters: first the files are durable as evidence, then all entries go to the log in one
// append, which is durable and signed when it returns. A crash before that leaves at most a file of
// evidence that no entry names, which a second run finds and uses.
#include "steps/import_returns.h"

#include <chrono>
#include <utility>
#include <vector>

#include "entry/entry.h"
#include "intake/import_entries.h"
#include "intake/mapping.h"
#include "intake/read_returns.h"
#include "os/files.h"
#include "record/evidence.h"
#include "steps/open_log.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

struct MappingText {
  std::string text;
  std::string where;
};

// The mapping that applies: given, the definition's, or none.
Result<std::optional<MappingText>> mapping_text(const ImportRequest& request,
                                                const view::OpenDefinition& opened) {
  if (request.mapping) {
    SCR_TRY(text, os::read_text(*request.mapping));
    return std::optional(MappingText{std::move(text), request.mapping->string()});
  }
  if (!opened.definition.mapping) return std::optional<MappingText>();
  const std::string& name = opened.definition.mapping->file;
  return std::optional(MappingText{opened.files.at(name), name});
}

bool is_source_name(const std::string& name) {
  if (name.empty() || name.size() > 64) return false;
  for (char c : name) {
    const bool good =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (!good) return false;
  }
  return true;
}

// The import of this very file from this source that is on record already, if there is one.
Result<std::optional<Imported>> earlier_import(const ImportRequest& request, const Digest& file) {
  SCR_TRY(record, view::open_record(request.record));
  for (const derive::Import& import : record.state.imports) {
    const derive::Evidence* evidence = record.state.evidence_at(import.imported.evidence);
    if (!evidence || evidence->received.sha256 != file) continue;
    if (import.imported.source != request.source) continue;
    return std::optional(Imported{.already_there = true,
                                  .rows = import.imported.rows,
                                  .refused = import.imported.refused,
                                  .first_entry = import.index.value(),
                                  .tree_size = record.size});
  }
  return std::optional<Imported>();
}

}  // namespace

Result<Imported> import_returns(const ImportRequest& request, os::Clock& clock) {
  const auto started = std::chrono::steady_clock::now();
  if (!is_source_name(request.source.value())) {
    return fail(ErrorCode::bad_input,
                "a source's name has 1 to 64 lower-case letters, digits, '-', '.' or '_'",
                request.source.value());
  }
  if (request.source.value() == derive::kSheetsSource) {
    return fail(ErrorCode::bad_input,
                "that name is for what this program reads off pictures itself; take another",
                request.source.value());
  }
  SCR_TRY(file, os::read_text(request.file));
  SCR_TRY(opened, view::open_definition(request.record));
  const Digest file_digest = sha256(bytes_of(file));
  record::EvidenceStore evidence(request.record);
  SCR_TRY_VOID(finish_what_was_cut_off(request.record));
  if (evidence.has(file_digest)) {
    SCR_TRY(earlier, earlier_import(request, file_digest));
    if (earlier) return *earlier;
  }

  SCR_TRY(mapping_file, mapping_text(request, opened));
  std::optional<intake::Mapping> mapping;
  if (mapping_file) {
    SCR_TRY(parsed,
            at(mapping_file->where, intake::parse_mapping(mapping_file->text, opened.definition)));
    mapping = std::move(parsed);
  }
  SCR_TRY(read, at(request.file.string(),
                   intake::read_returns(file, mapping ? &*mapping : nullptr, opened.definition)));

  // The log is opened before anything is written, so that a second writer is refused early.
  SCR_TRY(log, open_log(request.record));
  SCR_TRY_VOID(evidence.put(bytes_of(file)));
  if (mapping_file) {
    SCR_TRY_VOID(evidence.put(bytes_of(mapping_file->text)));
  }
  const std::uint64_t first = log.size();
  std::vector<std::string> entries;
  entries.reserve(read.rows.size() + read.names.size() + read.refused.size() + 3);
  const entry::ClaimedTime now(clock.now());
  entries.push_back(
      encode(entry::EvidenceReceived{now, entry::EvidenceKind::returns, file_digest, file.size()}));
  entry::ReturnsImported imported;
  imported.at = now;
  imported.evidence = entry::EntryIndex(first);
  imported.source = request.source;
  if (mapping_file) {
    entries.push_back(encode(entry::EvidenceReceived{now, entry::EvidenceKind::mapping,
                                                     sha256(bytes_of(mapping_file->text)),
                                                     mapping_file->text.size()}));
    imported.mapping = entry::EntryIndex(first + 1);
  }
  const std::uint64_t head = first + entries.size();
  intake::append_import_entries(read, imported, entry::EntryIndex(head), entries);
  SCR_TRY_VOID(log.append(entries));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  return Imported{.already_there = false,
                  .rows = read.rows.size(),
                  .refused = read.refused.size(),
                  .first_entry = head,
                  .tree_size = log.size(),
                  .seconds = took.count()};
}

}  // namespace scr::steps
