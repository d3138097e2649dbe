// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_output.h"

#include <array>

#include "cli/output.h"

namespace scr::cli {
namespace {

constexpr std::array<Text, verify::kLevels> kMeanings{{
    {"the checkpoint is signed by this key", "esta clave firma el punto de control"},
    {"every entry and tile is what was signed", "cada entrada y losa es lo que se firmó"},
    {"every entry follows its grammar", "cada entrada cumple su gramática"},
    {"every file of evidence is the one received", "cada archivo de evidencia es el recibido"},
    {"read again, the evidence says the same", "leída de nuevo, la evidencia dice lo mismo"},
    {"every result that was stated follows", "cada resultado declarado se sigue de ello"},
}};

canon::Value problem_json(const verify::Problem& problem) {
  return canon::Value::object().set("where", problem.where).set("what", problem.what);
}

canon::Value level_json(const verify::LevelReport& level) {
  canon::Value object = canon::Value::object();
  object.set("level", static_cast<int>(level.level));
  object.set("name", verify::name_of(level.level));
  object.set("holds", canon::Value(level.holds()));
  object.set("reached", canon::Value(level.reached));
  object.set("checked", static_cast<std::int64_t>(level.checked));
  canon::Value problems = canon::Value::array();
  for (const auto& problem : level.problems) problems.push_back(problem_json(problem));
  object.set("problems", problems);
  object.set("further_problems", static_cast<std::int64_t>(level.further_problems));
  return object;
}

std::string level_line(const verify::LevelReport& level, bool es, const Terminal& terminal) {
  const Text& meaning = kMeanings[static_cast<std::size_t>(level.level)];
  const char* mark = !level.reached ? "-" : level.holds() ? "✓" : "✗";
  std::string line = std::string("  ") + mark + " " +
                     std::to_string(static_cast<int>(level.level)) + "  " +
                     meaning.in(terminal.language);
  if (!level.reached) line += es ? " (no se llegó a ver)" : " (not reached)";
  return line + "\n";
}

canon::Value texts(const std::vector<std::string>& all) {
  canon::Value list = canon::Value::array();
  for (const std::string& one : all) list.push_back(canon::Value(one));
  return list;
}

canon::Value voided_json(const verify::Report& report) {
  canon::Value list = canon::Value::array();
  for (const verify::VoidedEntries& one : report.voided) {
    list.push_back(canon::Value::object()
                       .set("from", static_cast<std::int64_t>(one.from))
                       .set("by", static_cast<std::int64_t>(one.by))
                       .set("person", one.person));
  }
  return list;
}

// What became of keys, and whether the log has ended.
std::string key_lines(const verify::Report& report, bool es) {
  std::string text;
  if (!report.keys.empty()) {
    text += es ? "  La bitácora cambió de clave; sus claves, la primera primero:\n"
               : "  The log changed its key; its keys, the first first:\n";
    for (const std::string& key : report.keys) text += "    " + key + "\n";
  }
  for (const verify::VoidedEntries& one : report.voided) {
    const std::string range = std::to_string(one.from) + "-" + std::to_string(one.by - 1);
    const std::string by = std::to_string(one.by);
    if (one.person.empty()) {
      text += es ? "  No cuentan las entradas " + range + ": la entrada " + by +
                       " declara mala la clave de la bitácora desde ahí\n"
                 : "  Entries " + range + " count for nothing: entry " + by +
                       " declares the key of the log bad from there on\n";
    } else {
      text += es ? "  No cuenta lo que aprobó " + one.person + " en las entradas " + range +
                       ": la entrada " + by + " declara mala su clave desde ahí\n"
                 : "  What " + one.person + " approved in entries " + range +
                       " counts for nothing: entry " + by +
                       " declares that key bad from there on\n";
    }
  }
  for (const std::string& path : report.void_checkpoints) {
    text += "  " + path +
            (es ? ": no dice nada; la bitácora ya no tenía la clave que lo firmó\n"
                : ": says nothing; the log did not have the key that signed it by then\n");
  }
  for (const verify::WithheldPicture& one : report.withheld) {
    text += (es ? "  Retenida por la entrada " : "  Withheld by entry ") +
            std::to_string(one.entry) + " (" + one.reason + "): " + one.sha256.hex() + "\n";
  }
  if (report.sealed) {
    text += (es ? "  La bitácora está sellada y completa: termina con la entrada "
                : "  The log is sealed, and complete: it ends with entry ") +
            std::to_string(*report.sealed) + "\n";
  }
  return text;
}

}  // namespace

int verification_exit(const verify::Report& report) {
  const auto level = report.fails_at();
  return level ? static_cast<int>(Exit::verify_says_no) + static_cast<int>(*level) : 0;
}

canon::Value verification_json(const verify::Report& report) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.verification/1");
  answer.set("holds", canon::Value(!report.fails_at().has_value()));
  answer.set("exit", verification_exit(report));
  answer.set("origin", report.origin);
  answer.set("tree_size", static_cast<std::int64_t>(report.tree_size));
  answer.set("root", report.root.hex());
  answer.set("key", report.key_from_outside ? "given" : "from-the-folder");
  canon::Value levels = canon::Value::array();
  for (const auto& level : report.levels) levels.push_back(level_json(level));
  answer.set("levels", levels);
  canon::Value results = canon::Value::array();
  for (const auto& result : report.results) {
    results.push_back(canon::Value::object()
                          .set("entry", static_cast<std::int64_t>(result.entry))
                          .set("size", static_cast<std::int64_t>(result.size))
                          .set("sha256", result.sha256.hex())
                          .set("follows", canon::Value(result.follows)));
  }
  answer.set("results", results);
  canon::Value unknown = canon::Value::array();
  for (const auto& entry : report.unknown_types) unknown.push_back(problem_json(entry));
  answer.set("unknown_types", unknown);
  answer.set("keys", texts(report.keys));
  answer.set("voided", voided_json(report));
  answer.set("void_checkpoints", texts(report.void_checkpoints));
  canon::Value withheld = canon::Value::array();
  for (const verify::WithheldPicture& one : report.withheld) {
    withheld.push_back(canon::Value::object()
                           .set("entry", static_cast<std::int64_t>(one.entry))
                           .set("picture", one.sha256.hex())
                           .set("reason", one.reason));
  }
  answer.set("withheld", withheld);
  if (report.sealed) answer.set("sealed", static_cast<std::int64_t>(*report.sealed));
  answer.set("policy", report.policy_given ? "given" : "none");
  answer.set("cosigned_by", texts(report.cosigned_by));
  answer.set("derived_compared", static_cast<std::int64_t>(report.derived_compared));
  answer.set("containers_opened_again", static_cast<std::int64_t>(report.containers_opened_again));
  answer.set("pages_drawn_otherwise", static_cast<std::int64_t>(report.pages_drawn_otherwise));
  answer.set("pictures_done_before", static_cast<std::int64_t>(report.pictures_done_before));
  answer.set("pictures_not_in_sample", static_cast<std::int64_t>(report.pictures_not_in_sample));
  answer.set("pictures_withheld", static_cast<std::int64_t>(report.pictures_withheld));
  answer.set("pictures_redacted", static_cast<std::int64_t>(report.pictures_redacted));
  answer.set("pictures_read_again", static_cast<std::int64_t>(report.pictures_read_again));
  answer.set("pictures_legible_now", static_cast<std::int64_t>(report.pictures_legible_now));
  return answer;
}

