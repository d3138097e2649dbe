// SPDX-License-Identifier: Apache-2.0
//
// libarchive reads through the callbacks below. Only the format that the first bytes name is
// switched on, and of a member only its kind and its bytes are asked for.
#include "container/internal/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "picture/format.h"

namespace scr::container::internal {
namespace {

struct Reading {
  const Source& source;
  std::uint64_t at = 0;
  std::vector<char> buffer = std::vector<char>(std::size_t{1} << 16);
};

la_ssize_t read_more(archive* a, void* data, const void** out) {
  auto& reading = *static_cast<Reading*>(data);
  const auto got = reading.source.read(reading.at, reading.buffer);
  if (!got) {
    archive_set_error(a, EIO, "cannot be read");
    return ARCHIVE_FATAL;
  }
  reading.at += *got;
  *out = reading.buffer.data();
  return static_cast<la_ssize_t>(*got);
}

la_int64_t skip(archive*, void* data, la_int64_t bytes) {
  auto& reading = *static_cast<Reading*>(data);
  const std::uint64_t left = reading.source.size - std::min(reading.at, reading.source.size);
  const auto skipped = std::min(static_cast<std::uint64_t>(std::max<la_int64_t>(0, bytes)), left);
  reading.at += skipped;
  return static_cast<la_int64_t>(skipped);
}

la_int64_t seek(archive*, void* data, la_int64_t offset, int whence) {
  auto& reading = *static_cast<Reading*>(data);
  const auto size = static_cast<la_int64_t>(reading.source.size);
  const la_int64_t base = whence == SEEK_SET   ? 0
                          : whence == SEEK_CUR ? static_cast<la_int64_t>(reading.at)
                                               : size;
  if (offset < -base || offset > size - base) return ARCHIVE_FATAL;
  reading.at = static_cast<std::uint64_t>(base + offset);
  return base + offset;
}

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

void switch_on(archive* a, Format format) {
  switch (format) {
    case Format::zip:
      archive_read_support_format_zip(a);
      return;
    case Format::seven_zip:
      archive_read_support_format_7zip(a);
      return;
    case Format::gzip:
      archive_read_support_filter_gzip(a);
      break;
    case Format::xz:
      archive_read_support_filter_xz(a);
      break;
    case Format::zstd:
      archive_read_support_filter_zstd(a);
      break;
    case Format::tar:
    case Format::pdf:
      break;
  }
  archive_read_support_format_tar(a);
}

// What libarchive says of it, as far as it tells reasons apart.
Reason why_said(archive* a) {
  const char* text = archive_error_string(a);
  const std::string_view said = text ? text : "";
  if (said.find("ncrypt") != std::string_view::npos ||
      said.find("assphrase") != std::string_view::npos)
    return Reason::encrypted;
  if (said.find("llocate memory") != std::string_view::npos) return Reason::out_of_memory;
  if (said.find("nsupported") != std::string_view::npos) return Reason::unknown_compression;
  return Reason::damaged;
}

// Not after a failed open: libarchive 3.6 then looks at a format that is gone.
Reason why(archive* a) {
  return archive_read_has_encrypted_entries(a) > 0 ? Reason::encrypted : why_said(a);
}

class Members {
 public:
  Members(archive* a, Format format, std::uint64_t size, std::uint64_t first, const Limits& limits,
          const Tell& tell)
      : a_(a),
        format_(format),
        first_(first),
        limits_(limits),
        left_(most_unpacked(size, limits)),
        tell_(tell) {}

  Reason all() {
    archive_entry* entry = nullptr;
    while (true) {
      const int next = archive_read_next_header(a_, &entry);
      if (next == ARCHIVE_EOF) return part_ == 0 ? Reason::empty : Reason::whole;
      if (next != ARCHIVE_OK && next != ARCHIVE_WARN) return why(a_);
      if (archive_entry_filetype(entry) == AE_IFDIR) continue;
      if (++part_ > limits_.parts) return Reason::too_many_parts;
      const Reason ending = part_ < first_ ? pass() : one(entry);
      if (ending != Reason::whole) return ending;
    }
  }

