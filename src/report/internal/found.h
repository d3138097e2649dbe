// SPDX-License-Identifier: Apache-2.0
//
// What may be said of found returns beyond the bounds: the curve, then the model. Stands here once,
// so that judge, its page and quick-count give the same answer in the same order.
//
// Pure; any thread.

#pragma once

#include <string>
#include <vector>

#include "canon/value.h"
#include "report/facts.h"
#include "report/internal/ink.h"
#include "report/internal/text_table.h"

namespace scr::report::internal {

// The lead by how far the runner-up leads at the missing stations, under the widest turnout cap.
// REQUIRES: facts.outcome.any_votes.
struct CurvePoint {
  Fraction gap;
  std::optional<Fraction> margin;  // nothing only if it does not fit
};
std::vector<CurvePoint> curve_of(const Facts& facts);

// Nothing is added, and null or an empty list is given, where there are no votes or no model.
void add_curve(Ink& ink, Language language, const Facts& facts);
void add_model(Ink& ink, Language language, const Facts& facts);
canon::Value curve_json(const Facts& facts);
canon::Value model_json(const Facts& facts);

// The model's assumption in a sentence or two, and its rows: option, votes, share.
std::vector<std::string> model_sentences(Language language, const Facts& facts);
std::vector<std::vector<std::string>> model_rows(Language language, const Facts& facts);

}  // namespace scr::report::internal
