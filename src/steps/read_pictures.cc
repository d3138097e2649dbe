// SPDX-License-Identifier: Apache-2.0
#include "steps/read_pictures.h"

#include <utility>

namespace scr::steps {
namespace {

reading::ReadSheet as_reading(const os::WorkerAnswer& answer) {
  if (answer.bytes) {
    auto read = reading::read_sheet_from_text(*answer.bytes);
    return read ? std::move(*read) : reading::ReadSheet{std::nullopt, "killed-reader"};
  }
  switch (answer.end) {
    case os::WorkerEnd::out_of_memory:
      return {std::nullopt, "out-of-memory"};
    case os::WorkerEnd::out_of_time:
      return {std::nullopt, "out-of-time"};
    case os::WorkerEnd::forbidden_call:
      return {std::nullopt, "forbidden-call"};
    case os::WorkerEnd::died:
      break;
  }
  return {std::nullopt, "killed-reader"};
}

}  // namespace

Result<os::Workers> start_readers() {
  return os::Workers::start(
      0,
      [](std::string_view file) { return reading::to_text(reading::read_sheet(bytes_of(file))); },
      {});
}

Result<void> read_pictures(os::Workers& readers, std::size_t count,
                           const std::function<Result<std::string>(std::size_t)>& picture,
                           const std::function<void(std::size_t, reading::ReadSheet)>& answer) {
  return readers.run(count, picture, [&](std::size_t i, const os::WorkerAnswer& got) {
    answer(i, as_reading(got));
  });
}

}  // namespace scr::steps
