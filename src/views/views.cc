// SPDX-License-Identifier: Apache-2.0
//
// A request is one line of whole numbers, in 16ths of a pixel where they are places, then the file;
// an answer is for each view its width and height as two bytes each and then its pixels.
#include "views/views.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <sstream>

#include "image/warp.h"
#include "picture/decode.h"

namespace scr::views {
namespace {

constexpr double kUnits = 16;  // a pixel

// The mean of 2 x 2 places of each pixel: strips are drawn smaller as well as larger.
image::Gray drawn(const image::Gray& picture, const Piece& piece) {
  image::Gray out = image::white(piece.width, piece.height);
  const auto map = image::Homography::of_unit_square(piece.corners);
  for (int y = 0; y < piece.height; ++y) {
    for (int x = 0; x < piece.width; ++x) {
      float sum = 0;
      for (const double dy : {0.25, 0.75}) {
        for (const double dx : {0.25, 0.75}) {
          const image::Point at = map((x + dx) / piece.width, (y + dy) / piece.height);
          const bool sound = std::isfinite(at.x) && std::isfinite(at.y);
          sum += sound ? image::sample(picture, at.x, at.y) : 255;
        }
      }
      out.at(x, y) = static_cast<std::uint8_t>(std::clamp(sum / 4, 0.0F, 255.0F));
    }
  }
  return out;
}

image::Gray small(const image::Gray& picture) {
  const int side = std::max(picture.width, picture.height);
  const image::Gray reduced = image::reduced(picture, std::max(1, side / kWhole));
  const int left = std::max(reduced.width, reduced.height);
  return left > kWhole ? image::resized(reduced, static_cast<double>(kWhole) / left) : reduced;
}

void append(std::string& out, const image::Gray& view) {
  for (const int side : {view.width, view.height}) {
    out += static_cast<char>(side >> 8);
    out += static_cast<char>(side & 255);
  }
  out.append(view.pixels.begin(), view.pixels.end());
}

// Takes one view off the front; nothing if there is none.
std::optional<image::Gray> taken(std::string_view& rest) {
  const auto byte = [&](std::size_t i) {
    return static_cast<int>(static_cast<unsigned char>(rest[i]));
  };
  if (rest.size() < 4) return std::nullopt;
  image::Gray view{byte(0) << 8 | byte(1), byte(2) << 8 | byte(3), {}};
  const bool sound =
      view.width > 0 && view.height > 0 && view.width <= kMostSide && view.height <= kMostSide;
  const std::size_t size =
      static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height);
  if (!sound || rest.size() - 4 < size) return std::nullopt;
  view.pixels.assign(rest.begin() + 4, rest.begin() + 4 + static_cast<std::ptrdiff_t>(size));
  rest.remove_prefix(4 + size);
  return view;
}

}  // namespace

std::string request_of(const std::vector<Piece>& pieces, std::string_view file) {
  std::string request = std::to_string(pieces.size());
  for (const Piece& piece : pieces) {
    for (const image::Point& corner : piece.corners) {
      for (const double place : {corner.x, corner.y})
        request += " " + std::to_string(std::lround(std::clamp(place, -1e6, 1e6) * kUnits));
    }
    request += " " + std::to_string(piece.width) + " " + std::to_string(piece.height);
  }
  request += '\n';
  return request.append(file);
}

std::string cut(std::string_view request) {
  const std::size_t end = request.find('\n');
  if (end == std::string_view::npos) return "";
  std::istringstream line{std::string(request.substr(0, end))};
  const auto picture = picture::decode_gray(bytes_of(request.substr(end + 1)));
  if (!picture || picture->width < 2 || picture->height < 2) return "";
  std::string answer;
  append(answer, small(*picture));
  std::size_t count = 0;
  line >> count;
  for (std::size_t i = 0; i < count; ++i) {
    Piece piece;
    for (image::Point& corner : piece.corners) {
      line >> corner.x >> corner.y;
      corner = {corner.x / kUnits, corner.y / kUnits};
    }
    line >> piece.width >> piece.height;
    if (!line) return "";
    append(answer, drawn(*picture, piece));
  }
  return answer;
}

Result<Views> views_from(std::string_view answer, std::size_t pieces) {
  const auto wrong = [] { return fail(ErrorCode::bad_input, "not the views of a picture"); };
  Views views;
  auto whole = taken(answer);
  if (!whole) return wrong();
  views.whole = std::move(*whole);
  for (std::size_t i = 0; i < pieces; ++i) {
    auto piece = taken(answer);
    if (!piece) return wrong();
    views.pieces.push_back(std::move(*piece));
  }
  if (!answer.empty()) return wrong();
  return views;
}

}  // namespace scr::views
