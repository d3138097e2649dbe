// SPDX-License-Identifier: Apache-2.0
//
// Checks a bundle from the signature up to the result, trusting only `trust`.
//
//   verify::Report report = verify::verify(bundle, {key, true}, means, {});
//   report.fails_at();   // nothing: all six levels hold
//
// The obligations, enough to write another verifier: docs/verifying.md. All levels are tried as far
// as they make sense, so that one bad byte does not hide another.
//
// Pure, but for what `bundle` and `means` do.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "derive/conclusions.h"
#include "derive/record_state.h"
#include "entry/claim.h"
#include "entry/part_taken.h"
#include "note/key.h"
#include "note/policy.h"
#include "reading/read_sheet.h"
#include "redact/grid.h"
#include "verify/bundle.h"
#include "verify/report.h"

namespace scr::verify {

// Who is believed.
struct Trust {
  note::Vkey key;             // of the log
  bool from_outside = false;  // false: the key lay in the bundle, which proves little
  // Whose cosignatures the checkpoint needs beside the log's signature.
  std::optional<note::Policy> policy = std::nullopt;
  // A checkpoint of this log, as somebody kept it from earlier: what is checked must go on from it.
  std::optional<std::string> known = std::nullopt;
};

// Reads pictures 0 .. count - 1 again and gives what it read, in any order. The bytes are a
// stranger's: it reads them in confined processes.
using ReadAgain = std::function<Result<void>(
    std::size_t count, const std::function<Result<std::string>(std::size_t)>& picture,
    const std::function<void(std::size_t, reading::ReadSheet read)>& answer)>;

// The canonical bytes of the result of a state, as a stated result hashes them
// (docs/formats/result.md).
using ResultOf = std::function<Result<std::string>(const derive::RecordState& state,
                                                   const std::vector<entry::Claim>& claims)>;

// The files of a bundle that follow from a state and its result, by path (docs/formats/bundle.md).
using DerivedOf = std::function<Result<std::map<std::string, std::string>>(
    const derive::RecordState& state, const std::string& result)>;

// A part of a container that was taken apart again.
struct AgainPart {
  std::uint64_t number = 0;  // from 1
  entry::TakenHow how = entry::TakenHow::member;
  std::optional<Digest> sha256;  // nothing: it could not be taken
};

// Takes the container at a path of the bundle apart again, in a confined process, and tells of each
// part in order. Fails if it cannot be begun.
using UnpackAgain = std::function<Result<void>(const std::string& path,
                                               const std::function<void(const AgainPart&)>& tell)>;

// Carries out requests 0 .. count - 1 of redact/work.h (ask_check) in confined processes, and gives
// their answers in any order; an error where a process ended without one.
using CheckRedacted = std::function<Result<void>(
    std::size_t count, const std::function<Result<std::string>(std::size_t)>& request,
    const std::function<void(std::size_t, Result<redact::Grid>)>& answer)>;

// What this room does not do itself.
struct Means {
  ResultOf result_of;
  DerivedOf derived_of;
  ReadAgain read_again;
  UnpackAgain unpack_again;
  CheckRedacted check_redacted;
  // Called now and then by the thread that called verify(): things done at a level, of how many.
  std::function<void(Level level, std::uint64_t done, std::uint64_t all)> tell = nullptr;
};

// Which pictures are read again, whole or shown in part. Everything else is always checked whole.
struct Readings {
  // So many pictures only, drawn by a seed: those with the least SHA-256(seed, LF, SHA-256 of the
  // picture in hex). Whoever knows the seed draws the same; the keeper of the record must not know
  // it beforehand.
  struct Sample {
    std::uint64_t size = 0;
    std::string seed;
  };
  std::optional<Sample> sample = std::nullopt;
  // A run that goes on: `was_done` says whether this reading was found sound before, `now_done`
  // hears of each that is. A reading is named by the hash of all that it depends on: the
  // definition, the entry, the file that was read.
  std::function<bool(const Digest& reading)> was_done = nullptr;
  std::function<void(const Digest& reading)> now_done = nullptr;
};

Report verify(const Bundle& bundle, const Trust& trust, const Means& means,
              const Readings& readings);

}  // namespace scr::verify
