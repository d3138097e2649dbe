// SPDX-License-Identifier: Apache-2.0
#include "report/made_up_testing.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/check.h"

namespace scr::report {
namespace {

constexpr int kProvinces = 8;
constexpr int kStations = 300;
constexpr const char* kProvinceNames[kProvinces] = {
    "Valle Hondo", "Costa Brava del Sur", "San Telmo", "Sierra Ñandú",
    "Laguna Azul", "Puerto Nuevo",        "El Páramo", "Distrito Capital"};

// Numbers that look random and are the same everywhere (Knuth's MMIX generator).
class Dice {
 public:
  int below(int n) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(n));
  }

 private:
  std::uint64_t state_ = 2024;
};

election::Votes votes(std::int64_t n) {
  return *election::Votes::from(n);
}

election::Words words(std::string en, std::string es) {
  return {{{"en", std::move(en)}, {"es", std::move(es)}}};
}

std::string two_digits(int n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

election::Definition definition_with(const MadeUpWith& with) {
  const bool usual = with.leader_name == MadeUpWith().leader_name;
  const auto named = [&](const char* name) { return usual ? std::string(name) : with.leader_name; };
  election::Definition definition;
  definition.id = "made-up";
  definition.title = words(usual ? "Presidential election of Altamira" : with.leader_name,
                           usual ? "Elección presidencial de Altamira" : with.leader_name);
  definition.languages = {"es", "en"};
  definition.date = "2031-05-18";
  definition.country = election::UnitId("AL");
  definition.country_name = words("Altamira", "Altamira");
  definition.levels = {{election::LevelId("province"), words("province", "provincia"),
                        words("by province", "por provincia"), 2}};
  definition.contest = words("President", "Presidencia");
  definition.options = {{election::OptionId("AF"), with.leader_name, {}},
                        {election::OptionId("BS"), named("Bruno Salas"), {}},
                        {election::OptionId("CQ"), named("Carmen Quispe Villanueva"), {}},
                        {election::OptionId("DM"), "", {}}};
  definition.electors.known = {
      {election::TotalId("registry"), votes(152000),
       words("registered voters, abroad included", "electores, exterior incluido"),
       named("electoral registry, 2 April 2031")},
      {election::TotalId("gazette"), votes(150500), words("registered voters", "electores"),
       named("official gazette")}};
  definition.electors.chosen = election::TotalId("registry");
  definition.stations.known = {{election::TotalId("registry"), votes(kStations),
                                words("stations", "mesas"), named("electoral registry")}};
  definition.stations.chosen = election::TotalId("registry");
  definition.turnout_caps = {Fraction(1), *Fraction::of(4, 5), *Fraction::of(597, 1000)};
  return definition;
}

review::StationReturn figures_of(Dice& dice, const MadeUpWith& with, int station,
                                 election::UnitOrdinal unit) {
  review::StationReturn figures;
  figures.station = election::StationId(two_digits(station % kProvinces + 1) + "." +
                                        std::to_string(1000 + station));
  figures.unit = unit;
  const int registered = 380 + dice.below(240);
  const int valid = registered * (55 + dice.below(25)) / 100;
  const int tilt = 3 * (station % kProvinces) - 10 + dice.below(15) - 7;
  const int first = valid * (44 + with.lead / 2 + tilt) / 100;
  const int second = valid * (44 - with.lead / 2 - tilt) / 100;
  const int third = (valid - first - second) * 2 / 3;
  figures.registered = votes(registered);
  figures.votes = {votes(first), votes(second), votes(third),
                   votes(valid - first - second - third)};
  figures.valid = votes(valid);
  figures.null = votes(dice.below(9));
  figures.basis = static_cast<std::uint64_t>(station + 4);
  return figures;
}

std::vector<review::StationReturn> returns_of(const MadeUpWith& with,
                                              election::Geography& geography) {
  Dice dice;
  std::vector<review::StationReturn> returns;
  for (int province = 0; province < kProvinces; ++province) {
    const election::UnitId path[] = {election::UnitId(two_digits(province + 1))};
    const auto unit = geography.add_path(path);
    SCR_CHECK(unit.has_value());
    const bool named = geography.name_unit(path[0], with.leader_name == MadeUpWith().leader_name
                                                        ? kProvinceNames[province]
                                                        : with.leader_name);
    SCR_CHECK(named);
    for (int station = province; station < kStations; station += kProvinces) {
      if (!with.counted || station % 14 == 3) continue;
      returns.push_back(figures_of(dice, with, station, *unit));
    }
  }
  return returns;
}

entry::Claim claim_of(const MadeUp& made, const char* id, const std::string& by,
                      std::int64_t shifted) {
  const tally::Tally& country = made.tallies->country();
  entry::Claim claim;
  claim.id = election::ClaimId(id);
  claim.by = by;
  claim.announced = "2031-05-19T01:00:00-04:00";
  claim.tables_percent = entry::Announced{"97.3"};
  std::int64_t valid = 0;
  for (std::size_t i = 0; i < made.definition.options.size(); ++i) {
    const std::int64_t move = i == 0 ? -shifted : i == 1 ? shifted : 0;
    const std::int64_t n = country.votes[i].count() * 103 / 100 + move;
    valid += n;
    claim.votes.push_back(
        {made.definition.options[i].id.value(), {made.definition.options[i].id}, votes(n)});
  }
  claim.valid = votes(valid);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto share = Fraction::of(claim.votes[i].value.count(), valid);
    if (!share) continue;  // nobody voted
    claim.percent.push_back(
        {claim.votes[i].label, claim.votes[i].options, entry::Announced{share->percent(1)}});
  }
  return claim;
}

