// SPDX-License-Identifier: Apache-2.0
#include "steps/audit.h"

#include <map>
#include <set>
#include <utility>

#include "derive/conclusions.h"
#include "entry/entry.h"
#include "intake/read_found.h"
#include "merkle/tree.h"
#include "os/files.h"
#include "os/parallel.h"
#include "record/log.h"
#include "record/snapshot.h"
#include "steps/judge.h"
#include "steps/open_log.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

// Another contest's record, as it stood, and which it is.
struct OtherContest {
  view::OpenRecord record;
  entry::AuditedWith named;
};

Result<Digest> root_at(const fs::path& folder, std::uint64_t size) {
  SCR_TRY(snapshot, record::read_snapshot(folder));
  if (size > snapshot.size()) {
    return fail(ErrorCode::untrusted,
                "its log has " + std::to_string(snapshot.size()) + " entries; the plan rests on " +
                    std::to_string(size),
                folder.string());
  }
  return merkle::root_of(merkle::leaf_hashes(snapshot.entries().first(size)));
}

// As it stands now: for a plan that is not on record yet.
Result<std::vector<OtherContest>> open_others(const std::vector<AuditRequest::Other>& with) {
  std::vector<OtherContest> others;
  for (const AuditRequest::Other& one : with) {
    SCR_TRY(record, view::open_record(one.record));
    SCR_TRY(root, root_at(one.record, record.size));
    for (const OtherContest& each : others) {
      if (each.named.origin == record.origin)
        return fail(ErrorCode::bad_input, "the contest is named twice", one.record.string());
    }
    entry::AuditedWith named{record.origin, root, record.size, one.winners};
    others.push_back({std::move(record), std::move(named)});
  }
  return others;
}

// Where the log of the folder calls itself so; nothing if none does.
Result<std::optional<fs::path>> folder_of(const std::string& origin, const Folders& folders) {
  for (const fs::path& folder : folders) {
    SCR_TRY(key, record::read_vkey(folder));
    if (key.name().value() == origin) return folder;
  }
  return std::nullopt;
}

// Those that a plan on record names, as they stood then.
Result<std::vector<OtherContest>> open_others(const entry::AuditPlanned& planned,
                                              const Folders& folders) {
  std::vector<OtherContest> others;
  for (const entry::AuditedWith& named : planned.with) {
    SCR_TRY(folder, folder_of(named.origin, folders));
    if (!folder) {
      return fail(ErrorCode::bad_input,
                  "the audit is of several contests: say with --with where this one's record or "
                  "bundle is",
                  named.origin);
    }
    SCR_TRY(root, root_at(*folder, named.size));
    if (root != named.root) {
      return fail(ErrorCode::untrusted, "not the record that the plan rests on: its log differs",
                  folder->string());
    }
    SCR_TRY(record, view::open_record_at(*folder, named.size));
    others.push_back({std::move(record), named});
  }
  return others;
}

std::vector<election::Definition> definitions_of(const std::vector<OtherContest>& others) {
  std::vector<election::Definition> definitions;
  for (const OtherContest& one : others) definitions.push_back(one.record.state.definition);
  return definitions;
}

entry::AuditPlanned planned_of(const AuditRequest& request, const std::string& method,
                               const std::vector<OtherContest>& others) {
  entry::AuditPlanned planned;
  planned.audit = request.name.value_or("");
  planned.kind = request.kind;
  planned.majority = request.majority;
  planned.method = method;
  planned.risk = request.risk;
  planned.sampler = request.sampler.value_or(
      request.kind == audit::name_of(audit::Kind::ballots) ? "cryptorandom" : "weighted");
  if (request.source) planned.source = election::SourceId(*request.source);
  if (request.strata) planned.strata = election::LevelId(*request.strata);
  planned.winners = request.winners;
  for (const OtherContest& one : others) planned.with.push_back(one.named);
  return planned;
}

Result<std::vector<review::StationReturn>> returns_in(
    const derive::RecordState& state, const std::optional<election::SourceId>& source) {
  derive::Switches switches;
  if (source) switches.only_sources.push_back(*source);
  SCR_TRY(selection, derive::select(state, switches));
  SCR_TRY(counted, derive::count(state, selection));
  return std::move(counted.returns);
}

