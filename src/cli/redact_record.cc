// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "cli/output.h"
#include "cli/redact_actions.h"
#include "entry/evidence_received.h"
#include "note/key.h"
#include "os/clock.h"
#include "os/files.h"
#include "os/random.h"
#include "steps/commit_pictures.h"
#include "steps/redact_people.h"
#include "steps/redact_workers.h"
#include "steps/redacted_files.h"
#include "steps/redacting.h"
#include "view/open_record.h"

namespace scr::cli::redaction {
namespace {

constexpr std::size_t kShownWaiting = 20;

int tell_person(Terminal& terminal, const char* action, const std::string& name,
                std::uint64_t tree_size, const Text& words) {
  if (terminal.json) {
    canon::Value answer = answer_of(action);
    answer.set("name", name);
    answer.set("tree_size", number(tree_size));
    print_json(terminal, answer);
  } else {
    say(terminal, name + words.in(terminal.language));
  }
  return 0;
}

}  // namespace

canon::Value answer_of(const char* action) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.redaction/1");
  answer.set("action", action);
  return answer;
}

Result<std::string> needed(const Arguments& arguments, const char* name, const char* what) {
  if (auto value = arguments.value(name)) return std::move(*value);
  return fail(ErrorCode::bad_input, std::string("is needed here: ") + what, name);
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Result<int> commit(const Arguments&, Terminal& terminal) {
  os::SystemClock clock;
  SCR_TRY(workers, steps::RedactWorkers::start(std::nullopt));
  SCR_TRY(done, steps::commit_pictures(terminal.record, workers, clock,
                                       [&](std::uint64_t done, std::uint64_t of) {
                                         if (!terminal.progress) return;
                                         terminal.err << "\r" << done << "/" << of << std::flush;
                                       }));
  if (terminal.progress && done.pictures > 0) terminal.err << "\r\x1B[K" << std::flush;
  if (terminal.json) {
    canon::Value answer = answer_of("commit");
    answer.set("pictures", number(done.pictures));
    answer.set("without_cells", number(done.without_cells));
    answer.set("not_opened", number(done.not_opened));
    answer.set("before", number(done.before));
    answer.set("tree_size", number(done.tree_size));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = in_spanish(terminal);
  say(terminal, grouped(terminal, done.pictures) +
                    (es ? " imágenes quedan comprometidas en la bitácora, bit por bit y sin decir "
                          "qué muestran"
                        : " pictures are committed to in the log, bit for bit and without a word "
                          "of what they show"));
  if (done.without_cells > 0)
    say(terminal, grouped(terminal, done.without_cells) +
                      (es ? " de ellas están dañadas o son de un tipo que no se puede mostrar en "
                            "parte: quedan en el registro"
                          : " of them are damaged or of a kind that cannot be shown in part: they "
                            "stay with the record"));
  if (done.not_opened > 0)
    say(terminal, grouped(terminal, done.not_opened) +
                      (es ? " no se pudieron abrir: el proceso que lo intentó terminó antes; la "
                            "próxima vez se intenta de nuevo"
                          : " could not be opened: the process that tried ended before; the next "
                            "run tries again"));
  return 0;
}

Result<int> make_key(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(typed, needed(arguments, "SUBJECT", "a name for the key, better not that of a person"));
  SCR_TRY(file, needed(arguments, "--key", "the file to make, for nobody but you"));
  SCR_TRY(name, note::KeyName::from(typed));
  SCR_TRY(seed, os::random_32_bytes());
  const note::Signer signer(std::move(name), note::Seed(seed));
  SCR_TRY_VOID(os::create_file(file, signer.private_text() + "\n", os::kPrivate));
  if (terminal.json) {
    canon::Value answer = answer_of("key");
    answer.set("vkey", signer.vkey().text());
    print_json(terminal, answer);
    return 0;
  }
  say(terminal, Text{"Your key is made; give this, its public part, to whoever keeps the record:",
                     "Su clave está hecha; dé esto, su parte pública, a quien lleva el registro:"});
  say(terminal, "  " + signer.vkey().text());
  return 0;
}

Result<int> person(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(typed, needed(arguments, "SUBJECT", "the public key of the person"));
  SCR_TRY(key, note::Vkey::parse(trimmed(typed)));
  os::SystemClock clock;
  SCR_TRY(size, steps::name_person(terminal.record, key, clock));
  return tell_person(terminal, "person", key.name().value(), size,
                     {" may approve what is hidden from now on; the log says so",
                      " puede aprobar desde ahora lo que se oculta; consta en la bitácora"});
}

Result<int> withdraw(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(name, needed(arguments, "SUBJECT", "the name of the key"));
  os::SystemClock clock;
  SCR_TRY(size, steps::withdraw_person(terminal.record, name, clock));
  return tell_person(terminal, "withdraw", name, size,
                     {" approves nothing from now on; what was approved before stays approved",
                      " no aprueba nada desde ahora; lo aprobado antes sigue aprobado"});
}

Result<int> make(const Arguments&, Terminal& terminal) {
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  SCR_TRY(made, redacting.make_all());
  if (terminal.json) {
    canon::Value answer = answer_of("make");
    answer.set("made", number(made.made));
    answer.set("there", number(made.there));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = in_spanish(terminal);
  say(terminal, grouped(terminal, made.made) +
                    (es ? " imágenes hechas y comprobadas, " : " pictures made and checked, ") +
                    grouped(terminal, made.there) + (es ? " ya estaban" : " were there"));
  return 0;
}

Result<int> status(const Arguments&, Terminal& terminal) {
  SCR_TRY(record, view::open_record(terminal.record));
  std::uint64_t pictures = 0;
  for (const derive::Evidence& file : record.state.evidence)
    pictures += file.received.kind == entry::EvidenceKind::picture ? 1 : 0;
  std::uint64_t without_cells = 0;
  std::uint64_t approved = 0;
  std::vector<std::string> waiting;
  for (const derive::CommittedPicture& picture : record.state.committed) {
    if (!picture.cells) ++without_cells;
    if (picture.approved()) ++approved;
    if (picture.cells && !picture.approved() && !picture.withheld)
      waiting.push_back(picture.sha256.hex());
  }
  SCR_TRY(there, steps::redacted_files(terminal.record, record.state));
  if (terminal.json) {
    canon::Value answer = answer_of("status");
    answer.set("pictures", number(pictures));
    answer.set("committed", number(record.state.committed.size()));
    answer.set("without_cells", number(without_cells));
    answer.set("approved", number(approved));
    answer.set("made", number(there.size() / 2));
    canon::Value list = canon::Value::array();
    for (const std::string& hex : waiting) list.push_back(hex);
    answer.set("waiting", std::move(list));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = in_spanish(terminal);
  const auto line = [&](std::uint64_t n, const Text& what) {
    say(terminal, grouped(terminal, n) + " " + what.in(terminal.language));
  };
  line(pictures, {"pictures", "imágenes"});
  line(record.state.committed.size(), {"of them are committed to", "de ellas están comprometidas"});
  line(without_cells, {"cannot be shown in part", "no se pueden mostrar en parte"});
  line(approved, {"are approved by two people", "están aprobadas por dos personas"});
  line(there.size() / 2, {"of these are made", "de estas están hechas"});
  line(waiting.size(), {"wait for people:", "esperan a personas:"});
  for (std::size_t i = 0; i < std::min(waiting.size(), kShownWaiting); ++i)
    say(terminal, "  " + waiting[i]);
  if (waiting.size() > kShownWaiting)
    say(terminal, es ? "  ... (todas con --json)" : "  ... (all of them with --json)");
  return 0;
}

}  // namespace scr::cli::redaction
