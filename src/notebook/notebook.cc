// SPDX-License-Identifier: Apache-2.0
//
// State in memory runs ahead of the disk: a request is decided against what was decided last, its
// note is queued, and its answer waits until a sync that covers it has ended. If that sync fails,
// everything that waits is refused and so is all that comes after, so nothing that was decided on
// top of a lost note ever leaves.
#include "notebook/notebook.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/decimal.h"
#include "merkle/tree.h"
#include "note/checkpoint.h"
#include "notebook/journal.h"
#include "notebook/layout.h"
#include "os/files.h"
#include "os/random.h"

namespace scr::notebook {
namespace {

namespace fs = std::filesystem;

Result<note::Signer> read_signer(const Layout& layout) {
  auto text = os::read_text(layout.key());
  if (!text && text.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                "no witness lives here (no keys/witness.key); make one with: scrutineer witness "
                "init",
                layout.folder.string());
  }
  if (!text) return tl::unexpected(std::move(text).error());
  std::string_view key = *text;
  if (key.ends_with('\n')) key.remove_suffix(1);
  auto signer = at(layout.key().string(), note::Signer::parse(key));
  note::wipe(std::as_writable_bytes(std::span(text->data(), text->size())));
  if (signer && signer->vkey().type() != note::KeyType::cosignature) {
    return fail(ErrorCode::bad_input, "is not the key of a witness", layout.key().string());
  }
  return signer;
}

Result<note::Policy> read_follows(const Layout& layout) {
  SCR_TRY(text, os::read_text(layout.follows()));
  return at(layout.follows().string(), note::Policy::parse(text));
}

// Of the witness's folder; empty: none yet.
Result<std::vector<unsigned long>> segments_in(const Layout& layout) {
  SCR_TRY(names, os::files_in(layout.notes()));
  std::vector<unsigned long> numbers;
  for (const std::string& name : names) {
    const std::size_t digits = std::min(name.find_first_not_of('0'), name.size());
    const auto number = parse_decimal(std::string_view(name).substr(digits));
    if (!number || layout.segment(*number).filename() != name) {
      return fail(ErrorCode::untrusted, "is no file of a witness's notes",
                  (layout.notes() / name).string());
    }
    numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// The origin of a note that this witness kept.
Result<std::string> origin_of(std::string_view text) {
  SCR_TRY(unverified, note::Unverified::parse(text));
  SCR_TRY(claimed, note::parse_checkpoint_unverified(unverified.text()));
  return claimed.origin;
}

witness::Answer refuse(int status, const char* why) {
  return {status, "text/plain; charset=utf-8", std::string(why) + '\n', {}, {}};
}

}  // namespace

Result<note::Vkey> create_notebook(const fs::path& folder, std::string_view name, Grade grade) {
  const Layout layout{folder};
  std::error_code error;
  if (fs::exists(layout.key(), error) || fs::exists(layout.vkey(), error)) {
    return fail(ErrorCode::conflict, "a witness lives here already", folder.string());
  }
  SCR_TRY(key_name, note::KeyName::from(std::string(name) + '/' + name_of(grade)));
  SCR_TRY(seed, os::random_32_bytes());
  const note::Signer signer(std::move(key_name), note::Seed(seed), note::KeyType::cosignature);
  note::wipe(seed);
  for (const fs::path& part : {layout.key().parent_path(), layout.notes(), layout.forks()}) {
    SCR_TRY_VOID(os::make_folders(part));
  }
  fs::permissions(layout.key().parent_path(), fs::perms::owner_all, error);
  if (error) return fail(ErrorCode::io, error.message(), layout.key().parent_path().string());
  SCR_TRY_VOID(os::create_file(layout.follows(), "quorum none\n", os::kPublic));
  std::string secret = signer.private_text() + "\n";
  const auto written = os::create_file(layout.key(), secret, os::kPrivate);
  note::wipe(std::as_writable_bytes(std::span(secret.data(), secret.size())));
  SCR_TRY_VOID(written);
  SCR_TRY_VOID(os::create_file(layout.vkey(), signer.vkey().text() + "\n", os::kPublic));
  return signer.vkey();
}

Result<void> follow(const fs::path& folder, const note::Vkey& log,
                    const std::optional<std::string>& url) {
  const Layout layout{folder};
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  SCR_TRY(text, os::read_text(layout.follows()));
  SCR_TRY(policy, at(layout.follows().string(), note::Policy::parse(text)));
  for (const note::PolicyLog& known : policy.logs()) {
    if (known.key.name() != log.name()) continue;
    if (known.key == log && known.url == url) return {};
    return fail(ErrorCode::conflict,
                "is followed already, with another key or URL; if its key was changed and you are "
                "sure of it, write the new line into the file",
                layout.follows().string() + ": " + log.name().value());
  }
  text += "log " + log.text() + (url ? ' ' + *url : std::string()) + '\n';
  SCR_TRY_VOID(at("the new line", note::Policy::parse(text)));
  return os::replace_file(layout.follows(), text, os::kPublic);
}

Result<std::vector<note::PolicyLog>> followed_logs(const fs::path& folder) {
  SCR_TRY(policy, read_follows(Layout{folder}));
  return policy.logs();
}

Result<std::unique_ptr<Notebook>> Notebook::open(const fs::path& folder,
                                                 const NotebookLimits& limits) {
  const Layout layout{folder};
  SCR_TRY(signer, read_signer(layout));
  SCR_TRY(lock, os::FileLock::take(layout.lock()));
  std::unique_ptr<Notebook> notebook(
      new Notebook(folder, std::move(signer), std::move(lock), limits));
  SCR_TRY_VOID(notebook->load());
  return notebook;
}

Result<void> Notebook::load() {
  const Layout layout{folder_};
  os::sweep_temporary_files(layout.notes());
  SCR_TRY(numbers, segments_in(layout));
  std::map<std::string, std::string> latest;  // by origin
  if (!numbers.empty()) {
    segment_number_ = numbers.back();
    const fs::path file = layout.segment(segment_number_);
    SCR_TRY(bytes, os::read_text(file));
    SCR_TRY(segment, at(file.string(), read_segment(bytes)));
    // It got its name when its first batch was durable.
    if (segment.batches == 0) {
      return fail(ErrorCode::untrusted, "its beginning is damaged; take it from a copy",
                  file.string());
    }
    for (std::string_view text : segment.notes) {
      SCR_TRY(origin, at(file.string(), origin_of(text)));
      latest[std::move(origin)] = text;
    }
    SCR_TRY(journal, os::AppendFile::open(file));
    if (segment.sound < bytes.size()) SCR_TRY_VOID(journal.cut(segment.sound));
    segment_ = std::move(journal);
  }
  SCR_TRY(policy, read_follows(layout));
  const Lock lock(mutex_);
  for (const note::PolicyLog& log : policy.logs()) add_log(log);
  for (auto& [origin, text] : latest) {
    const auto place = find(origin);
    if (place) SCR_TRY_VOID(take_up(*place, text));
    if (!place) others_.push_back(std::move(text));
  }
  if (!segment_) SCR_TRY_VOID(begin_segment({}));
  return {};
}

// Several keys of one origin are older and newer keys of one log.
void Notebook::add_log(const note::PolicyLog& log) {
  const auto known = find(log.key.name().value());
  if (known) {
    logs_[*known].keys.push_back(log.key);
    return;
  }
  logs_.push_back({log.key.name().value(), {log.key}, 0, merkle::empty_root(), {}});
  kept_.emplace_back();
}

// The state that a note of before stands for.
Result<void> Notebook::take_up(std::size_t place, const std::string& text) {
  witness::FollowedLog& log = logs_[place];
  std::vector<note::Vkey> keys = log.keys;
  keys.push_back(vkey());
  SCR_TRY(opened, at(log.origin + ": the note that was cosigned last",
                     note::open_checkpoint_of(log.origin, text, keys)));
  log.size = opened.checkpoint.tree_size;
  log.root = opened.checkpoint.root;
  log.note = text;
  kept_[place].durable = text;
  for (const note::VerifiedSignature& signature : opened.note.signatures()) {
    if (!signature.time) continue;
    kept_[place].time = *signature.time;
    kept_[place].line = opened.note.line(signature).text();
  }
  return {};
}

// Durable, with its name, before anything is appended to it.
Result<void> Notebook::begin_segment(const std::vector<std::string>& latest) {
  const fs::path file = Layout{folder_}.segment(segment_number_ + 1);
  SCR_TRY_VOID(os::create_file(file, std::string(kSegmentHead) + batch_of(latest), os::kPublic));
  SCR_TRY(journal, os::AppendFile::open(file));
  segment_ = std::move(journal);
  ++segment_number_;
  return {};
}

std::optional<std::size_t> Notebook::find(std::string_view origin) {
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    if (logs_[i].origin == origin) return i;
  }
  return std::nullopt;
}

bool Notebook::is_same_again(std::size_t place, const witness::Advance& advance,
                             std::uint64_t now) {
  const witness::FollowedLog& log = logs_[place];
  return advance.size == log.size && !kept_[place].line.empty() && now >= kept_[place].time &&
         now - kept_[place].time < limits_.same_again;
}

std::uint64_t Notebook::enter(std::size_t place, const witness::Advance& advance,
                              const std::string& line, std::uint64_t now) {
  witness::FollowedLog& log = logs_[place];
  log.size = advance.size;
  log.root = advance.root;
  log.note = advance.note;
  kept_[place].line = line;
  kept_[place].time = now;
  waiting_.push_back(advance.note);
  return ++entered_;
}

void Notebook::keep_fork(std::size_t place, const witness::ForkEvidence& evidence) {
  if (kept_[place].forks >= limits_.forks_of_a_log) return;
  ++kept_[place].forks;
  const std::string text = evidence.text();
  const fs::path file = Layout{folder_}.forks() / (sha256(bytes_of(text)).hex() + ".fork");
  // The refusal stands without the file, and the same evidence may be there already.
  (void)os::create_file(file, text, os::kPublic);
}

witness::Answer Notebook::answer(std::string_view body, std::uint64_t now) {
  std::uint64_t ticket = 0;
  witness::Answer answer;
  {
    const Lock lock(mutex_);
    if (failed_) return refuse(500, "the disk of this witness failed; it signs nothing");
    answer = witness::answer_add_checkpoint(body, logs_, signer_, now);
    if (answer.fork) {
      const auto place = find(origin_of(answer.fork->larger).value_or(std::string()));
      if (place) keep_fork(*place, *answer.fork);
    }
    if (!answer.advance) return answer;
    const std::size_t place = *find(answer.advance->origin);
    if (is_same_again(place, *answer.advance, now)) {
      // What it got may not be durable yet: wait for that too.
      answer.body = kept_[place].line;
      answer.advance->note = logs_[place].note;
      ticket = entered_;
    } else {
      ticket = enter(place, *answer.advance, answer.body, now);
    }
  }
  if (wait_until_durable(ticket)) return answer;
  return refuse(500, "the disk of this witness failed; it signs nothing");
}

bool Notebook::wait_until_durable(std::uint64_t ticket) {
  mutex_.lock();
  while (durable_ < ticket && !failed_) {
    if (writing_) {
      durable_changed_.wait(mutex_);
      continue;
    }
    writing_ = true;
    const std::vector<std::string> batch = std::exchange(waiting_, {});
    const std::uint64_t up_to = entered_;
    std::vector<std::string> latest = others_;
    for (const witness::FollowedLog& log : logs_) {
      if (!log.note.empty()) latest.push_back(log.note);
    }
    mutex_.unlock();
    const bool written = write_batch(batch, latest);
    mutex_.lock();
    writing_ = false;
    failed_ = failed_ || !written;
    if (written) {
      durable_ = up_to;
      for (const std::string& text : latest) {
        const auto place = find(text.substr(0, text.find('\n')));
        if (place) kept_[*place].durable = text;
      }
    }
    durable_changed_.notify_all();
  }
  const bool done = !failed_;
  mutex_.unlock();
  return done;
}

bool Notebook::write_batch(const std::vector<std::string>& notes,
                           const std::vector<std::string>& latest) {
  if (!segment_->append(batch_of(notes))) return false;
  if (segment_->size() < limits_.segment) return true;
  return begin_segment(latest).has_value();
}

std::optional<std::string> Notebook::latest(const Digest& origin_hash) {
  const Lock lock(mutex_);
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    if (kept_[i].durable.empty() || sha256(bytes_of(logs_[i].origin)) != origin_hash) continue;
    return kept_[i].durable;
  }
  return std::nullopt;
}

std::optional<witness::FollowedLog> Notebook::known(std::string_view origin) {
  const Lock lock(mutex_);
  const auto place = find(origin);
  if (!place) return std::nullopt;
  return logs_[*place];
}

}  // namespace scr::notebook
