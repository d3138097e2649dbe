// SPDX-License-Identifier: Apache-2.0
//
// What of a picture shows people and is to be hidden, and what must stay to be seen: the code and
// every number. Both are found from what the definition says of the sheet (docs/redaction.md).
//
//   SheetParts parts = parts_of(file, definition);   // in a worker: the bytes are a stranger's
//   std::string answer = to_text(parts);             // across to whoever asked
//
// A first proposal: a person looks at it and corrects it, and another one looks again.
//
// Pure; any thread.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "election/definition.h"
#include "image/image.h"

namespace scr::privacy {

// A piece of the picture as people see it, in pixels.
struct Part {
  std::string what;  // "names and signatures"; of figures the row's name, or "code"
  image::Quad where;
};

struct SheetParts {
  std::vector<Part> personal;
  std::vector<Part> figures;
};

// What could be found; nothing at all if there is no code, since everything is placed by it.
SheetParts parts_of(ByteView file, const election::Definition& definition);

// To the nearest pixel.
std::string to_text(const SheetParts& parts);
// bad_input unless it is what to_text makes.
Result<SheetParts> parts_from_text(std::string_view text);

}  // namespace scr::privacy
