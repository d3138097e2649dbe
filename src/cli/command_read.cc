// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>

#include "cli/builtin_election.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "election/sheet_payload.h"
#include "os/files.h"
#include "reading/read_sheet.h"
#include "steps/box_files.h"
#include "steps/read_files.h"

namespace scr::cli {
namespace {

// The definition that was asked for, else that of the record, else the one that came with the
// program.
Result<election::Definition> definition_for(const Arguments& arguments, const Terminal& terminal) {
  const std::string of_record = terminal.record + "/election.toml";
  std::string file = arguments.value("--election").value_or(of_record);
  auto toml = os::read_text(file);
  if (!toml && arguments.has("--election")) return tl::unexpected(std::move(toml).error());
  return at(toml ? file : "ve-2024",
            election::parse_definition(toml ? std::string_view(*toml) : kBuiltinElection));
}

struct Judged {
  // "read", "disagree", "identified" (its code counts nothing), "unreadable", "not-a-sheet"
  std::string status;
  std::string reason;  // why not read
  std::optional<election::SheetPayload> sheet;
};

Judged judged(const reading::ReadSheet& read, const election::Definition& definition) {
  if (!read.code) {
    const bool nothing_there = read.unread == "not-a-picture" || read.unread == "foreign-code" ||
                               (read.unread == "no-code" && !read.print);
    return {nothing_there ? "not-a-sheet" : "unreadable", read.unread, {}};
  }
  auto sheet = election::parse_sheet_payload(read.code->payload, definition);
  if (!sheet) return {"not-a-sheet", "foreign-code", {}};
  if (!sheet->counted) return {"identified", "", std::move(*sheet)};
  const bool differs = read.print && !read.print->contradictions.empty();
  return {differs ? "disagree" : "read", "", std::move(*sheet)};
}

canon::Value votes_of(const election::SheetPayload& sheet, const election::Definition& definition) {
  canon::Value votes = canon::Value::object();
  for (std::size_t i = 0; i < definition.options.size(); ++i)
    votes.set(definition.options[i].id.value(), sheet.options[i].count());
  return votes;
}

canon::Value print_json(const reading::PrintReading& print) {
  canon::Value value = canon::Value::object();
  value.set("numbers", static_cast<std::int64_t>(print.numbers.size()));
  value.set("sure", static_cast<std::int64_t>(print.sure));
  value.set("compared", static_cast<std::int64_t>(print.compared));
  value.set("agree", static_cast<std::int64_t>(print.agree));
  canon::Value values = canon::Value::array();
  for (const std::uint64_t number : print.numbers)
    values.push_back(static_cast<std::int64_t>(number));
  value.set("values", values);
  canon::Value contradictions = canon::Value::array();
  for (const reading::Contradiction& one : print.contradictions) {
    canon::Value item = canon::Value::object();
    item.set("row", one.name);
    item.set("printed", static_cast<std::int64_t>(one.printed));
    item.set("coded", static_cast<std::int64_t>(one.coded));
    item.set("x", static_cast<std::int64_t>(one.at[0]));
    item.set("y", static_cast<std::int64_t>(one.at[1]));
    contradictions.push_back(item);
  }
  value.set("contradictions", contradictions);
  return value;
}

// Printable text as it is, other bytes in hex.
std::string as_text(const std::string& payload) {
  for (const char c : payload) {
    if (c < 0x20 || c > 0x7E) return "hex:" + to_hex(bytes_of(payload));
  }
  return payload;
}
canon::Value payload_value(const std::string& payload) {
  return canon::Value(as_text(payload));
}

canon::Value corners_json(const reading::Corners& corners) {
  canon::Value value = canon::Value::array();
  for (const int corner : corners) value.push_back(static_cast<std::int64_t>(corner));
  return value;
}

canon::Value form_json(const reading::FormReading& form,
                       const std::vector<steps::RowFiles>& files) {
  canon::Value rows = canon::Value::array();
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    const reading::FormRow& row = form.rows[i];
    canon::Value item = canon::Value::object();
    item.set("name", row.name);
    canon::Value boxes = canon::Value::array();
    for (const reading::Corners& box : row.boxes) boxes.push_back(corners_json(box));
    item.set("boxes", boxes);
    if (row.words) item.set("words", corners_json(*row.words));
    if (i < files.size() && !files[i].boxes.empty()) item.set("boxes_file", files[i].boxes);
    if (i < files.size() && !files[i].words.empty()) item.set("words_file", files[i].words);
    rows.push_back(item);
  }
  canon::Value value = canon::Value::object();
  value.set("format", form.format);
  value.set("clarity", static_cast<std::int64_t>(form.clarity));
  value.set("rows", rows);
  return value;
}

canon::Value others_json(const std::vector<reading::OtherCode>& others) {
  canon::Value value = canon::Value::array();
  for (const reading::OtherCode& other : others) {
    canon::Value item = canon::Value::object();
    item.set("symbology", other.symbology);
    item.set("payload", payload_value(other.payload));
    item.set("corners", corners_json(other.corners));
    value.push_back(item);
  }
  return value;
}

std::string json_line(const steps::FileReading& one, const election::Definition& definition,
                      const std::vector<steps::RowFiles>& files) {
  const Judged what = judged(one.read, definition);
  canon::Value value = canon::Value::object();
  value.set("schema", "scrutineer.reading/1");
  value.set("file", payload_value(one.file.string()));
  value.set("status", what.status);
  if (!what.reason.empty()) value.set("reason", what.reason);
  // What nobody knows is null.
  for (const char* key : {"payload", "station", "votes", "null", "invalid", "print"})
    value.set(key, canon::Value());
  canon::Value qr = canon::Value::object();
  const bool by_qr = one.read.code && one.read.code->symbology == "qr";
  qr.set("read", canon::Value(by_qr && one.read.code->stage != "joint"));
  if (one.read.code) {
    const reading::SheetCode& code = *one.read.code;
    value.set("payload", payload_value(code.payload));
    value.set("symbology", code.symbology);
  }
  if (by_qr) {
    const reading::SheetCode& code = *one.read.code;
    qr.set("joint", canon::Value(code.stage == "joint"));
    qr.set("stage", code.stage);
    qr.set("ink_removed", canon::Value(code.ink_removed));
    qr.set("errors", static_cast<std::int64_t>(code.errors));
    qr.set("erasures", static_cast<std::int64_t>(code.erasures));
    qr.set("margin", static_cast<std::int64_t>(code.margin));
  }
  value.set("qr", qr);
  if (what.sheet) {
    value.set("station", what.sheet->station.value());
  }
  if (what.sheet && what.sheet->counted) {
    value.set("votes", votes_of(*what.sheet, definition));
    value.set("null", what.sheet->null.count());
    value.set("invalid", what.sheet->invalid.count());
    value.set("zero_report", canon::Value(what.sheet->zero_report));
  }
  if (one.read.print) value.set("print", print_json(*one.read.print));
  if (one.read.form) value.set("form", form_json(*one.read.form, files));
  if (!one.read.others.empty()) value.set("other_codes", others_json(one.read.others));
  // Times are no whole numbers, which canonical JSON does not have: so this line is plain JSON.
  char times[80];
  std::snprintf(times, sizeof times, ",\"ms\":%.3f,\"grey_decodes\":%.3f}", one.milliseconds,
                one.decoding > 0 ? one.milliseconds / one.decoding : 0.0);
  std::string line = canon::write(value);
  line.pop_back();
  return line + times;
}

std::string words_for(const steps::FileReading& one, const election::Definition& definition,
                      bool es) {
  const Judged what = judged(one.read, definition);
  std::string line = one.file.string() + "  ";
  if (!what.sheet) {
    const bool sheet = what.status == "unreadable";
    line += sheet ? (es ? "NO SE PUDO LEER" : "COULD NOT BE READ")
                  : (es ? "no es un acta" : "not a sheet");
    line += " (" + what.reason + ")";
    for (const reading::OtherCode& other : one.read.others)
      line += "  " + other.symbology + ": " + as_text(other.payload);
    return line;
  }
  line += what.sheet->station.value() + " ";
  if (!what.sheet->counted) {
    if (!one.read.form)
      return line + (es ? " identificada; no se hallaron sus casillas"
                        : " identified; its boxes were not found");
    return line + (es ? " identificada; filas por transcribir: " : " identified; rows to type: ") +
           std::to_string(one.read.form->rows.size());
  }
  for (std::size_t i = 0; i < definition.options.size(); ++i)
    line += " " + definition.options[i].id.value() + " " +
            std::to_string(what.sheet->options[i].count());
  line += es ? "  nulos " : "  null ";
  line += std::to_string(what.sheet->null.count());
  if (one.read.code->stage == "joint")
    line += es ? "  (código dañado, leído con ayuda de lo impreso)"
               : "  (code damaged, read with help of the print)";
  if (!one.read.print)
    return line + (es ? "  [cifras impresas sin leer]" : "  [printed numbers not read]");
  line += "  [" + std::to_string(one.read.print->agree) + "/" +
          std::to_string(one.read.print->compared) +
          (es ? " cifras impresas coinciden]" : " printed numbers agree]");
  for (const reading::Contradiction& differs : one.read.print->contradictions) {
    line += "\n    ! " + differs.name + (es ? ": impreso " : ": printed ") +
            std::to_string(differs.printed) + (es ? ", en el código " : ", in the code ") +
            std::to_string(differs.coded);
  }
  return line;
}

Result<int> run_read(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(definition, definition_for(arguments, terminal));
  std::vector<std::filesystem::path> paths;
  for (const std::string& path : arguments.all("FILE")) paths.emplace_back(path);
  const bool es = terminal.language == report::Language::es;
  const auto timing = terminal.json ? steps::Timing::reading_and_decoding : steps::Timing::reading;
  const auto folder = arguments.value("--boxes");
  const auto cutting = folder ? steps::Cutting::rows : steps::Cutting::nothing;
  std::size_t number = 0;
  Result<void> written;
  SCR_TRY_VOID(
      steps::read_files(paths, definition, timing, cutting, [&](const steps::FileReading& one) {
        ++number;
        const Judged what = judged(one.read, definition);
        std::vector<steps::RowFiles> files;
        if (folder && what.sheet && written) {
          auto made = steps::write_row_files(*folder, number, what.sheet->station, one);
          if (made) files = std::move(*made);
          if (!made) written = tl::unexpected(std::move(made).error());
        }
        terminal.out << (terminal.json ? json_line(one, definition, files)
                                       : words_for(one, definition, es))
                     << "\n"
                     << std::flush;
      }));
  SCR_TRY_VOID(written);
  return 0;
}

}  // namespace

