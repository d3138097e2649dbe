// SPDX-License-Identifier: Apache-2.0
//
// Where the modules of a symbol lie in a picture, and how dark each is.
//
// A grid is a homography, bent: at control points every few modules it may be pushed aside,
// smoothly between them, which is what folds and curled paper do. It is fitted to what is known of
// every symbol (finders, timing, alignment patterns) and to the data being either dark or light.

#pragma once

#include <vector>

#include "image/image.h"
#include "image/warp.h"
#include "qr/code.h"

namespace scr::qr {

class Grid {
 public:
  // `quad`: centres of the top left, top right and bottom left finders and of what lies opposite,
  // the module (size - 6.5, size - 6.5); in the order top left, top right, opposite, bottom left.
  Grid(int size, const image::Quad& quad);

  int size() const { return size_; }
  const image::Quad& quad() const { return quad_; }
  // Of a point given in modules: (0.5, 0.5) is the centre of the top left module.
  image::Point at(double column, double row) const;
  // The corners of the symbol: top left, top right, bottom right, bottom left.
  image::Quad corners() const;
  // Pixels a module has, about the middle.
  double module() const;

  int controls() const { return controls_; }  // a side
  image::Point& push(int row, int column) {
    return pushes_[static_cast<std::size_t>(row * controls_ + column)];
  }
  const image::Point& push(int row, int column) const {
    return pushes_[static_cast<std::size_t>(row * controls_ + column)];
  }
  // Modules between control points.
  double spacing() const { return static_cast<double>(size_) / (controls_ - 1); }

 private:
  int size_;
  int controls_;
  image::Quad quad_;
  image::Homography map_;
  std::vector<image::Point> pushes_;  // pixels
  bool bent_ = false;
  friend Grid bent(const image::Gray&, const Grid&, const std::vector<float>&);
};

// Brightness of each module, by Modules::index: the mean of a few points about its centre.
std::vector<float> brightness(const image::Gray& picture, const Grid& grid);

// The same, quick: of the centres alone.
std::vector<float> centres(const image::Gray& picture, const Grid& grid);

// Brightness -> darkness: -1 light .. +1 dark (beyond where a module is more so than its
// surroundings), by the levels of black and white around each module.
std::vector<float> darkness(const std::vector<float>& brightness, int size);

// How well modules agree with what is known of them (+1 dark, -1 light, 0 unknown): -1 .. 1; -1 if
// nothing is.
double agreement(const std::vector<float>& darkness, const std::vector<float>& known);
// The same with what is known of any symbol. Above 0.6 it is one.
double agreement(const std::vector<float>& darkness, int version);

// The same grid with its quad moved to where known modules stand out best. `known`: as for bent();
// values between mean modules that blur makes so. `data_weight`: how much the others count, which
// should be dark or light and nothing between: little under blur, which makes blots of them that
// lie elsewhere.
Grid fitted(const image::Gray& picture, const Grid& grid, double first_step_modules,
            const std::vector<float>& known, double data_weight);

// The same grid, bent. `known`: by Modules::index +1 dark, -1 light, 0 unknown.
Grid bent(const image::Gray& picture, const Grid& grid, const std::vector<float>& known);

// What is known before anything is decoded.
std::vector<float> known_modules(int version);

}  // namespace scr::qr