// The figures that a plan is about, in a record opened up to it.
Result<audit::Subject> subject_in(const view::OpenRecord& record,
                                  const entry::AuditPlanned& planned,
                                  const std::vector<OtherContest>& others) {
  SCR_TRY(rules, audit::rules_of(planned));
  std::vector<const view::OpenRecord*> records{&record};
  for (const OtherContest& other : others) records.push_back(&other.record);
  std::vector<std::vector<review::StationReturn>> returns;
  for (const view::OpenRecord* one : records) {
    SCR_TRY(counted, at(one->folder.string(), returns_in(one->state, planned.source)));
    returns.push_back(std::move(counted));
  }
  std::vector<audit::Reported> contests;
  for (std::size_t i = 0; i < records.size(); ++i)
    contests.push_back({records[i]->state.definition, records[i]->state.geography, returns[i]});
  return audit::subject_of(rules, contests);
}

// An audit on record, with its figures as they stood when it was planned.
struct OpenAudit {
  view::OpenRecord record;
  derive::AuditOnRecord audit;
  audit::Subject subject;
  std::vector<OtherContest> others;
};

Result<const derive::AuditOnRecord*> audit_in(const view::OpenRecord& record,
                                              const std::string& name) {
  if (const auto* found = derive::find_audit(record.state, name)) return found;
  std::string known;
  for (const auto& one : record.state.audits)
    known += (known.empty() ? "; there are " : ", ") + one.planned.audit;
  return fail(ErrorCode::not_found, "no audit of that name is on record" + known, name);
}

Result<OpenAudit> open_audit(const fs::path& folder, const std::string& name,
                             const Folders& folders) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(found, audit_in(record, name));
  SCR_TRY(others, open_others(found->planned, folders));
  SCR_TRY(then, view::open_record_at(folder, found->index.value()));
  SCR_TRY(subject, subject_in(then, found->planned, others));
  derive::AuditOnRecord audit = *found;
  return OpenAudit{std::move(record), std::move(audit), std::move(subject), std::move(others)};
}

audit::Workload played(const audit::Game& game, double risk, std::int64_t trials,
                       std::uint64_t seed) {
  std::vector<audit::Trial> all(static_cast<std::size_t>(trials));
  os::parallel_for(all.size(), 0, [&](std::size_t i) {
    all[i] = audit::play(game.method, game.hypothesis, game.urn, risk, game.most,
                         audit::Stream(seed, i));
  });
  return audit::workload_of(all);
}

std::optional<std::int64_t> draws_in_90(const report::AuditPlan::Method& method) {
  if (!method.if_right) return std::nullopt;
  for (const auto& within : method.if_right->within) {
    if (within.percent == 90) return within.draws;
  }
  return std::nullopt;
}

audit::Workload played(const audit::StratifiedGame& game, double risk, std::int64_t trials,
                       std::uint64_t seed) {
  std::vector<audit::Trial> all(static_cast<std::size_t>(trials));
  os::parallel_for(all.size(), 0, [&](std::size_t i) {
    all[i] = audit::play(game, risk, audit::Stream(seed, i));
  });
  return audit::workload_of(all);
}

void play_methods(const AuditRequest& request, report::AuditPlan& plan) {
  const double risk = plan.subject.rules.risk.approximate();
  for (audit::Planned& planned : audit::methods_for(plan.subject, request.outlook)) {
    const bool asked_for = !request.method || !plan.simulation || planned.method == *request.method;
    if (!asked_for) continue;
    report::AuditPlan::Method method{.planned = std::move(planned)};
    if (method.planned.game)
      method.if_right = played(*method.planned.game, risk, request.trials, request.seed);
    if (method.planned.strata)
      method.if_right = played(*method.planned.strata, risk, request.trials, request.seed);
    const auto by = audit::by_named(method.planned.method);
    if (plan.simulation && by) {
      if (const auto wrong = audit::strata_of_a_tie(plan.subject))
        method.if_wrong = played(*wrong, risk, request.trials, request.seed);
      if (const auto wrong = audit::game_of_a_tie(plan.subject, *by))
        method.if_wrong = played(*wrong, risk, request.trials, request.seed);
    }
    const auto draws = draws_in_90(method);
    if (method.planned.stations && draws) {
      method.stations =
          static_cast<std::int64_t>(audit::different_stations(plan.subject, *draws) + 0.5);
    }
    plan.methods.push_back(std::move(method));
  }
}

