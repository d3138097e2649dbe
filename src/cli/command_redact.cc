// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "cli/commands.h"
#include "cli/output.h"
#include "entry/evidence_received.h"
#include "note/key.h"
#include "os/clock.h"
#include "os/files.h"
#include "os/random.h"
#include "privacy/mask_file.h"
#include "steps/commit_pictures.h"
#include "steps/redacting.h"
#include "view/open_record.h"

namespace scr::cli {
namespace {

constexpr std::size_t kSmallFile = std::size_t{1} << 20;
constexpr std::size_t kShownWaiting = 20;

std::int64_t number(std::uint64_t n) {
  return static_cast<std::int64_t>(n);
}

canon::Value answer_of(const char* action) {
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.redaction/1");
  answer.set("action", action);
  return answer;
}

bool in_spanish(const Terminal& terminal) {
  return terminal.language == report::Language::es;
}

Result<std::string> needed(const Arguments& arguments, const char* name, const char* what) {
  if (auto value = arguments.value(name)) return std::move(*value);
  return fail(ErrorCode::bad_input, std::string("is needed here: ") + what, name);
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Result<note::Signer> signer_in(const Arguments& arguments) {
  SCR_TRY(file, needed(arguments, "--key", "the file with your private key"));
  SCR_TRY(text, os::read_text(file, kSmallFile));
  return at(file, note::Signer::parse(trimmed(std::move(text))));
}

Result<privacy::MaskFile> mask_in(const Arguments& arguments) {
  SCR_TRY(file, needed(arguments, "--mask", "the file that says what is hidden"));
  SCR_TRY(text, os::read_text(file, kSmallFile));
  return at(file, privacy::parse_mask_file(text));
}

Result<int> commit(const Arguments&, Terminal& terminal) {
  os::SystemClock clock;
  SCR_TRY(done,
          steps::commit_pictures(terminal.record, clock, [&](std::uint64_t done, std::uint64_t of) {
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

// How it looks, if somewhere to put it is named.
Result<void> write_preview(const Arguments& arguments, const steps::Preview& preview) {
  const auto out = arguments.value("--out");
  if (!out) return {};
  return os::replace_file(*out, preview.file, os::kPrivate);
}

void tell_preview(Terminal& terminal, const steps::Preview& preview) {
  const bool es = in_spanish(terminal);
  say(terminal, (es ? "Oculta " : "Hides ") + grouped(terminal, preview.mask.count()) +
                    (es ? " de " : " of ") + grouped(terminal, preview.cells) +
                    (es ? " celdas" : " cells"));
  if (preview.covered.empty()) return;
  std::string names;
  for (const std::string& name : preview.covered) names += (names.empty() ? "" : ", ") + name;
  say(terminal,
      (es ? "Así no se puede aprobar: tapa " : "It cannot be approved so: it covers ") + names);
}

int answer_preview(Terminal& terminal, const char* action, const derive::CommittedPicture& picture,
                   const steps::Preview& preview) {
  if (!terminal.json) {
    tell_preview(terminal, preview);
    return 0;
  }
  canon::Value answer = answer_of(action);
  answer.set("picture", picture.sha256.hex());
  answer.set("mask", preview.mask.text());
  answer.set("hidden", number(preview.mask.count()));
  answer.set("cells", number(preview.cells));
  canon::Value covered = canon::Value::array();
  for (const std::string& name : preview.covered) covered.push_back(name);
  answer.set("covers", std::move(covered));
  print_json(terminal, answer);
  return 0;
}

Result<int> propose(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(subject, needed(arguments, "SUBJECT", "the picture"));
  SCR_TRY(file, needed(arguments, "--mask", "the file to write what is proposed to"));
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  SCR_TRY(picture, redacting.find(subject));
  SCR_TRY(proposal, redacting.propose(*picture));
  SCR_TRY(preview, redacting.preview(*picture, proposal));
  SCR_TRY_VOID(os::create_file(file, privacy::text_of(proposal), os::kPrivate));
  SCR_TRY_VOID(write_preview(arguments, preview));
  if (proposal.hide.empty())
    say(terminal, Text{"Nothing could be proposed: mark what is to be hidden in the file yourself",
                       "No se pudo proponer nada: marque usted en el archivo lo que se oculta"});
  return answer_preview(terminal, "propose", *picture, preview);
}

Result<int> preview(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(subject, needed(arguments, "SUBJECT", "the picture"));
  SCR_TRY(file, mask_in(arguments));
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  SCR_TRY(picture, redacting.find(subject));
  SCR_TRY(seen, redacting.preview(*picture, file));
  SCR_TRY_VOID(write_preview(arguments, seen));
  return answer_preview(terminal, "preview", *picture, seen);
}

Result<int> approve(const Arguments& arguments, Terminal& terminal) {
  SCR_TRY(subject, needed(arguments, "SUBJECT", "the picture"));
  SCR_TRY(file, mask_in(arguments));
  SCR_TRY(signer, signer_in(arguments));
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  SCR_TRY(picture, redacting.find(subject));
  os::SystemClock clock;
  SCR_TRY(approved, redacting.approve(*picture, file, signer, clock));
  if (terminal.json) {
    canon::Value answer = answer_of("approve");
    answer.set("picture", picture->sha256.hex());
    answer.set("by", signer.vkey().name().value());
    answer.set("mask", approved.mask.text());
    answer.set("people", number(approved.people));
    answer.set("approved", canon::Value(approved.enough));
    answer.set("tree_size", number(approved.tree_size));
    print_json(terminal, answer);
    return 0;
  }
  say(terminal,
      approved.enough
          ? Text{"Two people stand by it: the picture goes out so with the next publish",
                 "Dos personas lo respaldan: la imagen sale así con la próxima publicación"}
          : Text{"Approved by you; one more person has to look at it and approve the same",
                 "Aprobado por usted; otra persona tiene que mirarla y aprobar lo mismo"});
  return 0;
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
    if (picture.cells && !picture.approved()) waiting.push_back(picture.sha256.hex());
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

struct Action {
  const char* name;
  Run run;
};
constexpr std::array<Action, 9> kActions{{{"commit", commit},
                                          {"key", make_key},
                                          {"person", person},
                                          {"withdraw", withdraw},
                                          {"propose", propose},
                                          {"preview", preview},
                                          {"approve", approve},
                                          {"make", make},
                                          {"status", status}}};

Result<int> run(const Arguments& arguments, Terminal& terminal) {
  const std::string wanted = *arguments.value("ACTION");
  std::string all;
  for (const Action& action : kActions) {
    if (wanted == action.name) return action.run(arguments, terminal);
    all += (all.empty() ? "" : ", ") + std::string(action.name);
  }
  return fail(ErrorCode::bad_input, "no such action; there are " + all, wanted);
}

}  // namespace

Command redact_command() {
  return {
      .name = "redact",
      .summary = {"hide names and signatures in pictures, with proof that nothing else changed",
                  "ocultar nombres y firmas en imágenes, con prueba de que nada más cambió"},
      .description =
          {"commit puts into the log what each picture is, bit for bit, without a word of what it "
           "shows: do it soon after add. key makes a key for a person, person names its public "
           "part in the log, withdraw takes that back. propose writes to a file what the "
           "definition says that such a sheet shows of people; correct it, look at it with "
           "preview. approve signs it: it takes two people who mean the same cells. A mask that "
           "covers the code or a number is refused. make makes again what was approved and is not "
           "there, status says what waits. publish hands out what two people approved, and a proof "
           "with each picture.",
           "commit deja en la bitácora qué es cada imagen, bit por bit, sin decir qué muestra: "
           "hágalo poco después de add. key hace una clave para una persona, person nombra su "
           "parte pública en la bitácora, withdraw lo retira. propose escribe en un archivo lo que "
           "según la definición muestra de las personas tal acta; corríjalo y mírelo con preview. "
           "approve lo firma: hacen falta dos personas que quieran las mismas celdas. Una máscara "
           "que tape el código o una cifra se rechaza. make vuelve a hacer lo aprobado que falte, "
           "status dice qué espera. publish entrega lo que dos personas aprobaron, y una prueba "
           "con cada imagen."},
      .operands = {{"ACTION",
                    {"commit, key, person, withdraw, propose, preview, approve, make or status",
                     "commit, key, person, withdraw, propose, preview, approve, make o status"}},
                   {"SUBJECT",
                    {"propose, preview, approve: the picture, by the number of its entry or the "
                     "beginning of its SHA-256; key, withdraw: the name of a key; person: a public "
                     "key",
                     "propose, preview, approve: la imagen, por el número de su entrada o el "
                     "comienzo de su SHA-256; key, withdraw: el nombre de una clave; person: una "
                     "clave pública"},
                    false}},
      .options = {{"--mask",
                   "FILE",
                   {"what is hidden; written by propose, read by preview and approve",
                    "lo que se oculta; lo escribe propose, lo leen preview y approve"}},
                  {"--out",
                   "FILE",
                   {"propose, preview: also write the picture as it would be published",
                    "propose, preview: escribir además la imagen como se publicaría"}},
                  {"--key",
                   "FILE",
                   {"your private key; made by key, used by approve",
                    "su clave privada; la hace key, la usa approve"}}},
      .run = run};
}

}  // namespace scr::cli
