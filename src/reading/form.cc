// SPDX-License-Identifier: Apache-2.0
#include "reading/form.h"

namespace scr::reading {
namespace {

const election::Option* option_with(const election::Definition& definition,
                                    const election::LineId& id) {
  for (const election::Option& option : definition.options) {
    for (const election::Line& line : option.lines) {
      if (line.id == id) return &option;
    }
  }
  return nullptr;
}

SheetForm form_of(const election::Definition& definition, const election::SheetFormat& format) {
  const election::PrintedSheet& printed = *format.print;
  SheetForm form;
  form.format = format;
  form.layout.module = printed.module_dots;
  form.layout.pitch = printed.pitch_dots;
  form.layout.letter = printed.letter_dots;
  form.layout.width = printed.width_dots;
  form.layout.indent = printed.indent_letters * printed.letter_dots;
  form.layout.to_code = printed.to_code_dots;
  const election::Option* before = nullptr;
  for (std::size_t i = 0; i < format.ballot_order.size(); ++i) {
    const election::Option* option = option_with(definition, format.ballot_order[i]);
    if (printed.headings && option != before)
      form.layout.rows.push_back({print::RowKind::heading, false});
    before = option;
    form.layout.rows.push_back({print::RowKind::number, printed.indent_letters > 0});
    form.numbers.push_back({format.ballot_order[i].value(), true, i});
  }
  form.layout.rows.push_back({print::RowKind::rule, false});
  for (const std::string& total : printed.totals) {
    form.layout.rows.push_back({print::RowKind::number, false});
    form.numbers.push_back({total, false, 0});
  }
  return form;
}

std::uint64_t sum_of_lines(const election::SheetPayload& payload) {
  std::uint64_t sum = 0;
  for (const election::Votes votes : payload.lines) sum += votes.count();
  return sum;
}

}  // namespace

std::vector<SheetForm> forms_of(const election::Definition& definition) {
  std::vector<SheetForm> forms;
  for (const election::SheetFormat& format : definition.sheets) {
    if (format.print) forms.push_back(form_of(definition, format));
  }
  return forms;
}

std::optional<std::uint64_t> expected(const PrintedNumber& number,
                                      const election::SheetPayload& payload) {
  if (!payload.counted) return std::nullopt;
  if (number.is_line) return payload.lines[number.line].count();
  const std::uint64_t null = payload.null.count();
  const std::uint64_t invalid = payload.invalid.count();
  if (number.name == "null") return null;
  if (number.name == "invalid") return invalid;
  if (number.name == "valid") return payload.valid ? payload.valid->count() : sum_of_lines(payload);
  if (number.name == "registered" && payload.registered) return payload.registered->count();
  if (number.name == "cast") return sum_of_lines(payload) + null + invalid;
  return std::nullopt;
}

}  // namespace scr::reading
