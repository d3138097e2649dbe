// SPDX-License-Identifier: Apache-2.0
#include <ctime>

#include "cli/commands.h"
#include "cli/output.h"
#include "steps/timestamp.h"

namespace scr::cli {
namespace {

std::string utc(std::uint64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm broken{};
  ::gmtime_r(&time, &broken);
  char text[32];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &broken);
  return std::string(text, size);
}

canon::Value stamp_json(const steps::CheckedStamp& stamp) {
  return canon::Value::object()
      .set("file", stamp.file)
      .set("tree_size", static_cast<std::int64_t>(stamp.tree_size))
      .set("verified", canon::Value(stamp.verified))
      .set("time", static_cast<std::int64_t>(stamp.time))
      .set("authority", stamp.authority)
      .set("why", stamp.why);
}

Result<int> run_timestamp(const Arguments& arguments, Terminal& terminal) {
  steps::TimestampRequest request{.folder = terminal.record};
  for (const std::string& file : arguments.all("FILE")) request.take.emplace_back(file);
  if (const auto ca = arguments.value("--ca")) request.trusted = *ca;
  SCR_TRY(stamps, steps::timestamp(request));
  if (terminal.json) {
    canon::Value list = canon::Value::array();
    for (const steps::CheckedStamp& stamp : stamps) list.push_back(stamp_json(stamp));
    canon::Value answer = canon::Value::object();
    answer.set("schema", "scrutineer.timestamp/1");
    answer.set("stamps", list);
    print_json(terminal, answer);
    return 0;
  }
  const bool es = terminal.language == report::Language::es;
  for (const steps::CheckedStamp& stamp : stamps) {
    terminal.out << (stamp.verified ? "  ✓ " : "  ? ") << grouped(terminal, stamp.tree_size)
                 << (es ? " entradas" : " entries");
    if (stamp.verified) {
      terminal.out << (es ? ", a más tardar " : ", at the latest ") << utc(stamp.time) << ", "
                   << stamp.authority << "\n";
    } else {
      terminal.out << ", " << stamp.file << ": " << stamp.why << "\n";
    }
  }
  return 0;
}

}  // namespace

Command timestamp_command() {
  return {
      .name = "timestamp",
      .summary = {"time stamps by third parties over checkpoints",
                  "sellos de tiempo de terceros sobre puntos de control"},
      .description =
          {"Takes in time stamps (RFC 3161, .tsr; OpenTimestamps, .ots) over files of "
           "log/checkpoints, then says what all that are kept prove. To ask an authority: openssl "
           "ts -query -sha256 -cert -data log/checkpoints/N.",
           "Incorpora sellos de tiempo (RFC 3161, .tsr; OpenTimestamps, .ots) sobre archivos de "
           "log/checkpoints y dice qué prueban todos los guardados. Para pedirlo a una autoridad: "
           "openssl ts -query -sha256 -cert -data log/checkpoints/N."},
      .operands = {{"FILE", {"stamps to take in", "sellos por incorporar"}, false, true}},
      .options = {{"--ca",
                   "FILE",
                   {"certificates of authorities that are trusted, in PEM",
                    "certificados de las autoridades en que se confía, en PEM"}}},
      .run = run_timestamp};
}

}  // namespace scr::cli
