// SPDX-License-Identifier: Apache-2.0
#include "qr/read.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "image/warp.h"
#include "qr/internal/common_modules.h"
#include "qr/internal/decode_modules.h"
#include "qr/internal/finders.h"
#include "qr/internal/grid.h"
#include "qr/internal/triples.h"

namespace scr::qr {
namespace {

using image::Gray;

// Format guesses worth trying: those near the best.
constexpr double kFormatSlack = 0.25;
constexpr std::size_t kMostFormats = 4;
// Correlation of three places with finder patterns below which they are none.
constexpr double kFindersSeen = 0.2;
// Score of three places that lie as finders do, whatever they look like.
constexpr double kFitsWell = 0.6;
// Agreement of the fixed patterns with a grid below which there is no symbol.
constexpr double kSeemsNone = 0.15;
// The same once the alignment pattern was looked for.
constexpr double kSeemsSome = 0.25;
// The same where there is one beyond doubt, and it is only a matter of work to read it.
constexpr double kSeemsClearly = 0.5;
// Versions whose agreement differs by less are both worth the costly stages.
constexpr double kAsGood = 0.12;
// Agreement of the fixed patterns with a grid that needs no further search.
constexpr double kLaidWell = 0.85;

// Places that are kept for what one finder may have beside it.
constexpr int kPlacesAround = 4;

class Reader {
 public:
  Reader(const Gray& picture, const Effort& effort) : picture_(picture), effort_(effort) {}

  Reading run() {
    const int foot = picture_.height - picture_.height * 35 / 100;
    look_at({foot, picture_.height, effort_.apart, 64}, 1);
    if (done()) return finish();
    if (effort_.only_first_looks) {
      look_at({0, foot, effort_.apart, 64}, 1);
      return finish();
    }
    // Columns of dots that the printer lost can take all finders with them.
    look_at({foot, picture_.height, effort_.apart, 64, 0.55, 4}, 1);
    if (done()) return finish();
    look_at({0, foot, effort_.apart, 64}, 1);
    if (done()) return finish();
    // Now in earnest. Half size takes out noise; the short means see through blur.
    earnest_ = true;
    try_waiting(kSeemsClearly);
    if (!done()) look_at({0, picture_.height, 2, 64}, 1);
    if (!spent()) look_at({0, 0, 1, 40, 0.7}, 0.5);
    if (!spent()) look_for_moved();
    if (!spent()) look_at({0, 0, 1, 14, 0.85}, 0.5);
    const double pixels = static_cast<double>(picture_.width) * picture_.height;
    const bool large = pixels > 6e6;
    const bool small = pixels < 2e6;
    if (!spent() && (small || large)) look_at({0, 0, 1, 12, 0.85}, 0.3);
    if (!spent() && small) look_at({0, 0, 2, 64, 0.7}, 2);
    if (!spent() && small) look_at({0, 0, 1, 12, 0.85}, 2);
    // Where one finder is left of three.
    if (!done() && !best_finders_.empty()) {
      const std::vector<Finder> around = companions_of(picture_, best_finders_.front());
      places_ = std::min(places_, effort_.places - kPlacesAround);
      look_into(around);
      if (!done()) guess(around);
    }
    if (!done()) guess(best_finders_);
    try_waiting(0);
    return finish();
  }

 private:
  // Where a grid lay as it should and its blocks could not be corrected, no other look helps.
  bool done() const {
    if (!reading_.symbols.empty()) return all_parts_there();
    return !reading_.unread.empty() && reading_.unread.back().agreement > kLaidWell;
  }
  bool all_parts_there() const {
    const auto& part = reading_.symbols.front().message.part;
    return !part || reading_.symbols.size() >= static_cast<std::size_t>(part->count);
  }
  void join_parts() {
    std::vector<Message> parts;
    for (const Symbol& symbol : reading_.symbols) parts.push_back(symbol.message);
    auto whole = joined(parts);
    if (!whole) return;
    const auto first =
        std::find_if(reading_.symbols.begin(), reading_.symbols.end(),
                     [](const Symbol& symbol) { return symbol.message.part->index == 0; });
    std::rotate(reading_.symbols.begin(), first, first + 1);
    reading_.symbols.front().message = std::move(*whole);
  }
  // Nothing is to be won by looking for more places.
  bool spent() const {
    return done() || places_ >= effort_.places || thorough_ >= effort_.thorough;
  }
  Reading finish() {
    join_parts();
    std::stable_sort(reading_.unread.begin(), reading_.unread.end(),
                     [](const auto& a, const auto& b) { return a.agreement > b.agreement; });
    if (reading_.unread.size() > 4) reading_.unread.resize(4);
    return std::move(reading_);
  }

