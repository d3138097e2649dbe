// SPDX-License-Identifier: Apache-2.0
#include "steps/keys.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "canon/document.h"
#include "derive/keys.h"
#include "derive/record_state.h"
#include "entry/entry.h"
#include "os/random.h"
#include "record/log_keys.h"
#include "record/snapshot.h"
#include "steps/open_log.h"
#include "view/open_record.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

std::string trimmed_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

// What the log would give with this entry at its end; bad_input if the entry would count for
// nothing.
Result<derive::RecordState> state_with(const fs::path& folder, const view::OpenRecord& record,
                                       const std::string& entry) {
  SCR_TRY(snapshot, record::read_snapshot(folder));
  SCR_TRY(files, view::definition_files(folder, record.state.genesis));
  std::vector<std::string_view> entries(snapshot.entries().begin(), snapshot.entries().end());
  entries.push_back(entry);
  SCR_TRY(state, derive::fold_entries(files, entries));
  for (const derive::Disregarded& one : state.disregarded) {
    if (one.index.value() + 1 == entries.size())
      return fail(ErrorCode::bad_input,
                  "it would count for nothing, so it was not added: " + one.why);
  }
  return state;
}

Result<std::uint64_t> append_entry(record::Log log, std::uint64_t expected,
                                   const std::string& entry) {
  if (log.size() != expected)
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again");
  SCR_TRY_VOID(log.append({&entry, 1}));
  return log.size();
}

std::string rotation(const std::string& origin, const note::Signer& old, const note::Signer& next,
                     os::Clock& clock) {
  entry::KeyRotated rotated{.at = entry::ClaimedTime(clock.now()),
                            .log = origin,
                            .next = next.vkey().text(),
                            .old = old.vkey().text()};
  const std::string said = signed_bytes(rotated);
  rotated.signature = old.sign_message(bytes_of(said));
  rotated.next_signature = next.sign_message(bytes_of(said));
  return encode(rotated);
}

Result<note::Signer> fresh_log_signer(const fs::path& folder) {
  SCR_TRY(seed, os::random_32_bytes());
  return record::next_log_signer(folder, note::Seed(seed));
}

Result<entry::KeyRevoked> revocation_in(const std::string& statement) {
  canon::Document scratch;
  SCR_TRY(fact, entry::decode(trimmed_line(statement), scratch));
  if (auto* revoked = std::get_if<entry::KeyRevoked>(&fact)) return std::move(*revoked);
  return fail(ErrorCode::bad_input, "declares no key bad; make it with: scrutineer key revoke");
}

}  // namespace

Result<KeyChanged> rotate_log_key(const fs::path& folder, os::Clock& clock) {
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(old, record::read_log_signer(folder));
  SCR_TRY(next, fresh_log_signer(folder));
  const std::string entry = rotation(record.origin, old, next, clock);
  SCR_TRY_VOID(state_with(folder, record, entry));
  SCR_TRY(log, open_log_with_next_key(folder, SealedLog::refused));
  SCR_TRY(size, append_entry(std::move(log), record.size, entry));
  return KeyChanged{old.vkey(), next.vkey(), size};
}

Result<KeyChanged> rotate_person_key(const fs::path& folder, const note::Signer& old,
                                     const note::Signer& next, os::Clock& clock) {
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  const bool there = std::any_of(
      record.state.people.begin(), record.state.people.end(),
      [&](const derive::Person& one) { return one.key == old.vkey() && !one.withdrawn; });
  if (!there)
    return fail(ErrorCode::not_found, "no person in the log has this key", old.vkey().text());
  const std::string entry = rotation(record.origin, old, next, clock);
  SCR_TRY_VOID(state_with(folder, record, entry));
  SCR_TRY(log, open_log(folder));
  SCR_TRY(size, append_entry(std::move(log), record.size, entry));
  return KeyChanged{old.vkey(), next.vkey(), size};
}

