// SPDX-License-Identifier: Apache-2.0
//
// Memory for many byte strings that live and die together: the thousands of files of a log, read
// once and kept. Taken from the system in large pieces, in large pages where it has them, never
// filled with zeros: half of the time of reading a log went there.
//
//   Arena arena;
//   std::span<char> room = arena.take(1000);   // not initialised
//   arena.give_back(200);                      // of the 1000, the last 200
//
// An object is for one thread at a time. Moving it leaves what was taken where it is.

#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

namespace scr {

class Arena {
 public:
  // Valid until clear() or the arena's end. Never null, also for 0 bytes.
  std::span<char> take(std::size_t size);
  // Returns the last `unused` bytes of what take() gave last. REQUIRES: at most its size.
  void give_back(std::size_t unused);
  // Ends the life of everything that was taken; the memory is used again.
  void clear();

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  struct Piece {
    std::unique_ptr<char, Free> memory;
    std::size_t size = 0;
  };
  std::vector<Piece> pieces_;
  std::size_t used_ = 0;  // of the last piece
};

}  // namespace scr
