// SPDX-License-Identifier: Apache-2.0
#include "verify/verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "canon/document.h"
#include "entry/entry.h"
#include "intake/import_entries.h"
#include "intake/mapping.h"
#include "intake/picture_entry.h"
#include "intake/read_returns.h"
#include "merkle/tree.h"
#include "note/checkpoint.h"
#include "note/signed_note.h"
#include "verify/internal/problems.h"
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

// A file of evidence, as it was found.
struct FileSeen {
  const derive::Evidence* evidence = nullptr;
  Result<std::pair<Digest, std::uint64_t>> hashed = fail(ErrorCode::not_found, "was not looked at");
  std::string text;  // kept, unless it is a picture or container
};

void look_at(const Bundle& bundle, FileSeen& file) {
  const entry::EvidenceReceived& received = file.evidence->received;
  const std::string path = evidence_path(received.sha256);
  if (is_withheld(received.kind)) {
    file.hashed = bundle.hashed(path);
    return;
  }
  auto text = bundle.read(path);
  if (!text) {
    file.hashed = tl::unexpected(std::move(text).error());
    return;
  }
  file.text = std::move(*text);
  file.hashed = std::pair(sha256(bytes_of(file.text)), std::uint64_t{file.text.size()});
}

// Each file once, whatever number of entries names it.
std::vector<FileSeen> files_of(const derive::RecordState& state) {
  std::vector<FileSeen> files;
  std::set<Digest> seen;
  for (const derive::Evidence& evidence : state.evidence) {
    if (seen.insert(evidence.received.sha256).second) files.push_back({&evidence});
  }
  return files;
}

// Files that are looked at between two words about how far it is.
constexpr std::size_t kAtATime = 512;

// The files of evidence that are what their entries name, by hash. A picture or container need not
// be at hand, and is not kept in memory.
std::map<Digest, std::string> check_evidence(const Bundle& bundle, const derive::RecordState& state,
                                             const Means& means, Report& report,
                                             Problems& problems) {
  problems.checked(state.evidence.size());
  std::vector<FileSeen> files = files_of(state);
  for (std::size_t begin = 0; begin < files.size(); begin += kAtATime) {
    const std::size_t count = std::min(kAtATime, files.size() - begin);
    bundle.for_each(count, [&](std::size_t i) { look_at(bundle, files[begin + i]); });
    if (means.tell) means.tell(Level::evidence, begin + count, files.size());
  }
  std::map<Digest, std::string> sound;
  for (FileSeen& file : files) {
    const entry::EvidenceReceived& received = file.evidence->received;
    const std::string path = evidence_path(received.sha256);
    const bool withheld = is_withheld(received.kind);
    if (!file.hashed && withheld && file.hashed.error().code == ErrorCode::not_found) {
      ++report.pictures_withheld;
    } else if (!file.hashed) {
      problems.add(path, to_string(file.hashed.error()));
    } else if (file.hashed->first != received.sha256) {
      problems.add(path, "is not the file that was received: its hash differs");
    } else if (file.hashed->second != received.size) {
      problems.add(entry_name(file.evidence->index.value()), "says another size than the file has");
    } else if (!withheld) {
      sound[received.sha256] = std::move(file.text);
    }
  }
  return sound;
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

// All that a reading depends on, but for the program that reads.
Digest reading_name(const derive::RecordState& state, std::string_view entry,
                    const Digest& picture) {
  Sha256 hash;
  hash.add(bytes_of(std::string_view("scrutineer reading v1\n")));
  hash.add(state.genesis.files.front().sha256.view());
  hash.add(merkle::leaf_hash(bytes_of(entry)).view());
  return hash.add(picture.view()).finish();
}

// The pictures at hand that are to be read again.
std::vector<const derive::PictureRead*> chosen_pictures(const Bundle& bundle,
                                                        const derive::RecordState& state,
                                                        const Readings& readings, Report& report) {
  std::vector<const derive::PictureRead*> at_hand;
  for (const derive::PictureRead& picture : state.pictures) {
    if (bundle.has(evidence_path(picture.sha256))) at_hand.push_back(&picture);
  }
  if (!readings.sample || readings.sample->size >= at_hand.size()) return at_hand;
  std::vector<std::pair<Digest, const derive::PictureRead*>> drawn;
  for (const derive::PictureRead* picture : at_hand) {
    const std::string ticket = readings.sample->seed + "\n" + picture->sha256.hex();
    drawn.emplace_back(sha256(bytes_of(ticket)), picture);
  }
  // One picture read twice has two entries and one ticket: then the earlier entry comes first.
  std::sort(drawn.begin(), drawn.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->index < b.second->index;
  });
  report.pictures_not_in_sample = at_hand.size() - readings.sample->size;
  at_hand.clear();
  for (std::size_t i = 0; i < readings.sample->size; ++i) at_hand.push_back(drawn[i].second);
  return at_hand;
}

