// SPDX-License-Identifier: Apache-2.0
#include "training/learn.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace scr::training {
namespace {

using print::kCellSize;
using print::kSigns;

struct Net {
  explicit Net(std::size_t units)
      : hidden(units * kCellSize), hidden_bias(units), out(kSigns * units), out_bias(kSigns) {}
  std::size_t units() const { return hidden_bias.size(); }
  std::vector<float> hidden;
  std::vector<float> hidden_bias;
  std::vector<float> out;
  std::vector<float> out_bias;
};

float dot(const float* a, const float* b, std::size_t n) {
  std::array<float, 8> sums{};
  for (std::size_t i = 0; i < n; i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  float sum = 0;
  for (const float part : sums) sum += part;
  return sum;
}

// One example forwards and backwards; adds to `slope`. True if it is taken for what it is.
bool step(const Net& net, const Example& example, Net& slope) {
  const std::size_t units = net.units();
  std::vector<float> hidden(units);
  for (std::size_t u = 0; u < units; ++u) {
    hidden[u] = std::max(
        0.0F, dot(&net.hidden[u * kCellSize], example.cell.data(), kCellSize) + net.hidden_bias[u]);
  }
  std::array<float, kSigns> share;
  for (std::size_t s = 0; s < kSigns; ++s)
    share[s] = dot(&net.out[s * units], hidden.data(), units) + net.out_bias[s];
  const auto most = std::max_element(share.begin(), share.end());
  const bool right = most - share.begin() == example.sign;
  const float top = *most;
  float whole = 0;
  for (float& value : share) whole += value = std::exp(value - top);
  std::vector<float> back(units);
  for (std::size_t s = 0; s < kSigns; ++s) {
    // Never quite sure: an answer that is wrong and sure of itself is the worst.
    const float wanted = s == example.sign ? 0.998F : 0.0002F;
    const float error = share[s] / whole - wanted;
    slope.out_bias[s] += error;
    for (std::size_t u = 0; u < units; ++u) {
      slope.out[s * units + u] += error * hidden[u];
      back[u] += error * net.out[s * units + u];
    }
  }
  for (std::size_t u = 0; u < units; ++u) {
    if (hidden[u] <= 0) continue;
    slope.hidden_bias[u] += back[u];
    float* row = &slope.hidden[u * kCellSize];
    for (std::size_t i = 0; i < kCellSize; ++i) row[i] += back[u] * example.cell[i];
  }
  return right;
}

void move(std::vector<float>& weights, std::vector<float>& speed, std::vector<float>& slope,
          float rate, float decay) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    speed[i] = 0.9F * speed[i] - rate * (slope[i] + decay * weights[i]);
    weights[i] += speed[i];
    slope[i] = 0;
  }
}

template <std::size_t N>
float quantised(const std::vector<float>& weights, std::array<std::int8_t, N>& out) {
  float most = 1e-9F;
  for (const float weight : weights) most = std::max(most, std::abs(weight));
  const float scale = most / 127;
  for (std::size_t i = 0; i < N; ++i)
    out[i] = static_cast<std::int8_t>(std::lround(weights[i] / scale));
  return scale;
}

template <typename Values, typename Form>
void list(std::string& text, const Values& values, const Form& form) {
  text += "{";
  std::size_t column = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string one = form(values[i]);
    if (column + one.size() > 96) {
      text += "\n     ";
      column = 0;
    }
    text += one + (i + 1 < values.size() ? "," : "");
    column += one.size() + 1;
  }
  text += "}";
}

std::string exact(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9gF", static_cast<double>(value));
  const std::string form = text;
  // "1F" is no number in C++.
  if (form.find_first_of(".e") == std::string::npos) return form.substr(0, form.size() - 1) + ".0F";
  return form;
}

}  // namespace

template <class Weights>
Weights learn(std::vector<Example> examples, int epochs, forge::Chance& chance,
              const std::function<void(int, double)>& heard) {
  constexpr std::size_t kBatch = 32;
  Net net(Weights::kUnits);
  for (float& weight : net.hidden) weight = static_cast<float>(chance.normal()) * 0.07F;
  for (float& weight : net.out) weight = static_cast<float>(chance.normal()) * 0.15F;
  Net speed(Weights::kUnits);
  Net slope(Weights::kUnits);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = examples.size(); i-- > 1;) {
      std::swap(examples[i],
                examples[static_cast<std::size_t>(chance.whole(0, static_cast<int>(i)))]);
    }
    const float rate = 0.03F * static_cast<float>(epochs - epoch) / static_cast<float>(epochs) /
                       static_cast<float>(kBatch);
    std::size_t right = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      right += step(net, examples[i], slope) ? 1 : 0;
      if (i % kBatch != kBatch - 1) continue;
      constexpr float kDecay = 3e-4F * static_cast<float>(kBatch);
      move(net.hidden, speed.hidden, slope.hidden, rate, kDecay);
      move(net.out, speed.out, slope.out, rate, kDecay);
      move(net.hidden_bias, speed.hidden_bias, slope.hidden_bias, rate, 0);
      move(net.out_bias, speed.out_bias, slope.out_bias, rate, 0);
    }
    heard(epoch + 1, static_cast<double>(right) / static_cast<double>(examples.size()));
  }
  Weights weights;
  weights.hidden_scale = quantised(net.hidden, weights.hidden);
  weights.out_scale = quantised(net.out, weights.out);
  std::copy(net.hidden_bias.begin(), net.hidden_bias.end(), weights.hidden_bias.begin());
  std::copy(net.out_bias.begin(), net.out_bias.end(), weights.out_bias.begin());
  return weights;
}

template <class Weights>
std::string source_of(const Weights& weights, const std::string& name, const std::string& made_by) {
  std::string text =
      "// SPDX-License-Identifier: Apache-2.0\n"
      "// Made, not written.\n";
  text += "//   " + made_by + "\n";
  text +=
      "// clang-format off\n"
      "#include \"print/digits.h\"\n\nnamespace scr::print {\n\n";
  text += "const DigitWeights<" + std::to_string(Weights::kUnits) + "> " + name + "{\n    ";
  const auto whole = [](std::int8_t value) { return std::to_string(static_cast<int>(value)); };
  list(text, weights.hidden, whole);
  text += ",\n    ";
  list(text, weights.hidden_bias, exact);
  text += ",\n    " + exact(weights.hidden_scale) + ",\n    ";
  list(text, weights.out, whole);
  text += ",\n    ";
  list(text, weights.out_bias, exact);
  text += ",\n    " + exact(weights.out_scale) + "};\n\n}  // namespace scr::print\n";
  return text;
}

template print::SharpWeights learn(std::vector<Example>, int, forge::Chance&,
                                   const std::function<void(int, double)>&);
template print::BlurredWeights learn(std::vector<Example>, int, forge::Chance&,
                                     const std::function<void(int, double)>&);
template std::string source_of(const print::SharpWeights&, const std::string&, const std::string&);
template std::string source_of(const print::BlurredWeights&, const std::string&,
                               const std::string&);

}  // namespace scr::training
