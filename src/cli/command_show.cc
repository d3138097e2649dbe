// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/output.h"
#include "os/files.h"
#include "report/dossier.h"
#include "steps/show.h"

namespace scr::cli {
namespace {

Result<void> write_page(const std::string& file, const std::string& page, Terminal& terminal) {
  SCR_TRY_VOID(os::replace_file(file, page, os::kPublic));
  terminal.err << (terminal.language == report::Language::es ? "Página: " : "Page: ") << file
               << "\n";
  return {};
}

Result<int> show_unread(const std::vector<derive::PictureOnFile>& waiting,
                        const Arguments& arguments, steps::Showing& showing, Terminal& terminal) {
  if (terminal.json) {
    print_json(terminal, report::unread_json(waiting));
  } else {
    terminal.out << report::unread_text(terminal.language, waiting, {.colour = terminal.colour});
  }
  if (const auto file = arguments.value("--page")) {
    SCR_TRY(views, showing.views(waiting));
    SCR_TRY_VOID(
        write_page(*file, report::unread_page(terminal.language, waiting, views), terminal));
  }
  return 0;
}

Result<int> show_station(const derive::Dossier& dossier, const Arguments& arguments,
                         steps::Showing& showing, Terminal& terminal) {
  const derive::RecordState& state = showing.state();
  if (terminal.json) {
    print_json(terminal, report::dossier_json(state, dossier));
  } else {
    terminal.out << report::dossier_text(terminal.language, state, dossier,
                                         {.colour = terminal.colour});
  }
  if (const auto file = arguments.value("--page")) {
    SCR_TRY(views, showing.views(dossier.pictures));
    SCR_TRY_VOID(write_page(*file, report::dossier_page(terminal.language, state, dossier, views),
                            terminal));
  }
  return 0;
}

Result<int> run_show(const Arguments& arguments, Terminal& terminal) {
  const auto subject = arguments.value("SUBJECT");
  if (subject.has_value() == arguments.has("--unread")) {
    return fail(ErrorCode::bad_input,
                "say what to show: a station, an entry, a picture, or --unread");
  }
  SCR_TRY(showing, steps::Showing::open(terminal.record, arguments.has("--page")));
  if (!subject) {
    const auto waiting = derive::waiting_for_people(showing.state());
    return show_unread(waiting, arguments, showing, terminal);
  }
  SCR_TRY(found, showing.find(*subject));
  if (found.unread) return show_unread({*found.unread}, arguments, showing, terminal);
  return show_station(found.dossier, arguments, showing, terminal);
}

}  // namespace

Command show_command() {
  return {
      .name = "show",
      .summary = {"all that is on record of one station, or what waits for a person",
                  "todo lo que consta de una mesa, o lo que espera a una persona"},
      .description =
          {"From picture to total: each picture with what was read off it and how, each "
           "transcription with its source, its entry in the log and the file it came from; what "
           "the checks noticed; whether it counts, on which entries that rests, and what sums it "
           "enters. With --unread, the pictures that no machine could read, with what of their "
           "printed numbers could be made out. With --page, the same as one web page with the "
           "pictures, and what is printed beside what the code says. Such a page shows names and "
           "signatures: mind whom you give it to.",
           "De la imagen al total: cada imagen con lo que se leyó en ella y cómo, cada "
           "transcripción con su fuente, su entrada en la bitácora y el archivo del que vino; lo "
           "que notaron las comprobaciones; si cuenta, en qué entradas se apoya y en qué sumas "
           "entra. Con --unread, las imágenes que ninguna máquina pudo leer, con lo que se "
           "distinguió de sus cifras impresas. Con --page, lo mismo como página web con las "
           "imágenes, y lo impreso junto a lo que dice el código. Tal página muestra nombres y "
           "firmas: mire a quién se la da."},
      .operands = {{"SUBJECT",
                    {"a station's code, as printed or as in the definition; the number of an "
                     "entry; or how the SHA-256 of a picture begins",
                     "el código de una mesa, impreso o como en la definición; el número de una "
                     "entrada; o el comienzo del SHA-256 de una imagen"},
                    false}},
      .options = {{"--unread",
                   nullptr,
                   {"the pictures that wait for a person",
                    "las imágenes que esperan a una persona"}},
                  {"--page",
                   "FILE",
                   {"also write one self-contained web page with the pictures",
                    "escribir además una página web autónoma con las imágenes"}}},
      .run = run_show};
}

}  // namespace scr::cli
