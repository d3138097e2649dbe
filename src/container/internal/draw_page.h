// SPDX-License-Identifier: Apache-2.0
//
// Pages drawn by poppler.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "container/unpack.h"

namespace scr::container::internal {

class PageDrawer {
 public:
  // `file` must outlive it.
  PageDrawer(ByteView file, const Limits& limits);
  ~PageDrawer();

  struct Drawn {
    std::string png;  // empty: not drawn
    Reason why = Reason::damaged;
  };
  // `page` from 1.
  Drawn draw(std::uint64_t page);

 private:
  struct Poppler;
  std::unique_ptr<Poppler> poppler_;
  Limits limits_;
};

}  // namespace scr::container::internal
