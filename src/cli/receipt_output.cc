// SPDX-License-Identifier: Apache-2.0
#include "cli/receipt_output.h"

#include "cli/output.h"

namespace scr::cli {
namespace {

using receipt::Flaw;

// As the levels of verify: signature, tree, grammar, evidence.
int exit_of(Flaw flaw) {
  constexpr int kNo = static_cast<int>(Exit::verify_says_no);
  switch (flaw) {
    case Flaw::none:
      return static_cast<int>(Exit::done);
    case Flaw::signature:
      return kNo;
    case Flaw::path:
      return kNo + 1;
    case Flaw::form:
      return kNo + 2;
    case Flaw::file:
      break;
  }
  return kNo + 3;
}

canon::Value json_of(const receipt::Opened& opened, bool with_file,
                     const std::optional<cells::Commitment>& cells) {
  const bool holds = opened.flaw == Flaw::none;
  canon::Value answer = canon::Value::object();
  answer.set("schema", "scrutineer.receipt/1");
  answer.set("holds", canon::Value(holds));
  answer.set("flaw", receipt::name_of(opened.flaw));
  answer.set("why", (opened.where.empty() ? "" : opened.where + ": ") + opened.why);
  answer.set("entry", static_cast<std::int64_t>(opened.index));
  answer.set("type", opened.type);
  answer.set("origin", opened.checkpoint.origin);
  answer.set("tree_size", static_cast<std::int64_t>(opened.checkpoint.tree_size));
  answer.set("cosignatures", static_cast<std::int64_t>(opened.cosignatures));
  answer.set("holder", receipt::name_of(opened.receipt.holder));
  answer.set("file", canon::Value(holds && with_file));
  answer.set("cells", holds && cells ? static_cast<std::int64_t>(cells->leaves - 1) : 0);
  return answer;
}

const char* words_of(Flaw flaw, bool es) {
  switch (flaw) {
    case Flaw::signature:
      return es ? "la firma no se sostiene" : "the signature does not hold";
    case Flaw::path:
      return es ? "la entrada no está en la bitácora firmada"
                : "the entry is not in the log that was signed";
    case Flaw::form:
      return es ? "no tiene la forma de un recibo" : "it has not the form of a receipt";
    case Flaw::file:
      return es ? "no es el archivo que se recibió" : "it is not the file that was received";
    case Flaw::none:
      break;
  }
  return es ? "se sostiene" : "it holds";
}

}  // namespace

int tell_receipt(Terminal& terminal, const receipt::Opened& opened, bool with_file,
                 const std::optional<cells::Commitment>& cells) {
  const int exit = exit_of(opened.flaw);
  if (terminal.json) {
    print_json(terminal, json_of(opened, with_file, cells));
    return exit;
  }
  const bool es = terminal.language == report::Language::es;
  if (opened.flaw != Flaw::none) {
    const std::string where = opened.where.empty() ? "" : opened.where + ": ";
    say(terminal, (es ? "NO: " : "NO: ") + std::string(words_of(opened.flaw, es)) + " (" + where +
                      opened.why + ")");
    return exit;
  }
  say(terminal, (es ? "La entrada " : "Entry ") + grouped(terminal, opened.index) + " (" +
                    opened.type + (es ? ") está en la bitácora " : ") is in the log ") +
                    opened.checkpoint.origin + (es ? ", firmada con " : ", signed with ") +
                    grouped(terminal, opened.checkpoint.tree_size) +
                    (es ? " entradas y cofirmada por " : " entries and cosigned by ") +
                    grouped(terminal, opened.cosignatures) + (es ? " testigos" : " witnesses"));
  if (with_file)
    say(terminal, Text{"It commits to just this file, to the last bit",
                       "Compromete justo este archivo, hasta el último bit"});
  if (cells)
    say(terminal, grouped(terminal, cells->leaves - 1) +
                      (es ? " celdas de la imagen son las comprometidas: con ellas se comparan las "
                            "imágenes publicadas"
                          : " cells of the picture are those committed to: published pictures are "
                            "held against them"));
  return exit;
}

}  // namespace scr::cli
