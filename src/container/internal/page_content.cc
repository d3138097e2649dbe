// SPDX-License-Identifier: Apache-2.0
//
// Operators: ISO 32000-1, annex A. Anything that is not known to draw nothing counts as drawing.
// Text that is invisible (rendering mode 3) is what scanners with letter recognition lay over the
// picture: it draws nothing.
#include "container/internal/page_content.h"

#include <set>
#include <string>
#include <vector>

namespace scr::container::internal {
namespace {

constexpr int kDeepest = 8;  // forms in forms

bool one_of(const std::string& word, const std::set<std::string>& words) {
  return words.count(word) > 0;
}

// Settings, marks, and paths that are not painted. Clips are left out: what they hide is in the
// embedded picture none the less.
const std::set<std::string>& quiet() {
  static const std::set<std::string> all{
      "w",  "J",  "j",  "M",  "d",  "ri", "i",   "m",   "l",   "c",  "v",   "y",
      "h",  "re", "n",  "W",  "W*", "CS", "cs",  "SC",  "SCN", "sc", "scn", "G",
      "g",  "RG", "rg", "K",  "k",  "BT", "ET",  "Tc",  "Tw",  "Tz", "TL",  "Ts",
      "Td", "TD", "Tm", "T*", "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX"};
  return all;
}

bool letters_inside(QPDFObjectHandle font) {
  if (!font.isDictionary()) return false;
  QPDFObjectHandle kind = font.getKey("/Subtype");
  if (kind.isName() && kind.getName() == "/Type3") return true;
  QPDFObjectHandle below = font;
  QPDFObjectHandle descendants = font.getKey("/DescendantFonts");
  if (descendants.isArray() && descendants.getArrayNItems() > 0)
    below = descendants.getArrayItem(0);
  QPDFObjectHandle descriptor = below.isDictionary() ? below.getKey("/FontDescriptor") : below;
  if (!descriptor.isDictionary()) return false;
  return descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") ||
         descriptor.hasKey("/FontFile3");
}

struct Drawing {
  std::vector<QPDFObjectHandle> pictures;
  bool more = false;  // something else than a picture
  bool foreign_letters = false;
};

// Follows one stream of operators.
class Follower : public QPDFObjectHandle::ParserCallbacks {
 public:
  Follower(QPDFObjectHandle resources, Drawing& drawing, int depth)
      : resources_(resources), drawing_(drawing), depth_(depth) {}

  void handleObject(QPDFObjectHandle object, size_t, size_t) override {
    if (object.isOperator()) {
      follow(object.getOperatorValue());
      operands_.clear();
    } else if (object.isInlineImage()) {
      drawing_.more = true;
    } else if (operands_.size() < 64) {
      operands_.push_back(object);
    }
  }
  void handleEOF() override {}

 private:
  struct State {
    bool mirrored = false;
    int text_mode = 0;
    bool letters_inside = true;
  };

  QPDFObjectHandle resource(const char* kind) {
    if (operands_.empty() || !operands_.front().isName() || !resources_.isDictionary())
      return QPDFObjectHandle::newNull();
    QPDFObjectHandle all = resources_.getKey(kind);
    return all.isDictionary() ? all.getKey(operands_.front().getName())
                              : QPDFObjectHandle::newNull();
  }

  void follow(const std::string& word) {
    if (word == "q") {
      if (saved_.size() < 1000) saved_.push_back(state_);
    } else if (word == "Q") {
      if (saved_.empty()) return;
      state_ = saved_.back();
      saved_.pop_back();
    } else if (word == "cm") {
      turn();
    } else if (word == "Do") {
      draw(resource("/XObject"));
    } else if (word == "gs") {
      settings(resource("/ExtGState"));
    } else if (word == "Tr") {
      state_.text_mode =
          operands_.empty() || !operands_[0].isInteger() ? 0 : operands_[0].getIntValueAsInt();
    } else if (word == "Tf") {
      state_.letters_inside = letters_inside(resource("/Font"));
    } else if (one_of(word, {"Tj", "TJ", "'", "\""})) {
      if (state_.text_mode == 3) return;
      drawing_.more = true;
      if (!state_.letters_inside) drawing_.foreign_letters = true;
    } else if (word != "BI" && word != "ID" && word != "EI" && !one_of(word, quiet())) {
      drawing_.more = true;
    }
  }

  // Only whether the picture is seen from behind matters.
  void turn() {
    double m[4] = {1, 0, 0, 1};
    for (std::size_t i = 0; i < 4 && i < operands_.size(); ++i) {
      if (operands_[i].isNumber()) m[i] = operands_[i].getNumericValue();
    }
    if (m[0] * m[3] - m[1] * m[2] < 0) state_.mirrored = !state_.mirrored;
  }

