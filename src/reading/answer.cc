// SPDX-License-Identifier: Apache-2.0
//
// What was read, as text, from the worker to whoever asked.
#include <algorithm>
#include <optional>
#include <utility>

#include "canon/document.h"
#include "canon/value.h"
#include "reading/read_sheet.h"

namespace scr::reading {
namespace {

constexpr std::int64_t kMost = 1'000'000'000'000;

canon::Value corners_value(const Corners& corners) {
  canon::Value value = canon::Value::array();
  for (const int corner : corners) value.push_back(static_cast<std::int64_t>(corner));
  return value;
}

canon::Value code_value(const SheetCode& code) {
  canon::Value value = canon::Value::object();
  value.set("corners", corners_value(code.corners));
  value.set("erasures", static_cast<std::int64_t>(code.erasures));
  value.set("errors", static_cast<std::int64_t>(code.errors));
  value.set("ink_removed", canon::Value(code.ink_removed));
  value.set("margin", static_cast<std::int64_t>(code.margin));
  // In hex: a payload may be any bytes.
  value.set("payload", to_hex(bytes_of(code.payload)));
  value.set("stage", code.stage);
  value.set("symbology", code.symbology);
  return value;
}

canon::Value others_value(const std::vector<OtherCode>& others) {
  canon::Value value = canon::Value::array();
  for (const OtherCode& other : others) {
    canon::Value item = canon::Value::object();
    item.set("corners", corners_value(other.corners));
    item.set("payload", to_hex(bytes_of(other.payload)));
    item.set("symbology", other.symbology);
    value.push_back(item);
  }
  return value;
}

canon::Value form_value(const FormReading& form) {
  canon::Value rows = canon::Value::array();
  for (const FormRow& row : form.rows) {
    canon::Value boxes = canon::Value::array();
    for (const Corners& box : row.boxes) boxes.push_back(corners_value(box));
    canon::Value item = canon::Value::object();
    item.set("boxes", boxes);
    item.set("name", row.name);
    if (row.words) item.set("words", corners_value(*row.words));
    rows.push_back(item);
  }
  canon::Value value = canon::Value::object();
  value.set("clarity", static_cast<std::int64_t>(form.clarity));
  value.set("format", form.format);
  value.set("rows", rows);
  return value;
}

canon::Value row_value(const PrintedRow& row) {
  canon::Value likeliest = canon::Value::array();
  for (const LikelyNumber& one : row.likeliest) {
    canon::Value item = canon::Value::object();
    item.set("millionths", one.millionths);
    item.set("value", static_cast<std::int64_t>(one.value));
    likeliest.push_back(item);
  }
  canon::Value value = canon::Value::object();
  value.set("likeliest", likeliest);
  value.set("name", row.name);
  value.set("x", static_cast<std::int64_t>(row.at[0]));
  value.set("y", static_cast<std::int64_t>(row.at[1]));
  return value;
}

canon::Value print_value(const PrintReading& print) {
  canon::Value value = canon::Value::object();
  value.set("agree", static_cast<std::int64_t>(print.agree));
  value.set("compared", static_cast<std::int64_t>(print.compared));
  canon::Value contradictions = canon::Value::array();
  for (const Contradiction& one : print.contradictions) {
    canon::Value item = canon::Value::object();
    item.set("coded", static_cast<std::int64_t>(one.coded));
    item.set("name", one.name);
    item.set("printed", static_cast<std::int64_t>(one.printed));
    item.set("x", static_cast<std::int64_t>(one.at[0]));
    item.set("y", static_cast<std::int64_t>(one.at[1]));
    contradictions.push_back(item);
  }
  value.set("contradictions", contradictions);
  canon::Value numbers = canon::Value::array();
  for (const std::uint64_t number : print.numbers)
    numbers.push_back(static_cast<std::int64_t>(number));
  value.set("numbers", numbers);
  canon::Value rows = canon::Value::array();
  for (const PrintedRow& row : print.rows) rows.push_back(row_value(row));
  value.set("rows", rows);
  value.set("sure", static_cast<std::int64_t>(print.sure));
  return value;
}

// Fields of one object; the first that is missing or of another form spoils the whole.
class Fields {
 public:
  explicit Fields(canon::Node node) : node_(node) {
    if (node.kind() != canon::Kind::object) sound_ = false;
  }
  std::int64_t whole(const char* key) {
    const auto node = find(key, canon::Kind::integer);
    return node ? within(node->integer()) : 0;
  }
  std::string text(const char* key) {
    const auto node = find(key, canon::Kind::text);
    return node ? std::string(node->text()) : std::string();
  }
  bool yes(const char* key) {
    const auto node = find(key, canon::Kind::boolean);
    return node && node->boolean();
  }
  std::optional<canon::Node> find(const char* key, canon::Kind kind) {
    if (!sound_) return std::nullopt;
    auto node = node_.find(key);
    if (node && node->kind() == kind) return node;
    sound_ = false;
    return std::nullopt;
  }
  bool sound() const { return sound_; }

