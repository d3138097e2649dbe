// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/container_check.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "canon/document.h"
#include "entry/entry.h"
#include "verify/internal/names.h"

namespace scr::verify {
namespace {

// What the log says of a part.
struct PartOnRecord {
  std::uint64_t entry = 0;
  std::optional<Digest> taken;  // nothing: it was refused
  entry::TakenHow how = entry::TakenHow::member;
};

// Of each container at hand, by its number: parts 1, 2, ... in order.
using Parts = std::map<entry::EntryIndex, std::vector<PartOnRecord>>;

// The entries that the state took: those that do not fit where they stand are malformed, and no
// part of anything.
Parts parts_on_record(const derive::RecordState& state, std::span<const std::string_view> entries) {
  Parts parts;
  canon::Document scratch;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].find("\"scrutineer/part.") == std::string_view::npos) continue;
    const auto fact = entry::decode(entries[i], scratch);
    if (!fact) continue;
    if (const auto* taken = std::get_if<entry::PartTaken>(&*fact)) {
      const derive::Evidence* evidence = state.evidence_at(taken->evidence);
      if (evidence && parts[taken->container].size() + 1 == taken->part)
        parts[taken->container].push_back({i, evidence->received.sha256, taken->how});
    } else if (const auto* refused = std::get_if<entry::PartRefused>(&*fact)) {
      if (parts[refused->container].size() + 1 == refused->part)
        parts[refused->container].push_back({i, std::nullopt});
    }
  }
  return parts;
}

void check_part(const std::vector<PartOnRecord>& on_record, const AgainPart& again, Report& report,
                Problems& problems) {
  problems.checked();
  const PartOnRecord& part = on_record[again.number - 1];
  // What could not be taken then, or now, by this machine: nothing is claimed of it.
  if (!part.taken || !again.sha256) return;
  const std::string where = entry_name(part.entry);
  if (part.how != again.how) {
    problems.add(where, "was not taken from its container in that way");
  } else if (*part.taken != *again.sha256 && part.how == entry::TakenHow::rendered) {
    ++report.pages_drawn_otherwise;
  } else if (*part.taken != *again.sha256) {
    problems.add(where, "is not what stands there in its container");
  }
}

}  // namespace

void check_containers(const Bundle& bundle, const derive::RecordState& state,
                      std::span<const std::string_view> entries, const Means& means, Report& report,
                      Problems& problems) {
  if (state.containers.empty()) return;
  const Parts parts = parts_on_record(state, entries);
  for (const derive::Container& container : state.containers) {
    const std::string path = evidence_path(container.sha256);
    if (!bundle.has(path)) continue;
    const auto found = parts.find(container.evidence);
    const auto on_record = found == parts.end() ? std::vector<PartOnRecord>() : found->second;
    std::uint64_t beyond = 0;
    const auto ending = means.unpack_again(path, [&](const AgainPart& again) {
      if (again.number <= on_record.size()) {
        check_part(on_record, again, report, problems);
      } else if (again.sha256) {
        ++beyond;
      }
    });
    if (!ending) {
      problems.add(path, to_string(ending.error()));
      continue;
    }
    ++report.containers_opened_again;
    // A container that was cut off claims nothing of what comes behind.
    if (beyond > 0 && container.ending == "whole") {
      problems.add(entry_name(container.evidence.value()),
                   "has parts that are not on record: " + std::to_string(beyond));
    }
  }
}

}  // namespace scr::verify
