// SPDX-License-Identifier: Apache-2.0
//
// Whom to believe: the logs, the witnesses, and which sets of witnesses suffice (C2SP tlog-policy).
//
//   SCR_TRY(policy, Policy::parse(text));
//   SCR_TRY(opened, open_checkpoint(note, policy));   // signed by a log, cosigned by a quorum
//
// Whether a quorum is *safe* against dishonest witnesses is witness/quorum.h. Grammar and odd
// cases: docs/formats/checkpoint.md, "Policy". Pure; any thread.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "note/checkpoint.h"
#include "note/key.h"

namespace scr::note {

struct PolicyLog {
  Vkey key;  // type ed25519; its name is the log's origin
  std::optional<std::string> url;
  friend bool operator==(const PolicyLog&, const PolicyLog&) = default;
};

struct PolicyWitness {
  std::string name;  // opaque bytes; means something only inside the policy
  Vkey key;          // type cosignature
  std::optional<std::string> url;
  friend bool operator==(const PolicyWitness&, const PolicyWitness&) = default;
};

class Policy {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

  // Fails with bad_input (or unsupported: a key of another type); `where` is the line.
  static Result<Policy> parse(std::string_view text);

  // The same policy without comments and in one spelling: parse(text()) gives an equal one, and
  // its text is again this.
  std::string text() const;

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  // Of the logs, then of the witnesses. All different.
  std::vector<Vkey> keys() const;

  // The same with `next` in place of a log's key; unchanged if no log has that key.
  Policy with_log_key(const Vkey& old, const Vkey& next) const;

  // `cosigned`: places in witnesses(), in any order, repetitions allowed.
  bool has_quorum(std::span<const std::size_t> cosigned) const;

  friend bool operator==(const Policy&, const Policy&) = default;

 private:
  // A name that a group or the quorum can refer to. Its members come before it in `nodes_`, so
  // there are no circles and no recursion.
  struct Node {
    std::string name;
    std::optional<std::size_t> witness;  // place in witnesses_, or it is a group:
    std::size_t needed = 0;              // 1..members.size()
    std::vector<std::size_t> members;    // places in nodes_
    bool is_member = false;              // of some group: allowed once
    friend bool operator==(const Node&, const Node&) = default;
  };
  using Words = std::span<const std::string_view>;

  Result<void> read_line(Words words);
  Result<void> read_log(Words words);
  Result<void> read_witness(Words words);
  Result<void> read_group(Words words);
  Result<void> read_quorum(Words words);
  Result<void> check_new_name(std::string_view name) const;
  Result<void> check_new_key(const Vkey& key) const;
  std::optional<std::size_t> find_node(std::string_view name) const;

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Node> nodes_;
  std::optional<std::size_t> quorum_;  // nothing: "none"
  bool has_quorum_line_ = false;
};

// A checkpoint that `policy` believes: signed by one of its logs under that log's name, cosigned by
// a quorum. The keys that VerifiedSignature::key counts are policy.keys().
//
// Fails as open_checkpoint_of() does; untrusted also if there is no quorum.
Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const Policy& policy);

}  // namespace scr::note
