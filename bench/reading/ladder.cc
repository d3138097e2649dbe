// SPDX-License-Identifier: Apache-2.0
#include "bench/reading/ladder.h"

#include "bench/reading/peers.h"
#include "bench/reading/treatments.h"
#include "image/warp.h"

namespace scr::bench {
namespace {

using image::Gray;

struct Treatment {
  const char* name;
  Gray (*treat)(const Gray&);
};

// About three modules of the code at the sizes at hand; half of that at half size.
constexpr int kReach = 16;

const Treatment kSteps[] = {
    {"h:zx", [](const Gray& p) { return image::reduced(p, 2); }},
    {"str-h:zx", [](const Gray& p) { return stretched(image::reduced(p, 2), kReach / 2); }},
    {"zx-hard", [](const Gray& p) { return p; }},
    {"ad25:zx", [](const Gray& p) { return adaptive_threshold(p, 25, 5); }},
    {"str:zx", [](const Gray& p) { return stretched(p, kReach); }},
    {"g+ad35:zx", [](const Gray& p) { return adaptive_threshold(gaussian(p, 1.5), 35, 3); }},
    {"g1:zx", [](const Gray& p) { return gaussian(p, 1); }},
    {"75:zx", [](const Gray& p) { return image::resized(gaussian(p, 0.6), 0.75); }},
    {"ad51:zx", [](const Gray& p) { return adaptive_threshold(p, 51, 8); }},
    {"sauv:zx", [](const Gray& p) { return sauvola(p, 41, 0.2); }},
};

}  // namespace

std::optional<Step> climb(const Gray& picture) {
  for (const Treatment& step : kSteps) {
    const Gray treated = step.treat(picture);
    if (treated.width < 21 || treated.height < 21) continue;
    if (auto text = read_by_zxing(treated, false)) return Step{step.name, std::move(*text)};
  }
  if (auto text = read_by_zbar(picture)) return Step{"zbar", std::move(*text)};
  return std::nullopt;
}

}  // namespace scr::bench