  // Looks for finders at another scale; what is found is read at full scale, but for pictures so
  // small that they had to be enlarged.
  void look_at(FinderSearch search, double scale) {
    Gray other;
    const Gray* where = &picture_;
    if (scale != 1) {
      if (scale == 0.5) {
        other = image::reduced(picture_, 2);
      } else {
        other = image::resized(scale < 1 ? image::reduced(picture_, 2) : picture_,
                               scale < 1 ? scale * 2 : scale);
      }
      if (other.width < 21 || other.height < 21) return;
      where = &other;
      search.last_row = other.height;
    }
    std::vector<Finder> finders = find_finders(*where, search);
    for (Finder& finder : finders) {
      finder.centre.x /= scale;
      finder.centre.y /= scale;
      finder.module /= scale;
    }
    if (earnest_) finders = by_looks(picture_, std::move(finders));
    look_into(finders);
    // A column of dots that the printer lost takes one finder with it.
    if (!done()) guess_seen(finders);
    if (scale == 1 ? finders.size() > best_finders_.size() : best_finders_.size() < 2)
      best_finders_ = std::move(finders);
  }

  // What moved while it was photographed, up and down or from side to side.
  void look_for_moved() {
    const Gray half = image::reduced(picture_, 2);
    if (half.width < 21 || half.height < 21) return;
    FinderSearch search{0, half.height, 1, 40, 0.7};
    search.heart_down = true;
    std::vector<Finder> finders = find_finders(half, search);
    const Gray turned = image::transposed(half);
    search.last_row = turned.height;
    for (Finder finder : find_finders(turned, search)) {
      std::swap(finder.centre.x, finder.centre.y);
      finders.push_back(finder);
    }
    for (Finder& finder : finders) {
      finder.centre.x *= 2;
      finder.centre.y *= 2;
      finder.module *= 2;
    }
    look_into(by_looks(picture_, std::move(finders)));
  }

  void look_into(const std::vector<Finder>& finders) {
    for (const Triple& triple : triples_of(finders)) {
      if (places_ >= effort_.places) return;
      // Blur can turn the rings of a finder inside out; then their places must fit all the better.
      const bool likely = triple.score < kFitsWell || finders_seen(picture_, triple) > kFindersSeen;
      if (!likely || was_tried(triple)) continue;
      ++places_;
      try_triple(triple);
      if (done()) return;
    }
  }

  // Where two finders are left of three, and the third is seen though it is none any more.
  void guess_seen(const std::vector<Finder>& finders) {
    constexpr double kSeenTwice = 0.5;  // the score of a pair that is likely one
    for (const Guess& guess : guessed_triples(finders)) {
      if (done() || seen_guesses_ >= effort_.guesses || guess.triple.score > kSeenTwice) return;
      const std::optional<Triple> triple = seen_third(picture_, guess);
      if (!triple || was_tried(*triple)) continue;
      ++seen_guesses_;
      try_triple(*triple);
    }
  }

  // Where two finders are left, and nothing is seen where the third must be.
  void guess(const std::vector<Finder>& finders) {
    for (const Guess& guess : guessed_triples(finders)) {
      if (done() || guesses_ >= effort_.guesses) return;
      if (was_tried(guess.triple)) continue;
      ++guesses_;
      try_triple(guess.triple);
    }
  }

