// SPDX-License-Identifier: Apache-2.0
#include "report/waiting.h"

namespace scr::report {

Waiting waiting_of(std::span<const checks::Finding> findings) {
  Waiting waiting;
  for (const checks::Code code :
       {checks::Code::unread_picture, checks::Code::part_refused, checks::Code::container_cut})
    waiting[code];
  for (const checks::Finding& finding : findings) {
    const auto reasons = waiting.find(finding.code);
    const auto reason = finding.details.find("reason");
    if (reasons != waiting.end() && reason != finding.details.end())
      ++reasons->second[reason->second];
  }
  return waiting;
}

}  // namespace scr::report
