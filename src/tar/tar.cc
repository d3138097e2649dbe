// SPDX-License-Identifier: Apache-2.0
#include "tar/tar.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace scr::tar {
namespace {

using Block = std::array<char, kBlock>;

// Where the fields of a header stand.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12},
    kTime{136, 12}, kSum{148, 8}, kMagic{257, 8}, kPrefix{345, 155};
constexpr std::size_t kType = 156;

std::string_view field_of(const Block& block, Field field) {
  return {block.data() + field.at, field.size};
}

// Up to the first zero byte.
std::string_view text_of(const Block& block, Field field) {
  const std::string_view whole = field_of(block, field);
  return whole.substr(0, whole.find('\0'));
}

// Octal digits, with zeros on the left to fill the field but for a zero byte.
void put_octal(Block& block, Field field, std::uint64_t number) {
  for (std::size_t i = field.size - 1; i-- > 0; number /= 8)
    block[field.at + i] = static_cast<char>('0' + number % 8);
}

// Octal digits between spaces on the left and zero bytes or spaces on the right, as every tar
// program writes them.
std::optional<std::uint64_t> octal_of(std::string_view field) {
  while (!field.empty() && field.front() == ' ') field.remove_prefix(1);
  while (!field.empty() && (field.back() == ' ' || field.back() == '\0')) field.remove_suffix(1);
  if (field.empty()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : field) {
    if (c < '0' || c > '7' || number > kLargestMember / 8) return std::nullopt;
    number = number * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

// The sum of all bytes, the field of the sum itself counted as spaces.
std::uint64_t sum_of(const Block& block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const bool of_sum = i >= kSum.at && i < kSum.at + kSum.size;
    sum += of_sum ? std::uint64_t{' '} : static_cast<unsigned char>(block[i]);
  }
  return sum;
}

bool is_zero(const Block& block) {
  return std::all_of(block.begin(), block.end(), [](char c) { return c == 0; });
}

bool is_sound_path(std::string_view path) {
  if (path.empty()) return false;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    for (const char c : part) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
    }
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

// Folder and name as ustar has room for them; nothing if it has not.
std::optional<std::pair<std::string_view, std::string_view>> split_path(std::string_view path) {
  if (path.size() <= kName.size) return std::pair(std::string_view(), path);
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    if (path.size() - slash - 1 <= kName.size && slash <= kPrefix.size)
      return std::pair(path.substr(0, slash), path.substr(slash + 1));
  }
  return std::nullopt;
}

void put_text(Block& block, Field field, std::string_view text) {
  std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(field.at));
}

// What a header says; nothing for a folder, which holds no bytes.
Result<std::optional<Member>> member_of(const Block& block) {
  const auto said = octal_of(field_of(block, kSum));
  if (!said || *said != sum_of(block)) return fail(ErrorCode::bad_input, "is no tar header");
  const std::string_view magic = field_of(block, kMagic);
  const bool ustar = magic.substr(0, 6) == std::string_view("ustar\0", 6);
  if (!ustar && magic != std::string_view("ustar  \0", 8))
    return fail(ErrorCode::unsupported, "is a tar header of another kind than ustar");
  // What GNU tar keeps where ustar has the prefix is nothing that matters here.
  const std::string_view prefix = ustar ? text_of(block, kPrefix) : std::string_view();
  std::string path = std::string(prefix) + (prefix.empty() ? "" : "/");
  path += text_of(block, kName);
  if (path.starts_with("./")) path.erase(0, 2);
  const auto size = octal_of(field_of(block, kSize));
  if (!size) return fail(ErrorCode::bad_input, "has no size", path);
  const char type = block[kType];
  if (type == '5' && *size == 0) return std::optional<Member>();
  if (type != '0' && type != '\0') {
    return fail(ErrorCode::unsupported,
                "is neither a plain file nor a folder; pack it with: tar --format=ustar", path);
  }
  if (!is_sound_path(path)) return fail(ErrorCode::bad_input, "is no name for a file", path);
  return std::optional(Member{std::move(path), 0, *size});
}

std::uint64_t blocks_of(std::uint64_t size) {
  return (size + kBlock - 1) / kBlock * kBlock;
}

Result<void> check_names(const std::vector<Member>& sorted) {
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].path == sorted[i - 1].path)
      return fail(ErrorCode::bad_input, "stands twice", sorted[i].path);
  }
  return {};
}

}  // namespace

Result<std::string> header(std::string_view path, std::uint64_t size) {
  const auto parts = split_path(path);
  if (!is_sound_path(path) || !parts)
    return fail(ErrorCode::bad_input, "is no name for a file in a tar", std::string(path));
  if (size > kLargestMember)
    return fail(ErrorCode::bad_input, "is too large for a tar", std::string(path));
  Block block{};
  put_text(block, kPrefix, parts->first);
  put_text(block, kName, parts->second);
  put_octal(block, kMode, 0644);
  put_octal(block, kOwner, 0);
  put_octal(block, kGroup, 0);
  put_octal(block, kSize, size);
  put_octal(block, kTime, 0);
  block[kType] = '0';
  put_text(block, kMagic, std::string_view("ustar\00000", 8));
  // Six digits, a zero byte, a space: so it stands in every tar.
  const std::uint64_t sum = sum_of(block);
  put_octal(block, {kSum.at, 7}, sum);
  block[kSum.at + 7] = ' ';
  return std::string(block.data(), block.size());
}

std::string padding(std::uint64_t size) {
  return std::string(blocks_of(size) - size, '\0');
}

std::string end() {
  return std::string(2 * kBlock, '\0');
}

Result<std::vector<Member>> list(std::uint64_t size, const ReadAt& read) {
  std::vector<Member> members;
  std::uint64_t at_byte = 0;
  while (true) {
    const std::string where = "byte " + std::to_string(at_byte);
    if (size - at_byte < kBlock)
      return fail(ErrorCode::bad_input, "ends before its end mark: it was cut off", where);
    Block block{};
    SCR_TRY_VOID(read(at_byte, block));
    at_byte += kBlock;
    if (is_zero(block)) break;
    SCR_TRY(member, at(where, member_of(block)));
    if (!member) continue;
    if (size - at_byte < blocks_of(member->size))
      return fail(ErrorCode::bad_input, "is cut off in the middle of a file", member->path);
    if (members.size() == kMostMembers)
      return fail(ErrorCode::bad_input, "holds more files than are read", where);
    member->offset = at_byte;
    at_byte += blocks_of(member->size);
    members.push_back(std::move(*member));
  }
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.path < b.path; });
  SCR_TRY_VOID(check_names(members));
  return members;
}

}  // namespace scr::tar
