// SPDX-License-Identifier: Apache-2.0
//
// The bytes of each fact: keys in ascending order, which the writer insists on.

#include "canon/writer.h"
#include "entry/entry.h"

namespace scr::entry {
namespace {

using canon::Writer;

std::int64_t whole(std::uint64_t n) {
  return static_cast<std::int64_t>(n);  // the writer stops at 2^53
}

void number(Writer& out, std::string_view key, std::uint64_t n) {
  out.key(key);
  out.integer(whole(n));
}

void text(Writer& out, std::string_view key, std::string_view value) {
  out.key(key);
  out.text(value);
}

void votes(Writer& out, std::string_view key, election::Votes count) {
  out.key(key);
  out.integer(count.count());
}

// [name, x, y, value, millionths, value, millionths ...]
void printed_row(Writer& out, const PrintedRow& row) {
  out.begin_array();
  out.text(row.name);
  out.integer(whole(row.x));
  out.integer(whole(row.y));
  for (const LikelyNumber& one : row.likeliest) {
    out.integer(whole(one.value));
    out.integer(whole(one.millionths));
  }
  out.end_array();
}

std::string finish(Writer& out) {
  out.end_object();
  return out.take();
}

}  // namespace

std::string encode(const Genesis& genesis) {
  Writer out;
  out.begin_object();
  number(out, "at", genesis.at.value());
  text(out, "election", genesis.election);
  out.key("files");
  out.begin_array();
  for (const DefinitionFile& file : genesis.files) {
    out.begin_array();
    out.text(file.name);
    out.text(file.sha256.hex());
    out.end_array();
  }
  out.end_array();
  text(out, "origin", genesis.origin);
  text(out, "program", genesis.program);
  text(out, "t", Genesis::kType);
  return finish(out);
}

std::string encode(const EvidenceReceived& evidence) {
  Writer out;
  out.begin_object();
  number(out, "at", evidence.at.value());
  text(out, "kind", name_of(evidence.kind));
  text(out, "sha256", evidence.sha256.hex());
  number(out, "size", evidence.size);
  text(out, "t", EvidenceReceived::kType);
  return finish(out);
}

std::string encode(const ReturnsImported& imported) {
  Writer out;
  out.begin_object();
  number(out, "at", imported.at.value());
  number(out, "evidence", imported.evidence.value());
  if (imported.mapping) number(out, "mapping", imported.mapping->value());
  number(out, "names", imported.names);
  number(out, "refused", imported.refused);
  number(out, "rows", imported.rows);
  text(out, "source", imported.source.value());
  text(out, "t", ReturnsImported::kType);
  return finish(out);
}

std::string encode(const UnitNamed& named) {
  Writer out;
  out.begin_object();
  number(out, "import", named.import.value());
  text(out, "level", named.level.value());
  text(out, "name", named.name);
  text(out, "t", UnitNamed::kType);
  text(out, "unit", named.unit.value());
  return finish(out);
}

std::string encode(const ReturnTranscribed& transcribed) {
  Writer out;
  out.begin_object();
  number(out, "import", transcribed.import.value());
  votes(out, "invalid", transcribed.invalid);
  votes(out, "null", transcribed.null);
  out.key("place");
  out.begin_array();
  for (const election::UnitId& unit : transcribed.place) out.text(unit.value());
  out.end_array();
  if (transcribed.registered) votes(out, "registered", *transcribed.registered);
  number(out, "row", transcribed.row);
  text(out, "station", transcribed.station.value());
  text(out, "t", ReturnTranscribed::kType);
  votes(out, "valid", transcribed.valid);
  out.key("votes");
  out.begin_array();
  for (election::Votes count : transcribed.votes) out.integer(count.count());
  out.end_array();
  return finish(out);
}

std::string encode(const RowRefused& refused) {
  Writer out;
  out.begin_object();
  text(out, "code", refused.code);
  text(out, "column", refused.column);
  number(out, "import", refused.import.value());
  number(out, "row", refused.row);
  text(out, "t", RowRefused::kType);
  return finish(out);
}

std::string encode(const ClaimMade& made) {
  Writer out;
  out.begin_object();
  number(out, "at", made.at.value());
  text(out, "claim", made.claim.value());
  number(out, "evidence", made.evidence.value());
  text(out, "t", ClaimMade::kType);
  return finish(out);
}

std::string encode(const SheetRead& read) {
  Writer out;
  out.begin_object();
  number(out, "agree", read.agree);
  number(out, "at", read.at.value());
  number(out, "compared", read.compared);
  out.key("contradictions");
  out.begin_array();
  for (const PrintDiffers& one : read.contradictions) {
    out.begin_array();
    out.text(one.name);
    for (const std::uint64_t value : {one.printed, one.coded, one.x, one.y})
      out.integer(whole(value));
    out.end_array();
  }
  out.end_array();
  out.key("corners");
  out.begin_array();
  for (const std::uint64_t value : read.corners) out.integer(whole(value));
  out.end_array();
  number(out, "erasures", read.erasures);
  number(out, "errors", read.errors);
  number(out, "evidence", read.evidence.value());
  text(out, "fingerprint", read.fingerprint.hex());
  number(out, "margin", read.margin);
  text(out, "method", read.method);
  text(out, "payload", read.payload);
  text(out, "stage", read.stage);
  text(out, "t", SheetRead::kType);
  return finish(out);
}

std::string encode(const PictureUnread& unread) {
  Writer out;
  out.begin_object();
  number(out, "at", unread.at.value());
  number(out, "evidence", unread.evidence.value());
  if (unread.fingerprint) text(out, "fingerprint", unread.fingerprint->hex());
  out.key("printed");
  out.begin_array();
  for (const PrintedRow& row : unread.printed) printed_row(out, row);
  out.end_array();
  text(out, "reason", unread.reason);
  text(out, "t", PictureUnread::kType);
  return finish(out);
}

std::string encode(const PartTaken& taken) {
  Writer out;
  out.begin_object();
  number(out, "at", taken.at.value());
  number(out, "container", taken.container.value());
  number(out, "evidence", taken.evidence.value());
  text(out, "how", name_of(taken.how));
  number(out, "part", taken.part);
  text(out, "t", PartTaken::kType);
  return finish(out);
}

std::string encode(const PartRefused& refused) {
  Writer out;
  out.begin_object();
  number(out, "at", refused.at.value());
  number(out, "container", refused.container.value());
  number(out, "part", refused.part);
  text(out, "reason", refused.reason);
  text(out, "t", PartRefused::kType);
  return finish(out);
}

std::string encode(const ContainerClosed& closed) {
  Writer out;
  out.begin_object();
  number(out, "at", closed.at.value());
  number(out, "container", closed.container.value());
  text(out, "ending", closed.ending);
  number(out, "parts", closed.parts);
  text(out, "t", ContainerClosed::kType);
  return finish(out);
}

std::string encode(const EvidenceRepeated& repeated) {
  Writer out;
  out.begin_object();
  number(out, "at", repeated.at.value());
  number(out, "evidence", repeated.evidence.value());
  text(out, "t", EvidenceRepeated::kType);
  return finish(out);
}

std::string encode(const ForensicsPlan& plan) {
  Writer out;
  out.begin_object();
  number(out, "at", plan.at.value());
  out.key("past");
  out.begin_array();
  for (const PastReturns& past : plan.past) {
    out.begin_array();
    out.integer(whole(past.definition.value()));
    if (past.mapping) out.integer(whole(past.mapping->value()));
    out.integer(whole(past.returns.value()));
    out.end_array();
  }
  out.end_array();
  text(out, "seed", plan.seed);
  text(out, "t", ForensicsPlan::kType);
  out.key("tests");
  out.begin_array();
  for (const std::string& test : plan.tests) out.text(test);
  out.end_array();
  return finish(out);
}

std::string encode(const ResultStated& stated) {
  Writer out;
  out.begin_object();
  number(out, "at", stated.at.value());
  text(out, "schema", stated.schema);
  text(out, "sha256", stated.sha256.hex());
  number(out, "size", stated.size);
  text(out, "t", ResultStated::kType);
  return finish(out);
}

std::string encode(const AuditPlanned& fact) {
  Writer out;
  out.begin_object();
  number(out, "at", fact.at.value());
  text(out, "audit", fact.audit);
  text(out, "kind", fact.kind);
  if (fact.majority) text(out, "majority", *fact.majority);
  text(out, "method", fact.method);
  text(out, "risk", fact.risk);
  text(out, "sampler", fact.sampler);
  if (fact.source) text(out, "source", fact.source->value());
  if (fact.strata) text(out, "strata", fact.strata->value());
  text(out, "t", AuditPlanned::kType);
  number(out, "winners", fact.winners);
  if (fact.with.empty()) return finish(out);
  out.key("with");
  out.begin_array();
  for (const AuditedWith& other : fact.with) {
    out.begin_object();
    text(out, "origin", other.origin);
    text(out, "root", other.root.hex());
    number(out, "size", other.size);
    number(out, "winners", other.winners);
    out.end_object();
  }
  out.end_array();
  return finish(out);
}

std::string encode(const SeedDrawn& fact) {
  Writer out;
  out.begin_object();
  number(out, "at", fact.at.value());
  number(out, "plan", fact.plan.value());
  text(out, "seed", fact.seed);
  text(out, "t", SeedDrawn::kType);
  return finish(out);
}

std::string encode(const AuditDrawn& fact) {
  Writer out;
  out.begin_object();
  number(out, "at", fact.at.value());
  number(out, "draws", fact.draws);
  number(out, "plan", fact.plan.value());
  text(out, "t", AuditDrawn::kType);
  return finish(out);
}

std::string encode(const AuditFound& fact) {
  Writer out;
  out.begin_object();
  number(out, "at", fact.at.value());
  text(out, "by", fact.by);
  votes(out, "invalid", fact.invalid);
  votes(out, "null", fact.null);
  if (fact.of != 0) number(out, "of", fact.of);
  number(out, "plan", fact.plan.value());
  text(out, "t", AuditFound::kType);
  text(out, "unit", fact.unit);
  votes(out, "valid", fact.valid);
  out.key("votes");
  out.begin_array();
  for (election::Votes count : fact.votes) out.integer(count.count());
  out.end_array();
  text(out, "what", fact.found ? kFoundFigures : kNotFound);
  return finish(out);
}

std::string encode(const QuickCountPlanned& fact) {
  Writer out;
  out.begin_object();
  number(out, "at", fact.at.value());
  text(out, "count", fact.count);
  text(out, "level", fact.level.value());
  number(out, "size", fact.size);
  text(out, "t", QuickCountPlanned::kType);
  return finish(out);
}

std::string encode(const LogSealed& sealed) {
  Writer out;
  out.begin_object();
  number(out, "at", sealed.at.value());
  number(out, "size", sealed.size);
  text(out, "t", LogSealed::kType);
  return finish(out);
}

std::string encode(const PictureWithheld& withheld) {
  Writer out;
  out.begin_object();
  number(out, "at", withheld.at.value());
  number(out, "evidence", withheld.evidence.value());
  text(out, "reason", name_of(withheld.reason));
  text(out, "t", PictureWithheld::kType);
  return finish(out);
}

}  // namespace scr::entry
