// SPDX-License-Identifier: Apache-2.0
#include "steps/forensics.h"

#include <algorithm>
#include <map>
#include <utility>

#include "entry/entry.h"
#include "os/files.h"
#include "record/evidence.h"
#include "steps/open_log.h"
#include "steps/past_election.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

Result<std::vector<forensics::TestCode>> codes_of(const std::vector<std::string>& names) {
  std::vector<forensics::TestCode> codes;
  for (const std::string& name : names) {
    const forensics::Test* test = forensics::find_test(name);
    if (!test) {
      std::string all;
      for (const forensics::Test& each : forensics::catalogue()) {
        all += (all.empty() ? "" : ", ") + std::string(each.name);
      }
      return fail(ErrorCode::unsupported, "this program has no such test; it has " + all, name);
    }
    codes.push_back(test->code);
  }
  return codes;
}

std::vector<std::string> names_of(std::vector<std::string> asked) {
  if (asked.empty()) {
    for (const forensics::Test& test : forensics::catalogue()) asked.emplace_back(test.name);
  }
  std::vector<std::string> once;
  for (std::string& name : asked) {
    if (std::find(once.begin(), once.end(), name) == once.end()) once.push_back(std::move(name));
  }
  return once;
}

// Texts of one election of the past.
struct PastTexts {
  std::string definition;
  std::optional<std::string> mapping;
  std::string returns;
};

Result<PastTexts> texts_of(const PastFiles& files, const fs::path& record) {
  PastTexts texts;
  SCR_TRY(returns, os::read_text(files.returns));
  texts.returns = std::move(returns);
  const fs::path definition = files.definition.value_or(record / "election.toml");
  SCR_TRY(toml, os::read_text(definition));
  texts.definition = std::move(toml);
  SCR_TRY(parsed, at(definition.string(), election::parse_definition(texts.definition)));
  if (parsed.mapping) {
    SCR_TRY(mapping, os::read_text(definition.parent_path() / parsed.mapping->file));
    texts.mapping = std::move(mapping);
  }
  const auto readable = past_election(texts.definition, texts.mapping, texts.returns);
  if (!readable)
    return at(files.returns.string(), Result<PastTexts>(tl::unexpected(readable.error())));
  return texts;
}

// Evidence and the entries that name it, in order, from the index `first` on.
class Receiver {
 public:
  Receiver(record::EvidenceStore& store, std::uint64_t first, entry::ClaimedTime now)
      : store_(store), first_(first), now_(now) {}

  Result<entry::EntryIndex> take(entry::EvidenceKind kind, const std::string& text) {
    SCR_TRY_VOID(store_.put(bytes_of(text)));
    entries_.push_back(
        encode(entry::EvidenceReceived{now_, kind, sha256(bytes_of(text)), text.size()}));
    return entry::EntryIndex(first_ + entries_.size() - 1);
  }

  std::vector<std::string>& entries() { return entries_; }

 private:
  record::EvidenceStore& store_;
  std::uint64_t first_;
  entry::ClaimedTime now_;
  std::vector<std::string> entries_;
};

Result<entry::PastReturns> receive(const PastTexts& texts, Receiver& receiver) {
  entry::PastReturns past;
  SCR_TRY(definition, receiver.take(entry::EvidenceKind::definition, texts.definition));
  past.definition = definition;
  if (texts.mapping) {
    SCR_TRY(mapping, receiver.take(entry::EvidenceKind::mapping, *texts.mapping));
    past.mapping = mapping;
  }
  SCR_TRY(returns, receiver.take(entry::EvidenceKind::returns, texts.returns));
  past.returns = returns;
  return past;
}

Result<std::string> text_at(const view::OpenRecord& record, entry::EntryIndex index) {
  const derive::Evidence* evidence = record.state.evidence_at(index);
  return record::EvidenceStore(record.folder).get(evidence->received.sha256);
}

Result<PastElection> past_on_record(const view::OpenRecord& record,
                                    const entry::PastReturns& past) {
  SCR_TRY(definition, text_at(record, past.definition));
  std::optional<std::string> mapping;
  if (past.mapping) {
    SCR_TRY(text, text_at(record, *past.mapping));
    mapping = std::move(text);
  }
  SCR_TRY(returns, text_at(record, past.returns));
  return past_election(definition, mapping, returns);
}

Result<derive::PlanOnRecord> plan_of(const derive::RecordState& state,
                                     std::optional<std::uint64_t> index) {
  if (state.plans.empty()) {
    return fail(ErrorCode::not_found,
                "no list of tests is registered; do that first, before you look: scrutineer "
                "forensics register");
  }
  if (!index) return state.plans.back();
  for (const derive::PlanOnRecord& plan : state.plans) {
    if (plan.index.value() == *index) return plan;
  }
  std::string all;
  for (const derive::PlanOnRecord& plan : state.plans) {
    all += (all.empty() ? "" : ", ") + std::to_string(plan.index.value());
  }
  return fail(ErrorCode::not_found, "no list of tests is registered at that entry; there is " + all,
              std::to_string(*index));
}

