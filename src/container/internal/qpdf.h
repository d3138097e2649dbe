// SPDX-License-Identifier: Apache-2.0
//
// qpdf's headers, the one way in which they are included here.
//
// Without its JSON: nothing of that is used, and clang 14 refuses JSON.hh of qpdf 11.3 as C++20 (a
// destructor that is constexpr there wants a type that is not complete yet). A declaration is all
// that the rest needs.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#define JSON_HH  // the guard of qpdf/JSON.hh
class JSON;

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
