// SPDX-License-Identifier: Apache-2.0
//
// libjpeg's access to coefficients. The library leaves by longjmp when something is wrong, so it is
// called only from functions that have nothing to tidy up, marked below; what has, is a member.
#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <jerror.h>
#include <jpeglib.h>

#include "picture/decode.h"
#include "redact/coefficients.h"
#include "redact/internal/plain.h"

namespace scr::redact {
namespace {

static_assert(DCTSIZE2 == kBlock && sizeof(JCOEF) == sizeof(std::int16_t));

constexpr std::uint64_t kMostPixels = 100'000'000;
// A progressive file of few bytes can ask for thousands of passes over the whole picture.
constexpr int kMostScans = 500;

struct Trouble {
  jpeg_error_mgr manager;
  std::jmp_buf out;
  char why[JMSG_LENGTH_MAX];
};

[[noreturn]] void leave(j_common_ptr codec) {
  auto* trouble = reinterpret_cast<Trouble*>(codec->err);
  codec->err->format_message(codec, trouble->why);
  std::longjmp(trouble->out, 1);
}

// Level -1 is a warning: the file is damaged, and what comes of it is anybody's guess.
void leave_at_a_warning(j_common_ptr codec, int level) {
  if (level < 0) leave(codec);
}

void stop_at_too_many_scans(j_common_ptr codec) {
  auto* reader = reinterpret_cast<j_decompress_ptr>(codec);
  if (reader->input_scan_number <= kMostScans) return;
  auto* trouble = reinterpret_cast<Trouble*>(codec->err);
  std::snprintf(trouble->why, sizeof trouble->why, "more than %d scans", kMostScans);
  std::longjmp(trouble->out, 1);
}

void prepare(Trouble& trouble) {
  jpeg_std_error(&trouble.manager);
  trouble.manager.error_exit = leave;
  trouble.manager.emit_message = leave_at_a_warning;
  trouble.why[0] = '\0';
}

class Reader {
 public:
  Reader() { prepare(trouble); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    if (made) jpeg_destroy_decompress(&codec);
  }

  // The three that follow have nothing to tidy up, and are false if libjpeg left.
  bool header(ByteView file) {
    if (setjmp(trouble.out) != 0) return false;
    codec.err = &trouble.manager;
    jpeg_create_decompress(&codec);
    made = true;
    progress.progress_monitor = stop_at_too_many_scans;
    codec.progress = &progress;
    jpeg_mem_src(&codec, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&codec, TRUE);
    jpeg_calc_output_dimensions(&codec);
    return true;
  }
  bool coefficients() {
    if (setjmp(trouble.out) != 0) return false;
    arrays = jpeg_read_coefficients(&codec);
    return true;
  }
  // `to`: as many blocks as the component has.
  bool copy(int i, std::int16_t* to) {
    if (setjmp(trouble.out) != 0) return false;
    const jpeg_component_info& info = codec.comp_info[i];
    auto* common = reinterpret_cast<j_common_ptr>(&codec);
    for (JDIMENSION row = 0; row < info.height_in_blocks; ++row) {
      JBLOCKARRAY blocks = codec.mem->access_virt_barray(common, arrays[i], row, 1, FALSE);
      std::memcpy(to + std::size_t{row} * info.width_in_blocks * kBlock, blocks[0],
                  std::size_t{info.width_in_blocks} * sizeof(JBLOCK));
    }
    return true;
  }

  Trouble trouble;
  jpeg_decompress_struct codec{};
  jpeg_progress_mgr progress{};
  jvirt_barray_ptr* arrays = nullptr;
  bool made = false;
};

std::optional<Colours> colours_of(J_COLOR_SPACE space) {
  switch (space) {
    case JCS_GRAYSCALE:
      return Colours::grey;
    case JCS_YCbCr:
      return Colours::ycc;
    case JCS_RGB:
      return Colours::rgb;
    default:
      return std::nullopt;
  }
}

J_COLOR_SPACE space_of(Colours colours) {
  switch (colours) {
    case Colours::grey:
      return JCS_GRAYSCALE;
    case Colours::ycc:
      return JCS_YCbCr;
    case Colours::rgb:
      break;
  }
  return JCS_RGB;
}

// What is not done with such a picture; null if all is.
const char* beyond_us(const jpeg_decompress_struct& codec) {
  if (!colours_of(codec.jpeg_color_space)) return "a JPEG of four colours, or of unknown ones";
  if (std::uint64_t{codec.image_width} * codec.image_height > kMostPixels)
    return "more than 100 million pixels";
  int blocks = 0;
  for (int i = 0; i < codec.num_components; ++i)
    blocks += codec.comp_info[i].h_samp_factor * codec.comp_info[i].v_samp_factor;
  // Else it cannot be written as one scan (ITU-T T.81, B.2.3).
  if (codec.num_components > 1 && blocks > C_MAX_BLOCKS_IN_MCU)
    return "a JPEG with unusual sampling of its colours";
  return nullptr;
}

class Writer {
 public:
  Writer() { prepare(trouble); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (made) jpeg_destroy_compress(&codec);
    std::free(bytes);
  }

