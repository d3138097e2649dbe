// SPDX-License-Identifier: Apache-2.0
#include "steps/read_files.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

#include "picture/decode.h"
#include "steps/picture_files.h"
#include "steps/read_pictures.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// "12.3456 5.4321 {...}": what a worker answers.
std::string timed(const reading::SheetReader& reader, ByteView file) {
  const auto begin = Clock::now();
  const std::string answer = reading::to_text(reader.read(file));
  const double whole = milliseconds_since(begin);
  const auto again = Clock::now();
  const bool decodes = picture::decode_gray(file).has_value();
  const double decoding = decodes ? milliseconds_since(again) : 0;
  char times[64];
  std::snprintf(times, sizeof times, "%.4f %.4f ", whole, decoding);
  return times + answer;
}

FileReading untimed(const fs::path& file, const os::WorkerAnswer& answer) {
  FileReading reading{file, {}, 0, 0};
  if (!answer.bytes) {
    reading.read = unread_by(answer);
    return reading;
  }
  char* rest = nullptr;
  reading.milliseconds = std::strtod(answer.bytes->c_str(), &rest);
  reading.decoding = std::strtod(rest, &rest);
  reading.read = reading_in(std::string_view(*rest == ' ' ? rest + 1 : rest));
  return reading;
}

}  // namespace

Result<void> read_files(const std::vector<fs::path>& paths, const election::Definition& definition,
                        const std::function<void(const FileReading&)>& heard) {
  const reading::SheetReader reader(definition);
  SCR_TRY(readers,
          os::Workers::start(
              0, [&](std::string_view file) { return timed(reader, bytes_of(file)); }, {}));
  SCR_TRY(files, files_of(paths));
  std::map<std::size_t, FileReading> waiting;
  std::size_t next = 0;
  return readers.run(
      files.size(), [&](std::size_t i) { return bytes_of_picture(files[i]); },
      [&](std::size_t i, const os::WorkerAnswer& answer) {
        waiting.emplace(i, untimed(files[i], answer));
        while (!waiting.empty() && waiting.begin()->first == next) {
          heard(waiting.begin()->second);
          waiting.erase(waiting.begin());
          ++next;
        }
      });
}

}  // namespace scr::steps
