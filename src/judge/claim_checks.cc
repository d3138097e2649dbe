// SPDX-License-Identifier: Apache-2.0
#include "judge/claim_checks.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "judge/internal/claimed_figures.h"
#include "judge/internal/overlap_bounds.h"
#include "judge/internal/percentages.h"

namespace scr::judge {
namespace {

using entry::Claim;
using review::StationReturn;

Check make(CheckCode code, std::string subject, std::vector<Assumption> assumptions) {
  Check check;
  check.code = code;
  check.subject = std::move(subject);
  check.assumptions = std::move(assumptions);
  return check;
}

Check not_applicable(CheckCode code, std::string subject, std::string reason) {
  Check check = make(code, std::move(subject), {});
  check.reason = std::move(reason);
  return check;
}

Status contradicted_if(bool contradicted) {
  return contradicted ? Status::contradicted : Status::consistent;
}

// ---- arithmetic on the announced figures alone

Check check_sum(const election::Definition& definition, const Claim& claim) {
  if (!claim.valid) return not_applicable(CheckCode::sum_of_votes, "", "no-valid-claimed");
  if (!covers_all_options(definition, claim)) {
    return not_applicable(CheckCode::sum_of_votes, "", "votes-incomplete");
  }
  Check check = make(CheckCode::sum_of_votes, "", {Assumption::none});
  std::int64_t sum = 0;
  for (const auto& claimed : claim.votes) sum += claimed.value.count();
  check.bound = Fraction(sum);
  check.claimed = Fraction(claim.valid->count());
  check.status = contradicted_if(sum != claim.valid->count());
  return check;
}

Check check_cast(const Claim& claim) {
  if (!claim.valid || !claim.null || !claim.cast) {
    return not_applicable(CheckCode::cast, "", "no-cast-claimed");
  }
  Check check = make(CheckCode::cast, "", {Assumption::none});
  const std::int64_t sum = claim.valid->count() + claim.null->count();
  check.bound = Fraction(sum);
  check.claimed = Fraction(claim.cast->count());
  check.status = contradicted_if(sum != claim.cast->count());
  return check;
}

std::vector<Check> check_percentages(const Claim& claim) {
  std::vector<Check> checks;
  for (const auto& percent : claim.percent) {
    const auto votes = votes_under(claim, percent.label);
    if (!votes || !claim.valid || claim.valid->count() == 0) {
      checks.push_back(not_applicable(CheckCode::percentage, percent.label, "no-count-claimed"));
      continue;
    }
    Check check = make(CheckCode::percentage, percent.label, {Assumption::none});
    check.bound = Fraction::of(*votes * 100, claim.valid->count());
    check.claimed = percent.value.value();
    check.status = contradicted_if(!is_rounding_of(percent.value, *check.bound));
    checks.push_back(std::move(check));
  }
  return checks;
}

// ---- held against the returns

// What a claim's figure says, sheet by sheet.
struct Subject {
  std::string name;
  std::vector<std::int64_t> on_sheets;
  std::optional<std::int64_t> claimed;
};

std::vector<std::int64_t> figures(std::span<const StationReturn> returns,
                                  const std::function<std::int64_t(const StationReturn&)>& of) {
  std::vector<std::int64_t> values;
  values.reserve(returns.size());
  for (const StationReturn& r : returns) values.push_back(of(r));
  return values;
}

std::vector<std::int64_t> votes_of(const election::Definition& definition,
                                   std::span<const election::OptionId> options,
                                   std::span<const StationReturn> returns) {
  std::vector<std::size_t> positions;
  for (const election::OptionId& option : options) {
    positions.push_back(*definition.option_position(option));
  }
  return figures(returns, [&](const StationReturn& r) {
    std::int64_t sum = 0;
    for (std::size_t position : positions) sum += r.votes[position].count();
    return sum;
  });
}

std::vector<Subject> subjects_of(const election::Definition& definition, const Claim& claim,
                                 std::span<const StationReturn> returns) {
  std::vector<Subject> subjects;
  for (const auto& claimed : claim.votes) {
    subjects.push_back(
        {claimed.label, votes_of(definition, claimed.options, returns), claimed.value.count()});
  }
  const auto add = [&](const char* name, const std::optional<election::Votes>& claimed,
                       const std::function<std::int64_t(const StationReturn&)>& of) {
    if (claimed) subjects.push_back({name, figures(returns, of), claimed->count()});
  };
  add("valid", claim.valid, [](const StationReturn& r) { return r.valid.count(); });
  add("null", claim.null, [](const StationReturn& r) { return r.null.count(); });
  add("cast", claim.cast, [](const StationReturn& r) { return review::cast(r); });
  return subjects;
}

// Why nothing can be said of which sheets a claim counted; empty if something can.
std::string why_no_overlap(const JudgedClaim& judged, const Premises& premises) {
  if (!judged.tables_least && !premises.stations) return "no-stations-total";
  if (!judged.tables_least) return "no-tables-claimed";
  if (!judged.overlap_at_least) return "no-stations-total";
  return *judged.overlap_at_least == 0 ? "no-overlap" : "";
}

Check check_overlap(const Subject& subject, std::int64_t overlap) {
  Check check =
      make(CheckCode::overlap, subject.name,
           {Assumption::sheets_true, Assumption::stations_total, Assumption::tables_claimed});
  const OverlapBound bound = overlap_bound(subject.on_sheets, overlap, *subject.claimed);
  check.bound = Fraction(bound.least);
  check.claimed = Fraction(*subject.claimed);
  check.status = contradicted_if(*subject.claimed < bound.least);
  check.sheets_false_at_least = bound.sheets_false_at_least;
  check.details["sheets_counted_at_least"] = std::to_string(overlap);
  return check;
}

Check check_ceiling(const Subject& subject, const Claim& claim, const JudgedClaim& judged,
                    std::int64_t missing_registered) {
  Check check =
      make(CheckCode::ceiling, subject.name,
           {Assumption::sheets_true, Assumption::one_vote_per_elector, Assumption::electors_total});
  std::vector<std::int64_t> values = subject.on_sheets;
  if (judged.tables_most && *judged.tables_most < static_cast<std::int64_t>(values.size())) {
    std::sort(values.begin(), values.end(), std::greater<>());
    values.resize(static_cast<std::size_t>(*judged.tables_most));
    // A percentage of stations is a number of them only with their total.
    if (!claim.tables) check.assumptions.push_back(Assumption::stations_total);
    check.assumptions.push_back(Assumption::tables_claimed);
  }
  std::int64_t most = missing_registered;
  for (std::int64_t value : values) most += value;
  check.bound = Fraction(most);
  check.claimed = Fraction(*subject.claimed);
  check.status = contradicted_if(*subject.claimed > most);
  return check;
}

// The share that a claim gives to `subject`: exact if it gives counts, else a range from a rounded
// percentage.
struct ClaimedShare {
  Fraction least;
  Fraction most;
};

std::optional<ClaimedShare> claimed_share(const Claim& claim, const std::string& label) {
  const auto votes = votes_under(claim, label);
  if (votes && claim.valid && claim.valid->count() > 0) {
    const Fraction share = *Fraction::of(*votes, claim.valid->count());
    return ClaimedShare{share, share};
  }
  for (const auto& percent : claim.percent) {
    if (percent.label != label) continue;
    const auto [least, most] = range_of(percent.value);
    return ClaimedShare{*multiply(least, *Fraction::of(1, 100)),
                        *multiply(most, *Fraction::of(1, 100))};
  }
  return std::nullopt;
}

// Labels with a share, options first as the claim has them.
std::vector<std::pair<std::string, std::vector<election::OptionId>>> labels_of(const Claim& claim) {
  std::vector<std::pair<std::string, std::vector<election::OptionId>>> labels;
  std::set<std::string> seen;
  for (const auto& votes : claim.votes) {
    if (seen.insert(votes.label).second) labels.emplace_back(votes.label, votes.options);
  }
  for (const auto& percent : claim.percent) {
    if (seen.insert(percent.label).second) labels.emplace_back(percent.label, percent.options);
  }
  return labels;
}

std::vector<Check> check_shares(const election::Definition& definition, const Claim& claim,
                                const JudgedClaim& judged, std::span<const StationReturn> returns,
                                const std::string& why_not, std::int64_t missing_registered,
                                CheckCode code) {
  std::vector<Check> checks;
  const bool upper = code == CheckCode::share_most;
  const std::vector<std::int64_t> valid =
      figures(returns, [](const StationReturn& r) { return r.valid.count(); });
  for (const auto& [label, options] : labels_of(claim)) {
    const auto share = claimed_share(claim, label);
    if (!share || !why_not.empty()) {
      checks.push_back(not_applicable(code, label, share ? why_not : "no-share-claimed"));
      continue;
    }
    const auto votes = votes_of(definition, options, returns);
    const auto bound =
        upper ? largest_share(votes, valid, *judged.overlap_at_least, missing_registered)
              : smallest_share(votes, valid, *judged.overlap_at_least, missing_registered);
    if (!bound) {
      checks.push_back(not_applicable(code, label, "no-votes"));
      continue;
    }
    Check check =
        make(code, label,
             {Assumption::sheets_true, Assumption::one_vote_per_elector, Assumption::electors_total,
              Assumption::stations_total, Assumption::tables_claimed});
    check.bound = *bound;
    check.claimed = upper ? share->least : share->most;
    check.status = contradicted_if(upper ? share->least > *bound : share->most < *bound);
    checks.push_back(std::move(check));
  }
  return checks;
}

Check check_nulls(const Claim& claim, std::span<const StationReturn> returns,
                  std::int64_t missing_registered) {
  if (!claim.null) return not_applicable(CheckCode::null_votes, "null", "no-null-claimed");
  Check check =
      make(CheckCode::null_votes, "null",
           {Assumption::sheets_true, Assumption::one_vote_per_elector, Assumption::electors_total});
  std::int64_t on_sheets = 0;
  std::int64_t cast_on_sheets = 0;
  for (const StationReturn& r : returns) {
    on_sheets += r.null.count();
    cast_on_sheets += review::cast(r);
  }
  const std::int64_t elsewhere = std::max<std::int64_t>(0, claim.null->count() - on_sheets);
  check.claimed = Fraction(claim.null->count());
  check.bound = Fraction(on_sheets + missing_registered);
  check.status = contradicted_if(elsewhere > missing_registered);
  check.details["nulls_on_sheets"] = std::to_string(on_sheets);
  check.details["nulls_needed_elsewhere"] = std::to_string(elsewhere);
  check.details["missing_registered"] = std::to_string(missing_registered);
  if (const auto rate = Fraction::of(on_sheets, cast_on_sheets)) {
    check.details["rate_on_sheets"] = rate->text();
  }
  if (const auto rate = Fraction::of(elsewhere, missing_registered)) {
    check.details["rate_needed_elsewhere"] = rate->text();
  }
  return check;
}

Check check_increment(const Claim& claim, const Claim& earlier) {
  Check check = make(CheckCode::increment, "", {Assumption::none});
  check.status = Status::consistent;
  check.details["earlier"] = earlier.id.value();
  const auto compare = [&](const std::string& name, std::optional<std::int64_t> before,
                           std::optional<std::int64_t> after) {
    if (!before || !after) return;
    check.details["increment." + name] = std::to_string(*after - *before);
    // A count that goes on cannot go down.
    if (*after < *before) check.status = Status::contradicted;
  };
  for (const auto& before : earlier.votes) {
    compare(before.label, before.value.count(), votes_of_options(claim, before.options));
  }
  const auto count = [](const std::optional<election::Votes>& votes) {
    return votes ? std::optional(votes->count()) : std::nullopt;
  };
  compare("valid", count(earlier.valid), count(claim.valid));
  compare("null", count(earlier.null), count(claim.null));
  compare("cast", count(earlier.cast), count(claim.cast));
  return check;
}

void move_to(std::vector<Check>& checks, std::vector<Check> more) {
  std::move(more.begin(), more.end(), std::back_inserter(checks));
}

}  // namespace

const char* name_of(Status status) {
  switch (status) {
    case Status::contradicted:
      return "contradicted";
    case Status::consistent:
      return "consistent";
    case Status::not_applicable:
      return "not-applicable";
  }
  return "unknown";
}

const char* name_of(CheckCode code) {
  constexpr std::array<const char*, 11> kNames{
      "sum-of-votes", "cast",       "percentage",  "turnout",    "overlap",
      "ceiling",      "share-most", "share-least", "null-votes", "derived-from-percent",
      "increment"};
  return kNames[static_cast<std::size_t>(code)];
}

const char* name_of(Assumption assumption) {
  constexpr std::array<const char*, 7> kNames{
      "none",           "sheets-true",    "one-vote-per-elector",   "electors-total",
      "stations-total", "tables-claimed", "counts-not-from-percent"};
  return kNames[static_cast<std::size_t>(assumption)];
}

std::int64_t JudgedClaim::contradicted() const {
  return std::count_if(checks.begin(), checks.end(),
                       [](const Check& check) { return check.status == Status::contradicted; });
}

Result<JudgedClaim> judge_claim(const election::Definition& definition, const Claim& claim,
                                const Claim* earlier, std::span<const StationReturn> returns,
                                const Premises& premises) {
  JudgedClaim judged;
  judged.id = claim.id;
  judged.by = claim.by;
  const auto counted = static_cast<std::int64_t>(returns.size());
  if (const auto tables = tables_claimed(claim, premises)) {
    judged.tables_least = tables->least;
    judged.tables_most = tables->most;
    if (premises.stations) {
      const std::int64_t total = premises.stations->value.count();
      judged.overlap_at_least = std::clamp<std::int64_t>(tables->least + counted - total, 0,
                                                         std::min(counted, tables->least));
    }
  }
  std::int64_t covered = 0;
  for (const StationReturn& r : returns) {
    covered += r.registered ? r.registered->count() : review::cast(r);
  }
  const std::int64_t missing = std::max<std::int64_t>(0, premises.electors.value.count() - covered);
  const std::string why_not = why_no_overlap(judged, premises);
  const std::vector<Subject> subjects = subjects_of(definition, claim, returns);

  judged.checks.push_back(check_sum(definition, claim));
  judged.checks.push_back(check_cast(claim));
  move_to(judged.checks, check_percentages(claim));
  judged.checks.push_back(check_turnout(definition, claim, premises));
  for (const Subject& subject : subjects) {
    judged.checks.push_back(why_not.empty()
                                ? check_overlap(subject, *judged.overlap_at_least)
                                : not_applicable(CheckCode::overlap, subject.name, why_not));
  }
  for (const Subject& subject : subjects) {
    judged.checks.push_back(check_ceiling(subject, claim, judged, missing));
  }
  for (const CheckCode code : {CheckCode::share_most, CheckCode::share_least}) {
    move_to(judged.checks,
            check_shares(definition, claim, judged, returns, why_not, missing, code));
  }
  judged.checks.push_back(check_nulls(claim, returns, missing));
  judged.checks.push_back(check_derived_from_percent(definition, claim));
  if (earlier) judged.checks.push_back(check_increment(claim, *earlier));
  return judged;
}

}  // namespace scr::judge
