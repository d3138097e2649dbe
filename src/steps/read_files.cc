// SPDX-License-Identifier: Apache-2.0
#include "steps/read_files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

#include "os/clock.h"
#include "picture/decode.h"
#include "steps/picture_files.h"
#include "steps/read_pictures.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

double decoding_of(ByteView file) {
  const double begin = os::processor_milliseconds();
  const bool decodes = picture::decode_gray(file).has_value();
  return decodes ? os::processor_milliseconds() - begin : 0;
}

// "12.3456 5.4321 {...}" and behind a line's end what was cut out: what a worker answers. What is
// written there has no line's end of its own (canonical JSON).
std::string timed(const reading::SheetReader& reader, ByteView file, Timing timing,
                  Cutting cutting) {
  const double begin = os::processor_milliseconds();
  const reading::ReadSheet read = reader.read(file);
  const std::string answer = reading::to_text(read);
  const double whole = os::processor_milliseconds() - begin;
  char times[64];
  std::snprintf(times, sizeof times, "%.4f %.4f ", whole,
                timing == Timing::reading_and_decoding ? decoding_of(file) : 0);
  std::string all = times + answer;
  if (cutting == Cutting::rows && read.form)
    all += "\n" + reading::to_bytes(reading::cut_rows(file, *read.form));
  return all;
}

FileReading untimed(const fs::path& file, const os::WorkerAnswer& answer) {
  FileReading reading{file, {}, {}, 0, 0};
  if (!answer.bytes) {
    reading.read = unread_by(answer);
    return reading;
  }
  const std::size_t end = std::min(answer.bytes->find('\n'), answer.bytes->size());
  const std::string text = answer.bytes->substr(0, end);
  char* rest = nullptr;
  reading.milliseconds = std::strtod(text.c_str(), &rest);
  reading.decoding = std::strtod(rest, &rest);
  reading.read = reading_in(std::string_view(*rest == ' ' ? rest + 1 : rest));
  if (!reading.read.form || end == answer.bytes->size()) return reading;
  auto crops = reading::crops_from_bytes(std::string_view(*answer.bytes).substr(end + 1),
                                         *reading.read.form);
  if (crops) {
    reading.crops = std::move(*crops);
  } else {
    reading.read = {std::nullopt, "killed-reader", {}};
  }
  return reading;
}

}  // namespace

Result<void> read_files(const std::vector<fs::path>& paths, const election::Definition& definition,
                        Timing timing, Cutting cutting,
                        const std::function<void(const FileReading&)>& heard) {
  const reading::SheetReader reader(definition, true);
  SCR_TRY(readers, os::Workers::start(0,
                                      [&](std::string_view file) {
                                        return timed(reader, bytes_of(file), timing, cutting);
                                      },
                                      {}));
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