// When the pictures that bear each return were taken in, the first of them.
forensics::Arrivals arrivals_of(const derive::RecordState& state,
                                std::span<const review::StationReturn> returns) {
  std::map<std::uint64_t, std::uint64_t> by_entry;
  for (const derive::PictureRead& picture : state.pictures) {
    if (!picture.read()) continue;
    const derive::Evidence* evidence = state.evidence_at(picture.read()->evidence);
    by_entry[picture.index.value()] = evidence->received.at.value();
  }
  forensics::Arrivals arrivals;
  for (const review::StationReturn& figures : returns) {
    for (const std::uint64_t index : figures.borne_by) {
      const auto found = by_entry.find(index);
      if (found == by_entry.end()) continue;
      const auto [at, added] = arrivals.emplace(figures.station, found->second);
      if (!added) at->second = std::min(at->second, found->second);
    }
  }
  return arrivals;
}

// What each source says, by itself: rules only noted, stations left out of which it is of two
// minds.
Result<std::vector<forensics::SourceReturns>> sources_of(derive::RecordState state) {
  std::vector<forensics::SourceReturns> all;
  if (state.sources.size() < 2) return all;
  constexpr auto note = election::Remedy::note;
  state.definition.rules = {note, note, note, note, note};
  state.definition.acceptance = {.alone = note, .alone_jointly = note};
  for (const election::SourceId& source : state.sources) {
    derive::Switches only;
    only.only_sources = {source};
    SCR_TRY(selection, derive::select(state, only));
    SCR_TRY(counted, derive::count(state, selection));
    all.push_back({source, source.value() == derive::kSheetsSource, std::move(counted.returns)});
  }
  return all;
}

}  // namespace

Result<PlanRegistered> register_forensics(const PlanRequest& request, os::Clock& clock) {
  PlanRegistered out;
  out.plan.tests = names_of(request.tests);
  SCR_TRY_VOID(codes_of(out.plan.tests));
  SCR_TRY_VOID(finish_what_was_cut_off(request.record));
  SCR_TRY(record, view::open_record(request.record));
  out.plan.seed = request.seed.value_or(record.root.hex());
  if (out.plan.seed.empty() || out.plan.seed.size() > 200) {
    return fail(ErrorCode::bad_input, "a seed has 1 to 200 bytes", "--seed");
  }
  std::vector<PastTexts> past;
  for (const PastFiles& files : request.past) {
    SCR_TRY(texts, texts_of(files, request.record));
    past.push_back(std::move(texts));
  }

  SCR_TRY(log, open_log(request.record));
  record::EvidenceStore evidence(request.record);
  out.plan.at = entry::ClaimedTime(clock.now());
  Receiver receiver(evidence, log.size(), out.plan.at);
  for (const PastTexts& texts : past) {
    SCR_TRY(received, receive(texts, receiver));
    out.plan.past.push_back(received);
  }
  out.index = log.size() + receiver.entries().size();
  out.returns_before = record.state.transcripts.size();
  receiver.entries().push_back(encode(out.plan));
  SCR_TRY_VOID(log.append(receiver.entries()));
  out.tree_size = log.size();
  return out;
}

Result<Screened> screen_returns(const fs::path& folder, const derive::Switches& switches,
                                std::optional<std::uint64_t> index) {
  SCR_TRY(counted, count(folder, switches));
  const derive::RecordState& state = counted.record.state;
  SCR_TRY(plan, plan_of(state, index));
  SCR_TRY(codes, codes_of(plan.plan.tests));
  std::vector<PastElection> elections;
  std::vector<report::PastOnRecord> past;
  for (const entry::PastReturns& named : plan.plan.past) {
    SCR_TRY(election, past_on_record(counted.record, named));
    past.push_back({election.definition.id, state.evidence_at(named.returns)->received.sha256,
                    election.returns.size()});
    elections.push_back(std::move(election));
  }
  const forensics::Arrivals none;
  std::vector<forensics::Election> then;
  for (const PastElection& each : elections) {
    then.push_back({each.definition.id, each.definition, *each.geography, each.returns, none});
  }
  const forensics::Arrivals arrivals = arrivals_of(state, counted.count.returns);
  SCR_TRY(sources, sources_of(state));
  forensics::Screening screening = forensics::screen(
      {state.definition.id, state.definition, state.geography, counted.count.returns, arrivals},
      then, sources, {plan.plan.seed, codes});
  const auto before = [&](const derive::PlanOnRecord& one) { return one.index < plan.index; };
  const auto earlier = std::count_if(state.plans.begin(), state.plans.end(), before);
  return Screened{std::move(counted), std::move(plan), static_cast<std::uint64_t>(earlier),
                  std::move(past), std::move(screening)};
}

report::ForensicsFacts Screened::facts() const {
  return {.definition = counted.record.state.definition,
          .screening = screening,
          .plan_entry = plan.index.value(),
          .planned_at = plan.plan.at.value(),
          .returns_before = plan.transcripts_before,
          .returns_now = counted.record.state.transcripts.size(),
          .earlier_plans = earlier_plans,
          .stations = counted.count.returns.size(),
          .past = past,
          .basis = basis_of(counted.record, counted.selection)};
}

}  // namespace scr::steps
