// SPDX-License-Identifier: Apache-2.0
//
// The definition's grammar, top to bottom as docs/election-definition.md has it. The only file of
// the room that reads TOML.
#include <algorithm>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "election/definition.h"
#include "election/station_code.h"
#include "note/key.h"
#include "toml/parse.h"

namespace scr::election {
namespace {

// What went wrong first. Reading goes on with defaults, so that the grammar below stays readable;
// the definition is given out only if nothing did.
class Complaint {
 public:
  void add(const ::toml::source_region& where, std::string what) {
    if (error_) return;
    error_ =
        Error{ErrorCode::bad_input, std::move(what), "line " + std::to_string(where.begin.line)};
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0';
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool is_name(std::string_view text, std::string_view extra) {
  if (text.empty() || text.size() > 64) return false;
  for (char c : text) {
    const bool common = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!common && extra.find(c) == std::string_view::npos) return false;
  }
  return true;
}

constexpr std::string_view kLowerExtra = "-._";
constexpr std::string_view kMixedExtra = "-_ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// A table with the keys that it may have.
class Table {
 public:
  Table(const ::toml::table& table, std::initializer_list<std::string_view> keys,
        Complaint& complaint)
      : table_(table), complaint_(complaint) {
    for (const auto& [key, value] : table) {
      if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
      std::string known;
      for (std::string_view each : keys) known += (known.empty() ? "" : ", ") + std::string(each);
      complaint.add(key.source(),
                    "unknown key \"" + std::string(key.str()) + "\"; known here are " + known);
    }
  }

  bool has(std::string_view key) const { return table_.contains(key); }
  void wrong(std::string_view key, std::string what) {
    const ::toml::node* node = table_.get(key);
    complaint_.add(node ? node->source() : table_.source(),
                   std::string(key) + ": " + std::move(what));
  }

