// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace scr {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
      return "bad_input";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::untrusted:
      return "untrusted";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::io:
      return "io";
  }
  return "unknown";
}

std::string to_string(const Error& error) {
  return error.where.empty() ? error.what : error.where + ": " + error.what;
}

Error at(std::string place, Error error) {
  error.where = error.where.empty() ? std::move(place) : std::move(place) + ": " + error.where;
  return error;
}

}  // namespace scr
