// SPDX-License-Identifier: Apache-2.0
#include "qr/internal/decode_modules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "qr/encode.h"
#include "qr/internal/blocks.h"
#include "qr/reed_solomon.h"

namespace scr::qr {
namespace {

float sign(bool positive) {
  return positive ? 1.0F : -1.0F;
}

std::vector<float> trust_of(const std::vector<float>& darkness, int size);

// The bytes of each block and how sure each is: that of its least sure bit.
struct SoftBlock {
  std::vector<std::uint8_t> bytes;
  std::vector<float> sureness;
};

std::vector<SoftBlock> soft_blocks(const std::vector<float>& darkness, int version,
                                   const Blocks& layout, int mask, const std::vector<float>& told) {
  std::vector<SoftBlock> blocks(static_cast<std::size_t>(layout.blocks));
  for (int b = 0; b < layout.blocks; ++b) {
    const auto length = static_cast<std::size_t>(data_length(layout, b) + layout.parity);
    blocks[static_cast<std::size_t>(b)] = {std::vector<std::uint8_t>(length),
                                           std::vector<float>(length, 9)};
  }
  const Plan& plan = plan_of(version);
  const std::vector<Place> places = interleaving(layout);
  std::vector<int> bits_told(places.size(), 0);
  for (std::size_t i = 0; i < plan.order.size() && !told.empty(); ++i)
    bits_told[i / 8] += told[plan.fixed.index(plan.order[i].first, plan.order[i].second)] != 0;
  const std::vector<float> trust = trust_of(darkness, size_of(version));
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const auto [row, column] = plan.order[i];
    const std::size_t module = plan.fixed.index(row, column);
    float dark = darkness[module];
    // What was put there from elsewhere does not depend on ink.
    const float trusted = std::abs(dark) >= kCertain ? 1 : trust[module];
    float sure = std::abs(dark) * trusted;
    if (!told.empty() && told[module] != 0) {
      // Less than nothing where it was seen otherwise, the less the plainer.
      if (bits_told[i / 8] == 8) {
        sure = kCertain;
      } else if (dark * told[module] < 0) {
        sure = -std::abs(dark);
      }
      dark = told[module];
    }
    if (mask_flips(mask, row, column)) dark = -dark;
    const Place& place = places[i / 8];
    SoftBlock& block = blocks[static_cast<std::size_t>(place.block)];
    const auto index = static_cast<std::size_t>(place.index);
    if (dark > 0)
      block.bytes[index] = static_cast<std::uint8_t>(block.bytes[index] | 0x80u >> i % 8);
    block.sureness[index] = std::min(block.sureness[index], sure);
  }
  return blocks;
}

// How far each module can be trusted, 0 .. 1, besides its own darkness. A mask leaves no larger
// field all dark or all light: where there is one, ink was lost or covers the print, and what was
// read there is sure of itself and worth nothing.
std::vector<float> trust_of(const std::vector<float>& darkness, int size) {
  constexpr int kReach = 2;
  // Sums of signs over all above and to the left of each corner between modules.
  const auto side = static_cast<std::size_t>(size);
  std::vector<int> sums((side + 1) * (side + 1), 0);
  for (std::size_t row = 0; row < side; ++row) {
    int run = 0;
    for (std::size_t column = 0; column < side; ++column) {
      run += darkness[row * side + column] > 0 ? 1 : -1;
      sums[(row + 1) * (side + 1) + column + 1] = sums[row * (side + 1) + column + 1] + run;
    }
  }
  const auto sum_to = [&](int row, int column) {
    return sums[static_cast<std::size_t>(row) * (side + 1) + static_cast<std::size_t>(column)];
  };
  std::vector<float> trust;
  trust.reserve(darkness.size());
  for (int row = 0; row < size; ++row) {
    const int top = std::max(0, row - kReach);
    const int foot = std::min(size, row + kReach + 1);
    for (int column = 0; column < size; ++column) {
      const int left = std::max(0, column - kReach);
      const int right = std::min(size, column + kReach + 1);
      const int sum =
          sum_to(foot, right) - sum_to(foot, left) - sum_to(top, right) + sum_to(top, left);
      const float lean =
          static_cast<float>(std::abs(sum)) / static_cast<float>((foot - top) * (right - left));
      trust.push_back(std::clamp(1.0F - 2.2F * (lean - 0.45F), 0.1F, 1.0F));
    }
  }
  return trust;
}

struct Outcome {
  Corrected corrected;
  int used = 0;  // 2 * errors + erasures
};

// Generalised minimum distance: the least sure bytes erased, none, two, four ... of them (Forney,
// IEEE Trans. Inf. Theory 12, 1966).
std::optional<Outcome> correct_softly(SoftBlock& block, int parity) {
  const int limit = parity - 3;  // see qr/reed_solomon.h
  std::vector<int> order(block.bytes.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    const float left = block.sureness[static_cast<std::size_t>(a)];
    const float right = block.sureness[static_cast<std::size_t>(b)];
    return left != right ? left < right : a < b;
  });
  Block trial(block.bytes, parity);
  for (int erased = 0; erased <= limit; erased += erased == 0 ? 1 : 2) {
    const std::span<const int> unknown = std::span(order).first(static_cast<std::size_t>(erased));
    if (const auto corrected = trial.correct(unknown, limit)) {
      return Outcome{*corrected, 2 * corrected->errors + corrected->erasures};
    }
  }
  return std::nullopt;
}

