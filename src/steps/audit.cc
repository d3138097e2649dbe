// SPDX-License-Identifier: Apache-2.0
#include "steps/audit.h"

#include <set>
#include <utility>

#include "derive/conclusions.h"
#include "entry/entry.h"
#include "intake/read_found.h"
#include "os/files.h"
#include "os/parallel.h"
#include "steps/judge.h"
#include "steps/open_log.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

entry::AuditPlanned planned_of(const AuditRequest& request, const std::string& method) {
  entry::AuditPlanned planned;
  planned.audit = request.name.value_or("");
  planned.kind = request.kind;
  planned.majority = request.majority;
  planned.method = method;
  planned.risk = request.risk;
  planned.sampler = request.sampler.value_or(
      request.kind == audit::name_of(audit::Kind::ballots) ? "cryptorandom" : "weighted");
  if (request.source) planned.source = election::SourceId(*request.source);
  planned.winners = request.winners;
  return planned;
}

// The figures that a plan is about, in a record opened up to it.
Result<audit::Subject> subject_in(const view::OpenRecord& record,
                                  const entry::AuditPlanned& planned) {
  SCR_TRY(rules, audit::rules_of(planned));
  derive::Switches switches;
  if (planned.source) switches.only_sources.push_back(*planned.source);
  SCR_TRY(selection, derive::select(record.state, switches));
  SCR_TRY(counted, derive::count(record.state, selection));
  return audit::subject_of(rules, record.state.definition, counted.returns);
}

// An audit on record, with its figures as they stood when it was planned.
struct OpenAudit {
  view::OpenRecord record;
  derive::AuditOnRecord audit;
  audit::Subject subject;
};