  // The same three places, within a module or so.
  bool was_tried(const Triple& triple) {
    const auto same = [](const Finder& a, const Finder& b) {
      return std::hypot(a.centre.x - b.centre.x, a.centre.y - b.centre.y) < 0.7 * a.module;
    };
    for (const Triple& other : tried_) {
      if (same(triple.top_left, other.top_left) && same(triple.top_right, other.top_right) &&
          same(triple.bottom_left, other.bottom_left)) {
        return true;
      }
    }
    tried_.push_back(triple);
    return false;
  }

  // A version that a place may have, and how well the fixed patterns agree.
  struct Candidate {
    int version;
    Grid affine;
    Grid grid;
    double seems;
  };

  void try_triple(const Triple& triple) {
    std::vector<Candidate> candidates;
    for (const int version : versions_of(picture_, triple)) {
      // Finders that belong together agree with a grid laid over them, however badly it lies
      // elsewhere.
      const Grid affine = affine_grid(triple, version);
      if (agreement(darkness(centres(picture_, affine), affine.size()), version) < kSeemsNone)
        continue;
      const Grid grid = first_grid(picture_, triple, version);
      const std::vector<float> dark = darkness(brightness(picture_, grid), grid.size());
      const double seems = agreement(dark, version);
      if (seems < kSeemsSome) continue;
      if (decode(grid, dark, version, Stage::plain)) return;
      const std::vector<float> sharp = equalised(dark, grid.size(), known_modules(version), 1);
      if (decode(grid, sharp, version, Stage::equalised)) return;
      candidates.push_back({version, affine, grid, seems});
    }
    if (effort_.only_first_looks || candidates.empty()) return;
    // Of two versions one is wrong, and mostly it is plain which.
    const double best = std::max_element(candidates.begin(), candidates.end(), seems_less)->seems;
    for (Candidate& candidate : candidates) {
      if (candidate.seems >= best - kAsGood) waiting_.push_back(std::move(candidate));
    }
    if (earnest_) try_waiting(kSeemsClearly);
  }

  static bool seems_less(const Candidate& a, const Candidate& b) { return a.seems < b.seems; }

  // The costly stages are for few: at once for what is a symbol beyond doubt, and at the end for
  // what seems most like one of all that was seen.
  void try_waiting(double least) {
    while (!done() && thorough_ < effort_.thorough && !waiting_.empty()) {
      const auto best = std::max_element(waiting_.begin(), waiting_.end(), seems_less);
      if (best->seems < least) return;
      const Candidate candidate = std::move(*best);
      waiting_.erase(best);
      ++thorough_;
      try_hard(candidate.grid, candidate.affine, candidate.version);
    }
  }

  bool try_hard(const Grid& first, const Grid& affine, int version) {
    const std::vector<float> fixed = known_modules(version);
    // From two beginnings: what passed for an alignment pattern may have been none.
    Grid grid = fitted(picture_, first, 0.8, fixed, 0.3);
    std::vector<float> dark = darkness(brightness(picture_, grid), grid.size());
    double seems = agreement(dark, version);
    if (seems < 0.75 && first.quad()[2] != affine.quad()[2]) {
      const Grid other = fitted(picture_, affine, 1.6, fixed, 0.3);
      std::vector<float> other_dark = darkness(brightness(picture_, other), other.size());
      const double other_seems = agreement(other_dark, version);
      if (other_seems > seems) {
        grid = other;
        dark = std::move(other_dark);
        seems = other_seems;
      }
    }
    if (seems < 0.35) return false;
    if (decode(grid, dark, version, Stage::fitted)) return true;
    if (decode(grid, equalised(dark, grid.size(), fixed, 1), version, Stage::equalised))
      return true;
    if (learn_alone(grid, dark, version, fixed)) return true;
    std::optional<Placed> placed = bend(grid, version, fixed);
    if (!placed) return true;
    told_ = told_of(*placed, version);
    if (told_) {
      const std::vector<float> known = told_->modules;
      const bool read = learn_alone(placed->grid, placed->dark, version, known) ||
                        !bend(placed->grid, version, known);
      told_.reset();
      if (read) return true;
    }
    keep_unread(*placed, version);
    return false;
  }