 private:
  // `whole`: go on with the next.
  Reason one(archive_entry* entry) {
    tell_(PartBegins{part_});
    if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) != AE_IFREG)
      return refuse(Reason::link);
    if (archive_entry_is_encrypted(entry)) return refuse(Reason::encrypted);
    const la_ssize_t got = fill(0);
    if (got < 0) return broken(got);
    if (got == 0) return refuse(Reason::empty);
    const ByteView beginning =
        bytes_of(std::string_view(piece_.data(), static_cast<std::size_t>(got)));
    const bool picture = picture::format_of(beginning).has_value();
    if (!picture && !format_of(beginning)) return refuse_rest(Reason::not_a_picture);
    return hand_out(static_cast<std::size_t>(got),
                    picture ? limits_.picture_bytes : limits_.nested_bytes);
  }

  // The piece that is read already, and the rest.
  Reason hand_out(std::size_t got, std::uint64_t most) {
    std::uint64_t size = 0;
    while (got > 0) {
      if (got > left_) return over(Reason::expands_too_much);
      left_ -= got;
      size += got;
      if (size > most) return refuse_rest(Reason::too_large);
      tell_(PartBytes{std::string(piece_.data(), got)});
      const la_ssize_t more = fill(0);
      if (more < 0) return broken(more);
      got = static_cast<std::size_t>(more);
    }
    tell_(PartEnds{How::member});
    return Reason::whole;
  }

  // As much of the member as fits into a piece, behind what is there; 0 at its end, < 0 if broken.
  la_ssize_t fill(std::size_t have) {
    while (have < piece_.size()) {
      const la_ssize_t got = archive_read_data(a_, piece_.data() + have, piece_.size() - have);
      if (got < 0) return got;
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    return static_cast<la_ssize_t>(have);
  }

  Reason refuse(Reason reason) {
    tell_(PartRefused{reason});
    return Reason::whole;
  }

  Reason refuse_rest(Reason reason) {
    tell_(PartRefused{reason});
    return pass();
  }

  // The part is refused, and with it the container.
  Reason over(Reason reason) {
    tell_(PartRefused{reason});
    return reason;
  }

  Reason broken(la_ssize_t how) {
    const Reason reason = why(a_);
    tell_(PartRefused{reason});
    return how == ARCHIVE_FATAL ? Reason::damaged : Reason::whole;
  }

  // The rest of a member that nobody wants. A zip finds its next member without it; elsewhere it
  // has to be unpacked, and counts.
  Reason pass() {
    if (format_ == Format::zip) return Reason::whole;
    std::uint64_t quiet = 0;
    while (true) {
      const la_ssize_t got = archive_read_data(a_, piece_.data(), piece_.size());
      if (got < 0) return got == ARCHIVE_FATAL ? Reason::damaged : Reason::whole;
      const auto bytes = static_cast<std::uint64_t>(got);
      if (bytes > left_) return Reason::expands_too_much;
      left_ -= bytes;
      quiet += bytes;
      if (quiet >= (std::uint64_t{16} << 20) || (got == 0 && quiet > 0)) {
        tell_(Passed{quiet});
        quiet = 0;
      }
      if (got == 0) return Reason::whole;
    }
  }

  archive* a_;
  Format format_;
  std::uint64_t first_;
  Limits limits_;
  std::uint64_t left_;  // bytes that may still come out
  const Tell& tell_;
  std::uint64_t part_ = 0;
  std::vector<char> piece_ = std::vector<char>(kLargestPiece);
};

}  // namespace

Reason members_of_archive(Format format, const Source& source, std::uint64_t first,
                          const Limits& limits, const Tell& tell) {
  Reading reading{source};
  const Archive a(archive_read_new(), &archive_read_free);
  switch_on(a.get(), format);
  archive_read_set_callback_data(a.get(), &reading);
  archive_read_set_read_callback(a.get(), read_more);
  archive_read_set_skip_callback(a.get(), skip);
  archive_read_set_seek_callback(a.get(), seek);
  if (archive_read_open1(a.get()) != ARCHIVE_OK) return why_said(a.get());
  return Members(a.get(), format, source.size, first, limits, tell).all();
}

}  // namespace scr::container::internal
