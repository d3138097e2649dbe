// SPDX-License-Identifier: Apache-2.0
#include "container/internal/draw_page.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "picture/encode.h"

namespace scr::container::internal {
namespace {

void say_nothing(const std::string&, void*) {}

// Fewer dots than this an inch, and no code on a sheet can be read.
constexpr double kFewestDpi = 72;

// Dots an inch that keep the page within the limit; nothing if they would be too few.
std::optional<double> dpi_for(const poppler::rectf& page, const Limits& limits) {
  const double square_inches = page.width() / 72 * (page.height() / 72);
  if (!std::isfinite(square_inches) || page.width() < 1 || page.height() < 1) return std::nullopt;
  const double most = std::sqrt(static_cast<double>(limits.page_pixels) / square_inches);
  if (most < kFewestDpi) return std::nullopt;
  return std::min(most, kPageDpi);
}

image::Rgb pixels_of(const poppler::image& drawn) {
  const auto row_bytes = 3 * static_cast<std::size_t>(drawn.width());
  image::Rgb out{drawn.width(), drawn.height(),
                 image::Pixels(row_bytes * static_cast<std::size_t>(drawn.height()), 0)};
  for (int y = 0; y < drawn.height(); ++y) {
    const char* row = drawn.const_data() + static_cast<std::ptrdiff_t>(y) * drawn.bytes_per_row();
    std::copy(row, row + row_bytes,
              reinterpret_cast<char*>(out.pixels.data()) + static_cast<std::size_t>(y) * row_bytes);
  }
  return out;
}

}  // namespace

struct PageDrawer::Poppler {
  std::unique_ptr<poppler::document> document;
};

PageDrawer::PageDrawer(ByteView file, const Limits& limits)
    : poppler_(std::make_unique<Poppler>()), limits_(limits) {
  poppler::set_debug_error_function(say_nothing, nullptr);
  if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return;
  poppler_->document.reset(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size())));
}

PageDrawer::~PageDrawer() = default;

PageDrawer::Drawn PageDrawer::draw(std::uint64_t page) {
  poppler::document* document = poppler_->document.get();
  if (!document) return {};
  // One that is locked has no pages to be counted: poppler would look for them all the same.
  if (document->is_locked()) return {{}, Reason::encrypted};
  if (page > static_cast<std::uint64_t>(document->pages())) return {};
  const std::unique_ptr<poppler::page> sheet(document->create_page(static_cast<int>(page) - 1));
  if (!sheet) return {};
  const auto dpi = dpi_for(sheet->page_rect(), limits_);
  if (!dpi) return {{}, Reason::too_large};
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const poppler::image drawn = renderer.render_page(sheet.get(), *dpi, *dpi);
  if (!drawn.is_valid()) return {};
  return {picture::encode_png(pixels_of(drawn)), Reason::whole};
}

}  // namespace scr::container::internal