  std::string text(std::string_view key) {
    const ::toml::node* node = table_.get(key);
    const auto* value = node ? node->as_string() : nullptr;
    if (!value || value->get().empty() || !toml::is_plain_text(value->get())) {
      wrong(key, node ? "must be a text without control characters" : "is missing");
      return "";
    }
    return value->get();
  }
  std::string text_or(std::string_view key, std::string fallback) {
    return has(key) ? text(key) : std::move(fallback);
  }
  std::string name(std::string_view key, std::string_view extra) {
    std::string value = text(key);
    if (!value.empty() && !is_name(value, extra)) {
      wrong(key, "\"" + value + "\" is no id: 1 to 64 letters" +
                     (extra == kLowerExtra ? " (lower case)" : "") + ", digits, '-', '_'" +
                     (extra == kLowerExtra ? ", '.'" : ""));
    }
    return value;
  }
  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most) {
    const ::toml::node* node = table_.get(key);
    const auto* value = node ? node->as_integer() : nullptr;
    if (!value || value->get() < least || value->get() > most) {
      wrong(key, node ? "must be a whole number from " + std::to_string(least) + " to " +
                            std::to_string(most)
                      : "is missing");
      return least;
    }
    return value->get();
  }
  bool yes_or_no(std::string_view key, bool fallback) {
    const ::toml::node* node = table_.get(key);
    if (!node) return fallback;
    if (!node->is_boolean()) wrong(key, "must be true or false");
    return node->value_or(fallback);
  }
  // A text (the same in every language) or a table of texts by language.
  Words words(std::string_view key) {
    const ::toml::node* node = table_.get(key);
    if (const auto* by_language = node ? node->as_table() : nullptr) {
      Words words;
      for (const auto& [language, value] : *by_language) {
        const auto* said = value.as_string();
        if (!said || said->get().empty() || !toml::is_plain_text(said->get()) ||
            language.str().size() != 2) {
          complaint_.add(language.source(),
                         std::string(key) + ": must be texts by language, as in es = \"...\"");
        } else {
          words.by_language[std::string(language.str())] = said->get();
        }
      }
      if (words.by_language.empty()) wrong(key, "says nothing in any language");
      if (words.by_language.empty()) words.by_language["en"] = "";
      return words;
    }
    return Words{{{"en", text(key)}}};
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> values;
    const ::toml::node* node = table_.get(key);
    if (!node) return values;
    const auto* list = node->as_array();
    if (!list) wrong(key, "must be a list of texts");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto* value = (*list)[i].as_string();
      if (!value || value->get().empty() || !toml::is_plain_text(value->get())) {
        wrong(key, "must be a list of texts without control characters");
        return values;
      }
      values.push_back(value->get());
    }
    return values;
  }
  // `count` numbers from 0 to 100,000, whole or not.
  std::vector<double> lengths(std::string_view key, std::size_t count) {
    const ::toml::node* node = table_.get(key);
    const auto* list = node ? node->as_array() : nullptr;
    std::vector<double> values;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto value = (*list)[i].value<double>();
      if (value && *value >= 0 && *value <= 100'000) values.push_back(*value);
    }
    if (!list || list->size() != count || values.size() != count) {
      wrong(key,
            node ? "must be " + std::to_string(count) + " numbers from 0 to 100000" : "is missing");
      values.assign(count, 0);
    }
    return values;
  }
  // Calls `each` for the table `key`, if there is one.
  void table(std::string_view key, const std::function<void(const ::toml::table&)>& each) {
    const ::toml::node* node = table_.get(key);
    if (!node) return;
    const auto* inner = node->as_table();
    if (!inner) return wrong(key, "must be a table, [" + std::string(key) + "]");
    each(*inner);
  }
  // For each table of a list, [[key]].
  void tables(std::string_view key, const std::function<void(const ::toml::table&)>& each) {
    const ::toml::node* node = table_.get(key);
    if (!node) return;
    const auto* list = node->as_array();
    if (!list || !list->is_array_of_tables()) {
      return wrong(key, "must be tables, [[" + std::string(key) + "]]");
    }
    for (const ::toml::node& inner : *list) each(*inner.as_table());
  }
  const ::toml::source_region& source() const { return table_.source(); }

