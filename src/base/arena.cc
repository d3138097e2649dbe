// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace scr {
namespace {

constexpr std::size_t kFirst = std::size_t{16} << 10;  // so that little costs little
constexpr std::size_t kPiece = std::size_t{2} << 20;   // a large page of x86-64 and AArch64

}  // namespace

std::span<char> Arena::take(std::size_t size) {
  if (pieces_.empty() || pieces_.back().size - used_ < size) {
    const bool first = pieces_.empty() && size <= kFirst;
    const std::size_t wanted = first ? kFirst : (size + kPiece - 1) / kPiece * kPiece;
    char* memory = static_cast<char*>(std::aligned_alloc(first ? 4096 : kPiece, wanted));
    if (memory == nullptr) throw std::bad_alloc();
    // Advice only: where the system has no large pages, small ones do.
    if (!first) ::madvise(memory, wanted, MADV_HUGEPAGE);
    pieces_.push_back({std::unique_ptr<char, Free>(memory), wanted});
    used_ = 0;
  }
  const std::span<char> taken(pieces_.back().memory.get() + used_, size);
  used_ += size;
  return taken;
}

void Arena::give_back(std::size_t unused) {
  used_ -= unused;
}

void Arena::clear() {
  if (pieces_.size() > 1) pieces_.resize(1);
  used_ = 0;
}

}  // namespace scr