void learn(std::vector<float>& known, const SoftBlock& block, int number, int version,
           const Blocks& layout, int mask) {
  const Plan& plan = plan_of(version);
  const std::vector<Place> places = interleaving(layout);
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const Place& place = places[i / 8];
    if (place.block != number) continue;
    const auto [row, column] = plan.order[i];
    const bool bit =
        ((block.bytes[static_cast<std::size_t>(place.index)] >> (7 - i % 8)) & 1u) != 0;
    known[plan.fixed.index(row, column)] = sign(bit != mask_flips(mask, row, column));
  }
}

// What it decoded to, drawn again, must look like what was seen: noise that passed for codewords
// would differ in half of the modules.
bool looks_like(const std::vector<float>& darkness, const std::vector<std::uint8_t>& data,
                int version, const FormatGuess& format) {
  const Modules drawn = draw(data, version, format.level, format.mask);
  double sum = 0;
  double all = 0;
  for (std::size_t i = 0; i < darkness.size(); ++i) {
    const float seen = std::clamp(darkness[i], -1.0F, 1.0F);
    sum += sign(drawn.dark[i] != 0) * seen;
    all += std::abs(seen);
  }
  return sum > 0.4 * all;
}

// Solves a symmetric positive definite system by Cholesky's method. Nothing if it is not one.
bool solve(std::vector<double>& matrix, std::vector<double>& right, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k <= i; ++k) {
      double sum = matrix[i * n + k];
      for (std::size_t j = 0; j < k; ++j) sum -= matrix[i * n + j] * matrix[k * n + j];
      if (i == k) {
        if (sum <= 0) return false;
        matrix[i * n + i] = std::sqrt(sum);
      } else {
        matrix[i * n + k] = sum / matrix[k * n + k];
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) right[i] -= matrix[i * n + j] * right[j];
    right[i] /= matrix[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < n; ++j) right[i] -= matrix[j * n + i] * right[j];
    right[i] /= matrix[i * n + i];
  }
  return true;
}

}  // namespace

std::vector<FormatGuess> format_guesses(const std::vector<float>& darkness, int size) {
  std::vector<FormatGuess> guesses;
  for (const Level level : kLevels) {
    for (int mask = 0; mask < kMasks; ++mask) {
      const std::uint32_t bits = format_bits(level, mask);
      double sum = 0;
      for (int bit = 0; bit < 15; ++bit) {
        for (const auto& [row, column] : format_places(size, bit)) {
          const auto index = static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
                             static_cast<std::size_t>(column);
          sum += sign((bits >> bit & 1u) != 0) * std::clamp(darkness[index], -1.0F, 1.0F);
        }
      }
      guesses.push_back({level, mask, sum / 30});
    }
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const auto& a, const auto& b) { return a.agreement > b.agreement; });
  return guesses;
}

DecodeAttempt decode_modules(const std::vector<float>& darkness, int version,
                             const FormatGuess& format, const std::vector<float>& seen,
                             const std::vector<float>& told) {
  DecodeAttempt attempt;
  const Blocks layout = blocks_of(version, format.level);
  std::vector<SoftBlock> blocks = soft_blocks(darkness, version, layout, format.mask, told);
  Decoded decoded;
  decoded.level = format.level;
  decoded.mask = format.mask;
  decoded.margin = layout.parity;
  std::vector<bool> good(blocks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto outcome = correct_softly(blocks[b], layout.parity);
    if (!outcome) continue;
    good[b] = true;
    ++attempt.blocks_corrected;
    decoded.errors += outcome->corrected.errors;
    decoded.erasures += outcome->corrected.erasures;
    decoded.margin = std::min(decoded.margin, layout.parity - outcome->used);
    const auto length = static_cast<std::ptrdiff_t>(data_length(layout, static_cast<int>(b)));
    decoded.data.insert(decoded.data.end(), blocks[b].bytes.begin(),
                        blocks[b].bytes.begin() + length);
  }
  if (attempt.blocks_corrected == layout.blocks) {
    auto message = read_message(decoded.data, version);
    if (message && looks_like(seen, decoded.data, version, format)) {
      decoded.message = std::move(*message);
      attempt.decoded = std::move(decoded);
    }
    return attempt;
  }
  if (attempt.blocks_corrected == 0) return attempt;
  attempt.known.assign(darkness.size(), 0);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (good[b]) learn(attempt.known, blocks[b], static_cast<int>(b), version, layout, format.mask);
  }
  return attempt;
}

