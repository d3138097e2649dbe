// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/grammar_check.h"

#include <string>
#include <utility>
#include <variant>

#include "canon/document.h"
#include "entry/entry.h"
#include "verify/internal/names.h"

namespace scr::verify {

std::optional<derive::RecordState> fold_entries(const Bundle& bundle,
                                                std::span<const std::string_view> entries,
                                                Problems& problems) {
  if (entries.empty()) {
    problems.add("log", "is empty: not even its first entry");
    return std::nullopt;
  }
  canon::Document scratch;
  const auto first = entry::decode(entries.front(), scratch);
  const auto* genesis = first ? std::get_if<entry::Genesis>(&*first) : nullptr;
  if (!genesis) {
    problems.add(entry_name(0), first ? "is not a genesis" : to_string(first.error()));
    return std::nullopt;
  }
  derive::FilesByName files;
  for (const entry::DefinitionFile& named : genesis->files) {
    const bool plain =
        !named.name.empty() && named.name[0] != '.' && named.name.find('/') == std::string::npos;
    auto text = plain ? bundle.read(named.name)
                      : Result<std::string>(fail(ErrorCode::bad_input, "not a plain file name"));
    if (text) files[named.name] = std::move(*text);
  }
  auto state = derive::fold_entries(files, entries);
  if (!state) {
    problems.add(state.error());
    return std::nullopt;
  }
  return std::move(*state);
}

void check_grammar(const derive::RecordState& state, Report& report, Problems& problems) {
  problems.checked(state.size);
  if (state.genesis.origin != report.origin) {
    problems.add(entry_name(0), "names another log: " + state.genesis.origin);
  }
  if (state.genesis.election != state.definition.id) {
    problems.add(entry_name(0), "names another election than its definition does");
  }
  for (const derive::Disregarded& entry : state.disregarded) {
    if (entry.unknown_type) {
      report.unknown_types.push_back({entry_name(entry.index.value()), entry.why});
    } else {
      problems.add(entry_name(entry.index.value()), entry.why);
    }
  }
  for (const derive::Voided& one : state.voided)
    report.voided.push_back({one.from.value(), one.by.value(), one.person});
  for (const derive::WithheldPicture& one : state.withheld_pictures)
    report.withheld.push_back({one.index.value(), one.sha256, entry::name_of(one.reason)});
  if (state.sealed) report.sealed = state.sealed->value();
  for (const derive::Import& import : state.imports) {
    const entry::ReturnsImported& said = import.imported;
    if (import.rows_seen == said.rows && import.names_seen == said.names &&
        import.refused_seen == said.refused) {
      continue;
    }
    problems.add(entry_name(import.index.value()),
                 "is not followed by the names, rows and refusals that it announces");
  }
}

}  // namespace scr::verify