// How the risk usually falls over so many draws if the report is right; none of minerva.
std::vector<audit::Usual> usual_of(const audit::Subject& subject, std::int64_t draws) {
  constexpr std::size_t kPaths = 200;
  constexpr std::size_t kPoints = 100;
  constexpr std::int64_t kMostDrawn = 5000;
  if (draws == 0 || draws > kMostDrawn) return {};
  for (const audit::Planned& planned : audit::methods_for(subject, {})) {
    if (planned.method != audit::name_of(subject.rules.by)) continue;
    std::vector<std::vector<double>> paths(kPaths);
    if (!planned.game && !planned.strata) return {};
    os::parallel_for(kPaths, 0, [&](std::size_t i) {
      const audit::Stream random(1, i);
      paths[i] = planned.strata ? audit::path(*planned.strata, draws, random)
                                : audit::path(*planned.game, draws, random);
    });
    return audit::usual_of(paths, kPoints);
  }
  return {};
}

// A method that fits the kind, to have the figures set up where none was chosen.
std::string some_method(const AuditRequest& request) {
  if (request.method) return *request.method;
  const bool ballots = request.kind == audit::name_of(audit::Kind::ballots);
  if (request.strata) return ballots ? "product" : "product-stations";
  return ballots ? "alpha" : "kaplan-markov";
}

Result<report::AuditPlan> outlook_of(const view::OpenRecord& record, const AuditRequest& request,
                                     const std::vector<OtherContest>& others, bool simulation) {
  if (request.kind == audit::name_of(audit::Kind::breakdown) && !request.source) {
    return fail(ErrorCode::bad_input,
                "a breakdown is audited as one source gives it: import it, and name it with "
                "--source");
  }
  SCR_TRY(subject, subject_in(record, planned_of(request, some_method(request), others), others));
  report::AuditPlan plan{.definition = record.state.definition,
                         .others = definitions_of(others),
                         .subject = std::move(subject),
                         .name = request.name,
                         .source = request.source,
                         .tree_size = record.size,
                         .simulation = simulation,
                         .trials = request.trials,
                         .seed = request.seed};
  play_methods(request, plan);
  return plan;
}

// Appends if nobody wrote since the record was opened.
Result<std::uint64_t> append(const view::OpenRecord& record,
                             const std::vector<std::string>& entries) {
  SCR_TRY(log, open_log(record.folder));
  if (log.size() != record.size) {
    return fail(ErrorCode::conflict, "somebody wrote to the record just now; try again",
                record.folder.string());
  }
  SCR_TRY_VOID(log.append(entries));
  return log.size();
}

}  // namespace

Result<report::AuditPlan> plan_audit(const fs::path& folder, const AuditRequest& request,
                                     os::Clock& clock) {
  SCR_TRY(record, view::open_record(folder));
  if (request.name && !request.method)
    return fail(ErrorCode::bad_input, "name the method with --method to put the plan on record");
  if (request.name && derive::find_audit(record.state, *request.name))
    return fail(ErrorCode::conflict, "an audit of that name is on record", *request.name);
  SCR_TRY(others, open_others(request.with));
  SCR_TRY(plan, outlook_of(record, request, others, false));
  if (!request.name) return plan;
  entry::AuditPlanned planned = planned_of(request, *request.method, others);
  planned.at = entry::ClaimedTime(clock.now());
  planned.risk = plan.subject.rules.risk.text();
  SCR_TRY(size, append(record, {encode(planned)}));
  plan.entry = record.size;
  plan.tree_size = size;
  return plan;
}

Result<report::AuditPlan> simulate_audit(const fs::path& folder, const AuditRequest& request) {
  SCR_TRY(record, view::open_record(folder));
  if (request.name) {
    const derive::AuditOnRecord* audit = derive::find_audit(record.state, *request.name);
    if (audit) {
      Folders folders;
      for (const AuditRequest::Other& one : request.with) folders.push_back(one.record);
      SCR_TRY(others, open_others(audit->planned, folders));
      SCR_TRY(then, view::open_record_at(folder, audit->index.value()));
      return outlook_of(then, request, others, true);
    }
  }
  SCR_TRY(others, open_others(request.with));
  return outlook_of(record, request, others, true);
}

