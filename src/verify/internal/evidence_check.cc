// SPDX-License-Identifier: Apache-2.0
#include "verify/internal/evidence_check.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "verify/internal/names.h"

namespace scr::verify {
namespace {

// A file of evidence, as it was found.
struct FileSeen {
  const derive::Evidence* evidence = nullptr;
  Result<std::pair<Digest, std::uint64_t>> hashed = fail(ErrorCode::not_found, "was not looked at");
  std::string text;  // kept, unless it is a picture or container
};

void look_at(const Bundle& bundle, FileSeen& file) {
  const entry::EvidenceReceived& received = file.evidence->received;
  const std::string path = evidence_path(received.sha256);
  if (is_withheld(received.kind)) {
    file.hashed = bundle.hashed(path);
    return;
  }
  auto text = bundle.read(path);
  if (!text) {
    file.hashed = tl::unexpected(std::move(text).error());
    return;
  }
  file.text = std::move(*text);
  file.hashed = std::pair(sha256(bytes_of(file.text)), std::uint64_t{file.text.size()});
}

// Each file once, whatever number of entries names it.
std::vector<FileSeen> files_of(const derive::RecordState& state) {
  std::vector<FileSeen> files;
  std::set<Digest> seen;
  for (const derive::Evidence& evidence : state.evidence) {
    if (seen.insert(evidence.received.sha256).second) files.push_back({&evidence});
  }
  return files;
}

// Files that are looked at between two words about how far it is.
constexpr std::size_t kAtATime = 512;

}  // namespace

Files check_evidence(const Bundle& bundle, const derive::RecordState& state, const Means& means,
                     Report& report, Problems& problems) {
  problems.checked(state.evidence.size());
  std::vector<FileSeen> files = files_of(state);
  for (std::size_t begin = 0; begin < files.size(); begin += kAtATime) {
    const std::size_t count = std::min(kAtATime, files.size() - begin);
    bundle.for_each(count, [&](std::size_t i) { look_at(bundle, files[begin + i]); });
    if (means.tell) means.tell(Level::evidence, begin + count, files.size());
  }
  Files sound;
  for (FileSeen& file : files) {
    const entry::EvidenceReceived& received = file.evidence->received;
    const std::string path = evidence_path(received.sha256);
    const bool withheld = is_withheld(received.kind);
    if (!file.hashed && withheld && file.hashed.error().code == ErrorCode::not_found) {
      ++report.pictures_withheld;
      if (state.withheld(received.sha256)) ++report.withheld_not_here;
    } else if (!file.hashed) {
      problems.add(path, to_string(file.hashed.error()));
    } else if (file.hashed->first != received.sha256) {
      problems.add(path, "is not the file that was received: its hash differs");
    } else if (file.hashed->second != received.size) {
      problems.add(entry_name(file.evidence->index.value()), "says another size than the file has");
    } else if (!withheld) {
      sound[received.sha256] = std::move(file.text);
    }
  }
  return sound;
}

}  // namespace scr::verify
