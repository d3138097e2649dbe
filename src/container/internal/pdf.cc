// SPDX-License-Identifier: Apache-2.0
#include "container/internal/pdf.h"

#include <new>
#include <optional>
#include <vector>

#include "container/internal/draw_page.h"
#include "container/internal/page_content.h"
#include "container/internal/qpdf.h"
#include "picture/format.h"

namespace scr::container::internal {
namespace {

class Pages {
 public:
  Pages(ByteView file, const Limits& limits, const Tell& tell)
      : file_(file), limits_(limits), left_(most_unpacked(file.size(), limits)), tell_(tell) {}

  Reason all(std::uint64_t first) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("container", reinterpret_cast<const char*>(file_.data()), file_.size());
    const std::vector<QPDFObjectHandle> pages = pdf.getAllPages();
    if (pages.empty()) return Reason::empty;
    for (std::uint64_t part = first; part <= pages.size(); ++part) {
      if (part > limits_.parts) return Reason::too_many_parts;
      tell_(PartBegins{part});
      if (!one(part, pages[part - 1])) return Reason::expands_too_much;
    }
    return Reason::whole;
  }

 private:
  // False if more came out than may.
  bool one(std::uint64_t part, QPDFObjectHandle page) {
    std::optional<PageContent> content;
    try {
      content = content_of(page);
      if (content->only_picture && is_plain_jpeg(*content->only_picture)) {
        const auto bytes = content->only_picture->getRawStreamData();
        const ByteView view(reinterpret_cast<const std::byte*>(bytes->getBuffer()),
                            bytes->getSize());
        if (picture::format_of(view) == picture::Format::jpeg)
          return hand_out(text_of(view), How::embedded);
      }
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      // qpdf cannot follow the page: poppler may.
    }
    if (content && content->foreign_letters) return refuse(Reason::needs_fonts);
    if (!drawer_) drawer_.emplace(file_, limits_);
    const PageDrawer::Drawn drawn = drawer_->draw(part);
    return drawn.png.empty() ? refuse(drawn.why) : hand_out(drawn.png, How::rendered);
  }

  bool refuse(Reason reason) {
    tell_(PartRefused{reason});
    return true;
  }

  bool hand_out(std::string_view bytes, How how) {
    if (bytes.size() > limits_.picture_bytes) return refuse(Reason::too_large);
    if (bytes.size() > left_) {
      tell_(PartRefused{Reason::expands_too_much});
      return false;
    }
    left_ -= bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += kLargestPiece)
      tell_(PartBytes{std::string(bytes.substr(at, kLargestPiece))});
    tell_(PartEnds{how});
    return true;
  }

  ByteView file_;
  Limits limits_;
  std::uint64_t left_;
  const Tell& tell_;
  std::optional<PageDrawer> drawer_;
};

}  // namespace

Reason pages_of_pdf(const Source& source, std::uint64_t first, const Limits& limits,
                    const Tell& tell) {
  const ByteView file = source.whole();
  if (file.empty()) return source.size == 0 ? Reason::empty : Reason::too_large;
  try {
    return Pages(file, limits, tell).all(first);
  } catch (const QPDFExc& problem) {
    return problem.getErrorCode() == qpdf_e_password ? Reason::encrypted : Reason::damaged;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return Reason::damaged;
  }
}

}  // namespace scr::container::internal
