// SPDX-License-Identifier: Apache-2.0
#include "steps/show.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "election/station_code.h"
#include "image/image.h"
#include "picture/encode.h"
#include "record/evidence.h"
#include "views/views.h"

namespace scr::steps {
namespace {

using image::Point;

constexpr int kQuality = 70;

Point along(Point from, Point to, double share) {
  return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

Point moved(Point from, Point right, double rights, Point down, double downs) {
  return {from.x + right.x * rights + down.x * downs, from.y + right.y * rights + down.y * downs};
}

// From the end of a number leftwards; `right`, `down`: the sides of the piece in pixels. So much is
// left over behind the number that its last digit is whole.
views::Piece strip(Point end, Point right, Point down) {
  constexpr double kBehind = 0.03;
  const Point corner = moved(end, right, kBehind - 1, down, -0.5);
  return {{{corner, moved(corner, right, 1, down, 0), moved(corner, right, 1, down, 1),
            moved(corner, right, 0, down, 1)}},
          840,
          102};
}

// The code with some paper about it, and for each contradiction the printed row, level with the
// code, with its name: a row is less than three codes long, and seldom tilted by a third of one.
std::vector<views::Piece> pieces_of(const entry::SheetRead& sheet) {
  std::array<Point, 4> corners;
  for (std::size_t i = 0; i < 4; ++i)
    corners[i] = {static_cast<double>(sheet.corners[2 * i]),
                  static_cast<double>(sheet.corners[2 * i + 1])};
  constexpr double kPaper = -0.08;
  views::Piece code{{}, 280, 280};
  for (std::size_t i = 0; i < 4; ++i)
    code.corners[i] = along(corners[i], corners[(i + 2) % 4], kPaper);
  std::vector<views::Piece> pieces{code};
  const Point right{corners[1].x - corners[0].x, corners[1].y - corners[0].y};
  const Point down{corners[3].x - corners[0].x, corners[3].y - corners[0].y};
  for (const entry::PrintDiffers& one : sheet.contradictions) {
    const Point end{static_cast<double>(one.x), static_cast<double>(one.y)};
    pieces.push_back(strip(end, {right.x * 2.8, right.y * 2.8}, {down.x * 0.34, down.y * 0.34}));
  }
  return pieces;
}

// The printed rows of a sheet without a code: from the first to the last is down.
std::vector<views::Piece> pieces_of(const entry::PictureUnread& unread) {
  const auto& rows = unread.printed;
  if (rows.size() < 2) return {};
  const auto at = [&](std::size_t i) {
    return Point{static_cast<double>(rows[i].x), static_cast<double>(rows[i].y)};
  };
  const auto steps = static_cast<double>(rows.size() - 1);
  const Point down{(at(rows.size() - 1).x - at(0).x) / steps,
                   (at(rows.size() - 1).y - at(0).y) / steps};
  std::vector<views::Piece> pieces;
  // Two and a half rows high, eight times as long: the names are on it.
  for (std::size_t i = 0; i < rows.size(); ++i)
    pieces.push_back(strip(at(i), {down.y * 20.5, -down.x * 20.5}, {down.x * 2.5, down.y * 2.5}));
  return pieces;
}

std::vector<views::Piece> pieces_of(const derive::PictureRead& picture) {
  return picture.read() ? pieces_of(*picture.read()) : pieces_of(*picture.unread());
}

report::PictureViews encoded(const derive::PictureRead& picture, const views::Views& seen) {
  report::PictureViews out;
  out.whole = picture::jpeg_of(seen.whole, kQuality);
  for (std::size_t i = 0; i < seen.pieces.size(); ++i) {
    std::string jpeg = picture::jpeg_of(seen.pieces[i], kQuality);
    if (i == 0 && picture.read()) {
      out.code = std::move(jpeg);
    } else {
      out.rows.push_back(std::move(jpeg));
    }
  }
  return out;
}

}  // namespace

Result<Showing> Showing::open(const std::filesystem::path& record, bool pictures) {
  std::optional<os::Workers> cutters;
  if (pictures) {
    // Before anything that makes threads.
    SCR_TRY(started, os::Workers::start(
                         0, [](std::string_view request) { return views::cut(request); }, {}));
    cutters = std::move(started);
  }
  SCR_TRY(counted, count(record, {}));
  return Showing(std::move(counted), std::move(cutters));
}

Result<Showing::Subject> Showing::find(const std::string& typed) const {
  const auto station = election::station_of_code(typed, state().definition);
  if (station) {
    Subject subject{derive::dossier_of(state(), counted_.count, *station), std::nullopt};
    if (!subject.dossier.empty()) return subject;
  }
  auto meant = derive::meant_by(state(), typed);
  if (!meant && station)
    return fail(ErrorCode::not_found, "nothing is on record of this station", station->value());
  if (!meant) return tl::unexpected(std::move(meant).error());
  if (!meant->station.value().empty())
    return Subject{derive::dossier_of(state(), counted_.count, meant->station), std::nullopt};
  return Subject{{}, derive::with_repeats(state(), *meant->picture)};
}

Result<std::vector<report::PictureViews>> Showing::views(
    const std::vector<derive::PictureOnFile>& files) {
  SCR_CHECK(cutters_.has_value());
  const record::EvidenceStore evidence(counted_.record.folder);
  std::vector<report::PictureViews> all(files.size());
  std::vector<std::size_t> at_hand;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i].withheld && evidence.has(files[i].picture->sha256)) at_hand.push_back(i);
  }
  SCR_TRY_VOID(cutters_->run(
      at_hand.size(),
      [&](std::size_t k) -> Result<std::string> {
        const derive::PictureRead& picture = *files[at_hand[k]].picture;
        SCR_TRY(bytes, evidence.get(picture.sha256));
        return views::request_of(pieces_of(picture), bytes);
      },
      [&](std::size_t k, const os::WorkerAnswer& answer) {
        const derive::PictureRead& picture = *files[at_hand[k]].picture;
        if (!answer.bytes) return;
        const auto seen = views::views_from(*answer.bytes, pieces_of(picture).size());
        if (seen) all[at_hand[k]] = encoded(picture, *seen);
      }));
  return all;
}

}  // namespace scr::steps
