// SPDX-License-Identifier: Apache-2.0
//
// The returns that count, one line a station, for people who want to count for themselves: as CSV,
// which every program opens and `scrutineer import` reads, and as Parquet, with types.
//
// Columns and their meaning: docs/formats/bundle.md. The same returns give the same bytes, so that
// a verifier makes both again and compares.
//
// Pure; any thread.

#pragma once

#include <span>
#include <string>

#include "election/definition.h"
#include "election/geography.h"
#include "parquet/table.h"
#include "review/station_return.h"

namespace scr::bundle {

// `returns` as review::accept gives them: sorted by station.
parquet::Table returns_table(const election::Definition& definition,
                             const election::Geography& geography,
                             std::span<const review::StationReturn> returns);

// RFC 4180 with LF: a header, then a line for each row. What is absent is empty. Fields are quoted
// only where they must be.
std::string csv_of(const parquet::Table& table);

}  // namespace scr::bundle
