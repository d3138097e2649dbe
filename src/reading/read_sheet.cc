// SPDX-License-Identifier: Apache-2.0
#include "reading/read_sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "canon/document.h"
#include "canon/writer.h"
#include "image/image.h"
#include "picture/decode.h"
#include "qr/read.h"

namespace scr::reading {
namespace {

SheetCode code_of(const qr::Symbol& symbol, bool ink_removed) {
  SheetCode code;
  code.payload = symbol.message.payload;
  code.stage = qr::name_of(symbol.stage);
  code.ink_removed = ink_removed;
  code.errors = symbol.errors;
  code.erasures = symbol.erasures;
  code.margin = symbol.margin;
  for (std::size_t i = 0; i < 4; ++i) {
    code.corners[2 * i] = static_cast<int>(std::lround(std::max(0.0, symbol.corners[i].x)));
    code.corners[2 * i + 1] = static_cast<int>(std::lround(std::max(0.0, symbol.corners[i].y)));
  }
  return code;
}

}  // namespace

ReadSheet read_sheet(ByteView file) {
  const auto gray = picture::decode_gray(file);
  if (!gray) return {std::nullopt, picture::name_of(gray.error().refusal)};
  qr::Reading reading = qr::read(*gray);
  if (!reading.symbols.empty()) return {code_of(reading.symbols.front(), false), {}};
  bool seen = !reading.unread.empty();
  // Pens and stamps have colours; print has none.
  const auto colours = picture::decode_rgb(file);
  if (colours) {
    reading = qr::read(image::brightest_channel_of(*colours));
    if (!reading.symbols.empty()) return {code_of(reading.symbols.front(), true), {}};
    seen = seen || !reading.unread.empty();
  }
  return {std::nullopt, seen ? "code-unreadable" : "no-code"};
}

std::string to_text(const ReadSheet& read) {
  canon::Writer out;
  out.begin_object();
  if (read.code) {
    const SheetCode& code = *read.code;
    out.key("corners");
    out.begin_array();
    for (const int value : code.corners) out.integer(value);
    out.end_array();
    out.key("erasures");
    out.integer(code.erasures);
    out.key("errors");
    out.integer(code.errors);
    out.key("ink_removed");
    out.boolean(code.ink_removed);
    out.key("margin");
    out.integer(code.margin);
    // In hex: a payload may be any bytes.
    out.key("payload");
    out.text(to_hex(bytes_of(code.payload)));
    out.key("stage");
    out.text(code.stage);
  } else {
    out.key("unread");
    out.text(read.unread);
  }
  out.end_object();
  return out.take();
}

Result<ReadSheet> read_sheet_from_text(std::string_view text) {
  canon::Document document;
  SCR_TRY_VOID(document.parse(text, canon::kOutput));
  const canon::Node root = document.root();
  const auto wrong = [] { return fail(ErrorCode::bad_input, "not an answer of a reader"); };
  const auto whole = [&](const char* key) -> std::optional<int> {
    const auto node = root.find(key);
    if (!node || node->kind() != canon::Kind::integer) return std::nullopt;
    if (node->integer() < 0 || node->integer() > 1'000'000) return std::nullopt;
    return static_cast<int>(node->integer());
  };
  const auto words = [&](const char* key) -> std::optional<std::string> {
    const auto node = root.find(key);
    if (!node || node->kind() != canon::Kind::text) return std::nullopt;
    return std::string(node->text());
  };
  if (const auto unread = words("unread")) return ReadSheet{std::nullopt, *unread};
  const auto corners = root.find("corners");
  const auto ink = root.find("ink_removed");
  const auto payload = words("payload");
  const auto stage = words("stage");
  const auto erasures = whole("erasures");
  const auto errors = whole("errors");
  const auto margin = whole("margin");
  const auto bytes = payload ? from_hex(*payload) : std::nullopt;
  if (!corners || corners->kind() != canon::Kind::array || corners->size() != 8 || !ink ||
      ink->kind() != canon::Kind::boolean || !bytes || !stage || !erasures || !errors || !margin) {
    return wrong();
  }
  SheetCode code{
      std::string(text_of(*bytes)), *stage, ink->boolean(), *errors, *erasures, *margin, {}};
  std::size_t i = 0;
  for (const canon::Node corner : *corners) {
    const bool sensible = corner.kind() == canon::Kind::integer && corner.integer() >= 0 &&
                          corner.integer() <= 1'000'000;
    if (!sensible) return wrong();
    code.corners[i++] = static_cast<int>(corner.integer());
  }
  return ReadSheet{std::move(code), {}};
}

}  // namespace scr::reading