// Reads the pictures that are at hand again. That one can be read that could not be is no fault of
// the record by itself - a reader may have run out of time - but it is counted: whoever keeps a
// record could hide sheets so.
void check_pictures(const Bundle& bundle, const derive::RecordState& state,
                    std::span<const std::string_view> entries, const Means& means,
                    const Readings& readings, Report& report, Problems& problems) {
  auto chosen = chosen_pictures(bundle, state, readings, report);
  const auto name_of_reading = [&](const derive::PictureRead& picture) {
    return reading_name(state, entries[picture.index.value()], picture.sha256);
  };
  if (readings.was_done) {
    report.pictures_done_before = std::erase_if(
        chosen, [&](const auto* one) { return readings.was_done(name_of_reading(*one)); });
  }
  if (chosen.empty()) return;
  const auto done = means.read_again(
      chosen.size(), [&](std::size_t i) { return bundle.read(evidence_path(chosen[i]->sha256)); },
      [&](std::size_t i, const reading::ReadSheet& again) {
        const std::uint64_t index = chosen[i]->index.value();
        problems.checked();
        ++report.pictures_read_again;
        const std::uint64_t legible = report.pictures_legible_now;
        const auto wrong = differs(state, *chosen[i], entries[index], again, report);
        if (wrong) problems.add(entry_name(index), *wrong);
        // What has to be told of once more is looked at once more.
        if (!wrong && legible == report.pictures_legible_now && readings.now_done)
          readings.now_done(name_of_reading(*chosen[i]));
        if (means.tell) means.tell(Level::readings, report.pictures_read_again, chosen.size());
      });
  if (!done) problems.add(done.error());
}

// Files of the bundle that follow from the log, made again. Nobody needs them to verify; but people
// read them, so a bundle that carries others is a false one.
void check_derived(const Bundle& bundle, const derive::RecordState& state,
                   const std::string& result, const DerivedOf& derived_of, Report& report,
                   Problems& problems) {
  const auto derived = derived_of(state, result);
  if (!derived) return problems.add(derived.error());
  for (const auto& [path, bytes] : *derived) {
    if (!bundle.has(path)) continue;
    problems.checked();
    ++report.derived_compared;
    const auto there = bundle.read(path);
    if (!there) {
      problems.add(path, to_string(there.error()));
    } else if (*there != bytes) {
      problems.add(path, "is not what the log gives");
    }
  }
}

// Each stated result, worked out again from the entries before it.
void check_results(const Bundle& bundle, const derive::RecordState& whole, const Files& files,
                   std::span<const std::string_view> entries, const Means& means, Report& report,
                   Problems& problems) {
  for (const derive::StatedResult& stated : whole.results) {
    problems.checked();
    StatedResult seen{stated.index.value(), stated.stated.size, stated.stated.sha256, false};
    LevelReport scratch;
    Problems before(scratch);
    const auto state = fold_entries(bundle, entries.first(stated.stated.size), before);
    if (state) {
      const auto claims = check_readings(*state, files, entries, before);
      const auto bytes = claims.size() == state->claims.size()
                             ? means.result_of(*state, claims)
                             : Result<std::string>(fail(ErrorCode::not_found, "a claim"));
      seen.follows = bytes && sha256(bytes_of(*bytes)) == stated.stated.sha256;
      if (bytes && &stated == &whole.results.back())
        check_derived(bundle, *state, *bytes, means.derived_of, report, problems);
    }
    if (!seen.follows) {
      problems.add(entry_name(seen.entry), "states a result that does not follow from the log");
    }
    report.results.push_back(seen);
  }
}

// The checkpoint, if those who are trusted signed it.
Result<note::Checkpoint> trusted_checkpoint(const Bundle& bundle, const Trust& trust,
                                            Report& report) {
  SCR_TRY(text, bundle.read("log/checkpoint"));
  SCR_TRY(checkpoint, note::open_checkpoint(text, trust.key));
  if (!trust.policy) return checkpoint;
  SCR_TRY(opened, note::open_checkpoint(text, *trust.policy));
  const std::size_t logs = trust.policy->logs().size();
  for (const note::VerifiedSignature& one : opened.note.signatures()) {
    if (one.key >= logs)
      report.cosigned_by.push_back(trust.policy->witnesses()[one.key - logs].name);
  }
  std::sort(report.cosigned_by.begin(), report.cosigned_by.end());
  return checkpoint;
}

}  // namespace

Report verify(const Bundle& bundle, const Trust& trust, const Means& means,
              const Readings& readings) {
  Report report;
  report.key_from_outside = trust.from_outside;
  report.policy_given = trust.policy.has_value();
  for (int level = 0; level < kLevels; ++level) {
    report.levels.push_back({.level = static_cast<Level>(level)});
  }
  const auto level = [&](Level wanted) -> LevelReport& {
    return report.levels[static_cast<std::size_t>(wanted)];
  };

  Problems signature(level(Level::signature));
  signature.checked();
  const auto checkpoint = trusted_checkpoint(bundle, trust, report);
  if (!checkpoint) {
    signature.add("log/checkpoint", to_string(checkpoint.error()));
    return report;
  }
  report.origin = checkpoint->origin;
  report.tree_size = checkpoint->tree_size;
  report.root = checkpoint->root;

  const LogEntries log =
      check_tree(bundle, *checkpoint, trust.key, trust.known, level(Level::tree));
  if (!level(Level::tree).holds()) return report;  // what follows would be about other entries

  Problems grammar(level(Level::grammar));
  const auto state = fold_entries(bundle, log.entries, grammar);
  if (!state) return report;
  check_grammar(*state, report, grammar);
  for (const election::SourceId& source : state->sources) report.sources.push_back(source.value());

  Problems evidence(level(Level::evidence));
  const Files files = check_evidence(bundle, *state, means, report, evidence);

  Problems reread(level(Level::readings));
  check_readings(*state, files, log.entries, reread);
  check_pictures(bundle, *state, log.entries, means, readings, report, reread);

  Problems result(level(Level::result));
  check_results(bundle, *state, files, log.entries, means, report, result);
  return report;
}

}  // namespace scr::verify
