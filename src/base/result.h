// SPDX-License-Identifier: Apache-2.0
//
// A value, or the reason why there is none.
//
//   Result<Votes> read_votes(std::string_view text);
//   SCR_TRY(votes, read_votes(text));   // returns the error from this function, if there is one
//   SCR_TRY_VOID(flush(file));          // the same for Result<void>
//
// For operations that could not be done. Bad evidence is not an error: it is a checks::Finding,
// data. A bug is neither: base/check.h.

#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace scr {

// What a caller can do about it. Exit codes and HTTP statuses follow from this and nothing else.
enum class ErrorCode {
  bad_input,    // the bytes or words given do not say anything valid
  not_found,    // what is named does not exist
  conflict,     // it contradicts what is already there
  untrusted,    // a signature, hash or proof does not hold
  unsupported,  // valid, but this program does not do it
  io            // the machine would not: disk full, permission, broken pipe
};

// The name of `code` as it stands in JSON: "bad_input" and so on.
const char* name_of(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string what;   // what was wrong and, if it helps, what to do; a sentence, no full stop
  std::string where;  // outermost first: "bundle.tar: entry 812: votes[3]"

  friend bool operator==(const Error&, const Error&) = default;
};

// "where: what", or only "what".
std::string to_string(const Error& error);

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  using Base = tl::expected<T, Error>;

 public:
  using Base::Base;
  Result(Base base) : Base(std::move(base)) {}
};

inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where)});
}

// `error`, seen from one place further out.
Error at(std::string place, Error error);

// `result`, whose error (if it is one) happened inside `place`.
template <class T>
Result<T> at(std::string place, Result<T> result) {
  if (!result) return tl::unexpected<Error>(at(std::move(place), std::move(result).error()));
  return result;
}

}  // namespace scr

// `name` becomes the value of `expr`, or the function returns its error.
#define SCR_TRY(name, expr)                                                    \
  auto name##_result = (expr);                                                 \
  if (!name##_result) return tl::unexpected(std::move(name##_result).error()); \
  auto name = std::move(*name##_result)

// The same where there is no value.
#define SCR_TRY_VOID(expr)                                           \
  do {                                                               \
    auto scr_try = (expr);                                           \
    if (!scr_try) return tl::unexpected(std::move(scr_try).error()); \
  } while (false)
