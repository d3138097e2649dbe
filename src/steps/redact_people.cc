// SPDX-License-Identifier: Apache-2.0
#include "steps/redact_people.h"

#include <algorithm>
#include <utility>

#include "entry/entry.h"
#include "steps/open_log.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

Result<std::uint64_t> append_person(const view::OpenRecord& record, const std::string& entry) {
  SCR_TRY(log, open_log(record.folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                record.folder.string());
  }
  SCR_TRY_VOID(log.append({&entry, 1}));
  return log.size();
}

}  // namespace

Result<std::uint64_t> name_person(const fs::path& folder, const note::Vkey& key, os::Clock& clock) {
  if (key.type() != note::KeyType::ed25519)
    return fail(ErrorCode::bad_input, "the key is one of a witness; a person needs one that signs");
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  for (const derive::Person& person : record.state.people) {
    if (person.key.name() == key.name() || person.key.key() == key.key())
      return fail(ErrorCode::conflict, "this name or this key stands in the log already",
                  key.name().value());
  }
  return append_person(record,
                       encode(entry::PersonNamed{entry::ClaimedTime(clock.now()), key.text()}));
}

Result<std::uint64_t> withdraw_person(const fs::path& folder, const std::string& name,
                                      os::Clock& clock) {
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  const auto& people = record.state.people;
  const bool there = std::any_of(people.begin(), people.end(), [&](const derive::Person& person) {
    return person.key.name().value() == name && !person.withdrawn;
  });
  if (!there) return fail(ErrorCode::not_found, "nobody has this name", name);
  return append_person(record,
                       encode(entry::PersonWithdrawn{entry::ClaimedTime(clock.now()), name}));
}

}  // namespace scr::steps