 private:
  std::int64_t within(std::int64_t value) {
    if (value >= 0 && value <= kMost) return value;
    sound_ = false;
    return 0;
  }

  canon::Node node_;
  bool sound_ = true;
};

std::optional<Corners> corners_from(canon::Node node) {
  Corners corners{};
  if (node.kind() != canon::Kind::array || node.size() != corners.size()) return std::nullopt;
  std::size_t i = 0;
  for (const canon::Node corner : node) {
    if (corner.kind() != canon::Kind::integer) return std::nullopt;
    if (corner.integer() < 0 || corner.integer() > 1'000'000) return std::nullopt;
    corners[i++] = static_cast<int>(corner.integer());
  }
  return corners;
}

std::optional<SheetCode> code_from(canon::Node node) {
  Fields fields(node);
  SheetCode code;
  code.erasures = static_cast<int>(fields.whole("erasures"));
  code.errors = static_cast<int>(fields.whole("errors"));
  code.ink_removed = fields.yes("ink_removed");
  code.margin = static_cast<int>(fields.whole("margin"));
  const auto payload = from_hex(fields.text("payload"));
  code.stage = fields.text("stage");
  code.symbology = fields.text("symbology");
  const auto corners = fields.find("corners", canon::Kind::array);
  if (!fields.sound() || !payload) return std::nullopt;
  code.payload = std::string(text_of(*payload));
  const auto places = corners_from(*corners);
  if (!places) return std::nullopt;
  code.corners = *places;
  return code;
}

std::optional<OtherCode> other_from(canon::Node node) {
  Fields fields(node);
  OtherCode other;
  other.symbology = fields.text("symbology");
  const auto payload = from_hex(fields.text("payload"));
  const auto corners = fields.find("corners", canon::Kind::array);
  if (!fields.sound() || !payload) return std::nullopt;
  const auto places = corners_from(*corners);
  if (!places) return std::nullopt;
  other.payload = std::string(text_of(*payload));
  other.corners = *places;
  return other;
}

std::optional<FormRow> form_row_from(canon::Node node) {
  Fields fields(node);
  FormRow row;
  row.name = fields.text("name");
  const auto boxes = fields.find("boxes", canon::Kind::array);
  if (!fields.sound() || boxes->size() == 0) return std::nullopt;
  for (const canon::Node box : *boxes) {
    const auto places = corners_from(box);
    if (!places) return std::nullopt;
    row.boxes.push_back(*places);
  }
  if (const auto words = node.find("words")) {
    row.words = corners_from(*words);
    if (!row.words) return std::nullopt;
  }
  return row;
}

std::array<int, 2> place_in(Fields& fields) {
  return {static_cast<int>(std::min<std::int64_t>(fields.whole("x"), 1'000'000)),
          static_cast<int>(std::min<std::int64_t>(fields.whole("y"), 1'000'000))};
}

std::optional<PrintedRow> row_from(canon::Node node) {
  Fields fields(node);
  PrintedRow row;
  row.name = fields.text("name");
  row.at = place_in(fields);
  const auto likeliest = fields.find("likeliest", canon::Kind::array);
  // More, or longer, than any form has: an entry must have room for them.
  if (!fields.sound() || row.name.size() > 64) return std::nullopt;
  if (likeliest->size() == 0 || likeliest->size() > 3) return std::nullopt;
  for (const canon::Node item : *likeliest) {
    Fields inner(item);
    row.likeliest.push_back(
        {static_cast<std::uint64_t>(inner.whole("value")), inner.whole("millionths")});
    if (!inner.sound() || row.likeliest.back().millionths > 1'000'000) return std::nullopt;
  }
  return row;
}

std::optional<FormReading> form_from(canon::Node node) {
  Fields fields(node);
  FormReading form;
  form.clarity = static_cast<int>(std::min<std::int64_t>(fields.whole("clarity"), 100));
  form.format = fields.text("format");
  const auto rows = fields.find("rows", canon::Kind::array);
  if (!fields.sound()) return std::nullopt;
  for (const canon::Node item : *rows) {
    auto row = form_row_from(item);
    if (!row) return std::nullopt;
    form.rows.push_back(std::move(*row));
  }
  return form;
}

std::optional<PrintReading> print_from(canon::Node node) {
  Fields fields(node);
  PrintReading print;
  print.agree = static_cast<int>(fields.whole("agree"));
  print.compared = static_cast<int>(fields.whole("compared"));
  print.sure = static_cast<int>(fields.whole("sure"));
  const auto numbers = fields.find("numbers", canon::Kind::array);
  const auto contradictions = fields.find("contradictions", canon::Kind::array);
  const auto rows = fields.find("rows", canon::Kind::array);
  if (!fields.sound()) return std::nullopt;
  if (rows->size() > 100) return std::nullopt;
  for (const canon::Node item : *rows) {
    auto row = row_from(item);
    if (!row) return std::nullopt;
    print.rows.push_back(std::move(*row));
  }
  for (const canon::Node number : *numbers) {
    if (number.kind() != canon::Kind::integer || number.integer() < 0) return std::nullopt;
    print.numbers.push_back(static_cast<std::uint64_t>(number.integer()));
  }
  for (const canon::Node item : *contradictions) {
    Fields inner(item);
    Contradiction one;
    one.coded = static_cast<std::uint64_t>(inner.whole("coded"));
    one.printed = static_cast<std::uint64_t>(inner.whole("printed"));
    one.name = inner.text("name");
    one.at = place_in(inner);
    if (!inner.sound()) return std::nullopt;
    print.contradictions.push_back(std::move(one));
  }
  return print;
}

}  // namespace

std::string to_text(const ReadSheet& read) {
  canon::Value answer = canon::Value::object();
  if (read.code) {
    answer.set("code", code_value(*read.code));
  } else {
    answer.set("unread", read.unread);
  }
  if (read.fingerprint) answer.set("fingerprint", read.fingerprint->hex());
  if (read.print) answer.set("print", print_value(*read.print));
  if (read.form) answer.set("form", form_value(*read.form));
  if (!read.others.empty()) answer.set("others", others_value(read.others));
  return canon::write(answer);
}

Result<ReadSheet> read_sheet_from_text(std::string_view text) {
  canon::Document document;
  SCR_TRY_VOID(document.parse(text, canon::kOutput));
  const canon::Node root = document.root();
  const auto wrong = [] { return fail(ErrorCode::bad_input, "not an answer of a reader"); };
  if (root.kind() != canon::Kind::object) return wrong();
  ReadSheet read;
  const auto code = root.find("code");
  const auto unread = root.find("unread");
  if (code.has_value() == unread.has_value()) return wrong();
  if (code) {
    read.code = code_from(*code);
    if (!read.code) return wrong();
  } else {
    if (unread->kind() != canon::Kind::text || unread->text().empty()) return wrong();
    read.unread = std::string(unread->text());
  }
  if (const auto print = root.find("fingerprint")) {
    if (print->kind() != canon::Kind::text) return wrong();
    read.fingerprint = likeness::Fingerprint::from_hex_text(print->text());
    if (!read.fingerprint) return wrong();
  }
  // A code without its picture is no answer.
  if (read.code && !read.fingerprint) return wrong();
  if (const auto print = root.find("print")) {
    read.print = print_from(*print);
    if (!read.print) return wrong();
  }
  if (const auto form = root.find("form")) {
    read.form = form_from(*form);
    if (!read.form) return wrong();
  }
  if (const auto others = root.find("others")) {
    if (others->kind() != canon::Kind::array) return wrong();
    for (const canon::Node item : *others) {
      auto other = other_from(item);
      if (!other) return wrong();
      read.others.push_back(std::move(*other));
    }
  }
  return read;
}

}  // namespace scr::reading
