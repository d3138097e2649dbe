// SPDX-License-Identifier: Apache-2.0
//
// The only file of the room that reads TOML.
#include "privacy/mask_file.h"

#include <array>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

#include "toml/parse.h"

namespace scr::privacy {
namespace {

constexpr std::int64_t kFarthest = 1'000'000;  // pixels

tl::unexpected<Error> wrong(const ::toml::node& node, std::string what) {
  return fail(ErrorCode::bad_input, std::move(what),
              "line " + std::to_string(node.source().begin.line));
}

Result<void> only(const ::toml::table& table, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : table) {
    bool known = false;
    for (const std::string_view each : keys) known = known || key.str() == each;
    if (!known) return wrong(value, "unknown key \"" + std::string(key.str()) + "\"");
  }
  return {};
}

// The whole numbers of a list; nothing if it is none, or of another length.
std::optional<std::vector<double>> numbers_in(const ::toml::node& node, std::size_t count) {
  const auto* list = node.as_array();
  if (!list || list->size() != count) return std::nullopt;
  std::vector<double> numbers;
  for (const ::toml::node& item : *list) {
    const auto* number = item.as_integer();
    if (!number || number->get() < -kFarthest || number->get() > kFarthest) return std::nullopt;
    numbers.push_back(static_cast<double>(number->get()));
  }
  return numbers;
}

Result<image::Quad> box_in(const ::toml::node& node) {
  const auto sides = numbers_in(node, 4);
  if (!sides || (*sides)[0] >= (*sides)[2] || (*sides)[1] >= (*sides)[3])
    return wrong(node, "box: must be [left, top, right, foot] in whole pixels");
  const auto [left, top, right, foot] =
      std::array{(*sides)[0], (*sides)[1], (*sides)[2], (*sides)[3]};
  return image::Quad{image::Point{left, top}, {right, top}, {right, foot}, {left, foot}};
}

Result<image::Quad> corners_in(const ::toml::node& node) {
  const auto numbers = numbers_in(node, 8);
  if (!numbers) return wrong(node, "corners: must be x, y of four corners in whole pixels");
  image::Quad quad;
  for (std::size_t i = 0; i < 4; ++i) quad[i] = {(*numbers)[2 * i], (*numbers)[2 * i + 1]};
  return quad;
}

Result<Part> hidden_part_in(const ::toml::node& node) {
  const auto* table = node.as_table();
  if (!table) return wrong(node, "hide: must be tables, [[hide]]");
  SCR_TRY_VOID(only(*table, {"what", "box", "corners"}));
  const ::toml::node* what = table->get("what");
  const auto* text = what ? what->as_string() : nullptr;
  if (what && (!text || text->get().size() > 200 || !toml::is_plain_text(text->get())))
    return wrong(*what, "what: must be a short text");
  const ::toml::node* box = table->get("box");
  const ::toml::node* corners = table->get("corners");
  if ((box == nullptr) == (corners == nullptr))
    return wrong(*table, "hide: takes either box or corners");
  SCR_TRY(where, box ? box_in(*box) : corners_in(*corners));
  return Part{text ? text->get() : std::string(), where};
}

std::optional<std::array<std::int64_t, 4>> upright(const image::Quad& quad) {
  const auto near = [](double a, double b) { return std::lround(a) == std::lround(b); };
  const bool is_upright = near(quad[0].y, quad[1].y) && near(quad[2].y, quad[3].y) &&
                          near(quad[0].x, quad[3].x) && near(quad[1].x, quad[2].x) &&
                          quad[0].x + 1 < quad[1].x && quad[0].y + 1 < quad[3].y;
  if (!is_upright) return std::nullopt;
  return std::array<std::int64_t, 4>{std::lround(quad[0].x), std::lround(quad[0].y),
                                     std::lround(quad[2].x), std::lround(quad[2].y)};
}

void append_list(std::string& text, const auto& numbers) {
  text += '[';
  for (std::size_t i = 0; i < numbers.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(numbers[i]);
  text += "]\n";
}

// Basic strings of TOML.
std::string quoted(std::string_view words) {
  std::string text = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

}  // namespace

Result<MaskFile> parse_mask_file(std::string_view toml) {
  SCR_TRY(root, toml::parse_text(toml));
  SCR_TRY_VOID(only(root, {"picture", "hide", "all_may_be_seen"}));
  const ::toml::node* picture = root.get("picture");
  const auto* hex = picture ? picture->as_string() : nullptr;
  const auto digest = hex ? Digest::from_hex_text(hex->get()) : std::nullopt;
  if (!digest)
    return fail(ErrorCode::bad_input, "picture: must be the SHA-256 of the picture, 64 hex digits");
  MaskFile file{*digest, {}};
  const ::toml::node* hide = root.get("hide");
  if (const ::toml::node* all = root.get("all_may_be_seen")) {
    const auto* said = all->as_boolean();
    if (!said || !said->get() || hide)
      return wrong(*all, "all_may_be_seen: may only be true, in a file that hides nothing");
    file.all_may_be_seen = true;
  }
  if (!hide) return file;
  const auto* list = hide->as_array();
  if (!list || list->size() > MaskFile::kMostParts)
    return wrong(*hide, "hide: must be at most 1000 tables, [[hide]]");
  for (const ::toml::node& node : *list) {
    SCR_TRY(part, hidden_part_in(node));
    file.hide.push_back(std::move(part));
  }
  return file;
}

std::string text_of(const MaskFile& file) {
  std::string text = "picture = \"" + file.picture.hex() + "\"\n";
  if (file.all_may_be_seen) text += "all_may_be_seen = true\n";
  for (const Part& part : file.hide) {
    text += "\n[[hide]]\nwhat = " + quoted(part.what) + '\n';
    if (const auto box = upright(part.where)) {
      text += "box = ";
      append_list(text, *box);
      continue;
    }
    std::array<std::int64_t, 8> numbers{};
    for (std::size_t i = 0; i < 4; ++i) {
      numbers[2 * i] = std::lround(part.where[i].x);
      numbers[2 * i + 1] = std::lround(part.where[i].y);
    }
    text += "corners = ";
    append_list(text, numbers);
  }
  return text;
}

}  // namespace scr::privacy
