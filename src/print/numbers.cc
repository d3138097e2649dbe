// SPDX-License-Identifier: Apache-2.0
#include "print/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "image/warp.h"

namespace scr::print {
namespace {

using image::Gray;

// What a cell shows: a letter's width and a little of its neighbours, more where these run into it;
// from above to below.
constexpr double kCellWide = 18;  // dots
constexpr double kCellWideBlurred = 28;
constexpr double kCellTall = 24;
constexpr double kCellTallBlurred = 28;

constexpr float kCertainlyBlank = -0.02F;  // natural logarithm

LogShares nothing() {
  LogShares shares;
  shares.fill(-9);
  shares[kBlank] = 0;
  return shares;
}

double best_digit(const LogShares& shares) {
  return static_cast<double>(*std::max_element(shares.begin(), shares.begin() + kBlank));
}

// Every number of n digits has one belief: the digits' and the blanks' before it.
struct Ranked {
  std::uint64_t value = 0;
  double belief = 0;
};

std::vector<Ranked> ranked(const std::array<LogShares, kMostDigits>& cells, std::size_t most) {
  constexpr std::size_t kPerDigit = 3;
  std::vector<Ranked> all;
  double blanks_before[kMostDigits + 1] = {};
  for (std::size_t i = kMostDigits; i-- > 1;)
    blanks_before[i] = blanks_before[i + 1] + static_cast<double>(cells[i][kBlank]);
  const auto likelier = [](const Ranked& a, const Ranked& b) { return a.belief > b.belief; };
  const auto keep_best = [&] {
    std::stable_sort(all.begin(), all.end(), likelier);
    if (all.size() > most) all.resize(most);
  };
  std::vector<Ranked> beginnings{{0, 0}};
  std::uint64_t power = 1;
  for (std::size_t length = 1; length <= kMostDigits; ++length) {
    // No longer number is likelier than the digits that it ends with.
    if (all.size() >= most) {
      keep_best();
      const auto best = std::min_element(beginnings.begin(), beginnings.end(), likelier);
      if (best->belief <= all.back().belief) return all;
    }
    const LogShares& cell = cells[length - 1];
    std::array<std::size_t, 10> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    std::partial_sort(order.begin(), order.begin() + kPerDigit, order.end(),
                      [&](std::size_t a, std::size_t b) { return cell[a] > cell[b]; });
    std::vector<Ranked> longer;
    for (const Ranked& beginning : beginnings) {
      for (std::size_t k = 0; k < kPerDigit; ++k) {
        const Ranked next{beginning.value + power * order[k],
                          beginning.belief + static_cast<double>(cell[order[k]])};
        longer.push_back(next);
        // No zeros in front.
        if (order[k] != 0 || length == 1)
          all.push_back({next.value, next.belief + blanks_before[length]});
      }
    }
    beginnings = std::move(longer);
    power *= 10;
  }
  keep_best();
  return all;
}

void settle(NumberReading& number) {
  const std::vector<Ranked> best = ranked(number.cells, 2);
  number.value = best[0].value;
  number.odds = best[0].belief - best[1].belief;
}

// How light the paper of a line is, some of which may be printed on.
float paper_of(std::vector<float>& line) {
  const auto from = line.begin() + static_cast<std::ptrdiff_t>(line.size() / 2);
  const auto to = line.begin() + static_cast<std::ptrdiff_t>(line.size() * 9 / 10);
  std::nth_element(line.begin(), from, line.end());
  std::nth_element(from, to, line.end());
  return std::accumulate(from, to, 0.0F) / static_cast<float>(to - from);
}

// How far values leave the straight line that fits them best, above and below together; of means
// of four neighbours, since noise is not meant.
float unevenness(std::span<const float> values) {
  constexpr std::size_t kNeighbours = 4;
  std::vector<float> means;
  for (std::size_t i = 0; i + kNeighbours <= values.size(); ++i) {
    const auto some = values.subspan(i, kNeighbours);
    means.push_back(std::accumulate(some.begin(), some.end(), 0.0F) / kNeighbours);
  }
  const float middle = (static_cast<float>(means.size()) - 1) / 2;
  float sum = 0;
  float rise = 0;
  float spread = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    const float x = static_cast<float>(i) - middle;
    sum += means[i];
    rise += x * means[i];
    spread += x * x;
  }
  for (std::size_t i = 0; i < means.size(); ++i) {
    const float x = static_cast<float>(i) - middle;
    means[i] -= sum / static_cast<float>(means.size()) + x * rise / spread;
  }
  const auto [low, high] = std::minmax_element(means.begin(), means.end());
  return *high - *low;
}

}  // namespace

