// SPDX-License-Identifier: Apache-2.0
#include "derive/keys.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/bytes.h"
#include "base/check.h"
#include "canon/document.h"
#include "derive/record_state.h"
#include "entry/entry.h"

namespace scr::derive {
namespace {

using entry::EntryIndex;

// What of the log is bad, whose keys were, what they approved: each hangs on the one before, and
// the log on nothing.
constexpr int kMostFolds = 3;

std::optional<note::Vkey> signing_key(const std::string& text) {
  auto key = note::Vkey::parse(text);
  if (!key || key->type() != note::KeyType::ed25519) return std::nullopt;
  return std::move(*key);
}

bool has_signed(const note::Vkey& key, const std::string& said, const note::Signature& signature) {
  return note::verifies(key.key(), bytes_of(said), signature);
}

bool ends_as(std::string_view entry, std::string_view type) {
  return entry.ends_with("\"t\":\"" + std::string(type) + "\"}");
}

bool knows(std::span<const LogKey> keys, const note::Vkey& wanted) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const LogKey& one) { return one.key.key() == wanted.key(); });
}

// What is amiss with the guardians' signatures; null if they suffice.
const char* amiss_with(const entry::KeyRevoked& revoked, const election::Guardians& guardians) {
  if (guardians.needed == 0) return "sigs: the definition names no guardians";
  const std::string said = signed_bytes(revoked);
  for (const entry::GuardianSignature& one : revoked.signatures) {
    const auto guardian =
        std::find_if(guardians.keys.begin(), guardians.keys.end(),
                     [&](const note::Vkey& key) { return key.name().value() == one.name; });
    if (guardian == guardians.keys.end() || !has_signed(*guardian, said, one.signature))
      return "sigs: not the signature of a guardian";
  }
  // Each name stands once, by the grammar.
  return revoked.signatures.size() < guardians.needed ? "sigs: fewer than the definition demands"
                                                      : nullptr;
}

}  // namespace

const LogKey* log_key_at(std::span<const LogKey> keys, std::uint64_t tree_size) {
  const LogKey* in_force = keys.empty() ? nullptr : &keys.front();
  for (const LogKey& one : keys) {
    if (one.since.value() < tree_size) in_force = &one;
  }
  return in_force;
}

bool is_void_size(std::span<const Voided> voided, std::uint64_t tree_size) {
  return std::any_of(voided.begin(), voided.end(), [&](const Voided& one) {
    return one.person.empty() && one.from.value() < tree_size && tree_size <= one.by.value();
  });
}