  // Has nothing to tidy up, and is false if libjpeg left.
  bool write(const Coefficients& picture, const std::uint8_t* exif, unsigned exif_size) {
    if (setjmp(trouble.out) != 0) return false;
    codec.err = &trouble.manager;
    jpeg_create_compress(&codec);
    made = true;
    jpeg_mem_dest(&codec, &bytes, &size);
    describe(picture);
    auto* common = reinterpret_cast<j_common_ptr>(&codec);
    for (int i = 0; i < codec.num_components; ++i) {
      const Component& from = picture.components[static_cast<std::size_t>(i)];
      arrays[i] = codec.mem->request_virt_barray(
          common, JPOOL_IMAGE, TRUE, rounded(from.columns, from.across),
          rounded(from.rows, from.down), static_cast<JDIMENSION>(from.down));
    }
    jpeg_write_coefficients(&codec, arrays);
    if (exif_size > 0) jpeg_write_marker(&codec, JPEG_APP0 + 1, exif, exif_size);
    for (int i = 0; i < codec.num_components; ++i)
      fill(picture.components[static_cast<std::size_t>(i)], arrays[i]);
    jpeg_finish_compress(&codec);
    return true;
  }

  Trouble trouble;
  jpeg_compress_struct codec{};
  jvirt_barray_ptr arrays[MAX_COMPONENTS] = {};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  bool made = false;

 private:
  static JDIMENSION rounded(int blocks, int factor) {
    return static_cast<JDIMENSION>((blocks + factor - 1) / factor * factor);
  }

  void describe(const Coefficients& picture) {
    codec.image_width = static_cast<JDIMENSION>(picture.width);
    codec.image_height = static_cast<JDIMENSION>(picture.height);
    codec.input_components = static_cast<int>(picture.components.size());
    codec.in_color_space = space_of(picture.colours);
    jpeg_set_defaults(&codec);
    jpeg_set_colorspace(&codec, space_of(picture.colours));
    codec.optimize_coding = TRUE;
    for (int i = 0; i < codec.num_components; ++i) {
      const Component& from = picture.components[static_cast<std::size_t>(i)];
      jpeg_component_info& info = codec.comp_info[i];
      info.h_samp_factor = from.across;
      info.v_samp_factor = from.down;
      info.quant_tbl_no = table_of(picture, i);
      if (codec.quant_tbl_ptrs[info.quant_tbl_no] == nullptr)
        codec.quant_tbl_ptrs[info.quant_tbl_no] =
            jpeg_alloc_quant_table(reinterpret_cast<j_common_ptr>(&codec));
      std::copy(from.quantisation.begin(), from.quantisation.end(),
                codec.quant_tbl_ptrs[info.quant_tbl_no]->quantval);
    }
  }

  // The first component with the same table.
  static int table_of(const Coefficients& picture, int i) {
    const auto& wanted = picture.components[static_cast<std::size_t>(i)].quantisation;
    int first = 0;
    while (picture.components[static_cast<std::size_t>(first)].quantisation != wanted) ++first;
    return first;
  }

  void fill(const Component& from, jvirt_barray_ptr array) {
    auto* common = reinterpret_cast<j_common_ptr>(&codec);
    for (int row = 0; row < from.rows; ++row) {
      JBLOCKARRAY to =
          codec.mem->access_virt_barray(common, array, static_cast<JDIMENSION>(row), 1, TRUE);
      std::memcpy(to[0], from.block(0, row),
                  static_cast<std::size_t>(from.columns) * sizeof(JBLOCK));
    }
  }
};

}  // namespace

const char* name_of(Colours colours) {
  constexpr std::array<const char*, 3> kNames{"grey", "ycc", "rgb"};
  return kNames[static_cast<std::size_t>(colours)];
}

int Coefficients::across() const {
  int most = 1;
  for (const Component& component : components) most = std::max(most, component.across);
  return most;
}

int Coefficients::down() const {
  int most = 1;
  for (const Component& component : components) most = std::max(most, component.down);
  return most;
}

Result<Coefficients> read_coefficients(ByteView jpeg) {
  Reader reader;
  const auto damaged = [&] {
    return fail(ErrorCode::bad_input, std::string("the JPEG is damaged: ") + reader.trouble.why);
  };
  if (!reader.header(jpeg)) return damaged();
  if (const char* what = beyond_us(reader.codec)) return fail(ErrorCode::unsupported, what);
  if (!reader.coefficients()) return damaged();
  Coefficients picture{static_cast<int>(reader.codec.image_width),
                       static_cast<int>(reader.codec.image_height),
                       picture::orientation_of_jpeg(jpeg),
                       *colours_of(reader.codec.jpeg_color_space),
                       {}};
  for (int i = 0; i < reader.codec.num_components; ++i) {
    const jpeg_component_info& info = reader.codec.comp_info[i];
    Component component{info.h_samp_factor,
                        info.v_samp_factor,
                        {},
                        static_cast<int>(info.width_in_blocks),
                        static_cast<int>(info.height_in_blocks),
                        {}};
    if (info.quant_table == nullptr) return fail(ErrorCode::bad_input, "a component has no table");
    std::copy_n(info.quant_table->quantval, kBlock, component.quantisation.begin());
    component.blocks.resize(std::size_t{info.width_in_blocks} * info.height_in_blocks * kBlock);
    if (!reader.copy(i, component.blocks.data())) return damaged();
    picture.components.push_back(std::move(component));
  }
  return picture;
}

Result<std::string> write_coefficients(const Coefficients& picture) {
  Writer writer;
  const auto exif = internal::exif_of(picture.orientation);
  const unsigned exif_size = picture.orientation == 1 ? 0 : static_cast<unsigned>(exif.size());
  if (!writer.write(picture, exif.data(), exif_size)) {
    return fail(ErrorCode::unsupported,
                std::string("the picture cannot be written as JPEG: ") + writer.trouble.why);
  }
  return std::string(reinterpret_cast<const char*>(writer.bytes), writer.size);
}

}  // namespace scr::redact
