// SPDX-License-Identifier: Apache-2.0
// rooms: base tar
//
// What is listed lies within the file, under sound names, each once; and packed again it lists the
// same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tar/tar.h"

namespace {

scr::Result<std::vector<scr::tar::Member>> listed(const std::string& archive) {
  return scr::tar::list(archive.size(), [&](std::uint64_t offset, std::span<char> out) {
    if (offset > archive.size() || out.size() > archive.size() - offset) std::abort();
    std::memcpy(out.data(), archive.data() + offset, out.size());
    return scr::Result<void>();
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string archive(reinterpret_cast<const char*>(data), size);
  const auto members = listed(archive);
  if (!members) return 0;
  std::string again;
  for (const auto& member : *members) {
    if (member.offset > size || member.size > size - member.offset) std::abort();
    const auto header = scr::tar::header(member.path, member.size);
    if (!header) return 0;  // a name that ustar can hold in another way than this program writes
    again += *header + archive.substr(member.offset, member.size) + scr::tar::padding(member.size);
  }
  const auto same = listed(again + scr::tar::end());
  if (!same || same->size() != members->size()) std::abort();
  for (std::size_t i = 0; i < same->size(); ++i) {
    if ((*same)[i].path != (*members)[i].path || (*same)[i].size != (*members)[i].size)
      std::abort();
  }
  return 0;
}