std::vector<note::Vkey> claimed_log_keys(std::span<const std::string_view> entries,
                                         const note::KeyName& origin) {
  std::vector<note::Vkey> keys;
  canon::Document scratch;
  for (std::string_view bytes : entries) {
    if (!ends_as(bytes, entry::KeyRotated::kType) && !ends_as(bytes, entry::KeyRevoked::kType))
      continue;
    const auto fact = entry::decode(bytes, scratch);
    if (!fact) continue;
    std::vector<std::string> named;
    if (const auto* rotated = std::get_if<entry::KeyRotated>(&*fact))
      named = {rotated->old, rotated->next};
    if (const auto* revoked = std::get_if<entry::KeyRevoked>(&*fact); revoked && revoked->next)
      named = {revoked->key, revoked->next->key};
    for (const std::string& text : named) {
      auto key = signing_key(text);
      if (key && key->name() == origin) keys.push_back(std::move(*key));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool Fold::is_void(EntryIndex index, std::string_view person) const {
  return std::any_of(voided_.begin(), voided_.end(), [&](const Voided& one) {
    return one.person == person && one.from <= index && index < one.by;
  });
}

void Fold::take(EntryIndex index, const entry::KeyRotated& rotated) {
  const auto old = signing_key(rotated.old);
  auto next = signing_key(rotated.next);
  if (rotated.log != state_->genesis.origin) return disregard(index, "log: said in another log");
  if (!old || !next || old->name() != next->name())
    return disregard(index, "old, next: not two public keys that sign, of one name");
  const std::string said = signed_bytes(rotated);
  if (!has_signed(*old, said, rotated.signature))
    return disregard(index, "sig: not the signature of the old key");
  if (!has_signed(*next, said, rotated.next_signature))
    return disregard(index, "next_sig: not the signature of the new key");
  if (old->name().value() == state_->genesis.origin) {
    auto& keys = state_->log_keys;
    // The first of these entries says which key the log began with.
    if (keys.empty()) keys.push_back({*old, EntryIndex(0)});
    if (keys.back().key != *old) return disregard(index, "old: not the key of the log by then");
    if (knows(keys, *next)) return disregard(index, "next: was a key of the log before");
    keys.push_back({std::move(*next), index});
    return;
  }
  Person* person = person_of(state_->people, old->name().value());
  if (!person || person->withdrawn || person->key != *old)
    return disregard(index, "old: nobody has that key");
  for (const Person& one : state_->people) {
    if (one.has_or_had(next->key())) return disregard(index, "next: somebody has it already");
  }
  person->former.push_back(person->key.key());
  person->key = std::move(*next);
}

void Fold::take(EntryIndex index, const entry::KeyRevoked& revoked) {
  const auto key = signing_key(revoked.key);
  if (revoked.log != state_->genesis.origin) return disregard(index, "log: said in another log");
  if (!key) return disregard(index, "key: not a public key that signs");
  if (revoked.from.value() == 0 || index < revoked.from)
    return disregard(index, "from: not an entry after the first and up to this one");
  if (state_->sealed && *state_->sealed < revoked.from)
    return disregard(index, "from: comes after the end of the log");
  if (const char* amiss = amiss_with(revoked, state_->definition.guardians))
    return disregard(index, amiss);
  const bool of_log = key->name().value() == state_->genesis.origin;
  of_log ? revoke_log_key(index, revoked, *key) : revoke_person(index, revoked, *key);
}

void Fold::revoke_log_key(EntryIndex index, const entry::KeyRevoked& revoked,
                          const note::Vkey& key) {
  auto next = revoked.next ? signing_key(revoked.next->key) : std::nullopt;
  if (!next || next->name() != key.name())
    return disregard(index, "next: not a public key of the log's name, which has to follow");
  if (!has_signed(*next, signed_bytes(revoked), revoked.next->signature))
    return disregard(index, "next_sig: not the signature of the new key");
  for (const LogKey& one : state_->log_keys) {
    if (one.bad_before && revoked.from <= one.since)
      return disregard(index, "from: not after what guardians said before");
  }
  // What its thief replaced it by is bad too.
  std::vector<LogKey> keys = state_->log_keys;
  std::erase_if(keys, [&](const LogKey& one) { return revoked.from <= one.since; });
  // Only what was erased, or nothing, said which key the log began with.
  if (keys.size() < 2) keys = {{key, EntryIndex(0)}};
  if (keys.back().key != key) return disregard(index, "key: not the key of the log by then");
  if (knows(keys, *next)) return disregard(index, "next: was a key of the log before");
  keys.push_back({std::move(*next), index, revoked.from});
  state_->log_keys = std::move(keys);
  state_->voided.push_back({revoked.from, index, {}});
  state_->sealed.reset();  // by whoever had the bad key
}

void Fold::revoke_person(EntryIndex index, const entry::KeyRevoked& revoked,
                         const note::Vkey& key) {
  if (state_->sealed) return disregard(index, "the log was sealed, and ends there");
  if (revoked.next) return disregard(index, "next: only the key of the log is followed by another");
  Person* person = person_of(state_->people, key.name().value());
  if (!person || person->withdrawn || person->key != key)
    return disregard(index, "key: nobody has it");
  person->withdrawn = true;
  state_->voided.push_back({revoked.from, index, key.name().value()});
}

void Fold::take(EntryIndex index, const entry::LogSealed& sealed) {
  if (sealed.size != index.value())
    return disregard(index, "size: a seal closes all entries before it");
  state_->sealed = index;
}

Result<RecordState> fold_entries(const FilesByName& files,
                                 std::span<const std::string_view> entries) {
  std::vector<Voided> voided;
  for (int folds = 1;; ++folds) {
    SCR_CHECK(folds <= kMostFolds);
    Fold fold(files, voided);
    for (std::string_view bytes : entries) SCR_TRY_VOID(fold.take(bytes));
    SCR_TRY(state, std::move(fold).finish());
    if (state.voided == voided) return state;
    voided = std::move(state.voided);
  }
}

}  // namespace scr::derive