Result<AuditRequest> request_of(const fs::path& folder, const std::string& name,
                                const Folders& others) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(found, audit_in(record, name));
  const entry::AuditPlanned& planned = found->planned;
  AuditRequest request;
  request.name = name;
  request.kind = planned.kind;
  request.method = planned.method;
  request.risk = planned.risk;
  request.sampler = planned.sampler;
  if (planned.source) request.source = planned.source->value();
  request.winners = planned.winners;
  request.majority = planned.majority;
  if (planned.strata) request.strata = planned.strata->value();
  for (const fs::path& other : others) request.with.push_back({.record = other});
  return request;
}

Result<report::AuditSample> draw_audit(const fs::path& folder, const std::string& name,
                                       const Folders& others,
                                       const std::optional<std::string>& seed, std::int64_t draws,
                                       os::Clock& clock) {
  SCR_TRY(opened, open_audit(folder, name, others));
  derive::AuditOnRecord& audit = opened.audit;
  const entry::ClaimedTime now(clock.now());
  std::vector<std::string> entries;
  if (!audit.seed) {
    if (!seed) {
      return fail(ErrorCode::bad_input,
                  "the audit has no seed yet: give the one that was made in public, with --seed");
    }
    if (!audit::is_seed(*seed))
      return fail(ErrorCode::bad_input, "a seed is 1 to 200 digits, letters or '-'", "--seed");
    audit.seed = derive::SeedOnRecord{entry::EntryIndex(opened.record.size), *seed};
    entries.push_back(encode(entry::SeedDrawn{now, audit.index, *seed}));
  } else if (seed && *seed != audit.seed->seed) {
    return fail(ErrorCode::conflict,
                "the audit has its seed, and it is another; it is never "
                "replaced",
                "--seed");
  }
  const std::int64_t before = audit.rounds.empty() ? 0 : audit.rounds.back();
  if (draws == 0) draws = before;
  if (draws < before || draws == 0) {
    return fail(ErrorCode::bad_input,
                std::to_string(before) + " draws were made already; --draws counts all of them");
  }
  SCR_TRY(sample, audit::draws_of(opened.subject, audit.seed->seed, draws));
  if (draws > before) {
    audit.rounds.push_back(draws);
    entries.push_back(
        encode(entry::AuditDrawn{now, static_cast<std::uint64_t>(draws), audit.index}));
  }
  std::uint64_t tree_size = opened.record.size;
  if (!entries.empty()) {
    SCR_TRY(grown, append(opened.record, entries));
    tree_size = grown;
  }
  return report::AuditSample{.definition = std::move(opened.record.state.definition),
                             .others = definitions_of(opened.others),
                             .subject = std::move(opened.subject),
                             .planned = std::move(audit.planned),
                             .seed = audit.seed->seed,
                             .rounds = std::move(audit.rounds),
                             .draws = std::move(sample),
                             .tree_size = tree_size};
}

namespace {

// The label of a reader, as the log takes it.
Result<void> must_be_label(const std::string& by) {
  bool good = !by.empty() && by.size() <= 64;
  for (char c : by) good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  if (good) return {};
  return fail(ErrorCode::bad_input,
              "a reader's label has 1 to 64 lower-case letters, digits and '-'; no names of people",
              "--by");
}

bool said_already(const derive::AuditOnRecord& audit, const entry::AuditFound& found) {
  for (auto said = audit.found.rbegin(); said != audit.found.rend(); ++said) {
    if (said->unit != found.unit || said->by != found.by || said->of != found.of) continue;
    return said->found == found.found && said->votes == found.votes && said->valid == found.valid &&
           said->null == found.null && said->invalid == found.invalid;
  }
  return false;
}

// Which contest the folder is of: its place in the plan, from 1; 0 without one.
Result<std::size_t> position_of(const OpenAudit& opened, const std::optional<fs::path>& contest) {
  if (!contest) return std::size_t{0};
  SCR_TRY(key, record::read_vkey(*contest));
  for (std::size_t i = 0; i < opened.others.size(); ++i) {
    if (opened.others[i].named.origin == key.name().value()) return i + 1;
  }
  return fail(ErrorCode::bad_input, "this audit is not of that contest", contest->string());
}

}  // namespace