std::vector<checks::Finding> findings_of(const MadeUpWith& with) {
  std::vector<checks::Finding> findings;
  findings.push_back({checks::Code::votes_do_not_sum,
                      checks::Severity::error,
                      true,
                      election::StationId("04.1003"),
                      election::SourceId(with.leader_name),
                      {17},
                      {{"votes", "301"}, {"valid", "310"}}});
  for (int i = 0; i < 3; ++i) {
    findings.push_back({checks::Code::duplicate,
                        checks::Severity::info,
                        false,
                        election::StationId("01.10" + two_digits(i)),
                        election::SourceId("volunteers"),
                        {},
                        {{"note", with.leader_name}}});
  }
  return findings;
}

}  // namespace

Facts MadeUp::facts() const {
  return Facts{definition, *geography, *tallies, returns, findings,
               premises,   outcome,    claims,   basis};
}

MadeUp made_up(const MadeUpWith& with) {
  MadeUp made;
  made.definition = definition_with(with);
  made.geography = std::make_unique<election::Geography>(made.definition);
  made.returns = returns_of(with, *made.geography);
  made.premises = {made.definition.electors.known[0], made.definition.stations.known[0],
                   made.definition.turnout_caps};
  auto tallies = tally::add_up(made.definition, *made.geography, nullptr, votes(kStations),
                               votes(152000), made.returns);
  SCR_CHECK(tallies.has_value());
  made.tallies = std::make_unique<tally::Tallies>(std::move(*tallies));
  auto outcome = judge::judge_outcome(made.definition, made.returns, made.premises);
  SCR_CHECK(outcome.has_value());
  made.outcome = std::move(*outcome);
  made.findings = findings_of(with);
  const std::string by =
      with.leader_name == MadeUpWith().leader_name ? "Junta Electoral" : with.leader_name;
  const entry::Claim honest = claim_of(made, "bulletin-1", by, 0);
  const entry::Claim other = claim_of(made, "bulletin-2", by, with.counted ? 14000 : 0);
  for (const entry::Claim* claim : {&honest, &other}) {
    auto judged = judge::judge_claim(made.definition, *claim, claim == &other ? &honest : nullptr,
                                     made.returns, made.premises);
    SCR_CHECK(judged.has_value());
    made.claims.push_back(std::move(*judged));
  }
  made.basis.origin = "altamira.example/2031";
  made.basis.tree_size = 311;
  made.basis.root = sha256(bytes_of("made up"));
  made.basis.sources = {election::SourceId("volunteers"), election::SourceId(with.leader_name)};
  made.basis.program = "scrutineer 0.1.0";
  return made;
}

TEST(MadeUp, IsTheElectionThatItsHeaderPromises) {
  const MadeUp made = made_up();
  EXPECT_EQ(made.returns.size(), 278u);
  EXPECT_EQ(made.outcome.leader.value(), "AF");
  EXPECT_TRUE(made.outcome.without_assumption().decided);
  ASSERT_EQ(made.claims.size(), 2u);
  EXPECT_EQ(made.claims[0].contradicted(), 0);
  EXPECT_GT(made.claims[1].contradicted(), 0);
}

}  // namespace scr::report
