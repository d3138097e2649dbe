// SPDX-License-Identifier: Apache-2.0
//
// What people do to a picture so that a reader of codes may read it after all. Each is the plain
// textbook form; they are measured, not used by the program.
//
// Pure; any thread.

#pragma once

#include "image/image.h"

namespace scr::bench {

// Each pixel between the least and the most of its neighbourhood (a square of 2 * `radius` + 1,
// by tiles and between tiles linear), stretched to 0 .. 255.
image::Gray stretched(const image::Gray& picture, int radius);

// Black where a pixel is darker than the mean of `side` x `side` around it, less `offset`.
// (Wellner, Adaptive Thresholding for the DigitalDesk, 1993, with a true mean.)
image::Gray adaptive_threshold(const image::Gray& picture, int side, int offset);

// Sauvola and Pietikainen, Adaptive document image binarization, 2000: threshold
// m * (1 + k * (s / 128 - 1)).
image::Gray sauvola(const image::Gray& picture, int side, double k);

// Blurred by a Gaussian of that many pixels.
image::Gray gaussian(const image::Gray& picture, double sigma);

}  // namespace scr::bench
