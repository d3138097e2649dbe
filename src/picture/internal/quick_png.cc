// SPDX-License-Identifier: Apache-2.0
//
// ISO 15948 (PNG), RFC 1950 and 1951. No row is filtered.
#include "picture/internal/quick_png.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "base/check.h"

namespace scr::picture::internal {
namespace {

using namespace std::string_view_literals;

// Bytes that are looked at together, and how many of them are tried to see how to pack all.
constexpr std::size_t kStrip = std::size_t{256} << 10;
constexpr std::size_t kTried = std::size_t{8} << 10;

// How hard zlib tries.
struct Effort {
  int level = 3;
  int strategy = Z_DEFAULT_STRATEGY;
};

std::string number(std::size_t n) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 255u);
  return text;
}

void add_chunk(std::string& file, std::string_view type, std::string_view content) {
  file += number(content.size());
  const std::size_t begin = file.size();
  file += type;
  file += content;
  const auto* named = reinterpret_cast<const Bytef*>(file.data() + begin);
  file += number(crc32_z(0, named, type.size() + content.size()));
}

std::string header_of(int width, int height, int channels) {
  return number(static_cast<std::size_t>(width)) + number(static_cast<std::size_t>(height)) +
         std::string{8, static_cast<char>(channels == 3 ? 2 : 0), 0, 0, 0};
}

class Deflater {
 public:
  Deflater() {
    if (deflateInit(&stream_, Effort().level) != Z_OK) throw std::bad_alloc();
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream_); }

  // `last`: nothing comes afterwards.
  void add(const std::vector<std::uint8_t>& bytes, const Effort& effort, bool last) {
    give_room(bytes.size());
    SCR_CHECK(deflateParams(&stream_, effort.level, effort.strategy) == Z_OK);
    stream_.next_in = const_cast<Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    const int done = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
    SCR_CHECK(done == (last ? Z_STREAM_END : Z_OK) && stream_.avail_in == 0);
  }
  std::string_view bytes() const { return {out_.data(), stream_.total_out}; }

 private:
  // More than what is held back and `more` can become.
  void give_room(std::size_t more) {
    const std::size_t used = stream_.total_out;
    const std::size_t needed = used + 2 * more + (std::size_t{512} << 10);
    if (out_.size() < needed) out_.resize(std::max(needed, out_.size() + out_.size() / 2));
    stream_.next_out = reinterpret_cast<Bytef*>(out_.data() + used);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(out_.size() - used, 1u << 30));
  }

  z_stream stream_{};
  std::string out_;
};

std::size_t size_with(const Effort& effort, const std::uint8_t* bytes, std::size_t size) {
  z_stream stream{};
  if (deflateInit2(&stream, effort.level, Z_DEFLATED, 15, 8, effort.strategy) != Z_OK)
    throw std::bad_alloc();
  std::vector<Bytef> out(deflateBound(&stream, size));
  stream.next_in = const_cast<Bytef*>(bytes);
  stream.avail_in = static_cast<uInt>(size);
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  SCR_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  deflateEnd(&stream);
  return stream.total_out;
}

// Little is gained by looking for repeats in noise, and nothing by anything if it fills all values.
Effort effort_for(const std::vector<std::uint8_t>& strip) {
  const std::size_t size = std::min(kTried, strip.size());
  const std::uint8_t* tried = strip.data() + (strip.size() - size) / 2;
  const Effort codes_only{1, Z_HUFFMAN_ONLY};
  const std::size_t with_codes = size_with(codes_only, tried, size);
  if (100 * size_with({}, tried, size) < 95 * with_codes) return {};
  return 100 * with_codes > 98 * size ? Effort{0, Z_DEFAULT_STRATEGY} : codes_only;
}

}  // namespace

std::string quick_png(const std::uint8_t* pixels, int width, int height, int channels) {
  const std::size_t row = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  const auto rows = static_cast<std::size_t>(height);
  const std::size_t together = std::max<std::size_t>(1, kStrip / (row + 1));
  Deflater packed;
  std::vector<std::uint8_t> strip;
  for (std::size_t first = 0; first < rows; first += together) {
    const std::size_t count = std::min(together, rows - first);
    strip.assign(count * (row + 1), 0);  // the byte before each row: not filtered
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(strip.data() + i * (row + 1) + 1, pixels + (first + i) * row, row);
    packed.add(strip, effort_for(strip), first + count == rows);
  }
  std::string file("\x89PNG\r\n\x1A\n"sv);
  file.reserve(packed.bytes().size() + 100);
  add_chunk(file, "IHDR", header_of(width, height, channels));
  add_chunk(file, "sRGB", "\0"sv);
  add_chunk(file, "IDAT", packed.bytes());
  add_chunk(file, "IEND", {});
  return file;
}

}  // namespace scr::picture::internal
