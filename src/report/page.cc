// SPDX-License-Identifier: Apache-2.0
#include "report/page.h"

#include "report/internal/html.h"
#include "report/internal/page_frame.h"
#include "report/internal/page_sections.h"
#include "report/words.h"

namespace scr::report {
namespace {

using internal::text_element;

std::string version(Language language, const Facts& facts) {
  const std::string inside =
      internal::header_section(language, facts) + internal::count_section(language, facts) +
      internal::missing_section(language, facts) + internal::model_section(language, facts) +
      internal::where_section(language, facts) + internal::claims_section(language, facts) +
      internal::findings_section(language, facts) + internal::basis_section(language, facts) +
      internal::limits_section(language) + internal::self_check_section(language, facts) +
      text_element("footer", "", say(language, "page.footer"));
  return inside;
}

}  // namespace

std::string page(const Facts& facts, Language default_language) {
  const std::string title = facts.definition.title.by_language.empty()
                                ? facts.definition.id
                                : facts.definition.title.in(code_of(default_language));
  return internal::framed_page(default_language, title, version(Language::en, facts),
                               version(Language::es, facts), internal::Pictures::none);
}

}  // namespace scr::report
