// SPDX-License-Identifier: Apache-2.0
#include "verify/verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "canon/document.h"
#include "entry/entry.h"
#include "intake/import_entries.h"
#include "intake/mapping.h"
#include "intake/picture_entry.h"
#include "intake/read_returns.h"
#include "note/checkpoint.h"
#include "verify/internal/problems.h"
#include "verify/internal/redacted_pictures.h"
#include "verify/tree_check.h"

namespace scr::verify {
namespace {

std::string evidence_path(const Digest& digest) {
  const std::string hex = digest.hex();
  return "evidence/" + hex.substr(0, 2) + "/" + hex;
}

std::string entry_name(std::uint64_t index) {
  return "entry " + std::to_string(index);
}

// The state after the entries; nothing if not even the genesis holds.
std::optional<derive::RecordState> fold_entries(const Bundle& bundle,
                                                std::span<const std::string_view> entries,
                                                Problems& problems) {
  if (entries.empty()) {
    problems.add("log", "is empty: not even its first entry");
    return std::nullopt;
  }
  canon::Document scratch;
  const auto first = entry::decode(entries.front(), scratch);
  const auto* genesis = first ? std::get_if<entry::Genesis>(&*first) : nullptr;
  if (!genesis) {
    problems.add(entry_name(0), first ? "is not a genesis" : to_string(first.error()));
    return std::nullopt;
  }
  derive::FilesByName files;
  for (const entry::DefinitionFile& named : genesis->files) {
    const bool plain =
        !named.name.empty() && named.name[0] != '.' && named.name.find('/') == std::string::npos;
    auto text = plain ? bundle.read(named.name)
                      : Result<std::string>(fail(ErrorCode::bad_input, "not a plain file name"));
    if (text) files[named.name] = std::move(*text);
  }
  derive::Fold fold(std::move(files));
  for (std::string_view entry : entries) {
    const auto taken = fold.take(entry);
    if (!taken) {
      problems.add(taken.error());
      return std::nullopt;
    }
  }
  auto state = std::move(fold).finish();
  if (!state) {
    problems.add(state.error());
    return std::nullopt;
  }
  return std::move(*state);
}

void check_grammar(const derive::RecordState& state, Report& report, Problems& problems) {
  problems.checked(state.size);
  if (state.genesis.origin != report.origin) {
    problems.add(entry_name(0), "names another log: " + state.genesis.origin);
  }
  if (state.genesis.election != state.definition.id) {
    problems.add(entry_name(0), "names another election than its definition does");
  }
  for (const derive::Disregarded& entry : state.disregarded) {
    if (entry.unknown_type) {
      report.unknown_types.push_back({entry_name(entry.index.value()), entry.why});
    } else {
      problems.add(entry_name(entry.index.value()), entry.why);
    }
  }
  for (const derive::Import& import : state.imports) {
    const entry::ReturnsImported& said = import.imported;
    if (import.rows_seen == said.rows && import.names_seen == said.names &&
        import.refused_seen == said.refused) {
      continue;
    }
    problems.add(entry_name(import.index.value()),
                 "is not followed by the names, rows and refusals that it announces");
  }
}

// A picture or container: it need not be at hand, and is not kept in memory.
void check_withheld(const Bundle& bundle, const derive::Evidence& evidence, Report& report,
                    Problems& problems) {
  const std::string path = evidence_path(evidence.received.sha256);
  const auto hashed = bundle.hashed(path);
  if (!hashed && hashed.error().code == ErrorCode::not_found) {
    ++report.pictures_withheld;
  } else if (!hashed) {
    problems.add(path, to_string(hashed.error()));
  } else if (hashed->first != evidence.received.sha256) {
    problems.add(path, "is not the file that was received: its hash differs");
  } else if (hashed->second != evidence.received.size) {
    problems.add(entry_name(evidence.index.value()), "says another size than the file has");
  }
}

// The files of evidence that are what their entries name, by hash.
std::map<Digest, std::string> check_evidence(const Bundle& bundle, const derive::RecordState& state,
                                             Report& report, Problems& problems) {
  std::map<Digest, std::string> files;
  for (const derive::Evidence& evidence : state.evidence) {
    const Digest& digest = evidence.received.sha256;
    problems.checked();
    if (files.count(digest) > 0) continue;
    if (is_withheld(evidence.received.kind)) {
      check_withheld(bundle, evidence, report, problems);
      continue;
    }
    auto text = bundle.read(evidence_path(digest));
    if (!text) {
      problems.add(evidence_path(digest), to_string(text.error()));
    } else if (sha256(bytes_of(*text)) != digest) {
      problems.add(evidence_path(digest), "is not the file that was received: its hash differs");
    } else if (text->size() != evidence.received.size) {
      problems.add(entry_name(evidence.index.value()), "says another size than the file has");
    } else {
      files[digest] = std::move(*text);
    }
  }
  return files;
}

using Files = std::map<Digest, std::string>;

// The mapping of an import, parsed; null if columns are by convention.
Result<std::optional<intake::Mapping>> mapping_of(const derive::RecordState& state,
                                                  const derive::Import& import,
                                                  const Files& files) {
  if (!import.imported.mapping) return std::optional<intake::Mapping>();
  const derive::Evidence* evidence = state.evidence_at(*import.imported.mapping);
  const auto text = files.find(evidence->received.sha256);
  if (text == files.end()) return fail(ErrorCode::not_found, "its mapping is not at hand");
  SCR_TRY(mapping, intake::parse_mapping(text->second, state.definition));
  return std::optional(std::move(mapping));
}

// Reads the evidence of an import again and compares entry by entry.
Result<void> reread(const derive::RecordState& state, const derive::Import& import,
                    const Files& files, std::span<const std::string_view> entries) {
  const derive::Evidence* evidence = state.evidence_at(import.imported.evidence);
  const auto text = files.find(evidence->received.sha256);
  if (text == files.end()) return fail(ErrorCode::not_found, "its file is not at hand");
  SCR_TRY(mapping, mapping_of(state, import, files));
  SCR_TRY(read,
          intake::read_returns(text->second, mapping ? &*mapping : nullptr, state.definition));
  std::vector<std::string> again;
  intake::append_import_entries(read, import.imported, import.index, again);
  const std::uint64_t begin = import.index.value();
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (begin + i >= entries.size() || entries[begin + i] != again[i]) {
      return fail(ErrorCode::untrusted, "is not what the file says", entry_name(begin + i));
    }
  }
  return {};
}

std::vector<entry::Claim> check_readings(const derive::RecordState& state, const Files& files,
                                         std::span<const std::string_view> entries,
                                         Problems& problems) {
  for (const derive::Import& import : state.imports) {
    problems.checked(import.imported.rows + 1);
    const auto same = at(entry_name(import.index.value()), reread(state, import, files, entries));
    if (!same) problems.add(same.error());
  }
  std::vector<entry::Claim> claims;
  for (const derive::ClaimOnRecord& on_record : state.claims) {
    problems.checked();
    const std::string where = entry_name(on_record.index.value());
    const auto text = files.find(on_record.evidence);
    if (text == files.end()) {
      problems.add(where, "the file of the claim is not at hand");
      continue;
    }
    auto claim = entry::parse_claim(text->second, state.definition);
    if (!claim) {
      problems.add(where, to_string(claim.error()));
    } else if (claim->id != on_record.made.claim) {
      problems.add(where, "the file says another claim: " + claim->id.value());
    } else {
      claims.push_back(std::move(*claim));
    }
  }
  return claims;
}

// What is wrong with an entry if its picture, read again, says `again`; nothing if nothing is.
std::optional<std::string> differs(const derive::RecordState& state,
                                   const derive::PictureRead& picture, std::string_view entry,
                                   const reading::ReadSheet& again, Report& report) {
  if (const entry::SheetRead* sheet = picture.read()) {
    if (!again.code) return "is not to be read off its picture";
    if (again.code->payload != sheet->payload) return "is not what its picture says";
    const auto made = intake::picture_entry(again, state.definition, sheet->evidence, sheet->at);
    if (made.bytes == entry) return std::nullopt;
    return "has the payload of its picture, but otherwise another reading of it";
  }
  const entry::PictureUnread& unread = *picture.unread();
  // A reader that died, or was too slow, left no fingerprint.
  if (again.fingerprint && unread.fingerprint && *again.fingerprint != *unread.fingerprint)
    return "has not the fingerprint of its picture";
  const auto made = intake::picture_entry(again, state.definition, unread.evidence, unread.at);
  if (made.unread.empty()) {
    ++report.pictures_legible_now;
    return std::nullopt;
  }
  if (made.bytes == entry || made.unread != unread.reason) return std::nullopt;
  return "has not the printed numbers of its picture";
}

// Reads the pictures that are at hand again. That one can be read that could not be is no fault of
// the record by itself - a reader may have run out of time - but it is counted: whoever keeps a
// record could hide sheets so.
void check_pictures(const Bundle& bundle, const derive::RecordState& state,
                    std::span<const std::string_view> entries, const ReadAgain& read_again,
                    Report& report, Problems& problems) {
  std::vector<const derive::PictureRead*> at_hand;
  for (const derive::PictureRead& picture : state.pictures) {
    if (bundle.has(evidence_path(picture.sha256))) at_hand.push_back(&picture);
  }
  if (at_hand.empty()) return;
  const auto done = read_again(
      at_hand.size(), [&](std::size_t i) { return bundle.read(evidence_path(at_hand[i]->sha256)); },
      [&](std::size_t i, const reading::ReadSheet& again) {
        const std::uint64_t index = at_hand[i]->index.value();
        problems.checked();
        ++report.pictures_read_again;
        const auto wrong = differs(state, *at_hand[i], entries[index], again, report);
        if (wrong) problems.add(entry_name(index), *wrong);
      });
  if (!done) problems.add(done.error());
}

// Each stated result, worked out again from the entries before it.
void check_results(const Bundle& bundle, const derive::RecordState& whole, const Files& files,
                   std::span<const std::string_view> entries, const ResultOf& result_of,
                   Report& report, Problems& problems) {
  for (const derive::StatedResult& stated : whole.results) {
    problems.checked();
    StatedResult seen{stated.index.value(), stated.stated.size, stated.stated.sha256, false};
    LevelReport scratch;
    Problems before(scratch);
    const auto state = fold_entries(bundle, entries.first(stated.stated.size), before);
    if (state) {
      const auto claims = check_readings(*state, files, entries, before);
      if (claims.size() == state->claims.size()) {
        const auto bytes = result_of(*state, claims);
        seen.follows = bytes && sha256(bytes_of(*bytes)) == stated.stated.sha256;
      }
    }
    if (!seen.follows) {
      problems.add(entry_name(seen.entry), "states a result that does not follow from the log");
    }
    report.results.push_back(seen);
  }
}

}  // namespace