std::string verification_text(const verify::Report& report, const Terminal& terminal) {
  const bool es = terminal.language == report::Language::es;
  std::string text = (es ? "Bitácora " : "Log ") + report.origin + ", " +
                     std::to_string(report.tree_size) +
                     (es ? " entradas, raíz " : " entries, root ") + report.root.hex() + "\n";
  for (const auto& level : report.levels) {
    text += level_line(level, es, terminal);
    for (const auto& problem : level.problems) {
      text += "      " + problem.where + ": " + problem.what + "\n";
    }
    if (level.further_problems > 0) {
      text += "      " + std::to_string(level.further_problems) + (es ? " más\n" : " more\n");
    }
  }
  for (const auto& entry : report.unknown_types) {
    text +=
        (es ? "  Sin contar, de un programa posterior: " : "  Not counted, of a later program: ") +
        entry.where + ": " + entry.what + "\n";
  }
  text += key_lines(report, es);
  if (report.pictures_withheld > report.pictures_redacted) {
    const std::string count =
        grouped(terminal, report.pictures_withheld - report.pictures_redacted);
    text += es ? "  " + count + " imágenes no están en esta copia: su lectura no se pudo repetir.\n"
               : "  " + count +
                     " pictures are not in this copy: their reading could not be repeated.\n";
  }
  if (report.pictures_redacted > 0) {
    const std::string count = grouped(terminal, report.pictures_redacted);
    text +=
        es ? "  " + count +
                 " imágenes se muestran en parte: se ocultó lo que dos personas aprobaron y nada "
                 "más cambió.\n"
           : "  " + count +
                 " pictures are shown in part: what two people approved is hidden, and nothing "
                 "else was changed.\n";
  }
  if (report.pictures_read_again > 0) {
    const std::string count = grouped(terminal, report.pictures_read_again);
    text += es ? "  " + count + " imágenes se leyeron de nuevo.\n"
               : "  " + count + " pictures were read again.\n";
  }
  if (report.containers_opened_again > 0) {
    const std::string count = grouped(terminal, report.containers_opened_again);
    text += es ? "  " + count + " contenedores se abrieron de nuevo.\n"
               : "  " + count + " containers were taken apart again.\n";
  }
  if (report.pages_drawn_otherwise > 0) {
    const std::string count = grouped(terminal, report.pages_drawn_otherwise);
    text += es ? "  " + count + " de sus páginas se dibujan aquí de otro modo: otra versión.\n"
               : "  " + count + " of their pages are drawn otherwise here: another version.\n";
  }
  if (report.pictures_done_before > 0) {
    const std::string count = grouped(terminal, report.pictures_done_before);
    text += es ? "  " + count + " imágenes ya se habían leído de nuevo en una pasada anterior.\n"
               : "  " + count + " pictures had been read again in an earlier run.\n";
  }
  if (report.pictures_not_in_sample > 0) {
    const std::string count = grouped(terminal, report.pictures_not_in_sample);
    text += es ? "  " + count + " imágenes no salieron en la muestra y no se leyeron.\n"
               : "  " + count + " pictures were not in the sample and were not read.\n";
  }
  if (report.policy_given) {
    std::string names;
    for (const std::string& name : report.cosigned_by) names += (names.empty() ? "" : ", ") + name;
    if (names.empty()) names = "-";
    text += (es ? "  Cofirmado por: " : "  Cosigned by: ") + names + "\n";
  }
  if (report.pictures_legible_now > 0) {
    const std::string count = grouped(terminal, report.pictures_legible_now);
    text += es ? "  CUIDADO: " + count +
                     " de ellas constan como ilegibles y se pueden leer: ¿por qué no cuentan?\n"
               : "  NOTE: " + count +
                     " of them are on record as unreadable and can be read: why do they not "
                     "count?\n";
  }
  if (!report.fails_at() && report.results.empty()) {
    text += es ? "  No hay resultado declarado: se comprobó lo demás.\n"
               : "  No result was stated: the rest was checked.\n";
  }
  if (!report.key_from_outside) {
    text += es ? "  CUIDADO: la clave se tomó de la propia carpeta, así que esto solo prueba que "
                 "concuerda consigo "
                 "misma.\n  Compare con la clave que se publicó: --key CLAVE\n"
               : "  NOTE: the key was taken from the folder itself, so this proves only that it "
                 "agrees with itself.\n"
                 "  Hold it against the key that was published: --key KEY\n";
  }
  if (!report.fails_at()) {
    text += es ? "Todo lo comprobado se sostiene.\n" : "All that was checked holds.\n";
  } else {
    text += (es ? "NO se sostiene: nivel " : "It does NOT hold: level ") +
            std::to_string(static_cast<int>(*report.fails_at())) + ".\n";
  }
  return text;
}

}  // namespace scr::cli
