// SPDX-License-Identifier: Apache-2.0
#include "bundle/stranger.h"

namespace scr::bundle {
namespace {

std::string figures(const Identity& identity, const char* log, const char* key, const char* entries,
                    const char* root, const char* result) {
  return std::string("  ") + log + identity.origin + "\n  " + key + identity.vkey + "\n  " +
         entries + std::to_string(identity.tree_size) + "\n  " + root + identity.root.hex() +
         "\n  " + result + identity.result_sha256 + "\n";
}

}  // namespace

std::string readme_en(const Identity& identity) {
  return identity.title +
         "\n\n"
         "This folder holds the count of an election as it was collected, sheet by sheet, in a "
         "form\n"
         "that anybody can check. You need not trust whoever gave it to you, nor the program that\n"
         "made it. (En español: LEEME.txt)\n\n"
         "WHAT IT SAYS OF ITSELF\n\n" +
         figures(identity, "log          ", "public key   ", "entries      ", "root         ",
                 "result       ") +
         "\n"
         "TO CHECK IT\n\n"
         "1. Get the public key of the log from somewhere else than this folder: a newspaper, an\n"
         "   observer, another archive. It must be the one above. This step is yours alone: a\n"
         "   forger would put a key of their own here.\n"
         "2. In a browser, without any network: open verifier/dist/verifier.html, drop this whole\n"
         "   folder (or the .tar it came in) on it, paste the key.\n"
         "   Or in a terminal, with Node 18 or later:\n"
         "     node verifier/dist/verifier.mjs . --key KEY\n"
         "   Or with the program that made it, which also reads pictures of sheets again:\n"
         "     scrutineer verify . --key KEY\n"
         "   Each was written apart from the other; they must say the same. The source of the\n"
         "   first two is in verifier/. A verifier that came with a forgery may lie: take one "
         "from\n"
         "   elsewhere if you can, or have somebody read it. The rules are a few pages\n"
         "   (docs/verifying.md of Scrutineer), enough to write a third.\n" +
         (identity.has_policy ? "3. log/policy names the witnesses who must have cosigned. Compare "
                                "it as well, and\n"
                                "   give it to the verifier: --policy log/policy\n"
                              : "") +
         "\n"
         "WHAT IS WHERE\n\n"
         "  log/          every fact, signed: what was received, what it says, what was claimed\n"
         "  evidence/     the files that were received, by their SHA-256\n"
         "  election.toml the election as it was defined before the first entry\n"
         "  result.json   count and judgement, as the log states them by hash\n"
         "  data/         the returns that count, a line a station: CSV and Parquet\n"
         "  proofs/       for each station, that the entry with its figures is in the log: a file "
         "to "
         "keep\n"
         "  index.html    the same for reading; the only file that no verifier compares\n"
         "  verifier/     a second verifier: page, program, source\n" +
         (identity.has_checksums
              ? "  SHA256SUMS    to see that a copy is whole: sha256sum -c SHA256SUMS\n"
              : "") +
         "\n"
         "WHAT THIS PROVES, AND WHAT NOT\n\n"
         "That nothing was changed, removed or slipped in since the log was signed, and that "
         "count\n"
         "and judgement follow from what was received. Not that a sheet is authentic, that voting\n"
         "was free, nor why a figure is wrong.\n";
}

std::string readme_es(const Identity& identity) {
  return identity.title +
         "\n\n"
         "Esta carpeta contiene el recuento de una elección tal como se reunió, acta por acta, en\n"
         "una forma que cualquiera puede comprobar. No hace falta confiar en quien se la dio ni "
         "en\n"
         "el programa que la hizo. (In English: README.txt)\n\n"
         "LO QUE DICE DE SÍ MISMA\n\n" +
         figures(identity, "bitácora      ", "clave pública ", "entradas      ", "raíz          ",
                 "resultado     ") +
         "\n"
         "PARA COMPROBARLA\n\n"
         "1. Consiga la clave pública de la bitácora en otro lugar que no sea esta carpeta: un\n"
         "   periódico, un observador, otro archivo. Tiene que ser la de arriba. Este paso es "
         "solo\n"
         "   suyo: quien falsifica pondría aquí una clave propia.\n"
         "2. En un navegador, sin red: abra verifier/dist/verifier.html, suelte encima toda esta\n"
         "   carpeta (o el .tar en que llegó) y pegue la clave.\n"
         "   O en una terminal, con Node 18 o posterior:\n"
         "     node verifier/dist/verifier.mjs . --key CLAVE --lang es\n"
         "   O con el programa que la hizo, que además vuelve a leer las imágenes de las actas:\n"
         "     scrutineer verify . --key CLAVE\n"
         "   Se escribieron por separado y tienen que decir lo mismo. El código de los dos\n"
         "   primeros está en verifier/. Un verificador que llega con una falsificación puede\n"
         "   mentir: tome uno de otro lugar si puede, o haga que alguien lo lea. Las reglas son\n"
         "   pocas páginas (docs/verifying.md de Scrutineer), suficientes para escribir un "
         "tercero.\n" +
         (identity.has_policy
              ? "3. log/policy nombra a los testigos que tienen que haber cofirmado. Compárelo\n"
                "   también y déselo al verificador: --policy log/policy\n"
              : "") +
         "\n"
         "QUÉ HAY Y DÓNDE\n\n"
         "  log/          cada hecho, firmado: lo recibido, lo que dice, lo que se afirmó\n"
         "  evidence/     los archivos recibidos, por su SHA-256\n"
         "  election.toml la elección como se definió antes de la primera entrada\n"
         "  result.json   recuento y dictamen, como constan en la bitácora por su resumen\n"
         "  data/         las actas que cuentan, una línea por mesa: CSV y Parquet\n"
         "  proofs/       por cada mesa, que la entrada con sus cifras está en la bitácora: para "
         "guardar\n"
         "  index.html    lo mismo, para leer; el único archivo que ningún verificador compara\n"
         "  verifier/     un segundo verificador: página, programa y código\n" +
         (identity.has_checksums
              ? "  SHA256SUMS    para ver si una copia está entera: sha256sum -c SHA256SUMS\n"
              : "") +
         "\n"
         "LO QUE ESTO PRUEBA Y LO QUE NO\n\n"
         "Que nada se cambió, quitó ni añadió desde que se firmó la bitácora, y que recuento y\n"
         "dictamen se siguen de lo recibido. No que un acta sea auténtica, que el voto fuera "
         "libre,\n"
         "ni por qué una cifra es falsa.\n";
}

}  // namespace scr::bundle
