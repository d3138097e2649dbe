// SPDX-License-Identifier: Apache-2.0
//
// The first byte of a request says whose it is.
#include "steps/redact_workers.h"

#include <memory>
#include <utility>

#include "steps/read_pictures.h"

namespace scr::steps {
namespace {

constexpr char kFind = 'P';  // what follows is a picture
constexpr char kRead = 'R';  // the same
// Requests of redact/work.h begin with a digit of hex.

struct Sheets {
  election::Definition definition;
  reading::SheetReader reader;
};

std::string answer_to(std::string_view request, const Sheets* sheets) {
  if (request.empty() || (request.front() != kFind && request.front() != kRead))
    return redact::answer(request);
  const ByteView picture = bytes_of(request.substr(1));
  if (request.front() == kRead)
    return reading::to_text(sheets ? sheets->reader.read(picture)
                                   : reading::SheetReader().read(picture));
  return privacy::to_text(sheets ? privacy::parts_of(picture, sheets->definition)
                                 : privacy::SheetParts());
}

}  // namespace

Result<RedactWorkers> RedactWorkers::start(const std::optional<election::Definition>& definition) {
  std::shared_ptr<const Sheets> sheets;
  if (definition)
    sheets = std::make_shared<const Sheets>(Sheets{*definition, reading::SheetReader(*definition)});
  SCR_TRY(
      workers,
      os::Workers::start(
          0, [sheets](std::string_view request) { return answer_to(request, sheets.get()); }, {}));
  return RedactWorkers(std::move(workers));
}

Result<std::string> RedactWorkers::ask(const std::string& request) {
  Result<std::string> said = fail(ErrorCode::bad_input, "the picture was not opened");
  SCR_TRY_VOID(workers_.run(
      1, [&](std::size_t) -> Result<std::string> { return request; },
      [&](std::size_t, const os::WorkerAnswer& answer) {
        if (answer.bytes) {
          said = *answer.bytes;
        } else {
          said = fail(ErrorCode::bad_input, "the process that opened the picture " + answer.why);
        }
      }));
  return said;
}

Result<privacy::SheetParts> RedactWorkers::parts_of(std::string_view picture) {
  SCR_TRY(said, ask(kFind + std::string(picture)));
  return privacy::parts_from_text(said);
}

Result<reading::ReadSheet> RedactWorkers::read(std::string_view picture) {
  SCR_TRY(said, ask(kRead + std::string(picture)));
  return reading::read_sheet_from_text(said);
}

std::function<Result<void>(std::size_t, const std::function<Result<std::string>(std::size_t)>&,
                           const std::function<void(std::size_t, Result<redact::Grid>)>&)>
check_redacted_in(Result<RedactWorkers>& workers) {
  return [&workers](
             std::size_t count, const std::function<Result<std::string>(std::size_t)>& request,
             const std::function<void(std::size_t, Result<redact::Grid>)>& answer) -> Result<void> {
    if (!workers) return tl::unexpected(workers.error());
    return workers->many().run(count, request, [&](std::size_t i, const os::WorkerAnswer& got) {
      if (got.bytes) return answer(i, redact::check_in(*got.bytes));
      answer(i, fail(ErrorCode::bad_input, "the process that opened the picture " + got.why));
    });
  };
}

}  // namespace scr::steps