double NumberReading::belief(std::uint64_t number) const {
  const std::string digits = std::to_string(number);
  if (digits.size() > kMostDigits) return -1e3;
  double sum = 0;
  for (std::size_t place = 0; place < kMostDigits; ++place) {
    const std::size_t sign = place < digits.size()
                                 ? static_cast<std::size_t>(digits[digits.size() - 1 - place] - '0')
                                 : kBlank;
    sum += static_cast<double>(cells[place][sign]);
  }
  return sum;
}

std::vector<std::uint64_t> NumberReading::likeliest(std::size_t most) const {
  std::vector<std::uint64_t> values;
  for (const Ranked& one : ranked(cells, most)) values.push_back(one.value);
  return values;
}

RowLevels levels_of(const Gray& picture, const PlacedRow& row, double letter) {
  constexpr int kAcross = 30;
  constexpr int kDown = 10;
  std::array<float, kAcross * kDown> seen;
  const double wide = (static_cast<double>(kMostDigits) + 0.5) * letter / kAcross;
  for (int v = 0; v < kDown; ++v) {
    const double x = -wide * 0.5;
    const double y = ((v + 0.5) / kDown - 0.5) * 20;
    image::sample_line(picture,
                       {row.end.x + row.across.x * x + row.down.x * y,
                        row.end.y + row.across.y * x + row.down.y * y},
                       {-row.across.x * wide, -row.across.y * wide},
                       std::span(seen).subspan(static_cast<std::size_t>(v) * kAcross, kAcross));
  }
  // At least a third is paper, and a twentieth is the print of one digit.
  const auto place = [&](std::size_t hundredths) {
    const auto at = seen.begin() + static_cast<std::ptrdiff_t>(seen.size() * hundredths / 100);
    std::nth_element(seen.begin(), at, seen.end());
    return *at;
  };
  RowLevels levels;
  levels.paper = place(70);
  levels.contrast = std::max(6.0F, levels.paper - place(3));
  return levels;
}

Cell cell_of(const Gray& picture, const PlacedRow& row, const RowLevels& levels, double letter,
             int place, double aside, double lower, Focus focus) {
  Cell cell;
  const double wide = focus == Focus::sharp ? kCellWide : kCellWideBlurred;
  const double tall = focus == Focus::sharp ? kCellTall : kCellTallBlurred;
  const double left = -(place + 0.5) * letter + aside + (0.5 / kCellColumns - 0.5) * wide;
  const double right = wide / kCellColumns;
  const float scale = 1 / levels.contrast;
  std::array<float, kCellColumns> seen;
  for (int v = 0; v < kCellRows; ++v) {
    const double y = ((v + 0.5) / kCellRows - 0.5) * tall + lower;
    image::sample_line(picture,
                       {row.end.x + row.across.x * left + row.down.x * y,
                        row.end.y + row.across.y * left + row.down.y * y},
                       {row.across.x * right, row.across.y * right}, seen);
    float* out = cell.data() + v * kCellColumns;
    for (std::size_t u = 0; u < seen.size(); ++u)
      out[u] = std::clamp((levels.paper - seen[u]) * scale, -0.5F, 1.5F);
  }
  return cell;
}

NumberReader::NumberReader(const Gray& picture, const Layout& layout, const Placement& placement,
                           Focus focus)
    : picture_(picture), letter_(layout.letter), focus_(focus) {
  for (std::size_t i = 0; i < layout.rows.size() && i < placement.rows.size(); ++i) {
    if (layout.rows[i].kind == RowKind::number) rows_.push_back(placement.rows[i]);
  }
  std::vector<float> contrasts;
  for (const PlacedRow& row : rows_) {
    levels_.push_back(levels_of(picture, row, letter_));
    contrasts.push_back(levels_.back().contrast);
  }
  if (rows_.empty()) return;
  // A pen's stroke is darker than print, a faded row lighter: neither by much more than this.
  const auto middle = contrasts.begin() + static_cast<std::ptrdiff_t>(contrasts.size() / 2);
  std::nth_element(contrasts.begin(), middle, contrasts.end());
  for (RowLevels& level : levels_)
    level.contrast = std::clamp(level.contrast, 0.6F * *middle, 1.35F * *middle);
  offset_ = find_offset();
}

