// SPDX-License-Identifier: Apache-2.0
#include "intake/read_returns.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/bytes.h"
#include "csv/csv.h"

namespace scr::intake {
namespace {

using election::Votes;

constexpr std::size_t kMaxCode = 64;
constexpr std::size_t kMaxName = 200;

// ---- encodings

// Windows-1252, 0x80 to 0x9F; 0 where it has no character.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, char16_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

Result<std::string> to_utf8(std::string_view file, Encoding encoding) {
  std::string text;
  text.reserve(file.size() + file.size() / 16);
  for (std::size_t i = 0; i < file.size(); ++i) {
    const auto byte = static_cast<unsigned char>(file[i]);
    char16_t c = byte;
    if (encoding == Encoding::windows1252 && byte >= 0x80 && byte <= 0x9F) {
      c = kWindows1252[byte - 0x80u];
      if (c == 0) {
        return fail(ErrorCode::bad_input, "is not windows-1252", "byte " + std::to_string(i));
      }
    }
    append_utf8(text, c);
  }
  return text;
}

std::size_t first_bad_byte(std::string_view text) {
  // The longest beginning that is valid, found by halving: is_utf8 of a beginning that ends within
  // a character is false, hence the look at the three bytes before.
  std::size_t good = 0;
  for (std::size_t step = text.size(); step > 0; step /= 2) {
    while (good + step <= text.size() && is_utf8(text.substr(good, step))) good += step;
  }
  return good;
}

// ---- the header

struct Piece {
  std::string literal;
  std::size_t column = 0;
  std::size_t pad = 0;
  bool is_column = false;
};
using Recipe = std::vector<Piece>;

// A mapping with columns as positions.
struct Plan {
  struct PlaceAt {
    Recipe code;
    bool whole = false;
    std::optional<std::size_t> name;
  };
  std::size_t columns = 0;
  Recipe station;
  std::vector<PlaceAt> places;
  std::optional<std::size_t> registered;
  std::optional<std::size_t> valid;
  std::optional<std::size_t> null;
  std::optional<std::size_t> invalid;
  std::vector<std::vector<std::size_t>> votes;
};

class Header {
 public:
  explicit Header(const csv::Row& row) {
    for (std::string_view field : row.fields) names_.emplace_back(field);
  }
  const std::vector<std::string>& names() const { return names_; }

  Result<std::size_t> position(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) {
      std::string there;
      for (const std::string& each : names_) there += (there.empty() ? "" : ", ") + each;
      return fail(ErrorCode::bad_input,
                  "the file has no column \"" + name + "\"; it has " + there +
                      ". Say with --mapping which column says what",
                  "line 1");
    }
    if (std::find(found + 1, names_.end(), name) != names_.end()) {
      return fail(ErrorCode::bad_input, "the file has two columns \"" + name + "\"", "line 1");
    }
    return static_cast<std::size_t>(found - names_.begin());
  }

  Result<std::optional<std::size_t>> position(const std::optional<std::string>& name) const {
    if (!name) return std::optional<std::size_t>();
    SCR_TRY(found, position(*name));
    return std::optional(found);
  }

  Result<Recipe> recipe(const Pieces& pieces) const {
    Recipe recipe;
    for (const auto& piece : pieces) {
      if (const auto* literal = std::get_if<std::string>(&piece)) {
        recipe.push_back({*literal});
        continue;
      }
      const Column& column = std::get<Column>(piece);
      SCR_TRY(found, position(column.name));
      recipe.push_back({"", found, column.pad, true});
    }
    return recipe;
  }

 private:
  std::vector<std::string> names_;
};

Result<Plan> plan_of(const Mapping& mapping, const Header& header) {
  Plan plan;
  plan.columns = header.names().size();
  SCR_TRY(station, header.recipe(mapping.station));
  plan.station = std::move(station);
  for (const Place& place : mapping.places) {
    SCR_TRY(code, header.recipe(place.code));
    SCR_TRY(name, header.position(place.name));
    plan.places.push_back({std::move(code), place.whole, name});
  }
  SCR_TRY(registered, header.position(mapping.registered));
  SCR_TRY(valid, header.position(mapping.valid));
  SCR_TRY(null, header.position(mapping.null));
  SCR_TRY(invalid, header.position(mapping.invalid));
  plan.registered = registered;
  plan.valid = valid;
  plan.null = null;
  plan.invalid = invalid;
  for (const auto& names : mapping.votes) {
    std::vector<std::size_t> columns;
    for (const std::string& name : names) {
      SCR_TRY(found, header.position(name));
      columns.push_back(found);
    }
    plan.votes.push_back(std::move(columns));
  }
  return plan;
}

// ---- rows

// Digits only. Zeros on the left are usual in foreign files; signs, points and spaces are not
// counts.
std::optional<Votes> count_of(std::string_view field) {
  if (field.empty() || field.size() > 16) return std::nullopt;
  std::int64_t value = 0;
  for (char c : field) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return Votes::from(value);
}

bool is_code(std::string_view code) {
  if (code.empty() || code.size() > kMaxCode) return false;
  for (char c : code) {
    if (c <= 0x20 || c >= 0x7f || c == ',' || c == '"') return false;  // plain ASCII only
  }
  return true;
}

// Appends what the recipe makes of the row; false if a column of it is empty.
bool cook(const Recipe& recipe, const csv::Row& row, std::string& out) {
  for (const Piece& piece : recipe) {
    if (!piece.is_column) {
      out += piece.literal;
      continue;
    }
    const std::string_view field = row.fields[piece.column];
    if (field.empty()) return false;
    if (field.size() < piece.pad) out.append(piece.pad - field.size(), '0');
    out += field;
  }
  return true;
}

// A name as people may read it: no control characters, not endless, whole characters.
std::string tidy_name(std::string_view field) {
  std::string name(field.substr(0, kMaxName));
  while (!name.empty() && !is_utf8(name)) name.pop_back();
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return name;
}

class RowReader {
 public:
  RowReader(const Plan& plan, const std::vector<std::string>& columns,
            const election::Definition& definition)
      : plan_(plan), columns_(columns), definition_(definition) {}

