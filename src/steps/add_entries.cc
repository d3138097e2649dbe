// SPDX-License-Identifier: Apache-2.0
#include "steps/add_entries.h"

#include <utility>

#include "entry/entry.h"
#include "intake/picture_entry.h"

namespace scr::steps {
namespace {

using What = receive::Arrival::What;

}  // namespace

AddEntries::AddEntries(const derive::RecordState& state) : definition_(state.definition) {
  for (const derive::Evidence& file : state.evidence) {
    if (is_withheld(file.received.kind)) evidence_.emplace(file.received.sha256, file.index);
  }
}

void AddEntries::append(const receive::Arrival& arrival,
                        const std::optional<reading::ReadSheet>& read, entry::ClaimedTime now,
                        std::uint64_t base, std::vector<std::string>& entries) {
  const auto container = [&] { return evidence_.at(arrival.part->container); };
  if (arrival.part) ++added.parts;
  if (arrival.what == What::refused) {
    const std::string reason = name_of(arrival.reason);
    ++added.refused[reason];
    entries.push_back(encode(entry::PartRefused{now, container(), arrival.part->number, reason}));
    return;
  }
  if (arrival.what == What::closed) {
    const std::string ending = name_of(arrival.reason);
    ++added.containers;
    if (arrival.reason != container::Reason::whole) ++added.cut[ending];
    entries.push_back(
        encode(entry::ContainerClosed{now, evidence_.at(arrival.sha256), ending, arrival.parts}));
    return;
  }
  if (arrival.is_new) {
    evidence_[arrival.sha256] = entry::EntryIndex(base + entries.size());
    const auto kind = arrival.what == What::container ? entry::EvidenceKind::container
                                                      : entry::EvidenceKind::picture;
    entries.push_back(encode(entry::EvidenceReceived{now, kind, arrival.sha256, arrival.size}));
  } else {
    ++added.repeated;
  }
  const entry::EntryIndex evidence = evidence_.at(arrival.sha256);
  if (arrival.part) {
    entries.push_back(encode(
        entry::PartTaken{now, container(), evidence, arrival.part->how, arrival.part->number}));
  } else if (!arrival.is_new) {
    entries.push_back(encode(entry::EvidenceRepeated{now, evidence}));
  }
  if (!arrival.is_new || arrival.what == What::container) return;
  added.bytes += arrival.size;
  append_reading(read ? *read : reading::ReadSheet{std::nullopt, "too-large", {}, {}}, evidence,
                 now, entries);
}

void AddEntries::append_reading(const reading::ReadSheet& read, entry::EntryIndex evidence,
                                entry::ClaimedTime now, std::vector<std::string>& entries) {
  auto made = intake::picture_entry(read, definition_, evidence, now);
  entries.push_back(std::move(made.bytes));
  if (!made.unread.empty()) {
    ++added.unread[made.unread];
    return;
  }
  ++added.read;
  if (read.print && !read.print->contradictions.empty()) ++added.disagree;
  if (read.code->stage == "joint") ++added.jointly;
}

}  // namespace scr::steps
