// SPDX-License-Identifier: Apache-2.0
#include "report/dossier.h"
#include "report/internal/chain.h"
#include "report/internal/ink.h"
#include "report/internal/plain.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::Ink;
using internal::Tone;

void add_picture(Ink& ink, Language language, const derive::PictureOnFile& on_file) {
  const auto steps = internal::picture_steps(language, on_file);
  ink.sentence(steps.front());
  for (std::size_t i = 1; i < steps.size(); ++i) ink.item("->", steps[i], Tone::quiet, "  ");
}

}  // namespace

std::string dossier_text(Language language, const derive::RecordState& state,
                         const derive::Dossier& dossier, const TextStyle& style) {
  Ink ink(style);
  ink.sentence(say(language, "show.station", {{"station", dossier.station.value()}}));
  for (const review::Transcript* transcript : dossier.transcripts) {
    const review::StationReturn one[] = {transcript->figures};
    ink.gap().raw(internal::heading_of(language, state, *transcript) + "\n");
    ink.raw(tally_text(language, state.definition, one, style));
  }
  if (!dossier.pictures.empty()) ink.heading(say(language, "show.chain"));
  for (const derive::PictureOnFile& on_file : dossier.pictures) add_picture(ink, language, on_file);
  if (!dossier.findings.empty())
    ink.gap().raw(findings_text(language, dossier.findings, 100, style));
  ink.gap();
  for (const std::string& step : internal::counting_steps(language, state, dossier))
    ink.sentence(step);
  return ink.text();
}

std::string unread_text(Language language, std::span<const derive::PictureOnFile> waiting,
                        const TextStyle& style) {
  Ink ink(style);
  if (waiting.empty()) return ink.sentence(say(language, "show.unread_none")).text();
  ink.sentence(say(language, "show.unread") + ": " +
               number(language, static_cast<std::int64_t>(waiting.size())) + ". " +
               say(language, "show.unread_lead"));
  for (const derive::PictureOnFile& on_file : waiting) {
    add_picture(ink.gap(), language, on_file);
    for (const entry::PrintedRow& row : on_file.picture->unread()->printed)
      ink.sentence(internal::candidates_of(language, row), Tone::none, "     ");
  }
  return ink.text();
}

}  // namespace scr::report
