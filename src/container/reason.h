// SPDX-License-Identifier: Apache-2.0
//
// Why a part of a container was not taken, and how a container ended. The names stand in the log;
// docs/findings.md says what each means and what to do.
//
// Pure; any thread.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace scr::container {

enum class Reason : std::uint8_t {
  whole,             // a container: every part was seen
  not_a_picture,     // a part: neither picture nor container
  empty,             // no bytes; a container: no parts
  too_large,         // more than a picture of a sheet can have
  encrypted,         // a password is needed
  damaged,           // cannot be read on
  link,              // a part that points elsewhere instead of holding something
  needs_fonts,       // a page whose text needs letters that are not in the file
  nested_too_deep,   // a container in a container in a container
  expands_too_much,  // far more comes out than such a file can honestly hold
  too_many_parts,
  unknown_compression,  // a method that is not read here
  // What became of the confined process.
  killed_reader,
  out_of_memory,
  out_of_time,
  forbidden_call
};
inline constexpr std::uint8_t kReasons = 16;

const char* name_of(Reason reason);  // "not-a-picture"
std::optional<Reason> reason_of(std::string_view name);

}  // namespace scr::container