Command read_command() {
  return {
      .name = "read",
      .summary = {"read pictures of sheets and say what they say; record nothing",
                  "leer imágenes de actas y decir qué dicen; no registra nada"},
      .description =
          {"Reads the printed code and the printed numbers of each picture, in a confined process, "
           "and "
           "says what was read and whether the two agree. Needs no record. With --json one line a "
           "file: scrutineer.reading/1. For the definition of an election it takes --election, "
           "else the record's, else that of Venezuela 2024, which comes with the program. Of a "
           "form "
           "that is filled in by hand it says which station it is and where its boxes are; --boxes "
           "cuts them out.",
           "Lee el código impreso y las cifras impresas de cada imagen, en un proceso confinado, y "
           "dice "
           "qué se leyó y si ambos coinciden. No necesita expediente. Con --json, una línea por "
           "archivo: scrutineer.reading/1. Como definición de la elección toma --election, si no "
           "la del expediente, si no la de Venezuela 2024, que viene con el programa. De un "
           "formulario llenado a mano dice de qué mesa es y dónde están sus casillas; --boxes las "
           "recorta."},
      .operands =
          {{"FILE", {"picture or folder, or several", "imagen o carpeta, o varias"}, true, true}},
      .options = {{"--election",
                   "FILE",
                   {"definition of the election", "definición de la elección"}},
                  {"--boxes",
                   "DIR",
                   {"put what was written by hand there, a PNG a row, for people to type",
                    "dejar ahí lo escrito a mano, un PNG por fila, para transcribirlo"}}},
      .run = run_read};
}

}  // namespace scr::cli
