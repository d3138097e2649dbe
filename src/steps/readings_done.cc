// SPDX-License-Identifier: Apache-2.0
#include "steps/readings_done.h"

#include <optional>
#include <string_view>
#include <utility>

#include "steps/program.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

std::string first_line() {
  return std::string("readings found sound by ") + kProgram + "\n";
}

// The lines of a file that was begun before; nothing if there is none.
Result<std::optional<std::set<Digest>>> read_done(const fs::path& file) {
  const auto text = os::read_text(file);
  if (!text && text.error().code == ErrorCode::not_found) return std::optional<std::set<Digest>>();
  if (!text) return tl::unexpected(text.error());
  std::string_view rest = *text;
  if (!rest.starts_with("readings found sound by "))
    return fail(ErrorCode::bad_input, "is no file of readings; name another", file.string());
  if (!rest.starts_with(first_line())) {
    return fail(ErrorCode::conflict,
                "was written by another version of this program, which may read otherwise; begin a "
                "new one",
                file.string());
  }
  rest.remove_prefix(first_line().size());
  std::set<Digest> done;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const auto digest = Digest::from_hex_text(rest.substr(0, end));
    if (!digest) return fail(ErrorCode::bad_input, "is damaged; begin a new one", file.string());
    done.insert(*digest);
    rest.remove_prefix(end + 1);
  }
  return std::optional(std::move(done));
}

}  // namespace

Result<ReadingsDone> ReadingsDone::open(const fs::path& file) {
  SCR_TRY(before, read_done(file));
  std::set<Digest> done = std::move(before).value_or(std::set<Digest>());
  // Written anew as a whole first, so that what was cut off is gone and what is added comes behind.
  std::string text = first_line();
  for (const Digest& digest : done) text += digest.hex() + "\n";
  SCR_TRY_VOID(os::replace_file(file, text, os::kPublic));
  SCR_TRY(out, os::SequentialFile::append_to(file));
  return ReadingsDone(std::move(done), std::move(out));
}

void ReadingsDone::add(const Digest& reading) {
  if (!trouble_ || !done_.insert(reading).second) return;
  trouble_ = file_.write(reading.hex() + "\n");
}

Result<void> ReadingsDone::finish() {
  if (!trouble_) return trouble_;
  return file_.sync_and_close();
}

}  // namespace scr::steps
