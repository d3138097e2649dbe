// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <utility>

#include "report/dossier.h"
#include "report/findings_json.h"
#include "report/internal/chain.h"
#include "report/tally_json.h"

namespace scr::report {
namespace {

using canon::Value;

Value whole(std::uint64_t n) {
  return Value(static_cast<std::int64_t>(n));
}

Value repeats_json(const derive::PictureOnFile& on_file) {
  Value repeats = Value::array();
  for (const derive::PictureRead* other : on_file.repeats)
    repeats.push_back(whole(other->index.value()));
  return repeats;
}

Value contradictions_json(const entry::SheetRead& sheet) {
  Value list = Value::array();
  for (const entry::PrintDiffers& one : sheet.contradictions) {
    Value item = Value::object();
    item.set("row", Value(one.name));
    item.set("printed", whole(one.printed));
    item.set("coded", whole(one.coded));
    item.set("x", whole(one.x));
    item.set("y", whole(one.y));
    list.push_back(std::move(item));
  }
  return list;
}

Value picture_json(const derive::PictureOnFile& on_file) {
  const entry::SheetRead& sheet = *on_file.picture->read();
  Value value = Value::object();
  value.set("sha256", Value(on_file.picture->sha256.hex()));
  value.set("received", whole(sheet.evidence.value()));
  value.set("entry", whole(on_file.picture->index.value()));
  value.set("method", Value(sheet.method));
  value.set("stage", Value(sheet.stage));
  value.set("errors", whole(sheet.errors));
  value.set("erasures", whole(sheet.erasures));
  value.set("margin", whole(sheet.margin));
  value.set("payload", Value(sheet.payload));
  value.set("compared", whole(sheet.compared));
  value.set("agree", whole(sheet.agree));
  value.set("contradictions", contradictions_json(sheet));
  value.set("fingerprint", Value(sheet.fingerprint.hex()));
  value.set("repeats", repeats_json(on_file));
  if (on_file.withheld) value.set("withheld", entry::name_of(on_file.withheld->reason));
  value.set("zero_report", Value(on_file.picture->zero_report));
  value.set("bears", Value(on_file.bears));
  return value;
}

Value transcript_json(const derive::RecordState& state, const review::Transcript& transcript) {
  const review::StationReturn one[] = {transcript.figures};
  const Value row = tally_json(state.definition, state.geography, one);
  Value value = Value::object();
  value.set("source", Value(state.sources[transcript.source.value()].value()));
  value.set("entry", whole(transcript.figures.basis));
  value.set("evidence", Value(internal::file_of(state, transcript)));
  value.set("figures", row.find("rows")->items().front());
  return value;
}

Value printed_json(const entry::PrintedRow& row) {
  Value likeliest = Value::array();
  for (const entry::LikelyNumber& one : row.likeliest) {
    Value item = Value::object();
    item.set("value", whole(one.value));
    item.set("millionths", whole(one.millionths));
    likeliest.push_back(std::move(item));
  }
  Value value = Value::object();
  value.set("row", Value(row.name));
  value.set("x", whole(row.x));
  value.set("y", whole(row.y));
  value.set("likeliest", std::move(likeliest));
  return value;
}

}  // namespace

Value dossier_json(const derive::RecordState& state, const derive::Dossier& dossier) {
  Value answer = Value::object();
  answer.set("schema", Value("scrutineer.station/1"));
  answer.set("station", Value(dossier.station.value()));
  Value transcripts = Value::array();
  for (const review::Transcript* transcript : dossier.transcripts)
    transcripts.push_back(transcript_json(state, *transcript));
  answer.set("transcripts", std::move(transcripts));
  Value pictures = Value::array();
  for (const derive::PictureOnFile& on_file : dossier.pictures)
    pictures.push_back(picture_json(on_file));
  answer.set("pictures", std::move(pictures));
  answer.set("findings", findings_json(dossier.findings));
  answer.set("accepted", Value(dossier.accepted != nullptr));
  if (!dossier.accepted) return answer;
  answer.set("basis", whole(dossier.accepted->basis));
  Value entries = Value::array();
  for (const std::uint64_t entry : dossier.accepted->borne_by) entries.push_back(whole(entry));
  answer.set("borne_by", std::move(entries));
  Value sums = Value::array();
  for (const election::UnitOrdinal unit : dossier.sums)
    sums.push_back(Value(state.geography.unit(unit).id.value()));
  answer.set("sums", std::move(sums));
  return answer;
}

Value unread_json(std::span<const derive::PictureOnFile> waiting) {
  Value pictures = Value::array();
  for (const derive::PictureOnFile& on_file : waiting) {
    const entry::PictureUnread& unread = *on_file.picture->unread();
    Value value = Value::object();
    value.set("sha256", Value(on_file.picture->sha256.hex()));
    value.set("received", whole(unread.evidence.value()));
    value.set("entry", whole(on_file.picture->index.value()));
    value.set("reason", Value(unread.reason));
    value.set("fingerprint", unread.fingerprint ? Value(unread.fingerprint->hex()) : Value());
    Value printed = Value::array();
    for (const entry::PrintedRow& row : unread.printed) printed.push_back(printed_json(row));
    value.set("printed", std::move(printed));
    value.set("repeats", repeats_json(on_file));
    if (on_file.withheld) value.set("withheld", entry::name_of(on_file.withheld->reason));
    pictures.push_back(std::move(value));
  }
  Value answer = Value::object();
  answer.set("schema", Value("scrutineer.unread/1"));
  answer.set("pictures", std::move(pictures));
  return answer;
}

}  // namespace scr::report
