// SPDX-License-Identifier: Apache-2.0
//
// An innocent election for tests: places, centres, tables, and voters who choose by chance. Test
// only.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "election/definition.h"
#include "election/geography.h"
#include "forensics/chance.h"
#include "forensics/screen.h"

namespace scr::forensics {

struct MadeUpElection {
  election::Definition definition;
  std::unique_ptr<election::Geography> geography;
  std::vector<review::StationReturn> returns;
  Arrivals arrivals;

  Election election() const { return {definition.id, definition, *geography, returns, arrivals}; }
};

struct MadeUpDials {
  int neighbourhoods = 40;
  int centres = 6;  // in each
  int tables = 2;   // in each
  std::string seed = "made-up";
  bool machine = false;  // the definition has a printed code with all counts
  bool arrivals = false;
};

inline MadeUpElection made_up_election(const MadeUpDials& dials) {
  std::string toml =
      "id=\"d\"\ntitle=\"D\"\nlanguages=[\"en\"]\ncountry={id=\"X\",name=\"X\"}\n"
      "[[level]]\nid=\"parish\"\nname=\"p\"\n[[level]]\nid=\"centre\"\nname=\"c\"\n"
      "[[option]]\nid=\"A\"\nname=\"A\"\nlines=[\"LA\"]\n"
      "[[option]]\nid=\"B\"\nname=\"B\"\nlines=[\"LB\"]\n";
  if (dials.machine) {
    toml +=
        "[[sheet]]\nid=\"s\"\npayload=\"code!counts!null!invalid\"\ncode=\"{centre:7}.{table:2}\"\n"
        "station=\"{centre}.{table}\"\nballot_order=[\"LA\",\"LB\"]\n";
  }
  auto definition = election::parse_definition(toml);
  if (!definition) throw std::runtime_error(to_string(definition.error()));
  MadeUpElection made{*definition, nullptr, {}, {}};
  made.geography = std::make_unique<election::Geography>(made.definition);
  Chance chance(dials.seed, "made-up");
  const auto votes = [](std::int64_t n) { return *election::Votes::from(n); };
  for (int place = 0; place < dials.neighbourhoods; ++place) {
    const std::int64_t lean = 45 + chance.below(20);
    for (int centre = 0; centre < dials.centres; ++centre) {
      const std::string centre_id = std::to_string(1000 * place + centre);
      const std::vector<election::UnitId> path{election::UnitId("p" + std::to_string(place)),
                                               election::UnitId("c" + centre_id)};
      const auto unit = made.geography->add_path(path);
      if (!unit) throw std::runtime_error("no path");
      for (int table = 0; table < dials.tables; ++table) {
        review::StationReturn figures;
        figures.station = election::StationId(centre_id + "." + std::to_string(table));
        figures.unit = *unit;
        const std::int64_t electors = 300 + chance.below(400);
        const std::int64_t cast = chance.successes(electors, 7, 10);
        const std::int64_t null = chance.successes(cast, 1, 100);
        const std::int64_t first = chance.successes(cast - null, lean, 100);
        figures.registered = votes(electors);
        figures.valid = votes(cast - null);
        figures.null = votes(null);
        figures.votes = {votes(first), votes(cast - null - first)};
        if (dials.arrivals) {
          made.arrivals[figures.station] = 1 + static_cast<std::uint64_t>(chance.below(20'000));
        }
        made.returns.push_back(std::move(figures));
      }
    }
  }
  return made;
}

}  // namespace scr::forensics
