// SPDX-License-Identifier: Apache-2.0
#include "report/internal/chain.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

std::string count(Language language, std::uint64_t n) {
  return number(language, static_cast<std::int64_t>(n));
}

// Entries are names, not amounts: their digits are not grouped.
std::string entry(std::uint64_t index) {
  return std::to_string(index);
}

std::vector<std::string> reading_steps(Language language, const entry::SheetRead& sheet) {
  const bool jointly = sheet.method.starts_with("joint");
  std::vector<std::string> steps{say(language, jointly ? "picture.code_joint" : "picture.code",
                                     {{"stage", plain(sheet.stage)},
                                      {"errors", count(language, sheet.errors)},
                                      {"erasures", count(language, sheet.erasures)},
                                      {"margin", count(language, sheet.margin)}})};
  steps.push_back(sheet.compared == 0 ? say(language, "picture.print_none")
                                      : say(language, "picture.print",
                                            {{"agree", count(language, sheet.agree)},
                                             {"compared", count(language, sheet.compared)}}));
  for (const entry::PrintDiffers& one : sheet.contradictions) {
    steps.push_back(say(language, "picture.contradiction",
                        {{"row", plain(one.name)},
                         {"printed", count(language, one.printed)},
                         {"coded", count(language, one.coded)}}));
  }
  return steps;
}

}  // namespace

std::vector<std::string> picture_steps(Language language, const derive::PictureOnFile& on_file) {
  const derive::PictureRead& picture = *on_file.picture;
  const entry::SheetRead* sheet = picture.read();
  const auto evidence = sheet ? sheet->evidence : picture.unread()->evidence;
  std::vector<std::string> steps{
      say(language, "picture.received",
          {{"hash", picture.sha256.hex()}, {"entry", entry(evidence.value())}})};
  if (sheet) {
    steps.push_back(say(language, "picture.read", {{"entry", entry(picture.index.value())}}));
    for (std::string& step : reading_steps(language, *sheet)) steps.push_back(std::move(step));
  } else {
    steps.push_back(say(
        language, "picture.unread",
        {{"entry", entry(picture.index.value())}, {"reason", plain(picture.unread()->reason)}}));
  }
  if (picture.zero_report) steps.push_back(say(language, "picture.zero"));
  std::vector<std::string> repeats;
  for (const derive::PictureRead* other : on_file.repeats)
    repeats.push_back(entry(other->index.value()));
  if (!repeats.empty())
    steps.push_back(say(language, "picture.repeats", {{"entries", joined(repeats, ", ")}}));
  if (on_file.withheld)
    steps.push_back(say(language, "picture.withheld",
                        {{"entry", entry(on_file.withheld->index.value())},
                         {"reason", say(language, std::string("withheld.") +
                                                      entry::name_of(on_file.withheld->reason))}}));
  if (on_file.bears) steps.push_back(say(language, "picture.bears"));
  return steps;
}

std::vector<std::string> counting_steps(Language language, const derive::RecordState& state,
                                        const derive::Dossier& dossier) {
  if (!dossier.accepted) return {say(language, "show.counts_not")};
  std::vector<std::string> entries;
  for (const std::uint64_t index : dossier.accepted->borne_by) entries.push_back(entry(index));
  std::vector<std::string> units;
  for (const election::UnitOrdinal ordinal : dossier.sums) {
    const election::Unit& unit = state.geography.unit(ordinal);
    const std::string name = unit_name(language, state.definition, unit);
    const std::string id = plain(unit.id.value());
    units.push_back(name == id ? id : id + " " + name);
  }
  return {say(language, "show.counts", {{"entry", entry(dossier.accepted->basis)}}),
          say(language, "show.borne", {{"entries", joined(entries, ", ")}}),
          say(language, "show.sums", {{"units", joined(units, ", ")}})};
}

std::string file_of(const derive::RecordState& state, const review::Transcript& transcript) {
  if (transcript.picture) return transcript.picture->sha256.hex();
  // Its import is the last one before it.
  const derive::Import* import = nullptr;
  for (const derive::Import& each : state.imports) {
    if (each.index.value() < transcript.figures.basis) import = &each;
  }
  const auto* evidence = import ? state.evidence_at(import->imported.evidence) : nullptr;
  return evidence ? evidence->received.sha256.hex() : "";
}

std::string heading_of(Language language, const derive::RecordState& state,
                       const review::Transcript& transcript) {
  return say(language, "show.by",
             {{"source", plain(state.sources[transcript.source.value()].value())},
              {"entry", entry(transcript.figures.basis)},
              {"hash", file_of(state, transcript)}});
}

std::string candidates_of(Language language, const entry::PrintedRow& row) {
  std::vector<std::string> values;
  for (const entry::LikelyNumber& one : row.likeliest) {
    const auto share = Fraction::of(static_cast<std::int64_t>(one.millionths), 1'000'000);
    values.push_back(say(language, "picture.share",
                         {{"value", count(language, one.value)},
                          {"percent", share ? percent(language, *share, 1) : "?"}}));
  }
  return plain(row.name) + ": " + joined(values, ", ");
}

}  // namespace scr::report::internal
