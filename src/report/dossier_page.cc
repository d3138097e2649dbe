// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <utility>

#include "base/bytes.h"
#include "report/dossier.h"
#include "report/internal/chain.h"
#include "report/internal/figure.h"
#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/internal/plain.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::element;
using internal::escaped;
using internal::text_element;

std::string list_of(const std::vector<std::string>& steps) {
  std::string items;
  for (const std::string& step : steps) items += text_element("li", "", step) + "\n";
  return element("ol", "class=\"plain\"", items) + "\n";
}

std::string image(const std::string& jpeg, const std::string& words) {
  return "<img alt=\"" + escaped(words) + "\" src=\"data:image/jpeg;base64," +
         to_base64(bytes_of(jpeg)) + "\">";
}

// A crop with what it shows beneath it.
std::string crop(const std::string& jpeg, const std::string& words) {
  return element("figure", "",
                 (jpeg.empty() ? "" : image(jpeg, words)) + text_element("figcaption", "", words));
}

std::string whole_picture(Language language, const PictureViews& views,
                          const derive::PictureRead& picture) {
  if (views.whole.empty()) return text_element("p", "", say(language, "picture.not_at_hand"));
  return image(views.whole, picture.sha256.hex());
}

// Each printed number that is not what the code says, beside the code.
std::string contradictions(Language language, const entry::SheetRead& sheet,
                           const PictureViews& views) {
  if (sheet.contradictions.empty()) return "";
  std::string out = text_element("h3", "", say(language, "show.contradictions"));
  for (std::size_t i = 0; i < sheet.contradictions.size(); ++i) {
    const entry::PrintDiffers& one = sheet.contradictions[i];
    const auto count = [&](std::uint64_t n) {
      return number(language, static_cast<std::int64_t>(n));
    };
    out += element(
        "div", "class=\"beside\"",
        crop(i < views.rows.size() ? views.rows[i] : "",
             say(language, "picture.printed",
                 {{"n", count(one.printed)}, {"row", internal::plain(one.name)}})) +
            crop(views.code, say(language, "picture.code_says", {{"n", count(one.coded)}})));
  }
  return out;
}

std::string picture_part(Language language, const derive::PictureOnFile& on_file,
                         const PictureViews& views) {
  return element("section", "class=\"sheet\"",
                 list_of(internal::picture_steps(language, on_file)) +
                     contradictions(language, *on_file.picture->read(), views) +
                     whole_picture(language, views, *on_file.picture)) +
         "\n";
}

std::string transcripts(Language language, const derive::RecordState& state,
                        const derive::Dossier& dossier) {
  internal::HtmlTable table;
  table.columns = {{say(language, "word.source"), false},
                   {say(language, "tally.valid")},
                   {say(language, "tally.null")},
                   {say(language, "tally.invalid")}};
  for (const election::Option& option : state.definition.options)
    table.columns.push_back({internal::option_name(state.definition, option.id)});
  for (const review::Transcript* transcript : dossier.transcripts) {
    const review::StationReturn& figures = transcript->figures;
    std::vector<std::string> row{
        internal::plain(state.sources[transcript->source.value()].value()) + " (" +
        std::to_string(figures.basis) + ")"};
    for (const election::Votes votes : {figures.valid, figures.null, figures.invalid})
      row.push_back(number(language, votes.count()));
    for (const election::Votes votes : figures.votes)
      row.push_back(number(language, votes.count()));
    table.rows.push_back(std::move(row));
  }
  const std::string title = say(language, "show.transcripts");
  return text_element("h2", "", title) + internal::table_html(title, table);
}

std::string findings(Language language, const derive::Dossier& dossier) {
  if (dossier.findings.empty()) return "";
  std::vector<std::string> lines;
  for (const checks::Finding& finding : dossier.findings) {
    lines.push_back(say(language, key_of(finding.code)) +
                    (finding.set_aside ? " (" + say(language, "findings.set_aside") + ")" : ""));
  }
  return text_element("h2", "", say(language, "findings.title")) +
         text_element("p", "", say(language, "findings.lead")) + list_of(lines);
}

std::string station_version(Language language, const derive::RecordState& state,
                            const derive::Dossier& dossier, std::span<const PictureViews> views) {
  std::string out =
      text_element("h1", "", say(language, "show.station", {{"station", dossier.station.value()}}));
  out += list_of(internal::counting_steps(language, state, dossier));
  if (!dossier.transcripts.empty()) out += transcripts(language, state, dossier);
  out += findings(language, dossier);
  if (!dossier.pictures.empty()) out += text_element("h2", "", say(language, "show.chain"));
  for (std::size_t i = 0; i < dossier.pictures.size(); ++i)
    out += picture_part(language, dossier.pictures[i], views[i]);
  return out;
}

std::string unread_part(Language language, const derive::PictureOnFile& on_file,
                        const PictureViews& views) {
  std::string rows;
  const auto& printed = on_file.picture->unread()->printed;
  for (std::size_t i = 0; i < printed.size(); ++i) {
    rows += crop(i < views.rows.size() ? views.rows[i] : "",
                 internal::candidates_of(language, printed[i]));
  }
  if (!rows.empty())
    rows = text_element("h3", "", say(language, "picture.candidates")) +
           element("div", "class=\"beside\"", rows);
  return element("section", "class=\"sheet\"",
                 list_of(internal::picture_steps(language, on_file)) +
                     whole_picture(language, views, *on_file.picture) + rows) +
         "\n";
}

std::string unread_version(Language language, std::span<const derive::PictureOnFile> waiting,
                           std::span<const PictureViews> views) {
  std::string out = text_element("h1", "", say(language, "show.unread"));
  out += text_element("p", "",
                      say(language, waiting.empty() ? "show.unread_none" : "show.unread_lead"));
  for (std::size_t i = 0; i < waiting.size(); ++i)
    out += unread_part(language, waiting[i], views[i]);
  return out;
}

}  // namespace

std::string dossier_page(Language default_language, const derive::RecordState& state,
                         const derive::Dossier& dossier, std::span<const PictureViews> views) {
  return internal::framed_page(
      default_language,
      say(default_language, "show.station", {{"station", dossier.station.value()}}),
      station_version(Language::en, state, dossier, views),
      station_version(Language::es, state, dossier, views), internal::Pictures::inside);
}

std::string unread_page(Language default_language, std::span<const derive::PictureOnFile> waiting,
                        std::span<const PictureViews> views) {
  return internal::framed_page(default_language, say(default_language, "show.unread"),
                               unread_version(Language::en, waiting, views),
                               unread_version(Language::es, waiting, views),
                               internal::Pictures::inside);
}

}  // namespace scr::report