Result<OpenAudit> open_audit(const fs::path& folder, const std::string& name) {
  SCR_TRY(record, view::open_record(folder));
  const derive::AuditOnRecord* found = derive::find_audit(record.state, name);
  if (!found) {
    std::string known;
    for (const auto& one : record.state.audits)
      known += (known.empty() ? "; there are " : ", ") + one.planned.audit;
    return fail(ErrorCode::not_found, "no audit of that name is on record" + known, name);
  }
  SCR_TRY(then, view::open_record_at(folder, found->index.value()));
  SCR_TRY(subject, subject_in(then, found->planned));
  derive::AuditOnRecord audit = *found;
  return OpenAudit{std::move(record), std::move(audit), std::move(subject)};
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

std::optional<audit::By> by_of(const std::string& method) {
  using audit::By;
  for (By by : {By::kaplan_markov, By::alpha_stations, By::alpha, By::kelly, By::bravo, By::minerva,
                By::oneaudit}) {
    if (method == audit::name_of(by)) return by;
  }
  return std::nullopt;
}

void play_methods(const AuditRequest& request, report::AuditPlan& plan) {
  const double risk = plan.subject.rules.risk.approximate();
  for (audit::Planned& planned : audit::methods_for(plan.subject, request.outlook)) {
    const bool asked_for = !request.method || !plan.simulation || planned.method == *request.method;
    if (!asked_for) continue;
    report::AuditPlan::Method method{.planned = std::move(planned)};
    if (method.planned.game)
      method.if_right = played(*method.planned.game, risk, request.trials, request.seed);
    const auto by = by_of(method.planned.method);
    if (plan.simulation && by) {
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

// A method that fits the kind, to have the figures set up where none was chosen.
std::string some_method(const AuditRequest& request) {
  if (request.method) return *request.method;
  return request.kind == audit::name_of(audit::Kind::ballots) ? "alpha" : "kaplan-markov";
}

Result<report::AuditPlan> outlook_of(const view::OpenRecord& record, const AuditRequest& request,
                                     bool simulation) {
  if (request.kind == audit::name_of(audit::Kind::breakdown) && !request.source) {
    return fail(ErrorCode::bad_input,
                "a breakdown is audited as one source gives it: import it, and name it with "
                "--source");
  }
  SCR_TRY(subject, subject_in(record, planned_of(request, some_method(request))));
  report::AuditPlan plan{.definition = record.state.definition,
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
  SCR_TRY(plan, outlook_of(record, request, false));
  if (!request.name) return plan;
  entry::AuditPlanned planned = planned_of(request, *request.method);
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
      SCR_TRY(then, view::open_record_at(folder, audit->index.value()));
      return outlook_of(then, request, true);
    }
  }
  return outlook_of(record, request, true);
}

Result<AuditRequest> request_of(const fs::path& folder, const std::string& name) {
  SCR_TRY(opened, open_audit(folder, name));
  const entry::AuditPlanned& planned = opened.audit.planned;
  AuditRequest request;
  request.name = name;
  request.kind = planned.kind;
  request.method = planned.method;
  request.risk = planned.risk;
  request.sampler = planned.sampler;
  if (planned.source) request.source = planned.source->value();
  request.winners = planned.winners;
  request.majority = planned.majority;
  return request;
}

Result<report::AuditSample> draw_audit(const fs::path& folder, const std::string& name,
                                       const std::optional<std::string>& seed, std::int64_t draws,
                                       os::Clock& clock) {
  SCR_TRY(opened, open_audit(folder, name));
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
    if (said->unit != found.unit || said->by != found.by) continue;
    return said->found == found.found && said->votes == found.votes && said->valid == found.valid &&
           said->null == found.null && said->invalid == found.invalid;
  }
  return false;
}

}  // namespace

Result<Entered> enter_audit(const fs::path& folder, const std::string& name, const fs::path& file,
                            const std::string& by, os::Clock& clock) {
  SCR_TRY_VOID(must_be_label(by));
  SCR_TRY(text, os::read_text(file));
  SCR_TRY(opened, open_audit(folder, name));
  const derive::AuditOnRecord& audit = opened.audit;
  if (!audit.seed || audit.rounds.empty())
    return fail(ErrorCode::conflict, "nothing was drawn for this audit yet: audit draw", name);
  const bool ballots = !audit::of_stations(opened.subject.rules.by);
  SCR_TRY(all,
          at(file.string(), intake::read_found(text, ballots, opened.record.state.definition)));
  SCR_TRY(draws, audit::draws_of(opened.subject, audit.seed->seed, audit.rounds.back()));
  std::set<std::string> sample;
  for (const audit::Draw& draw : draws) sample.insert(audit::unit_of(opened.subject, draw));
  Entered entered{.units = 0, .repeated = 0, .tree_size = opened.record.size};
  std::vector<std::string> entries;
  const entry::ClaimedTime now(clock.now());
  for (entry::AuditFound& found : all) {
    if (!sample.contains(found.unit)) {
      return fail(ErrorCode::bad_input,
                  found.unit + " is not in the sample; what nobody drew cannot be entered",
                  file.string());
    }
    found.at = now;
    found.by = by;
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

Result<report::AuditStatus> report_audit(const fs::path& folder, const std::string& name) {
  SCR_TRY(opened, open_audit(folder, name));
  derive::AuditOnRecord& audit = opened.audit;
  std::vector<audit::Draw> draws;
  if (audit.seed && !audit.rounds.empty()) {
    SCR_TRY(drawn, audit::draws_of(opened.subject, audit.seed->seed, audit.rounds.back()));
    draws = std::move(drawn);
  }
  report::AuditStatus status{.definition = std::move(opened.record.state.definition),
                             .subject = std::move(opened.subject),
                             .planned = audit.planned,
                             .entry = audit.index.value(),
                             .seed = std::nullopt,
                             .rounds = audit.rounds,
                             .progress = {}};
  if (audit.seed) status.seed = audit.seed->seed;
  status.progress = audit::progress_of(status.subject, draws, audit.rounds, audit.found);
  return status;
}

Result<std::string> ceremony_page(const fs::path& folder, const std::string& name,
                                  report::Language language) {
  SCR_TRY(opened, open_audit(folder, name));
  const report::Ceremony ceremony{.planned = opened.audit.planned,
                                  .entry = opened.audit.index.value(),
                                  .basis = basis_of(opened.record, {})};
  return report::ceremony_page(ceremony, opened.record.state.definition, language);
}

}  // namespace scr::steps
