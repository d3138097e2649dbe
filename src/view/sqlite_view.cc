// SPDX-License-Identifier: Apache-2.0
#include "view/sqlite_view.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "base/check.h"
#include "canon/value.h"
#include "checks/finding.h"
#include "election/geography.h"
#include "review/station_return.h"

namespace scr::view {
namespace {

constexpr const char* kTables = R"sql(
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA auto_vacuum = NONE;
CREATE TABLE record (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE unit (unit TEXT PRIMARY KEY, level TEXT NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE option (position INTEGER PRIMARY KEY, option TEXT NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE source (position INTEGER PRIMARY KEY, source TEXT NOT NULL) STRICT;
CREATE TABLE transcript (entry INTEGER PRIMARY KEY, station TEXT NOT NULL, source INTEGER NOT NULL, registered INTEGER, valid INTEGER NOT NULL, "null" INTEGER NOT NULL, invalid INTEGER NOT NULL, votes TEXT NOT NULL) STRICT;
CREATE TABLE station_return (station TEXT PRIMARY KEY, unit TEXT NOT NULL, registered INTEGER, valid INTEGER NOT NULL, "null" INTEGER NOT NULL, invalid INTEGER NOT NULL, basis INTEGER NOT NULL, agreeing INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE return_votes (station TEXT NOT NULL, option INTEGER NOT NULL, votes INTEGER NOT NULL, PRIMARY KEY (station, option)) STRICT, WITHOUT ROWID;
CREATE TABLE finding (id INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, set_aside INTEGER NOT NULL, station TEXT NOT NULL, source TEXT NOT NULL, entries TEXT NOT NULL, details TEXT NOT NULL) STRICT;
CREATE TABLE claim (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, by TEXT NOT NULL, announced TEXT NOT NULL, evidence TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL) STRICT;
)sql";

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinalizeStatement {
  void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};

// Binds its arguments in order and runs. The first failure is kept; the rest is then skipped.
class Insert {
 public:
  Insert(sqlite3* db, const char* sql) : db_(db) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK);
    statement_.reset(statement);
  }

  template <class... Values>
  void row(const Values&... values) {
    if (!error_.empty()) return;
    int position = 0;
    (bind(++position, values), ...);
    check(sqlite3_step(statement_.get()) == SQLITE_DONE);
    sqlite3_reset(statement_.get());
  }

  const std::string& error() const { return error_; }

 private:
  void bind(int i, std::int64_t n) { sqlite3_bind_int64(statement_.get(), i, n); }
  void bind(int i, const std::string& text) {
    sqlite3_bind_text(statement_.get(), i, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
  }
  void bind(int i, const std::optional<election::Votes>& votes) {
    if (votes) {
      bind(i, votes->count());
    } else {
      sqlite3_bind_null(statement_.get(), i);
    }
  }
  void check(bool ok) {
    if (!ok && error_.empty()) error_ = sqlite3_errmsg(db_);
  }

  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement_;
  std::string error_;
};

std::int64_t whole(std::uint64_t n) {
  return static_cast<std::int64_t>(n);
}

std::string list_of(const std::vector<election::Votes>& votes) {
  canon::Value list = canon::Value::array();
  for (election::Votes count : votes) list.push_back(canon::Value(count.count()));
  return canon::write(list);
}

std::string list_of(const std::vector<std::uint64_t>& entries) {
  canon::Value list = canon::Value::array();
  for (std::uint64_t entry : entries) list.push_back(canon::Value(whole(entry)));
  return canon::write(list);
}

std::string object_of(const std::map<std::string, std::string>& details) {
  canon::Value object = canon::Value::object();
  for (const auto& [key, value] : details) object.set(key, canon::Value(value));
  return canon::write(object);
}

std::string level_of(const election::Definition& definition, const election::Unit& unit) {
  return unit.depth == 0 ? "country" : definition.levels[unit.depth - 1].id.value();
}

std::string fill_record(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO record VALUES (?, ?)");
  insert.row(std::string("election"), record.state.definition.id);
  insert.row(std::string("origin"), record.origin);
  insert.row(std::string("root"), record.root.hex());
  insert.row(std::string("size"), std::to_string(record.size));
  return insert.error();
}

std::string fill_units(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO unit VALUES (?, ?, ?, ?)");
  const election::Geography& geography = record.state.geography;
  for (const election::Unit& unit : geography.units()) {
    insert.row(unit.id.value(), level_of(record.state.definition, unit), unit.name,
               geography.unit(unit.parent).id.value());
  }
  return insert.error();
}

std::string fill_options(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO option VALUES (?, ?, ?)");
  std::int64_t position = 0;
  for (const election::Option& option : record.state.definition.options) {
    insert.row(position++, option.id.value(), option.name);
  }
  return insert.error();
}

std::string fill_sources(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO source VALUES (?, ?)");
  std::int64_t position = 0;
  for (const election::SourceId& source : record.state.sources) {
    insert.row(position++, source.value());
  }
  return insert.error();
}

std::string fill_transcripts(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO transcript VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (const review::Transcript& transcript : record.state.transcripts) {
    const review::StationReturn& figures = transcript.figures;
    insert.row(whole(figures.basis), figures.station.value(),
               std::int64_t{transcript.source.value()}, figures.registered, figures.valid.count(),
               figures.null.count(), figures.invalid.count(), list_of(figures.votes));
  }
  return insert.error();
}

std::string fill_returns(sqlite3* db, const OpenRecord& record, const derive::Count& count) {
  Insert insert(db, "INSERT INTO station_return VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  Insert votes(db, "INSERT INTO return_votes VALUES (?, ?, ?)");
  for (const review::StationReturn& accepted : count.returns) {
    insert.row(accepted.station.value(), record.state.geography.unit(accepted.unit).id.value(),
               accepted.registered, accepted.valid.count(), accepted.null.count(),
               accepted.invalid.count(), whole(accepted.basis), std::int64_t{accepted.agreeing});
    for (std::size_t i = 0; i < accepted.votes.size(); ++i) {
      votes.row(accepted.station.value(), whole(i), accepted.votes[i].count());
    }
  }
  return insert.error().empty() ? votes.error() : insert.error();
}

std::string fill_findings(sqlite3* db, const derive::Count& count) {
  Insert insert(db, "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  std::int64_t id = 0;
  for (const checks::Finding& finding : count.findings) {
    insert.row(++id, std::string(checks::name_of(finding.code)),
               std::string(checks::name_of(finding.severity)), std::int64_t{finding.set_aside},
               finding.station.value(), finding.source.value(), list_of(finding.entries),
               object_of(finding.details));
  }
  return insert.error();
}

std::string fill_claims(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO claim VALUES (?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < record.claims.size(); ++i) {
    const derive::ClaimOnRecord& on_record = record.state.claims[i];
    insert.row(record.claims[i].id.value(), whole(on_record.index.value()), record.claims[i].by,
               record.claims[i].announced, on_record.evidence.hex());
  }
  return insert.error();
}

std::string fill_evidence(sqlite3* db, const OpenRecord& record) {
  Insert insert(db, "INSERT INTO evidence VALUES (?, ?, ?, ?)");
  for (const derive::Evidence& evidence : record.state.evidence) {
    insert.row(whole(evidence.index.value()), std::string(entry::name_of(evidence.received.kind)),
               evidence.received.sha256.hex(), whole(evidence.received.size));
  }
  return insert.error();
}

Result<void> run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return fail(ErrorCode::io, sqlite3_errmsg(db));
}

}  // namespace

Result<void> write_sqlite_view(const OpenRecord& record, const derive::Count& count,
                               const std::filesystem::path& file) {
  sqlite3* handle = nullptr;
  const int opened =
      sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const Database db(handle);
  if (opened != SQLITE_OK) return fail(ErrorCode::io, "cannot be written", file.string());
  SCR_TRY_VOID(at(file.string(), run(db.get(), kTables)));
  SCR_TRY_VOID(at(file.string(), run(db.get(), "BEGIN")));
  for (const std::string& error :
       {fill_record(db.get(), record), fill_units(db.get(), record), fill_options(db.get(), record),
        fill_sources(db.get(), record), fill_transcripts(db.get(), record),
        fill_returns(db.get(), record, count), fill_findings(db.get(), count),
        fill_claims(db.get(), record), fill_evidence(db.get(), record)}) {
    if (!error.empty()) return fail(ErrorCode::io, error, file.string());
  }
  return at(file.string(), run(db.get(), "COMMIT"));
}

}  // namespace scr::view
