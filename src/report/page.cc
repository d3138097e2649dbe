// SPDX-License-Identifier: Apache-2.0
//
// Both languages are in the page, one shown: two radio buttons and two rules of the style sheet
// switch between them, so that no script is needed.

#include "report/page.h"

#include "base/bytes.h"
#include "base/sha256.h"
#include "report/internal/html.h"
#include "report/internal/page_sections.h"
#include "report/internal/page_style.h"
#include "report/internal/sentences.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::element;
using internal::escaped;
using internal::text_element;

// Nothing may be loaded or run; the one style sheet is let in by its hash.
std::string security_policy() {
  const Digest digest = sha256(bytes_of(internal::page_style()));
  return "default-src 'none'; style-src 'sha256-" + to_base64(digest.view()) +
         "'; base-uri 'none'; form-action 'none'";
}

std::string head(const Facts& facts, Language language) {
  const std::string title = facts.definition.title.by_language.empty()
                                ? facts.definition.id
                                : facts.definition.title.in(code_of(language));
  return "<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         security_policy() +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n" +
         text_element("title", "", title) + "\n<style>" + std::string(internal::page_style()) +
         "</style>\n</head>\n";
}

std::string language_switch(Language shown) {
  std::string buttons;
  std::string labels;
  for (const Language language : {Language::en, Language::es}) {
    const std::string code = code_of(language);
    buttons += "<input class=\"pick\" type=\"radio\" name=\"language\" id=\"show-" + code +
               "\" autocomplete=\"off\"" + (language == shown ? " checked" : "") + ">";
    labels += text_element("label", "for=\"show-" + code + "\" lang=\"" + code + "\"",
                           say(language, "language.name"));
  }
  const std::string name =
      say(Language::es, "page.language") + " / " + say(Language::en, "page.language");
  return buttons + "\n" +
         element("div", "class=\"languages\" role=\"group\" aria-label=\"" + escaped(name) + "\"",
                 labels) +
         "\n";
}

std::string version(Language language, const Facts& facts) {
  const std::string inside =
      internal::header_section(language, facts) + internal::count_section(language, facts) +
      internal::missing_section(language, facts) + internal::where_section(language, facts) +
      internal::claims_section(language, facts) + internal::findings_section(language, facts) +
      internal::basis_section(language, facts) + internal::limits_section(language) +
      internal::self_check_section(language, facts) +
      text_element("footer", "", say(language, "page.footer"));
  const std::string code = code_of(language);
  return element("article", "class=\"version " + code + "\" lang=\"" + code + "\"", inside) + "\n";
}

}  // namespace

std::string page(const Facts& facts, Language default_language) {
  return "<!doctype html>\n<html lang=\"" + std::string(code_of(default_language)) + "\">\n" +
         head(facts, default_language) + "<body>\n" + language_switch(default_language) +
         element("main", "", "\n" + version(Language::en, facts) + version(Language::es, facts)) +
         "\n</body>\n</html>\n";
}

}  // namespace scr::report