  void read(const csv::Row& row) {
    refusal_ = {row.line, "", ""};
    ImportedRow imported;
    imported.row = row.line;
    if (fields_fit(row) && read_station(row, imported) && read_places(row, imported) &&
        read_figures(row, imported)) {
      note_names(row, imported);
      result_.rows.push_back(std::move(imported));
    } else {
      result_.refused.push_back(std::move(refusal_));
    }
  }

  ReadReturns take() { return std::move(result_); }

 private:
  bool refuse(const char* code, std::optional<std::size_t> column = std::nullopt) {
    refusal_.code = code;
    if (column) refusal_.column = tidy_name(columns_[*column]);
    return false;
  }

  bool fields_fit(const csv::Row& row) {
    if (row.fields.size() < plan_.columns) return refuse("too-few-fields");
    if (row.fields.size() > plan_.columns) return refuse("too-many-fields");
    return true;
  }

  bool read_station(const csv::Row& row, ImportedRow& imported) {
    std::string code;
    if (!cook(plan_.station, row, code) || !is_code(code) ||
        code.size() < definition_.station_width) {
      return refuse("bad-station");
    }
    imported.station = election::StationId(std::move(code));
    return true;
  }

  bool read_places(const csv::Row& row, ImportedRow& imported) {
    imported.place.reserve(plan_.places.size());
    for (const auto& place : plan_.places) {
      std::string code;
      if (!place.whole && !imported.place.empty()) code = imported.place.back().value();
      if (!cook(place.code, row, code) || !is_code(code)) return refuse("bad-unit");
      imported.place.emplace_back(std::move(code));
    }
    return true;
  }

  bool figure(const csv::Row& row, std::optional<std::size_t> column, Votes& into) {
    if (!column) return true;
    const std::string_view field = row.fields[*column];
    const auto count = count_of(field);
    if (!count) return refuse(field.empty() ? "missing-field" : "bad-number", column);
    into = *count;
    return true;
  }

  bool read_figures(const csv::Row& row, ImportedRow& imported) {
    Votes sum;
    imported.votes.reserve(plan_.votes.size());
    for (const auto& columns : plan_.votes) {
      Votes votes;
      for (const std::size_t column : columns) {
        Votes part;
        if (!figure(row, column, part)) return false;
        const auto more = add(votes, part);
        if (!more) return refuse("bad-number", column);
        votes = *more;
      }
      imported.votes.push_back(votes);
      const auto more = add(sum, votes);
      if (!more) return refuse("bad-number", columns.front());
      sum = *more;
    }
    imported.valid = sum;
    if (!figure(row, plan_.valid, imported.valid) || !figure(row, plan_.null, imported.null) ||
        !figure(row, plan_.invalid, imported.invalid)) {
      return false;
    }
    if (plan_.registered && !row.fields[*plan_.registered].empty()) {
      Votes registered;
      if (!figure(row, plan_.registered, registered)) return false;
      imported.registered = registered;
    }
    return true;
  }

  void note_names(const csv::Row& row, const ImportedRow& imported) {
    for (std::size_t i = 0; i < plan_.places.size(); ++i) {
      if (!plan_.places[i].name) continue;
      const std::string_view field = row.fields[*plan_.places[i].name];
      if (field.empty() || !named_.insert(imported.place[i].value()).second) continue;
      result_.names.push_back({imported.place[i], definition_.levels[i].id, tidy_name(field)});
    }
  }

  const Plan& plan_;
  const std::vector<std::string>& columns_;
  const election::Definition& definition_;
  std::unordered_set<std::string> named_;
  RefusedRow refusal_;
  ReadReturns result_;
};

}  // namespace

Result<ReadReturns> read_returns(std::string_view file, const Mapping* mapping,
                                 const election::Definition& definition) {
  const Encoding encoding = mapping ? mapping->encoding : Encoding::utf8;
  std::string converted;
  if (encoding != Encoding::utf8) {
    SCR_TRY(text, to_utf8(file, encoding));
    converted = std::move(text);
    file = converted;
  } else if (file.starts_with("\xFF\xFE") || file.starts_with("\xFE\xFF")) {
    return fail(ErrorCode::bad_input, "is UTF-16; save it as UTF-8");
  } else if (!is_utf8(file)) {
    return fail(ErrorCode::bad_input,
                "is not UTF-8; say in the mapping what it is: encoding = \"latin-1\" or "
                "\"windows-1252\"",
                "byte " + std::to_string(first_bad_byte(file)));
  }
  csv::Reader reader(file, mapping ? mapping->delimiter : ',');
  csv::Row row;
  SCR_TRY(has_header, reader.next(row));
  if (!has_header) return fail(ErrorCode::bad_input, "is empty: not even a header");
  const Header header(row);
  const Mapping by_convention =
      mapping ? Mapping() : conventional_mapping(header.names(), definition);
  SCR_TRY(plan, plan_of(mapping ? *mapping : by_convention, header));
  RowReader rows(plan, header.names(), definition);
  while (true) {
    SCR_TRY(more, reader.next(row));
    if (!more) break;
    rows.read(row);
  }
  return rows.take();
}

}  // namespace scr::intake
