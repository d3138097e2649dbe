// SPDX-License-Identifier: Apache-2.0
//
// QR codes in a picture, however it lies, faded, blurred, folded or small.
//
//   qr::Reading reading = qr::read(gray);
//   if (reading.symbols.empty()) reading = qr::read(brightest_channel_of(rgb));  // ink removed
//
// The stages, cheap ones first, each only where the one before found nothing:
//   1. lines 6 pixels apart, the foot of the picture first; modules at the four corners'
//   homography;
//   2. lines 2 pixels apart in the whole picture, then at half size and others; of what is found
//      that goes first which looks most like a finder;
//   3. for the place that seems most like a symbol, and one more: grid fitted, then bent; modules
//      equalised; corrected blocks teach the equaliser and the grid about the others;
//   4. the same once more with what messages of the form have in common (Effort::examples).
// Each stage ends with the same question, and nothing else counts as read: the blocks could be
// corrected with three parity bytes to spare (qr/reed_solomon.h), the message follows its grammar,
// and drawn again it looks like what was seen.
//
// What is spent is capped by Effort, counted in work and not in time: the same picture gives the
// same answer on every machine. Pure; any thread.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "image/image.h"
#include "qr/bits.h"
#include "qr/code.h"

namespace scr::qr {

enum class Stage : std::uint8_t { plain, fitted, equalised, bent, taught };
const char* name_of(Stage stage);

struct Symbol {
  Message message;
  int version = 0;
  Level level = Level::L;
  int mask = 0;
  bool mirrored = false;
  image::Quad corners;  // of the symbol without its quiet zone: top left, top right, ...
  int errors = 0;       // bytes corrected
  int erasures = 0;     // bytes taken as unknown
  int margin = 0;       // parity bytes to spare in the hardest block; at least 3
  Stage stage = Stage::plain;
};

// A symbol that is there and could not be decoded.
struct SoftGrid {
  int version = 0;
  std::optional<Level> level;  // where the format could be read
  std::optional<int> mask;
  image::Quad corners;
  std::vector<float> darkness;  // -1 light .. +1 dark, by Modules::index
  double agreement = 0;         // of the fixed patterns, -1 .. 1
};

struct Reading {
  // Of a message that is cut into several symbols the search goes on for all of them; if they are
  // there, the first in order stands in front and its message is the whole.
  std::vector<Symbol> symbols;
  std::vector<SoftGrid> unread;  // best first
};

struct Effort {
  int places = 16;   // triples of finders that are looked into, over all stages
  int guesses = 8;   // places guessed from two finders, with the third seen and without, each
  int thorough = 2;  // of all these, how many get the costly stages; none after one that lay well
  // Only what reads a clean picture: a first look at its foot and one at the rest.
  bool only_first_looks = false;
  int apart = 6;  // pixels between the lines of these looks; a finder is to be crossed by three
  // Messages of the form that is looked for, a hundred, with everything that it leaves open drawn
  // at random: what all have in common, bit by bit, helps where nothing else did. Of decimal
  // numbers that are three bits of each byte. Messages of other forms are read without such help.
  std::span<const std::string> examples;
};

// Nothing is found in pictures smaller than 21 x 21 pixels.
Reading read(const image::Gray& picture, const Effort& effort = {});

}  // namespace scr::qr