namespace {

// Modules with paper, which is light, around the symbol.
class Framed {
 public:
  Framed(const std::vector<float>& darkness, int size, int reach)
      : side_(static_cast<std::size_t>(2 * reach + 1)),
        stride_(static_cast<std::size_t>(size + 2 * reach)),
        values_(stride_ * stride_, -1.0F) {
    for (std::size_t row = 0; row < static_cast<std::size_t>(size); ++row) {
      const auto from = darkness.begin() + static_cast<std::ptrdiff_t>(row) * size;
      const auto to = (row + static_cast<std::size_t>(reach)) * stride_;
      std::copy(
          from, from + size,
          values_.begin() + static_cast<std::ptrdiff_t>(to + static_cast<std::size_t>(reach)));
    }
  }
  // The module and its neighbours, row by row, and a constant.
  void neighbours(int row, int column, float* out) const {
    const float* from =
        values_.data() + static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(column);
    for (std::size_t r = 0; r < side_; ++r, from += stride_)
      out = std::copy(from, from + side_, out);
    *out = 1;
  }

 private:
  std::size_t side_;
  std::size_t stride_;
  std::vector<float> values_;
};

}  // namespace

namespace {

constexpr std::size_t kWide = 28;  // 5 x 5 and a constant, filled up so that four fit at a time
using Weights = std::array<float, kWide>;

// The weights of a module, its neighbours and a constant that bring all that are known closest to
// what they are: least squares, with a ridge, drawn towards `as_it_is` times the module itself.
std::optional<Weights> weights_of(const Framed& framed, int size, const std::vector<float>& known,
                                  int reach, double ridge, double as_it_is) {
  const auto side = static_cast<std::size_t>(2 * reach + 1);
  const std::size_t n = side * side + 1;
  // Sums of at most some ten thousand products of a few at the most: single precision is enough.
  Weights x{};
  std::array<Weights, kWide> sums{};
  Weights wanted_sums{};
  double count = 0;
  std::size_t module = 0;
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column, ++module) {
      const float wanted = known[module];
      if (wanted == 0) continue;
      framed.neighbours(row, column, x.data());
      count += 1;
      for (std::size_t j = 0; j < kWide; ++j) wanted_sums[j] += x[j] * wanted;
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < kWide; ++j) sums[i][j] += x[i] * x[j];
      }
    }
  }
  std::vector<double> matrix(n * n);
  std::vector<double> right(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) matrix[i * n + j] = static_cast<double>(sums[i][j]);
    matrix[i * n + i] += ridge * count + 1e-6;
    right[i] = static_cast<double>(wanted_sums[i]);
  }
  right[(n - 1) / 2] += ridge * count * as_it_is;
  if (!solve(matrix, right, n)) return std::nullopt;
  Weights weights{};
  for (std::size_t i = 0; i < n; ++i) weights[i] = static_cast<float>(right[i]);
  return weights;
}

float weighed(const Framed& framed, int row, int column, int reach, const Weights& weights) {
  Weights x{};
  framed.neighbours(row, column, x.data());
  const auto side = static_cast<std::size_t>(2 * reach + 1);
  float sum = 0;
  for (std::size_t i = 0; i < side * side + 1; ++i) sum += weights[i] * x[i];
  return sum;
}

// Modules, dark or light, and what of a blurred picture of them is left unexplained.
class Explanation {
 public:
  static constexpr int kReach = 2;

  Explanation(const std::vector<float>& darkness, int size, std::vector<float> modules)
      : darkness_(darkness), size_(size), modules_(std::move(modules)), rest_(modules_.size()) {}

  // How the picture is blurred, were the modules right. False if that cannot be told.
  bool learn_blur() {
    constexpr double kRidge = 1e-3;
    const Framed framed(modules_, size_, kReach);
    const auto weights = weights_of(framed, size_, darkness_, kReach, kRidge, 1);
    if (!weights) return false;
    blur_ = *weights;
    for (int row = 0; row < size_; ++row) {
      for (int column = 0; column < size_; ++column) {
        const std::size_t at = index(row, column);
        rest_[at] = darkness_[at] - weighed(framed, row, column, kReach, blur_);
      }
    }
    return true;
  }