 private:
  const ::toml::table& table_;
  Complaint& complaint_;
};

void read_levels(Table& top, Definition& definition, Complaint& complaint) {
  std::set<std::string> seen{"country", "station"};
  top.tables("level", [&](const ::toml::table& inner) {
    Table table(inner, {"id", "name", "plural", "width"}, complaint);
    Level level;
    level.id = LevelId(table.name("id", kLowerExtra));
    level.name = table.words("name");
    level.plural = table.has("plural") ? table.words("plural") : level.name;
    level.width = table.has("width") ? static_cast<std::size_t>(table.whole("width", 1, 64)) : 0;
    if (!seen.insert(level.id.value()).second) {
      table.wrong("id", "\"" + level.id.value() + "\" is taken (country and station always are)");
    }
    definition.levels.push_back(std::move(level));
  });
}

void read_options(Table& top, Definition& definition, Complaint& complaint) {
  std::set<std::string> seen{"valid", "null", "cast", "others", "rest"};
  std::set<std::string> lines;
  top.tables("option", [&](const ::toml::table& inner) {
    Table table(inner, {"id", "name", "lines"}, complaint);
    Option option;
    option.id = OptionId(table.name("id", kMixedExtra));
    option.name = table.text("name");
    if (!seen.insert(option.id.value()).second) {
      table.wrong("id", "\"" + option.id.value() +
                            "\" is taken (valid, null, cast, others and rest always are)");
    }
    for (std::string& line : table.texts("lines")) {
      if (!lines.insert(line).second) table.wrong("lines", "\"" + line + "\" stands twice");
      option.lines.push_back({LineId(std::move(line))});
    }
    definition.options.push_back(std::move(option));
  });
  if (definition.options.size() < 2)
    top.wrong("option", "an election has at least two options, [[option]]");
}

Totals read_totals(Table& top, std::string_view key, Complaint& complaint) {
  Totals totals;
  std::vector<TotalId> chosen;
  top.tables(key, [&](const ::toml::table& inner) {
    Table table(inner, {"id", "value", "what", "source", "chosen"}, complaint);
    Total total;
    total.id = TotalId(table.name("id", kLowerExtra));
    total.value = *Votes::from(table.whole("value", 0, Votes::kMax));
    total.what = table.words("what");
    total.source = table.text("source");
    if (totals.find(total.id)) table.wrong("id", "\"" + total.id.value() + "\" is taken");
    if (table.yes_or_no("chosen", false)) chosen.push_back(total.id);
    totals.known.push_back(std::move(total));
  });
  if (totals.known.empty()) return totals;
  if (totals.known.size() == 1 && chosen.empty()) chosen.push_back(totals.known.front().id);
  if (chosen.size() != 1) {
    top.wrong(key, "of several totals exactly one must say chosen = true");
  } else {
    totals.chosen = chosen.front();
  }
  return totals;
}

void read_caps(Table& top, Definition& definition) {
  std::vector<std::string> texts = top.texts("turnout_caps");
  if (!top.has("turnout_caps")) texts = {"9/10", "4/5", "7/10", "3/5"};
  texts.emplace_back("1");
  for (const std::string& text : texts) {
    const auto cap = Fraction::parse(text);
    if (!cap || *cap <= Fraction(0) || *cap > Fraction(1) || cap->denominator() > 1'000'000) {
      top.wrong("turnout_caps",
                "\"" + text + "\" is no share above 0 and at most 1, as in \"4/5\"");
      continue;
    }
    definition.turnout_caps.push_back(*cap);
  }
  auto& caps = definition.turnout_caps;
  std::sort(caps.rbegin(), caps.rend());
  caps.erase(std::unique(caps.begin(), caps.end()), caps.end());
}

// "set-aside", or `otherwise`.
Remedy read_choice(Table& table, std::string_view key, const std::string& otherwise,
                   Remedy fallback) {
  const std::string text = table.text_or(key, fallback == Remedy::note ? otherwise : "set-aside");
  if (text == "set-aside") return Remedy::set_aside;
  if (text != otherwise) table.wrong(key, "must be \"set-aside\" or \"" + otherwise + "\"");
  return Remedy::note;
}

Remedy read_remedy(Table& table, std::string_view key, Remedy fallback) {
  return read_choice(table, key, "note", fallback);
}

void read_rules(Table& top, Definition& definition, Complaint& complaint) {
  top.table("rules", [&](const ::toml::table& inner) {
    Table table(inner,
                {"votes_sum_to_valid", "cast_within_registered", "zero_sheet", "unknown_station",
                 "print_differs"},
                complaint);
    Rules& rules = definition.rules;
    rules.votes_sum_to_valid = read_remedy(table, "votes_sum_to_valid", rules.votes_sum_to_valid);
    rules.cast_within_registered =
        read_remedy(table, "cast_within_registered", rules.cast_within_registered);
    rules.zero_sheet = read_remedy(table, "zero_sheet", rules.zero_sheet);
    rules.unknown_station = read_remedy(table, "unknown_station", rules.unknown_station);
    rules.print_differs = read_remedy(table, "print_differs", rules.print_differs);
  });
  top.table("acceptance", [&](const ::toml::table& inner) {
    Acceptance& acceptance = definition.acceptance;
    Table table(inner, {"prefer", "alone", "alone_jointly", "alone_compared", "pictures_differ"},
                complaint);
    acceptance.alone = read_choice(table, "alone", "accept", acceptance.alone);
    acceptance.alone_jointly =
        read_choice(table, "alone_jointly", "accept", acceptance.alone_jointly);
    if (table.has("alone_compared"))
      acceptance.alone_compared = table.whole("alone_compared", 0, 1000);
    acceptance.pictures_differ =
        read_choice(table, "pictures_differ", "most", acceptance.pictures_differ);
    std::set<std::string> seen;
    for (std::string& source : table.texts("prefer")) {
      if (!is_name(source, kLowerExtra) || !seen.insert(source).second) {
        table.wrong("prefer", "must be names of sources (lower case), each once");
      }
      acceptance.prefer.emplace_back(std::move(source));
    }
  });
}

void read_guardians(Table& top, Definition& definition, Complaint& complaint) {
  top.table("guardians", [&](const ::toml::table& inner) {
    Table table(inner, {"keys", "needed"}, complaint);
    Guardians& guardians = definition.guardians;
    for (const std::string& text : table.texts("keys")) {
      auto key = note::Vkey::parse(text);
      if (!key || key->type() != note::KeyType::ed25519) {
        table.wrong("keys", "\"" + text + "\" is no public key that signs, as key new prints it");
        return;
      }
      for (const note::Vkey& other : guardians.keys) {
        if (other.name() == key->name() || other.key() == key->key())
          table.wrong("keys", "a name or a key stands twice: " + text);
      }
      guardians.keys.push_back(std::move(*key));
    }
    if (guardians.keys.empty()) return table.wrong("keys", "must name at least one");
    const auto most = static_cast<std::int64_t>(guardians.keys.size());
    guardians.needed = static_cast<std::size_t>(table.whole("needed", 1, most));
  });
}

PrintedSheet read_print(const ::toml::table& inner, Complaint& complaint) {
  Table table(
      inner,
      {"module", "pitch", "letter", "width", "indent", "to_code", "headings", "totals", "personal"},
      complaint);
  PrintedSheet print;
  print.module_dots = static_cast<double>(table.whole("module", 1, 100));
  print.pitch_dots = static_cast<double>(table.whole("pitch", 4, 400));
  print.letter_dots = static_cast<double>(table.whole("letter", 2, 200));
  print.width_dots = static_cast<double>(table.whole("width", 20, 10'000));
  print.indent_letters = static_cast<int>(table.whole("indent", 0, 40));
  if (table.has("to_code"))
    print.to_code_dots = static_cast<double>(table.whole("to_code", 1, 10'000));
  print.headings = table.yes_or_no("headings", false);
  print.totals = table.texts("totals");
  if (table.has("personal")) {
    print.personal_above_code = table.text("personal") == "above-code";
    if (!print.personal_above_code)
      table.wrong("personal", "must be \"above-code\": between the last total and the code");
  }
  std::set<std::string> seen;
  for (const std::string& total : print.totals) {
    const auto known = {"valid", "null", "invalid", "cast", "signed", "registered"};
    if (std::find(known.begin(), known.end(), total) == known.end()) {
      table.wrong("totals", "\"" + total +
                                "\" is no total; there are valid, null, invalid, cast, signed, "
                                "registered");
    }
    if (!seen.insert(total).second) table.wrong("totals", "\"" + total + "\" stands twice");
  }
  return print;
}

Place read_place(Table& table, std::string_view key, const HandwrittenForm& form) {
  const std::vector<double> sides = table.lengths(key, 4);
  const bool sound = sides[0] < sides[2] && sides[1] < sides[3] && sides[2] <= form.width &&
                     sides[3] <= form.height;
  if (!sound) table.wrong(key, "must be [left, top, right, foot], within the page");
  return {sides[0], sides[1], sides[2], sides[3]};
}

BoxRow read_row(const ::toml::table& inner, const HandwrittenForm& form,
                const std::set<std::string>& lines, Complaint& complaint) {
  Table table(inner, {"name", "boxes", "digits", "words"}, complaint);
  BoxRow row;
  row.name = table.text("name");
  if (lines.count(row.name) == 0 &&
      std::find(kTotals.begin(), kTotals.end(), row.name) == kTotals.end()) {
    table.wrong("name", "\"" + row.name +
                            "\" is neither a line nor a total: valid, null, invalid, blank, cast, "
                            "signed, registered");
  }
  row.boxes = read_place(table, "boxes", form);
  row.digits = static_cast<int>(table.whole("digits", 1, 9));
  if (table.has("words")) row.words = read_place(table, "words", form);
  return row;
}

PersonalPart read_personal(const ::toml::table& inner, const HandwrittenForm& form,
                           Complaint& complaint) {
  Table table(inner, {"what", "place"}, complaint);
  PersonalPart part;
  part.what = table.text("what");
  part.place = read_place(table, "place", form);
  return part;
}

HandwrittenForm read_form(const ::toml::table& inner, const std::set<std::string>& lines,
                          Complaint& complaint) {
  Table table(inner, {"page", "qr", "row", "frame", "personal"}, complaint);
  HandwrittenForm form;
  const std::vector<double> page = table.lengths("page", 2);
  form.width = page[0];
  form.height = page[1];
  form.code = read_place(table, "qr", form);
  std::set<std::string> seen;
  table.tables("row", [&](const ::toml::table& row) {
    form.rows.push_back(read_row(row, form, lines, complaint));
    if (!seen.insert(form.rows.back().name).second)
      table.wrong("row", "\"" + form.rows.back().name + "\" stands twice");
  });
  table.tables("frame", [&](const ::toml::table& part) {
    Table frame(part, {"place"}, complaint);
    form.frames.push_back(read_place(frame, "place", form));
  });
  table.tables("personal", [&](const ::toml::table& part) {
    form.personal.push_back(read_personal(part, form, complaint));
  });
  if (form.rows.size() < 3)
    table.wrong("row", "at least three rows of boxes, [[sheet.form.row]], so that they are found");
  return form;
}

std::vector<std::string> read_symbologies(Table& table) {
  if (!table.has("codes")) return {"qr"};
  std::vector<std::string> codes = table.texts("codes");
  std::set<std::string> seen;
  for (const std::string& code : codes) {
    const bool known =
        std::find(kSymbologies.begin(), kSymbologies.end(), code) != kSymbologies.end();
    if (!known || !seen.insert(code).second) {
      std::string all;
      for (const std::string_view each : kSymbologies)
        all += (all.empty() ? "" : ", ") + std::string(each);
      table.wrong("codes", "\"" + code + "\" stands twice or is not known; there are " + all);
    }
  }
  if (codes.empty()) table.wrong("codes", "must name at least one, as in [\"qr\"]");
  return codes;
}

void read_ballot_order(Table& table, const std::set<std::string>& known, SheetFormat& format) {
  std::set<std::string> seen;
  for (std::string& line : table.texts("ballot_order")) {
    if (known.count(line) == 0)
      table.wrong("ballot_order", "\"" + line + "\" is no line of any option");
    if (!seen.insert(line).second) table.wrong("ballot_order", "\"" + line + "\" stands twice");
    format.ballot_order.emplace_back(std::move(line));
  }
  const bool needed = has_counts(format.grammar) || format.print || table.has("ballot_order");
  if (needed && seen.size() != known.size())
    table.wrong("ballot_order", "must name every line of every option once");
}

void read_sheets(Table& top, Definition& definition, Complaint& complaint) {
  std::set<std::string> known;
  for (const Option& option : definition.options) {
    for (const Line& line : option.lines) known.insert(line.id.value());
  }
  top.tables("sheet", [&](const ::toml::table& inner) {
    Table table(inner,
                {"id", "payload", "code", "station", "codes", "ballot_order", "print", "form"},
                complaint);
    SheetFormat format;
    table.table("print",
                [&](const ::toml::table& print) { format.print = read_print(print, complaint); });
    table.table("form", [&](const ::toml::table& form) {
      format.form = read_form(form, known, complaint);
    });
    format.id = table.name("id", kLowerExtra);
    auto grammar = parse_payload_grammar(table.text("payload"));
    if (!grammar) table.wrong("payload", grammar.error().what);
    if (grammar) format.grammar = std::move(*grammar);
    format.code_pattern = table.text("code");
    format.station_pattern = table.text("station");
    if (const auto problem = pattern_problem(format)) table.wrong("code", *problem);
    format.codes = read_symbologies(table);
    read_ballot_order(table, known, format);
    definition.sheets.push_back(std::move(format));
  });
}

std::optional<Companion> read_companion(Table& table) {
  std::string file = table.text("file");
  const bool plain = !file.empty() && file[0] != '.' && file.find('/') == std::string::npos &&
                     file.find('\\') == std::string::npos && file != "election.toml" &&
                     file != "log" && file != "evidence" && file != "keys" && file != "state";
  if (!plain)
    table.wrong("file",
                "must be a plain file name, beside this file, and not one that a record uses");
  return Companion{std::move(file)};
}

void read_companions(Table& top, Definition& definition, Complaint& complaint) {
  top.table("roster", [&](const ::toml::table& inner) {
    Table table(inner, {"file", "complete"}, complaint);
    definition.roster = read_companion(table);
    definition.roster_complete = table.yes_or_no("complete", false);
  });
  top.table("mapping", [&](const ::toml::table& inner) {
    Table table(inner, {"file"}, complaint);
    definition.mapping = read_companion(table);
    if (definition.roster && definition.roster->file == definition.mapping->file) {
      table.wrong("file", "is the roster's already");
    }
  });
}

Definition read_all(const ::toml::table& root, Complaint& complaint) {
  Table top(root,
            {"id", "title", "languages", "date", "station_width", "turnout_caps", "country",
             "level", "contest", "option", "electors", "stations", "rules", "acceptance",
             "guardians", "sheet", "roster", "mapping"},
            complaint);
  Definition definition;
  definition.id = top.name("id", kLowerExtra);
  definition.title = top.words("title");
  definition.languages = top.texts("languages");
  if (definition.languages.empty())
    top.wrong("languages", "must name at least one, as in [\"es\", \"en\"]");
  std::set<std::string> languages;
  for (const std::string& language : definition.languages) {
    const bool code = language.size() == 2 && is_name(language, "");
    if (!code || !languages.insert(language).second) {
      top.wrong("languages", "must be codes of two letters, each once, as in [\"es\", \"en\"]");
    }
  }
  definition.date = top.text_or("date", "");
  if (!definition.date.empty() && !is_date(definition.date)) {
    top.wrong("date", "must be in quotes and of the form \"2024-07-28\"");
  }
  if (top.has("station_width")) {
    definition.station_width = static_cast<std::size_t>(top.whole("station_width", 1, 64));
  }
  if (!top.has("country")) top.wrong("country", "is missing: [country] with id and name");
  definition.country_name = Words{{{"en", ""}}};
  top.table("country", [&](const ::toml::table& inner) {
    Table table(inner, {"id", "name"}, complaint);
    definition.country = UnitId(table.name("id", kMixedExtra));
    definition.country_name = table.words("name");
  });
  read_levels(top, definition, complaint);
  definition.contest = definition.title;
  top.table("contest", [&](const ::toml::table& inner) {
    Table table(inner, {"title"}, complaint);
    definition.contest = table.words("title");
  });
  read_options(top, definition, complaint);
  definition.electors = read_totals(top, "electors", complaint);
  definition.stations = read_totals(top, "stations", complaint);
  read_caps(top, definition);
  read_rules(top, definition, complaint);
  read_guardians(top, definition, complaint);
  read_sheets(top, definition, complaint);
  read_companions(top, definition, complaint);
  return definition;
}

}  // namespace

Result<Definition> parse_definition(std::string_view text) {
  SCR_TRY(root, toml::parse_text(text));
  Complaint complaint;
  Definition definition = read_all(root, complaint);
  if (complaint.error()) return tl::unexpected(*complaint.error());
  return definition;
}

}  // namespace scr::election