Result<std::string> revocation_to_sign(const fs::path& folder, const RevocationWanted& wanted,
                                       os::Clock& clock) {
  SCR_TRY(record, view::open_record(folder));
  if (record.state.definition.guardians.needed == 0) {
    return fail(ErrorCode::unsupported,
                "the definition names no guardians ([guardians]), so nobody may declare a key bad; "
                "a person can be withdrawn (redact withdraw), the log's key replaced (key rotate)",
                folder.string());
  }
  if (wanted.from == 0 || wanted.from > record.size) {
    return fail(ErrorCode::bad_input,
                "must be an entry of the log after the first, or the next one: 1 to " +
                    std::to_string(record.size),
                "--from");
  }
  entry::KeyRevoked revoked{.at = entry::ClaimedTime(clock.now()),
                            .from = entry::EntryIndex(wanted.from),
                            .log = record.origin};
  if (wanted.person) {
    derive::Person* person = derive::person_of(record.state.people, *wanted.person);
    if (!person || person->withdrawn)
      return fail(ErrorCode::not_found, "nobody in the log has this name", *wanted.person);
    revoked.key = person->key.text();
    return encode(revoked) + "\n";
  }
  SCR_TRY(vkey, record::read_vkey(folder));
  SCR_TRY(next, fresh_log_signer(folder));
  const auto& keys = record.state.log_keys;
  // Of keys that a thief brought in from there on nobody need speak.
  const derive::LogKey* by_then = derive::log_key_at(keys, wanted.from);
  revoked.key = by_then ? by_then->key.text() : vkey.text();
  revoked.next = entry::NextKey{next.vkey().text(), {}};
  const std::string said = signed_bytes(revoked);
  revoked.next->signature = next.sign_message(bytes_of(said));
  return encode(revoked) + "\n";
}

Result<std::string> sign_revocation(const std::string& statement, const note::Signer& guardian) {
  SCR_TRY(revoked, revocation_in(statement));
  const std::string& name = guardian.vkey().name().value();
  const std::string said = signed_bytes(revoked);
  auto& all = revoked.signatures;
  const auto place = std::lower_bound(
      all.begin(), all.end(), name,
      [](const auto& one, const std::string& wanted) { return one.name < wanted; });
  if (place != all.end() && place->name == name)
    return fail(ErrorCode::conflict, "has signed it already", name);
  all.insert(place, {name, guardian.sign_message(bytes_of(said))});
  return encode(revoked) + "\n";
}

Result<KeyChanged> take_revocation(const fs::path& folder, const std::string& statement) {
  SCR_TRY(revoked, revocation_in(statement));
  SCR_TRY(key, note::Vkey::parse(revoked.key));
  SCR_TRY_VOID(finish_what_was_cut_off(folder));
  SCR_TRY(record, view::open_record(folder));
  const std::string entry = encode(revoked);
  SCR_TRY_VOID(state_with(folder, record, entry));
  if (!revoked.next) {
    SCR_TRY(log, open_log(folder));
    SCR_TRY(size, append_entry(std::move(log), record.size, entry));
    return KeyChanged{std::move(key), std::nullopt, size};
  }
  SCR_TRY(next, fresh_log_signer(folder));
  if (next.vkey().text() != revoked.next->key) {
    return fail(ErrorCode::conflict,
                "another key follows by this statement than the one in keys/log.key.next; take the "
                "statement that was made in this record");
  }
  SCR_TRY(log, open_log_with_next_key(folder, SealedLog::taken));
  SCR_TRY(size, append_entry(std::move(log), record.size, entry));
  return KeyChanged{std::move(key), next.vkey(), size};
}

Result<std::vector<KeyOnRecord>> keys_on_record(const fs::path& folder) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(vkey, record::read_vkey(folder));
  const derive::RecordState& state = record.state;
  std::vector<KeyOnRecord> all;
  if (state.log_keys.empty()) all.push_back({vkey.text(), "log"});
  for (std::size_t i = 0; i < state.log_keys.size(); ++i) {
    const derive::LogKey& one = state.log_keys[i];
    const bool last = i + 1 == state.log_keys.size();
    const bool bad = !last && state.log_keys[i + 1].bad_before;
    all.push_back({one.key.text(), "log",
                   last  ? "in-force"
                   : bad ? "bad"
                         : "replaced",
                   one.since.value()});
  }
  for (const derive::Person& one : state.people)
    all.push_back(
        {one.key.text(), "person", one.withdrawn ? "withdrawn" : "in-force", one.index.value()});
  for (const note::Vkey& one : state.definition.guardians.keys)
    all.push_back({one.text(), "guardian"});
  return all;
}

}  // namespace scr::steps