Report verify(const Bundle& bundle, const note::Vkey& key, bool key_from_outside,
              const ResultOf& result_of, const ReadAgain& read_again,
              const CheckRedacted& check_redacted) {
  Report report;
  report.key_from_outside = key_from_outside;
  for (int level = 0; level < kLevels; ++level) {
    report.levels.push_back({.level = static_cast<Level>(level)});
  }
  const auto level = [&](Level wanted) -> LevelReport& {
    return report.levels[static_cast<std::size_t>(wanted)];
  };

  Problems signature(level(Level::signature));
  signature.checked();
  const auto text = bundle.read("log/checkpoint");
  const auto checkpoint = text ? note::open_checkpoint(*text, key)
                               : Result<note::Checkpoint>(tl::unexpected(text.error()));
  if (!checkpoint) {
    signature.add("log/checkpoint", to_string(checkpoint.error()));
    return report;
  }
  report.origin = checkpoint->origin;
  report.tree_size = checkpoint->tree_size;
  report.root = checkpoint->root;

  const LogEntries log = check_tree(bundle, *checkpoint, key, level(Level::tree));
  if (!level(Level::tree).holds()) return report;  // what follows would be about other entries

  Problems grammar(level(Level::grammar));
  const auto state = fold_entries(bundle, log.entries, grammar);
  if (!state) return report;
  check_grammar(*state, report, grammar);
  for (const election::SourceId& source : state->sources) report.sources.push_back(source.value());

  Problems evidence(level(Level::evidence));
  const Files files = check_evidence(bundle, *state, report, evidence);
  const auto shown = check_redacted_pictures(bundle, *state, check_redacted, report, evidence);

  Problems readings(level(Level::readings));
  check_readings(*state, files, log.entries, readings);
  check_pictures(bundle, *state, log.entries, read_again, report, readings);
  reread_redacted_pictures(bundle, *state, shown, read_again, report, readings);

  Problems result(level(Level::result));
  check_results(bundle, *state, files, log.entries, result_of, report, result);
  return report;
}

}  // namespace scr::verify
