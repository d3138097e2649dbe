// SPDX-License-Identifier: Apache-2.0
#include "steps/verify.h"

#include <utility>

#include "derive/conclusions.h"
#include "election/definition.h"
#include "note/key.h"
#include "note/policy.h"
#include "os/files.h"
#include "receive/unpack_again.h"
#include "steps/bundle_source.h"
#include "steps/derived_files.h"
#include "steps/read_pictures.h"
#include "steps/readings_done.h"
#include "steps/redact_workers.h"
#include "steps/result.h"
#include "verify/verify.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

Result<note::Vkey> parse_key(std::string text, const char* where) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return at(where, note::Vkey::parse(text));
}

// The log of the policy that the bundle's checkpoint names.
Result<note::Vkey> key_of_policy(const note::Policy& policy, const verify::Bundle& bundle) {
  const auto text = bundle.read("log/checkpoint");
  const std::string origin = text ? text->substr(0, text->find('\n')) : std::string();
  for (const note::PolicyLog& log : policy.logs()) {
    if (log.key.name().value() == origin || policy.logs().size() == 1) return log.key;
  }
  return fail(ErrorCode::not_found, "names several logs, and none of them is that of the bundle",
              "--policy");
}

// The key that is trusted: given as it is, or in a file; else the policy's; else the one in the
// bundle.
Result<note::Vkey> trusted_key(const VerifyRequest& request, const verify::Bundle& bundle,
                               const std::optional<note::Policy>& policy) {
  if (!request.key && policy) return key_of_policy(*policy, bundle);
  if (!request.key) {
    SCR_TRY(text, bundle.read("log/log.vkey"));
    return parse_key(std::move(text), "log/log.vkey");
  }
  if (request.key->find('+') != std::string::npos) return parse_key(*request.key, "--key");
  SCR_TRY(text, os::read_text(*request.key));
  return parse_key(std::move(text), "--key");
}

Result<verify::Trust> trust_of(const VerifyRequest& request, const verify::Bundle& bundle) {
  std::optional<note::Policy> policy;
  if (request.policy) {
    SCR_TRY(text, os::read_text(*request.policy));
    SCR_TRY(parsed, at(request.policy->string(), note::Policy::parse(text)));
    policy = std::move(parsed);
  }
  SCR_TRY(key, trusted_key(request, bundle, policy));
  verify::Trust trust{std::move(key), request.key || request.policy, std::move(policy)};
  if (request.known) {
    SCR_TRY(known, os::read_text(*request.known));
    trust.known = std::move(known);
  }
  return trust;
}

// A file that this log never signed says nothing of the bundle, so it must not accuse it.
Result<verify::Report> unless_known_is_foreign(const VerifyRequest& request,
                                               verify::Report report) {
  if (!report.known_is_foreign) return report;
  return fail(ErrorCode::bad_input,
              "is no checkpoint signed with a key of this log, so nothing can be held against it; "
              "name the log/checkpoint that you kept, or leave out --known",
              request.known->string());
}

// Containers are opened where they lie as files: no bundle that was published holds any.
Result<void> unpack_again(const fs::path& bundle, const std::string& path,
                          const std::function<void(const verify::AgainPart&)>& tell) {
  std::error_code ignored;
  if (!fs::is_directory(bundle, ignored)) {
    return fail(ErrorCode::unsupported,
                "a container within a tar is not opened; unpack the tar and verify the folder");
  }
  SCR_TRY_VOID(receive::unpack_again(bundle / path, [&](const receive::AgainPart& part) {
    tell({.number = part.number,
          .how = static_cast<entry::TakenHow>(part.how),  // the same names in the same order
          .sha256 = part.refused ? std::nullopt : std::optional(part.sha256)});
  }));
  return {};
}

}  // namespace

Result<verify::Report> verify(const VerifyRequest& request) {
  SCR_TRY(bundle, bundle_at(request.path));
  SCR_TRY(trust, trust_of(request, bundle));
  // Before level 1 makes threads. Where no process can be confined, that is a problem only if there
  // are pictures to be read.
  std::optional<election::Definition> definition;
  if (const auto toml = bundle.read("election.toml")) {
    if (auto parsed = election::parse_definition(*toml)) definition = std::move(*parsed);
  }
  auto readers = start_readers(definition);
  auto checkers = RedactWorkers::start(std::nullopt);
  verify::Means means{.result_of = result_bytes,
                      .derived_of = derived_files,
                      .read_again = nullptr,
                      .unpack_again = nullptr,
                      .check_redacted = check_redacted_in(checkers),
                      .tell = request.tell};
  means.read_again =
      [&](std::size_t count, const std::function<Result<std::string>(std::size_t)>& picture,
          const std::function<void(std::size_t, reading::ReadSheet)>& answer) -> Result<void> {
    if (!readers) return tl::unexpected(readers.error());
    return read_pictures(*readers, count, picture, answer);
  };
  means.unpack_again = [&](const std::string& path,
                           const std::function<void(const verify::AgainPart&)>& tell) {
    return unpack_again(request.path, path, tell);
  };
  verify::Readings readings{.sample = request.sample};
  if (!request.resume)
    return unless_known_is_foreign(request, verify::verify(bundle, trust, means, readings));
  SCR_TRY(done, at("--resume", ReadingsDone::open(*request.resume)));
  readings.was_done = [&](const Digest& reading) { return done.holds(reading); };
  readings.now_done = [&](const Digest& reading) { done.add(reading); };
  verify::Report report = verify::verify(bundle, trust, means, readings);
  SCR_TRY_VOID(at("--resume", done.finish()));
  return unless_known_is_foreign(request, std::move(report));
}

}  // namespace scr::steps