  // A grid, and what was seen through it, as it is and equalised.
  struct Placed {
    Grid grid;
    std::vector<float> dark;
    std::vector<float> sharp;
    double agreement;  // of what was seen, before anything was told or taught
  };

  // Bends the grid, and lets what could be corrected teach the rest. Nothing if that was enough.
  // `fixed`: what is known of the modules beforehand.
  std::optional<Placed> bend(Grid grid, int version, const std::vector<float>& fixed) {
    grid = bent(picture_, grid, fixed);
    std::vector<float> dark = darkness(brightness(picture_, grid), grid.size());
    if (decode(grid, dark, version, Stage::bent)) return std::nullopt;
    std::vector<float> sharp = equalised(dark, grid.size(), fixed, 1);
    if (decode(grid, sharp, version, Stage::bent)) return std::nullopt;
    if (learn_alone(grid, dark, version, fixed)) return std::nullopt;
    const double seen = agreement(sharp, version);
    int before = 0;
    for (int round = 0; round < 3 && !taught_.known.empty() && taught_.blocks_corrected > before;
         ++round) {
      before = taught_.blocks_corrected;
      std::vector<float> known = fixed;
      for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] == 0) known[i] = taught_.known[i];
      }
      grid = bent(picture_, grid, known);
      dark = darkness(brightness(picture_, grid), grid.size());
      sharp = equalised(dark, grid.size(), known, 2);
      // Blocks that were corrected stay so; what was only told may still be doubted.
      const std::vector<float>& certain = told_ ? taught_.known : known;
      for (std::size_t i = 0; i < certain.size(); ++i) {
        if (certain[i] != 0) sharp[i] = certain[i] * kCertain;
      }
      if (decode(grid, sharp, version, Stage::taught)) return std::nullopt;
    }
    taught_ = {};
    return Placed{grid, dark, sharp, seen};
  }

  // What all messages of the form have in common, in the format that it fits best, and what all
  // symbols have.
  struct Told {
    FormatGuess format;
    std::vector<float> modules;
  };
  std::optional<Told> told_of(const Placed& placed, int version) const {
    if (effort_.examples.empty()) return std::nullopt;
    constexpr double kFits = 0.15;  // agreement; of another format's it is about 0
    std::optional<Told> best;
    double most = kFits;
    const std::vector<FormatGuess> guesses = format_guesses(placed.sharp, placed.grid.size());
    for (std::size_t i = 0; i < kMostFormats; ++i) {
      if (guesses[i].agreement < guesses[0].agreement - kFormatSlack) break;
      for (const Segments segments : {Segments::bytes, Segments::shortest}) {
        std::vector<float> modules =
            common_modules(effort_.examples, version, guesses[i].level, guesses[i].mask, segments);
        const double fits = agreement(placed.sharp, modules);
        if (fits <= most) continue;
        most = fits;
        best = Told{guesses[i], std::move(modules)};
      }
    }
    if (!best) return best;
    const std::vector<float> fixed = known_modules(version);
    for (std::size_t i = 0; i < fixed.size(); ++i) best->modules[i] += fixed[i];
    return best;
  }

  // Modules that are sure of themselves teach the equaliser about the others: most of them are
  // right.
  bool learn_alone(Grid grid, std::vector<float> dark, int version,
                   const std::vector<float>& fixed) {
    std::vector<float> sharp = equalised(dark, grid.size(), fixed, 2);
    if (decode(grid, sharp, version, Stage::equalised)) return true;
    for (const float sure : {0.8F, 0.6F, 0.5F}) {
      std::vector<float> known = fixed;
      for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] == 0 && std::abs(sharp[i]) > sure) known[i] = sharp[i] > 0 ? 1.0F : -1.0F;
      }
      sharp = equalised(dark, grid.size(), known, 2);
      if (decode(grid, sharp, version, Stage::equalised)) return true;
    }
    // What the modules would look like, blurred as the picture is: the grid is laid anew over that.
    for (int round = 0; round < 2; ++round) {
      std::vector<float> guess = sharp;
      for (std::size_t i = 0; i < guess.size(); ++i) {
        guess[i] = fixed[i] != 0 ? fixed[i] : sharp[i] > 0 ? 1.0F : -1.0F;
      }
      const std::vector<float> expected = equalised(guess, grid.size(), dark, 2);
      grid = fitted(picture_, grid, 0.25, expected, 0);
      dark = darkness(brightness(picture_, grid), grid.size());
      sharp = equalised(dark, grid.size(), guess, 2);
      if (decode(grid, sharp, version, Stage::equalised)) return true;
    }
    // What no filter undoes any more, a guess at all modules together may explain.
    sharp = explained(dark, grid.size(), fixed, sharp);
    return decode(grid, sharp, version, Stage::equalised);
  }

  void keep_unread(const Placed& placed, int version) {
    SoftGrid soft;
    soft.version = version;
    soft.corners = placed.grid.corners();
    soft.darkness = placed.sharp;
    soft.agreement = placed.agreement;
    const std::vector<FormatGuess> guesses = format_guesses(placed.sharp, placed.grid.size());
    if (guesses[0].agreement > 0.5 && guesses[0].agreement > guesses[1].agreement + 0.1) {
      soft.level = guesses[0].level;
      soft.mask = guesses[0].mask;
    }
    reading_.unread.push_back(std::move(soft));
  }

  // A part that another look at the same symbol gave.
  bool is_there(const Message& message) const {
    return std::any_of(reading_.symbols.begin(), reading_.symbols.end(), [&](const Symbol& symbol) {
      return message.part && symbol.message.part == message.part;
    });
  }

  bool decode(const Grid& grid, const std::vector<float>& dark, int version, Stage stage) {
    const std::vector<FormatGuess> guesses =
        told_ ? std::vector{told_->format} : format_guesses(dark, grid.size());
    static const std::vector<float> kNothing;
    const std::vector<float>& told = told_ ? told_->modules : kNothing;
    for (std::size_t i = 0; i < std::min(kMostFormats, guesses.size()); ++i) {
      if (guesses[i].agreement < guesses[0].agreement - kFormatSlack) break;
      DecodeAttempt attempt = decode_modules(dark, version, guesses[i], dark, told);
      if (attempt.blocks_corrected > taught_.blocks_corrected) taught_ = attempt;
      if (!attempt.decoded) continue;
      Decoded& decoded = *attempt.decoded;
      taught_ = {};
      if (is_there(decoded.message)) return true;
      Symbol symbol;
      symbol.message = std::move(decoded.message);
      symbol.version = version;
      symbol.level = decoded.level;
      symbol.mask = decoded.mask;
      symbol.mirrored = false;
      symbol.corners = grid.corners();
      symbol.errors = decoded.errors;
      symbol.erasures = decoded.erasures;
      symbol.margin = decoded.margin;
      symbol.stage = stage;
      reading_.symbols.push_back(std::move(symbol));
      return true;
    }
    return false;
  }

  const Gray& picture_;
  const Effort& effort_;
  Reading reading_;
  std::optional<Told> told_;        // while it helps
  DecodeAttempt taught_;            // the attempt at this place that corrected most blocks
  std::vector<Candidate> waiting_;  // for the costly stages
  std::vector<Triple> tried_;
  std::vector<Finder> best_finders_;
  bool earnest_ = false;  // after the first looks
  int guesses_ = 0;
  int seen_guesses_ = 0;
  int places_ = 0;
  int thorough_ = 0;
};

}  // namespace

const char* name_of(Stage stage) {
  constexpr std::array<const char*, 5> kNames{"plain", "fitted", "equalised", "bent", "taught"};
  return kNames[static_cast<std::size_t>(stage)];
}

Reading read(const Gray& picture, const Effort& effort) {
  if (picture.width < 21 || picture.height < 21) return {};
  return Reader(picture, effort).run();
}

}  // namespace scr::qr
