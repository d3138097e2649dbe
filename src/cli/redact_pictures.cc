// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cells/mask.h"
#include "cli/output.h"
#include "cli/redact_actions.h"
#include "note/key.h"
#include "os/clock.h"
#include "os/files.h"
#include "privacy/mask_file.h"
#include "steps/redact_folder.h"
#include "steps/redacting.h"

namespace scr::cli::redaction {
namespace {

constexpr std::size_t kSmallFile = std::size_t{1} << 20;

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

// How far it is, on a terminal.
steps::FolderProgress progress_on(Terminal& terminal) {
  return [&terminal](std::uint64_t done, std::uint64_t of) {
    if (terminal.progress) terminal.err << "\r" << done << "/" << of << std::flush;
  };
}

int answer_folder(Terminal& terminal, const char* action, const steps::FolderDone& all) {
  if (terminal.progress) terminal.err << "\r\x1B[K" << std::flush;
  if (terminal.json) {
    canon::Value answer = answer_of(action);
    answer.set("done", number(all.done));
    answer.set("empty", number(all.empty));
    answer.set("approved", number(all.approved));
    canon::Value passed = canon::Value::array();
    for (const steps::PassedOver& one : all.passed_over) {
      canon::Value row = canon::Value::object();
      row.set("file", one.file);
      row.set("why", to_string(one.why));
      passed.push_back(std::move(row));
    }
    answer.set("passed_over", std::move(passed));
    print_json(terminal, answer);
    return 0;
  }
  const bool es = in_spanish(terminal);
  say(terminal, grouped(terminal, all.done) + (es ? " imágenes hechas" : " pictures done"));
  if (all.empty > 0)
    say(terminal, grouped(terminal, all.empty) +
                      (es ? " de ellas sin propuesta: márquelo todo usted"
                          : " of them without a proposal: mark everything there yourself"));
  if (all.approved > 0)
    say(terminal,
        grouped(terminal, all.approved) + (es ? " de ellas respaldadas ahora por dos personas"
                                              : " of them with two people behind them now"));
  for (const steps::PassedOver& one : all.passed_over)
    say(terminal, (es ? "  sin hacer: " : "  not done: ") + one.file + ": " + to_string(one.why));
  return 0;
}

Result<int> propose_folder(const std::string& folder, Terminal& terminal) {
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  SCR_TRY(all, steps::propose_all(redacting, folder, progress_on(terminal)));
  return answer_folder(terminal, "propose-all", all);
}

Result<int> approve_folder(const std::string& folder, const Arguments& arguments,
                           Terminal& terminal) {
  SCR_TRY(signer, signer_in(arguments));
  SCR_TRY(redacting, steps::Redacting::open(terminal.record));
  os::SystemClock clock;
  SCR_TRY(all, steps::approve_all(redacting, folder, signer, clock, progress_on(terminal)));
  return answer_folder(terminal, "approve-all", all);
}

}  // namespace

Result<int> propose(const Arguments& arguments, Terminal& terminal) {
  if (const auto folder = arguments.value("--all")) return propose_folder(*folder, terminal);
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
  if (const auto folder = arguments.value("--all"))
    return approve_folder(*folder, arguments, terminal);
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

}  // namespace scr::cli::redaction
