// SPDX-License-Identifier: Apache-2.0
#include "container/unpack.h"

#include <limits>

#include "container/internal/archive.h"
#include "container/internal/pdf.h"

namespace scr::container {

std::uint64_t most_unpacked(std::uint64_t size, const Limits& limits) {
  const std::uint64_t top = std::numeric_limits<std::uint64_t>::max();
  if (limits.unpacked_times > 0 && size > (top - limits.unpacked_bytes) / limits.unpacked_times)
    return top;
  return limits.unpacked_bytes + size * limits.unpacked_times;
}

void unpack(Format format, const Source& source, std::uint64_t first, const Limits& limits,
            const Tell& tell) {
  const Reason ending = format == Format::pdf
                            ? internal::pages_of_pdf(source, first, limits, tell)
                            : internal::members_of_archive(format, source, first, limits, tell);
  tell(Closed{ending});
}

}  // namespace scr::container
