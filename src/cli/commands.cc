// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

namespace scr::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      init_command(),
      add_command(),
      read_command(),
      import_command(),
      claim_command(),
      status_command(),
      tally_command(),
      findings_command(),
      compare_command(),
      judge_command(),
      audit_command(),
      quick_count_command(),
      forensics_command(),
      redact_command(),
      withhold_command(),
      key_command(),
      seal_command(),
      publish_command(),
      verify_command(),
      cosign_command(),
      witness_command(),
      mirror_command(),
      compare_logs_command(),
      fingerprint_command(),
      timestamp_command(),
      proof_command(),
      receipt_command(),
      verify_receipt_command(),
      verify_original_command(),
      show_command(),
      reindex_command(),
      fsck_command(),
      help_command(),
  };
  return all;
}

std::optional<std::string> Arguments::value(const std::string& name) const {
  const auto found = values.find(name);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

int exit_code(const Error& error) {
  return static_cast<int>(error.code == ErrorCode::io ? Exit::environment : Exit::input);
}

}  // namespace scr::cli
