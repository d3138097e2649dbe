// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_report.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "cli/command.h"
#include "steps/program.h"

namespace scr::cli {
namespace {

using report::Language;

struct LevelWords {
  Text title;
  Text asked;
  Text holds;
  Text fails;
};

constexpr std::array<LevelWords, verify::kLevels> kLevelWords{{
    {{"The signatures", "Las firmas"},
     {"Did those who are named as trusted sign this list of entries?",
      "¿Firmaron esta lista de entradas quienes constan como de confianza?"},
     {"Yes.", "Sí."},
     {"No. Nothing that follows can be relied upon: it may be somebody else's.",
      "No. Nada de lo que sigue es fiable: puede ser de otra persona."}},
    {{"The list of entries", "La lista de entradas"},
     {"Is every entry exactly the one that was signed, in its place, none missing, none added?",
      "¿Es cada entrada exactamente la firmada, en su lugar, sin que falte ni sobre ninguna?"},
     {"Yes.", "Sí."},
     {"No. What lies here is not what was signed; the places are named below. If it says that two "
      "histories were signed, the signer contradicted himself: keep that file.",
      "No. Lo que hay aquí no es lo que se firmó; abajo se dice dónde. Si dice que se firmaron dos "
      "historias, quien firmó se contradijo: guarde ese archivo."}},
    {{"The form of the entries", "La forma de las entradas"},
     {"Does every entry say something in the agreed form, about things that are really there?",
      "¿Dice cada entrada algo en la forma acordada, sobre cosas que realmente están?"},
     {"Yes.", "Sí."},
     {"No. The entries named below say nothing valid; they were not counted.",
      "No. Las entradas nombradas abajo no dicen nada válido; no se contaron."}},
    {{"The evidence", "La evidencia"},
     {"Is every file exactly the one that was received, byte for byte?",
      "¿Es cada archivo exactamente el que se recibió, byte por byte?"},
     {"Yes, as far as it is in this copy.", "Sí, en lo que está en esta copia."},
     {"No. The files named below are missing or were changed afterwards.",
      "No. Los archivos nombrados abajo faltan o se cambiaron después."}},
    {{"The readings", "Las lecturas"},
     {"If the evidence is read once more, does it say what the entries say that it says?",
      "Si se lee otra vez la evidencia, ¿dice lo que las entradas dicen que dice?"},
     {"Yes, as far as it could be read here.", "Sí, en lo que aquí se pudo leer."},
     {"No. In the entries named below, somebody wrote down something other than what the evidence "
      "says.",
      "No. En las entradas nombradas abajo alguien anotó otra cosa que la que dice la evidencia."}},
    {{"The result", "El resultado"},
     {"Worked out once more from the entries, do count and judgement come out as they were stated?",
      "Calculados otra vez desde las entradas, ¿salen el recuento y el dictamen como se "
      "declararon?"},
     {"Yes.", "Sí."},
     {"No. The stated result, or a table beside it, is not what the entries give.",
      "No. El resultado declarado, o una tabla junto a él, no es lo que dan las entradas."}},
}};

std::string counted(std::uint64_t number, const Text& what, Language language) {
  return std::to_string(number) + " " + what.in(language);
}

std::string heading(const std::string& text) {
  // As long as the text is wide: bytes that go on with a character do not count.
  const auto width = std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  return "\n" + text + "\n" + std::string(static_cast<std::size_t>(width), '-') + "\n";
}

std::string verdict(const verify::Report& report, Language language) {
  const auto fails = report.fails_at();
  if (!fails) {
    return Text{"ALL THAT WAS CHECKED HOLDS.", "TODO LO COMPROBADO SE SOSTIENE."}.in(language) +
           std::string("\n");
  }
  return Text{"IT DOES NOT HOLD. The first question that is answered with no: ",
              "NO SE SOSTIENE. La primera pregunta que se responde con un no: "}
             .in(language) +
         std::string(kLevelWords[static_cast<std::size_t>(*fails)].title.in(language)) + ".\n";
}

std::string about_trust(const verify::Report& report, Language language) {
  std::string text;
  text += report.key_from_outside
              ? Text{"The key of the log was given by whoever ran this check.\n",
                     "La clave de la bitácora la dio quien hizo esta comprobación.\n"}
                    .in(language)
              : Text{"The key of the log was taken from the copy itself. So this shows only that "
                     "the copy agrees with itself; a forger could do as much.\n",
                     "La clave de la bitácora se tomó de la propia copia. Así solo se muestra que "
                     "la copia concuerda consigo misma; un falsificador también puede lograrlo.\n"}
                    .in(language);
  if (!report.policy_given) {
    return text + Text{"No independent witnesses were asked for.\n",
                       "No se pidieron testigos independientes.\n"}
                      .in(language);
  }
  text +=
      Text{"Independent witnesses who cosigned: ", "Testigos independientes que cofirmaron: "}.in(
          language);
  std::string names;
  for (const std::string& name : report.cosigned_by) names += (names.empty() ? "" : ", ") + name;
  return text + (names.empty() ? "-" : names) + "\n";
}

std::string about_level(const verify::LevelReport& level, Language language) {
  const LevelWords& words = kLevelWords[static_cast<std::size_t>(level.level)];
  std::string text =
      heading(std::to_string(static_cast<int>(level.level)) + ". " + words.title.in(language));
  text += std::string(words.asked.in(language)) + "\n";
  if (!level.reached) {
    return text + Text{"This was not looked at, since an earlier question was answered with no.\n",
                       "No se miró, porque una pregunta anterior se respondió con un no.\n"}
                      .in(language);
  }
  text += std::string((level.holds() ? words.holds : words.fails).in(language)) + "\n";
  text += "(" + counted(level.checked, {"things looked at", "cosas miradas"}, language) + ")\n";
  for (const verify::Problem& problem : level.problems)
    text += "  - " + problem.where + ": " + problem.what + "\n";
  if (level.further_problems > 0) {
    text += "  - " +
            counted(level.further_problems, {"more of the kind", "más del mismo tipo"}, language) +
            "\n";
  }
  return text;
}

std::string about_pictures(const verify::Report& report, const ReportBasis& basis,
                           Language language) {
  std::string text;
  const auto line = [&](std::uint64_t number, const Text& what) {
    if (number > 0) text += counted(number, what, language) + "\n";
  };
  line(report.pictures_read_again,
       {"pictures of sheets were read again.", "imágenes de actas se leyeron de nuevo."});
  line(report.pictures_done_before,
       {"had been read again in an earlier part of this check.",
        "se habían leído de nuevo en una parte anterior de esta comprobación."});
  if (basis.sample && report.pictures_not_in_sample > 0) {
    text += Text{"They were drawn by the words: ", "Se sortearon con las palabras: "}.in(language) +
            basis.sample->seed + "\n";
  }
  line(report.pictures_not_in_sample,
       {"were not drawn, and not read again.", "no salieron en el sorteo y no se leyeron."});
  line(report.pictures_withheld,
       {"are not in this copy, since they show names and signatures: what is written of them rests "
        "on the word of the keeper.",
        "no están en esta copia, porque muestran nombres y firmas: lo que se anota de ellas "
        "descansa en la palabra de quien guarda el expediente."});
  line(report.withheld.size(),
       {"are withheld by an entry of the log that says why.",
        "están retenidas por una entrada de la bitácora que dice por qué."});
  line(report.pictures_legible_now,
       {"are on record as unreadable, and could be read here. Ask why they do not count.",
        "constan como ilegibles y aquí se pudieron leer. Pregunte por qué no cuentan."});
  return text.empty()
             ? text
             : heading(Text{"Pictures of sheets", "Imágenes de las actas"}.in(language)) + text;
}

}  // namespace

std::string verification_report(const verify::Report& report, const ReportBasis& basis,
                                Language language) {
  std::string text = Text{"REPORT OF A VERIFICATION", "INFORME DE UNA COMPROBACIÓN"}.in(language);
  text += "\n\n" + verdict(report, language);
  text += heading(Text{"What was checked", "Qué se comprobó"}.in(language));
  text += Text{"The copy at: ", "La copia en: "}.in(language) + basis.path + "\n";
  text += Text{"By: ", "Con: "}.in(language) + std::string(steps::kProgram) + "\n";
  if (!report.origin.empty()) {
    text += Text{"The log: ", "La bitácora: "}.in(language) + report.origin + "\n";
    text += Text{"Entries: ", "Entradas: "}.in(language) + std::to_string(report.tree_size) + "\n";
    text +=
        Text{"Root hash, which stands for all of them: ", "Resumen raíz, que responde por todas: "}
            .in(language) +
        report.root.hex() + "\n";
  }
  text += about_trust(report, language);
  for (const verify::LevelReport& level : report.levels) text += about_level(level, language);
  text += about_pictures(report, basis, language);
  text += heading(Text{"What this does not show", "Lo que esto no muestra"}.in(language));
  return text +
         Text{
             "That a sheet is authentic, that voting was free, that nothing was withheld "
             "before it was received, nor why a figure is wrong.\n",
             "Que un acta sea auténtica, que el voto fuera libre, que nada se retuviera "
             "antes de recibirse, ni por qué una cifra es falsa.\n"}
             .in(language);
}

}  // namespace scr::cli