  // One module, and two neighbours at once, are turned over wherever that explains more.
  void improve(const std::vector<float>& fixed) {
    constexpr int kMostSweeps = 12;
    constexpr std::array<Flip, 4> kBeside{{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
      bool better = false;
      for (int row = 0; row < size_; ++row) {
        for (int column = 0; column < size_; ++column) {
          if (fixed[index(row, column)] != 0) continue;
          better = turn_if_better({{row, column}, {row, column}}) || better;
          for (const Flip& to : kBeside) {
            const Flip other{row + to.row, column + to.column};
            if (other.row >= size_ || other.column < 0 || other.column >= size_) continue;
            if (fixed[index(other.row, other.column)] != 0) continue;
            better = turn_if_better({{row, column}, other}) || better;
          }
        }
      }
      if (!better) return;
    }
  }

  // Each module with how much worse the picture would be explained without it: about 1 where
  // nothing is in doubt.
  std::vector<float> certain() const {
    float all = 0;
    for (std::size_t i = 0; i + 3 < kWide; ++i) all += blur_[i] * blur_[i];
    std::vector<float> out(modules_.size());
    for (int row = 0; row < size_; ++row) {
      for (int column = 0; column < size_; ++column) {
        const std::size_t at = index(row, column);
        const float worse = change({{row, column}, {row, column}}) / (4 * all + 1e-6F);
        out[at] = modules_[at] * std::clamp(worse, 0.01F, 1.6F);
      }
    }
    return out;
  }
  const std::vector<float>& modules() const { return modules_; }

 private:
  struct Flip {
    int row, column;
  };
  struct Flips {
    Flip first, second;  // twice the same: one
  };

  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) +
           static_cast<std::size_t>(column);
  }
  // What turning a module over adds to the rest at a place.
  float added(const Flip& flip, int row, int column) const {
    const int down = flip.row - row;
    const int right = flip.column - column;
    if (std::abs(down) > kReach || std::abs(right) > kReach) return 0;
    const auto at = static_cast<std::size_t>((down + kReach) * (2 * kReach + 1) + right + kReach);
    return 2 * modules_[index(flip.row, flip.column)] * blur_[at];
  }
  template <class Visit>
  void around(const Flips& flips, const Visit& visit) const {
    const bool two =
        flips.first.row != flips.second.row || flips.first.column != flips.second.column;
    const auto [left, right] = std::minmax(flips.first.column, flips.second.column);
    for (int row = std::max(0, flips.first.row - kReach);
         row <= std::min(size_ - 1, flips.second.row + kReach); ++row) {
      for (int column = std::max(0, left - kReach); column <= std::min(size_ - 1, right + kReach);
           ++column) {
        visit(index(row, column),
              added(flips.first, row, column) + (two ? added(flips.second, row, column) : 0));
      }
    }
  }
  // Of the sum of squares of the rest.
  float change(const Flips& flips) const {
    float sum = 0;
    around(flips, [&](std::size_t at, float more) { sum += more * (2 * rest_[at] + more); });
    return sum;
  }
  bool turn_if_better(const Flips& flips) {
    if (change(flips) >= -1e-4F) return false;
    around(flips, [&](std::size_t at, float more) { rest_[at] += more; });
    float& first = modules_[index(flips.first.row, flips.first.column)];
    float& second = modules_[index(flips.second.row, flips.second.column)];
    first = -first;
    if (&first != &second) second = -second;
    return true;
  }

  const std::vector<float>& darkness_;
  int size_;
  std::vector<float> modules_;
  std::vector<float> rest_;
  Weights blur_{};
};

}  // namespace

std::vector<float> equalised(const std::vector<float>& darkness, int size,
                             const std::vector<float>& known, int reach) {
  constexpr double kRidge = 0.03;
  const Framed framed(darkness, size, reach);
  // Drawn towards "as it is" rather than towards nothing.
  const auto weights = weights_of(framed, size, known, reach, kRidge, 1);
  if (!weights) return darkness;
  std::vector<float> out(darkness.size());
  std::size_t module = 0;
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column, ++module)
      out[module] = std::clamp(weighed(framed, row, column, reach, *weights), -1.6F, 1.6F);
  }
  return out;
}

std::vector<float> explained(const std::vector<float>& darkness, int size,
                             const std::vector<float>& fixed, const std::vector<float>& start) {
  constexpr int kRounds = 4;
  std::vector<float> modules(start.size());
  for (std::size_t i = 0; i < start.size(); ++i)
    modules[i] = fixed[i] != 0 ? fixed[i] : sign(start[i] > 0);
  Explanation explanation(darkness, size, std::move(modules));
  for (int round = 0; round < kRounds; ++round) {
    if (!explanation.learn_blur()) return start;
    const std::vector<float> before = explanation.modules();
    explanation.improve(fixed);
    if (explanation.modules() == before) break;
  }
  return explanation.certain();
}

}  // namespace scr::qr
