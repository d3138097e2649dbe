// SPDX-License-Identifier: Apache-2.0
//
// Both languages are in the page, one shown: two radio buttons and two rules of the style sheet
// switch between them, so that no script is needed.

#include "report/internal/page_frame.h"

#include "base/bytes.h"
#include "base/sha256.h"
#include "report/internal/html.h"
#include "report/internal/page_style.h"
#include "report/words.h"

namespace scr::report::internal {
namespace {

// Nothing may be loaded or run; the one style sheet is let in by its hash.
std::string security_policy(Pictures pictures) {
  const Digest digest = sha256(bytes_of(page_style()));
  return "default-src 'none'; style-src 'sha256-" + to_base64(digest.view()) + "'" +
         (pictures == Pictures::inside ? "; img-src data:" : "") +
         "; base-uri 'none'; form-action 'none'";
}

std::string head(std::string_view title, Pictures pictures) {
  return "<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         security_policy(pictures) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n" +
         text_element("title", "", title) + "\n<style>" + std::string(page_style()) +
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

std::string version(Language language, std::string_view inside) {
  const std::string code = code_of(language);
  return element("article", "class=\"version " + code + "\" lang=\"" + code + "\"", inside) + "\n";
}

}  // namespace

std::string framed_page(Language default_language, std::string_view title, std::string_view english,
                        std::string_view spanish, Pictures pictures) {
  return "<!doctype html>\n<html lang=\"" + std::string(code_of(default_language)) + "\">\n" +
         head(title, pictures) + "<body>\n" + language_switch(default_language) +
         element("main", "",
                 "\n" + version(Language::en, english) + version(Language::es, spanish)) +
         "\n</body>\n</html>\n";
}

}  // namespace scr::report::internal
