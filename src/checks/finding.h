// SPDX-License-Identifier: Apache-2.0
//
// Something that a check noticed about a return, a station or an import. A finding is data: it
// never stops the program, accuses nobody, and says what it led to.
//
// Codes and their words in Spanish and English: report/words_*.cc; what each means:
// docs/findings.md.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "election/ids.h"

namespace scr::checks {

enum class Code {
  votes_do_not_sum,      // the votes do not add up to the valid votes of the sheet
  cast_over_registered,  // more ballots than electors
  zero_sheet,            // every figure is 0: a test print
  duplicate,             // the same station, the same figures, again from the same source
  conflict_in_source,    // the same station twice from one source, with different figures
  conflict_of_sources,   // two sources give different figures for the station
  numbering_gap,         // tables of a centre are numbered on, with one missing in between
  unknown_station,       // not in a complete roster
  place_conflict,        // placed in another unit than before
  registered_differs,    // another number of electors than the roster or an earlier return has
  row_refused,           // a line of an imported file that does not say a return
  print_differs,         // printed numbers of a sheet are not what its code says
  unread_picture,        // a picture of which no machine could read a sheet: a task for a person
  picture_alone,         // one picture bears these figures, and the definition asks for more
  near_repeat,           // several pictures that are one photograph, compressed or scaled anew
  part_refused,          // a part of a container that was not taken in
  container_cut,         // a container that was not gone through to its end
  received_again,        // the same bytes came more than once
  malformed_entry  // an entry of the log that does not follow its grammar; it counts for nothing
};
const char* name_of(Code code);  // "votes_do_not_sum"
std::vector<Code> all_codes();

enum class Severity { info, warning, error };
const char* name_of(Severity severity);

struct Finding {
  Code code = Code::row_refused;
  Severity severity = Severity::info;
  bool set_aside = false;              // the return does not count because of it
  election::StationId station;         // empty if it is about something else
  election::SourceId source;           // empty if not about one source
  std::vector<std::uint64_t> entries;  // log entries that show it, ascending
  // Exact numbers by name ("votes", "valid", "row" ...), each explained in docs/findings.md.
  std::map<std::string, std::string> details;
};

}  // namespace scr::checks