// Every printer leaves another margin: the place where digits look most like digits.
NumberReader::Offset NumberReader::find_offset() const {
  const auto score = [&](Offset offset, std::size_t looked_at) {
    const std::size_t every = std::max<std::size_t>(1, rows_.size() / looked_at);
    double sum = -0.05 * (std::abs(offset.lower) + std::abs(offset.aside));
    for (std::size_t i = every / 2; i < rows_.size(); i += every) {
      const auto at = [&](int place) {
        return classify(cell_of(picture_, rows_[i], levels_[i], letter_, place, offset.aside,
                                offset.lower, focus_),
                        focus_);
      };
      // The last letter is a digit, and behind it is nothing.
      sum +=
          std::max(-4.0, best_digit(at(0))) + std::max(-4.0, static_cast<double>(at(-1)[kBlank]));
    }
    return sum;
  };
  // As most scans lie: there is nothing to look for.
  constexpr std::size_t kAFew = 8;
  constexpr double kClearly = -0.02;  // natural logarithm, of a letter
  if (score({}, kAFew) > 2 * kAFew * kClearly) return {};
  // Coarse all around, then finer to the four sides.
  struct Round {
    double step;
    std::size_t looked_at;
    bool corners;
  };
  Offset best;
  for (const auto& [step, looked_at, corners] :
       {Round{2.4, 6, true}, Round{1.2, 8, false}, Round{0.7, 8, false}}) {
    const Offset middle = best;
    double most = score(best, looked_at);
    for (const double lower : {-step, 0.0, step}) {
      for (const double aside : {-step, 0.0, step}) {
        const bool corner = lower != 0 && aside != 0;
        if ((lower == 0 && aside == 0) || (corner && !corners)) continue;
        const Offset offset{middle.aside + aside, middle.lower + lower};
        const double value = score(offset, looked_at);
        if (value > most) {
          most = value;
          best = offset;
        }
      }
    }
  }
  return best;
}

NumberReading NumberReader::read_at(std::size_t i, Offset offset) const {
  NumberReading number;
  for (std::size_t place = 0; place < kMostDigits; ++place) {
    number.cells[place] =
        classify(cell_of(picture_, rows_[i], levels_[i], letter_, static_cast<int>(place),
                         offset.aside, offset.lower, focus_),
                 focus_);
    // Before a blank there is nothing.
    if (place == 0 || number.cells[place][kBlank] < kCertainlyBlank) continue;
    for (++place; place < kMostDigits; ++place) number.cells[place] = nothing();
  }
  settle(number);
  return number;
}

NumberReading NumberReader::read(std::size_t i) const {
  constexpr double kSure = 4.5;
  NumberReading number = read_at(i, offset_);
  // Not sure: perhaps the row lies a little aside.
  for (const auto& [aside, lower] :
       {std::pair(0.0, -1.2), std::pair(0.0, 1.2), std::pair(-1.2, 0.0), std::pair(1.2, 0.0)}) {
    if (number.odds >= kSure) break;
    const NumberReading other = read_at(i, {offset_.aside + aside, offset_.lower + lower});
    if (other.belief(other.value) > number.belief(number.value)) number = other;
  }
  return number;
}

NumberReading NumberReader::read_carefully(std::size_t i) const {
  NumberReading mean;
  for (const double lower : {-1.3, 0.0, 1.3}) {
    for (const double aside : {-1.3, 0.0, 1.3}) {
      const NumberReading one = read_at(i, {offset_.aside + aside, offset_.lower + lower});
      for (std::size_t place = 0; place < kMostDigits; ++place) {
        for (std::size_t sign = 0; sign < kSigns; ++sign)
          mean.cells[place][sign] += one.cells[place][sign] / 9;
      }
    }
  }
  settle(mean);
  return mean;
}

bool NumberReader::on_even_paper(std::size_t i, std::size_t digits) const {
  constexpr std::size_t kDown = 20;  // lines, two dots apart
  constexpr double kSlice = 4;       // dots
  // Of what print differs from paper. Shadows that fall from above or below are soft.
  constexpr float kUnevenDown = 0.07F;
  constexpr float kUnevenAcross = 0.1F;
  const PlacedRow& row = rows_[i];
  const double left = -(static_cast<double>(digits) + 1) * letter_ + offset_.aside;
  const auto slices = static_cast<std::size_t>((1.5 * letter_ + offset_.aside - left) / kSlice);
  std::vector<float> seen(slices * kDown);
  for (std::size_t v = 0; v < kDown; ++v) {
    const double y = (static_cast<double>(v) - (kDown - 1) / 2.0) * 2 + offset_.lower;
    image::sample_line(picture_,
                       {row.end.x + row.across.x * left + row.down.x * y,
                        row.end.y + row.across.y * left + row.down.y * y},
                       {row.across.x * kSlice, row.across.y * kSlice},
                       std::span(seen).subspan(v * slices, slices));
  }
  std::vector<float> down;
  std::vector<float> across;
  std::vector<float> line;
  for (std::size_t v = 0; v < kDown; ++v) {
    line.assign(&seen[v * slices], &seen[v * slices] + slices);
    down.push_back(paper_of(line));
  }
  for (std::size_t u = 0; u < slices; ++u) {
    line.clear();
    for (std::size_t v = 0; v < kDown; ++v) line.push_back(seen[v * slices + u]);
    across.push_back(paper_of(line));
  }
  const float contrast = levels_[i].contrast;
  return unevenness(down) <= kUnevenDown * contrast &&
         unevenness(across) <= kUnevenAcross * contrast;
}

}  // namespace scr::print
