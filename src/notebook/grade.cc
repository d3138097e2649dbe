// SPDX-License-Identifier: Apache-2.0
#include "notebook/grade.h"

namespace scr::notebook {

const char* name_of(Grade grade) {
  switch (grade) {
    case Grade::witness:
      return "witness";
    case Grade::mirror:
      return "mirror";
    case Grade::recounter:
      return "recounter";
  }
  return "";
}

std::optional<Grade> parse_grade(std::string_view name) {
  for (const Grade grade : {Grade::witness, Grade::mirror, Grade::recounter}) {
    if (name == name_of(grade)) return grade;
  }
  return std::nullopt;
}

Grade grade_of_name(std::string_view key_name) {
  const std::size_t slash = key_name.rfind('/');
  if (slash == std::string_view::npos) return Grade::witness;
  return parse_grade(key_name.substr(slash + 1)).value_or(Grade::witness);
}

}  // namespace scr::notebook
