// SPDX-License-Identifier: Apache-2.0
#include "derive/redactions.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "derive/record_state.h"

namespace scr::derive {
namespace {

using entry::EntryIndex;

}  // namespace

Person* person_of(std::vector<Person>& people, std::string_view name) {
  for (Person& person : people) {
    if (person.key.name().value() == name) return &person;
  }
  return nullptr;
}

bool Person::has_or_had(const note::PublicKey& wanted) const {
  return key.key() == wanted || std::find(former.begin(), former.end(), wanted) != former.end();
}

const cells::Mask* CommittedPicture::approved() const {
  if (withheld) return nullptr;
  const Approval* last = nullptr;
  for (const Approval& one : approvals) {
    const auto same = std::count_if(approvals.begin(), approvals.end(),
                                    [&](const Approval& a) { return a.mask == one.mask; });
    if (static_cast<std::size_t>(same) < kApprovals) continue;
    if (last == nullptr || last->index < one.index) last = &one;
  }
  return last == nullptr ? nullptr : &last->mask;
}

CommittedPicture* RecordState::committed_at(EntryIndex index) {
  const auto found = std::lower_bound(
      committed.begin(), committed.end(), index,
      [](const CommittedPicture& c, EntryIndex wanted) { return c.index < wanted; });
  return found != committed.end() && found->index == index ? &*found : nullptr;
}

const CommittedPicture* RecordState::committed_of(EntryIndex received) const {
  const auto found = committed_by_evidence.find(received);
  return found == committed_by_evidence.end() ? nullptr : &committed[found->second];
}

void Fold::take(EntryIndex index, const entry::PictureCommitted& committed) {
  const Evidence* file =
      committed.evidence < index ? state_->evidence_at(committed.evidence) : nullptr;
  if (!file || file->received.kind != entry::EvidenceKind::picture)
    return disregard(index, "evidence: no picture was received there");
  const bool first =
      state_->committed_by_evidence.emplace(committed.evidence, state_->committed.size()).second;
  if (!first) return disregard(index, "evidence: a commitment to it stands already");
  state_->committed.push_back({index,
                               committed.evidence,
                               file->received.sha256,
                               committed.file,
                               committed.cells,
                               {},
                               state_->withheld(file->received.sha256) != nullptr});
}

const WithheldPicture* RecordState::withheld(const Digest& picture) const {
  for (const WithheldPicture& one : withheld_pictures) {
    if (one.sha256 == picture) return &one;
  }
  return nullptr;
}

void Fold::take(EntryIndex index, const entry::PictureWithheld& withheld) {
  const Evidence* file =
      withheld.evidence < index ? state_->evidence_at(withheld.evidence) : nullptr;
  if (!file || file->received.kind != entry::EvidenceKind::picture)
    return disregard(index, "evidence: no picture was received there");
  if (state_->withheld(file->received.sha256))
    return disregard(index, "evidence: it is withheld already");
  const Digest picture = file->received.sha256;
  state_->withheld_pictures.push_back({index, picture, withheld.reason});
  for (CommittedPicture& one : state_->committed) {
    if (one.sha256 == picture) one.withheld = true;
  }
}

void Fold::take(EntryIndex index, const entry::PersonNamed& named) {
  auto key = note::Vkey::parse(named.key);
  if (!key || key->type() != note::KeyType::ed25519)
    return disregard(index, "key: not a public key that signs");
  for (const Person& person : state_->people) {
    if (person.key.name() == key->name()) return disregard(index, "key: its name is taken");
    // One key under two names could approve twice.
    if (person.has_or_had(key->key())) return disregard(index, "key: somebody has it already");
  }
  state_->people.push_back({index, std::move(*key)});
}

void Fold::take(EntryIndex index, const entry::PersonWithdrawn& withdrawn) {
  Person* person = person_of(state_->people, withdrawn.name);
  if (!person || person->withdrawn) return disregard(index, "name: nobody has it");
  person->withdrawn = true;
}

void Fold::take(EntryIndex index, const entry::RedactionApproved& approved) {
  if (is_void(index, approved.by)) return;
  if (approved.log != state_->genesis.origin) return disregard(index, "log: said in another log");
  const Person* person = person_of(state_->people, approved.by);
  if (!person || person->withdrawn) return disregard(index, "by: nobody has that name");
  const std::string said = signed_bytes(approved);
  if (!note::verifies(person->key.key(), bytes_of(said), approved.signature))
    return disregard(index, "sig: not that person's signature");
  CommittedPicture* picture = state_->committed_at(approved.commitment);
  if (!picture || !picture->cells || approved.mask.last() >= picture->cells->leaves)
    return disregard(index, "commitment: no picture with such cells was committed to there");
  const auto who = static_cast<std::size_t>(person - state_->people.data());
  const auto before = std::find_if(picture->approvals.begin(), picture->approvals.end(),
                                   [&](const Approval& one) { return one.person == who; });
  if (before != picture->approvals.end()) {
    // Else the keeper could append once more what hid less.
    if (approved.at.value() <= before->at.value())
      return disregard(index, "at: not later than what this person approved before");
    picture->approvals.erase(before);
  }
  picture->approvals.push_back({index, approved.at, who, approved.mask});
}

}  // namespace scr::derive
