// SPDX-License-Identifier: Apache-2.0
#include "steps/read_pictures.h"

#include <memory>
#include <utility>

namespace scr::steps {

reading::ReadSheet reading_in(std::string_view text) {
  auto read = reading::read_sheet_from_text(text);
  return read ? std::move(*read) : reading::ReadSheet{std::nullopt, "killed-reader", {}, {}};
}

reading::ReadSheet unread_by(const os::WorkerAnswer& answer) {
  switch (answer.end) {
    case os::WorkerEnd::out_of_memory:
      return {std::nullopt, "out-of-memory", {}, {}};
    case os::WorkerEnd::out_of_time:
      return {std::nullopt, "out-of-time", {}, {}};
    case os::WorkerEnd::forbidden_call:
      return {std::nullopt, "forbidden-call", {}, {}};
    case os::WorkerEnd::died:
      break;
  }
  return {std::nullopt, "killed-reader", {}, {}};
}

Result<os::Workers> start_readers(const std::optional<election::Definition>& definition) {
  const auto reader = std::make_shared<const reading::SheetReader>(
      definition ? reading::SheetReader(*definition) : reading::SheetReader());
  return os::Workers::start(
      0, [reader](std::string_view file) { return reading::to_text(reader->read(bytes_of(file))); },
      {});
}

Result<void> read_pictures(os::Workers& readers, std::size_t count,
                           const std::function<Result<std::string>(std::size_t)>& picture,
                           const std::function<void(std::size_t, reading::ReadSheet)>& answer) {
  return readers.run(count, picture, [&](std::size_t i, const os::WorkerAnswer& got) {
    answer(i, got.bytes ? reading_in(*got.bytes) : unread_by(got));
  });
}

}  // namespace scr::steps