Result<Entered> enter_audit(const fs::path& folder, const std::string& name, const Folders& others,
                            const fs::path& file, const std::optional<fs::path>& contest,
                            const std::string& by, os::Clock& clock) {
  SCR_TRY_VOID(must_be_label(by));
  SCR_TRY(text, os::read_text(file));
  Folders folders = others;
  if (contest) folders.push_back(*contest);
  SCR_TRY(opened, open_audit(folder, name, folders));
  const derive::AuditOnRecord& audit = opened.audit;
  SCR_TRY(of, position_of(opened, contest));
  const election::Definition& definition =
      of == 0 ? opened.record.state.definition : opened.others[of - 1].record.state.definition;
  const audit::Contest& contested =
      of == 0 ? static_cast<const audit::Contest&>(opened.subject) : opened.subject.others[of - 1];
  if (!audit.seed || audit.rounds.empty())
    return fail(ErrorCode::conflict, "nothing was drawn for this audit yet: audit draw", name);
  const bool ballots = !audit::of_stations(opened.subject.rules.by);
  SCR_TRY(all, at(file.string(), intake::read_found(text, ballots, definition)));
  SCR_TRY(draws, audit::draws_of(opened.subject, audit.seed->seed, audit.rounds.back()));
  std::map<std::string, std::size_t> sample;
  for (const audit::Draw& draw : draws) sample[audit::unit_of(opened.subject, draw)] = draw.station;
  Entered entered{.units = 0, .repeated = 0, .tree_size = opened.record.size};
  std::vector<std::string> entries;
  const entry::ClaimedTime now(clock.now());
  for (entry::AuditFound& found : all) {
    if (!sample.contains(found.unit)) {
      return fail(ErrorCode::bad_input,
                  found.unit + " is not in the sample; what nobody drew cannot be entered",
                  file.string());
    }
    if (!contested.has[sample[found.unit]]) {
      return fail(ErrorCode::bad_input, found.unit + " has no figures of this contest",
                  file.string());
    }
    found.at = now;
    found.by = by;
    found.of = of;
    found.plan = audit.index;
    ++entered.units;
    if (said_already(audit, found)) {
      ++entered.repeated;
    } else {
      entries.push_back(encode(found));
    }
  }
  if (entries.empty()) return entered;
  SCR_TRY(size, append(opened.record, entries));
  entered.tree_size = size;
  return entered;
}

Result<report::AuditStatus> report_audit(const fs::path& folder, const std::string& name,
                                         const Folders& others) {
  SCR_TRY(opened, open_audit(folder, name, others));
  derive::AuditOnRecord& audit = opened.audit;
  std::vector<audit::Draw> draws;
  if (audit.seed && !audit.rounds.empty()) {
    SCR_TRY(drawn, audit::draws_of(opened.subject, audit.seed->seed, audit.rounds.back()));
    draws = std::move(drawn);
  }
  report::AuditStatus status{.definition = std::move(opened.record.state.definition),
                             .others = definitions_of(opened.others),
                             .subject = std::move(opened.subject),
                             .planned = audit.planned,
                             .entry = audit.index.value(),
                             .seed = std::nullopt,
                             .rounds = audit.rounds,
                             .draws = {},
                             .progress = {},
                             .usual = {}};
  if (audit.seed) status.seed = audit.seed->seed;
  status.progress = audit::progress_of(status.subject, draws, audit.rounds, audit.found);
  status.usual = usual_of(status.subject, status.progress.draws);
  status.draws = std::move(draws);
  return status;
}

Result<std::string> ceremony_page(const fs::path& folder, const std::string& name,
                                  report::Language language) {
  SCR_TRY(record, view::open_record(folder));
  SCR_TRY(found, audit_in(record, name));
  const report::Ceremony ceremony{
      .planned = found->planned, .entry = found->index.value(), .basis = basis_of(record, {})};
  return report::ceremony_page(ceremony, record.state.definition, language);
}

}  // namespace scr::steps