  void settings(QPDFObjectHandle all) {
    if (!all.isDictionary()) return;
    for (const char* key : {"/ca", "/CA"}) {
      QPDFObjectHandle opaque = all.getKey(key);
      if (opaque.isNumber() && opaque.getNumericValue() < 1) drawing_.more = true;
    }
    for (const char* key : {"/SMask", "/BM"}) {
      QPDFObjectHandle value = all.getKey(key);
      const bool plain = value.isNull() || (value.isName() && (value.getName() == "/None" ||
                                                               value.getName() == "/Normal" ||
                                                               value.getName() == "/Compatible"));
      if (!plain) drawing_.more = true;
    }
  }

  void draw(QPDFObjectHandle what) {
    if (!what.isStream()) return;
    QPDFObjectHandle dictionary = what.getDict();
    QPDFObjectHandle kind = dictionary.getKey("/Subtype");
    if (kind.isName() && kind.getName() == "/Image") {
      drawing_.pictures.push_back(what);
      if (state_.mirrored) drawing_.more = true;
      return;
    }
    // A form: a stream of operators of its own.
    if (depth_ >= kDeepest || state_.mirrored || dictionary.hasKey("/Group")) drawing_.more = true;
    if (depth_ >= kDeepest) return;
    if (dictionary.hasKey("/Matrix")) drawing_.more = true;
    QPDFObjectHandle own = dictionary.getKey("/Resources");
    Follower inner(own.isDictionary() ? own : resources_, drawing_, depth_ + 1);
    QPDFObjectHandle::parseContentStream(what, &inner);
  }

  QPDFObjectHandle resources_;
  Drawing& drawing_;
  int depth_;
  State state_;
  std::vector<State> saved_;
  std::vector<QPDFObjectHandle> operands_;
};

// Stamps, filled-in fields, notes; but a link draws nothing.
bool has_notes(QPDFObjectHandle page) {
  QPDFObjectHandle notes = page.getKey("/Annots");
  for (int i = 0; notes.isArray() && i < notes.getArrayNItems(); ++i) {
    QPDFObjectHandle note = notes.getArrayItem(i);
    QPDFObjectHandle kind =
        note.isDictionary() ? note.getKey("/Subtype") : QPDFObjectHandle::newNull();
    if (!kind.isName() || (kind.getName() != "/Link" && kind.getName() != "/Popup")) return true;
  }
  return false;
}

QPDFObjectHandle resources_of(QPDFObjectHandle page) {
  for (int up = 0; up < 64 && page.isDictionary(); ++up) {
    if (page.hasKey("/Resources")) return page.getKey("/Resources");
    page = page.getKey("/Parent");
  }
  return QPDFObjectHandle::newNull();
}

}  // namespace

PageContent content_of(QPDFObjectHandle page) {
  Drawing drawing;
  Follower follower(resources_of(page), drawing, 0);
  page.parsePageContents(&follower);
  PageContent content;
  content.foreign_letters = drawing.foreign_letters;
  if (drawing.pictures.size() == 1 && !drawing.more && !has_notes(page))
    content.only_picture = drawing.pictures.front();
  return content;
}

bool is_plain_jpeg(QPDFObjectHandle picture) {
  QPDFObjectHandle dictionary = picture.getDict();
  for (const char* key : {"/SMask", "/Mask", "/Decode", "/ImageMask", "/SMaskInData"}) {
    if (dictionary.hasKey(key)) return false;
  }
  QPDFObjectHandle filter = dictionary.getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  if (!filter.isName() || filter.getName() != "/DCTDecode") return false;
  QPDFObjectHandle colours = dictionary.getKey("/ColorSpace");
  if (colours.isArray() && colours.getArrayNItems() > 0) {
    QPDFObjectHandle family = colours.getArrayItem(0);
    if (!family.isName()) return false;
    if (family.getName() == "/CalGray" || family.getName() == "/CalRGB") return true;
    if (family.getName() != "/ICCBased" || colours.getArrayNItems() < 2) return false;
    QPDFObjectHandle profile = colours.getArrayItem(1);
    QPDFObjectHandle n =
        profile.isStream() ? profile.getDict().getKey("/N") : QPDFObjectHandle::newNull();
    return n.isInteger() && (n.getIntValue() == 1 || n.getIntValue() == 3);
  }
  return colours.isName() &&
         (colours.getName() == "/DeviceGray" || colours.getName() == "/DeviceRGB");
}

}  // namespace scr::container::internal
