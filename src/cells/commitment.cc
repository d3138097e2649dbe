// SPDX-License-Identifier: Apache-2.0
#include "cells/commitment.h"

namespace scr::cells {

const char* name_of(Kind kind) {
  return kind == Kind::jpeg ? "jpeg" : "pixels";
}

std::optional<Kind> kind_named(std::string_view name) {
  for (const Kind kind : {Kind::jpeg, Kind::pixels}) {
    if (name == name_of(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace scr::cells
