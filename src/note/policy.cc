// SPDX-License-Identifier: Apache-2.0
#include "note/policy.h"

#include <algorithm>
#include <utility>

#include "base/decimal.h"

namespace scr::note {
namespace {

constexpr std::string_view kNone = "none";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7F);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t i = 0;
  while (i < line.size()) {
    const std::size_t start = i;
    while (i < line.size() && !is_blank(line[i])) ++i;
    if (i > start) words.push_back(line.substr(start, i - start));
    while (i < line.size() && is_blank(line[i])) ++i;
  }
  return words;
}

std::optional<std::string> url_in(std::span<const std::string_view> words, std::size_t place) {
  if (words.size() <= place) return std::nullopt;
  return std::string(words[place]);
}

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorCode::bad_input, std::move(what));
}

// "all", "any" or a number from 1 to n.
Result<std::size_t> threshold(std::string_view word, std::size_t n) {
  if (word == "all") return n;
  if (word == "any") return std::size_t{1};
  const auto k = parse_decimal(word);
  if (!k || *k < 1 || *k > n) {
    return malformed("a group needs all, any, or a number from 1 to that of its members");
  }
  return static_cast<std::size_t>(*k);
}

void append_url(std::string& text, const std::optional<std::string>& url) {
  if (url) text += ' ' + *url;
  text += '\n';
}

}  // namespace

Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > kMaxBytes) return malformed("the policy is over 1 MiB");
  if (!std::all_of(text.begin(), text.end(), is_allowed)) {
    return malformed("the policy has a control character other than tab and newline");
  }
  Policy policy;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string where = "line " + std::to_string(number);
    if (end == std::string_view::npos) return at(where, Result<Policy>(malformed("no newline")));
    const auto words = words_of(text.substr(0, end));
    text.remove_prefix(end + 1);
    if (words.empty() || words[0].starts_with('#')) continue;
    SCR_TRY_VOID(at(where, policy.read_line(words)));
  }
  if (!policy.has_quorum_line_) return malformed("the policy has no quorum line");
  return policy;
}

Result<void> Policy::read_line(Words words) {
  if (words[0] == "log") return read_log(words);
  if (words[0] == "witness") return read_witness(words);
  if (words[0] == "group") return read_group(words);
  if (words[0] == "quorum") return read_quorum(words);
  return malformed("a line begins with log, witness, group, quorum or #");
}

Result<void> Policy::read_log(Words words) {
  if (words.size() < 2 || words.size() > 3) return malformed("a log line is: log VKEY [URL]");
  SCR_TRY(key, Vkey::parse(words[1]));
  if (key.type() != KeyType::ed25519) return malformed("the key of a log is of type 0x01");
  SCR_TRY_VOID(check_new_key(key));
  logs_.push_back({std::move(key), url_in(words, 2)});
  return {};
}

Result<void> Policy::read_witness(Words words) {
  if (words.size() < 3 || words.size() > 4) {
    return malformed("a witness line is: witness NAME VKEY [URL]");
  }
  SCR_TRY_VOID(check_new_name(words[1]));
  SCR_TRY(key, Vkey::parse(words[2]));
  if (key.type() != KeyType::cosignature) return malformed("the key of a witness is of type 0x04");
  SCR_TRY_VOID(check_new_key(key));
  Node node;
  node.name = words[1];
  node.witness = witnesses_.size();
  nodes_.push_back(std::move(node));
  witnesses_.push_back({std::string(words[1]), std::move(key), url_in(words, 3)});
  return {};
}

Result<void> Policy::read_group(Words words) {
  if (words.size() < 4) return malformed("a group line is: group NAME all|any|NUMBER MEMBER...");
  SCR_TRY_VOID(check_new_name(words[1]));
  const Words members = words.subspan(3);
  SCR_TRY(needed, threshold(words[2], members.size()));
  Node group;
  group.name = words[1];
  group.needed = needed;
  for (std::string_view name : members) {
    const auto member = find_node(name);
    if (!member) return malformed("no witness or group above has the name " + std::string(name));
    if (nodes_[*member].is_member) return malformed(std::string(name) + " is in a group already");
    nodes_[*member].is_member = true;
    group.members.push_back(*member);
  }
  nodes_.push_back(std::move(group));
  return {};
}

Result<void> Policy::read_quorum(Words words) {
  if (words.size() != 2) return malformed("a quorum line is: quorum NAME");
  if (has_quorum_line_) return malformed("a second quorum line");
  has_quorum_line_ = true;
  if (words[1] == kNone) return {};
  quorum_ = find_node(words[1]);
  if (!quorum_) return malformed("no witness or group above has the name " + std::string(words[1]));
  return {};
}

Result<void> Policy::check_new_name(std::string_view name) const {
  if (name == kNone) return malformed("none is not a name that can be defined");
  if (find_node(name)) return malformed("the name is defined already: " + std::string(name));
  return {};
}

// Stricter than the draft, which lets a log and a witness share a key: a key that signs two kinds
// of statement is one that can be tricked.
Result<void> Policy::check_new_key(const Vkey& key) const {
  for (const Vkey& known : keys()) {
    if (known.key() == key.key()) return malformed("the same public key twice: " + key.text());
    if (known.name() == key.name() && known.id() == key.id()) {
      return malformed("two keys with the same name and id: " + key.text());
    }
  }
  return {};
}

std::optional<std::size_t> Policy::find_node(std::string_view name) const {
  const auto found = std::find_if(nodes_.begin(), nodes_.end(),
                                  [&](const Node& node) { return node.name == name; });
  if (found == nodes_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - nodes_.begin());
}

std::string Policy::text() const {
  std::string text;
  for (const PolicyLog& log : logs_) {
    text += "log " + log.key.text();
    append_url(text, log.url);
  }
  for (const Node& node : nodes_) {
    if (node.witness) {
      const PolicyWitness& witness = witnesses_[*node.witness];
      text += "witness " + witness.name + ' ' + witness.key.text();
      append_url(text, witness.url);
      continue;
    }
    text += "group " + node.name + ' ' + std::to_string(node.needed);
    for (std::size_t member : node.members) text += ' ' + nodes_[member].name;
    text += '\n';
  }
  return text + "quorum " + (quorum_ ? nodes_[*quorum_].name : std::string(kNone)) + '\n';
}

std::vector<Vkey> Policy::keys() const {
  std::vector<Vkey> keys;
  for (const PolicyLog& log : logs_) keys.push_back(log.key);
  for (const PolicyWitness& witness : witnesses_) keys.push_back(witness.key);
  return keys;
}

Policy Policy::with_log_key(const Vkey& old, const Vkey& next) const {
  Policy changed = *this;
  for (PolicyLog& log : changed.logs_) {
    if (log.key == old) log.key = next;
  }
  return changed;
}

bool Policy::has_quorum(std::span<const std::size_t> cosigned) const {
  if (!quorum_) return true;
  std::vector<bool> has_witnessed(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (node.witness) {
      has_witnessed[i] =
          std::find(cosigned.begin(), cosigned.end(), *node.witness) != cosigned.end();
      continue;
    }
    const auto count = std::count_if(node.members.begin(), node.members.end(),
                                     [&](std::size_t member) { return has_witnessed[member]; });
    has_witnessed[i] = static_cast<std::size_t>(count) >= node.needed;
  }
  return has_witnessed[*quorum_];
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const Policy& policy) {
  const std::vector<Vkey> keys = policy.keys();
  SCR_TRY(unverified, Unverified::parse(note));
  SCR_TRY(claimed, parse_checkpoint_unverified(unverified.text()));
  SCR_TRY(opened, open_checkpoint_of(claimed.origin, note, keys));
  bool by_its_log = false;
  std::vector<std::size_t> cosigned;
  for (const VerifiedSignature& signature : opened.note.signatures()) {
    if (signature.key >= policy.logs().size()) {
      cosigned.push_back(signature.key - policy.logs().size());
    } else if (keys[signature.key].name().value() == claimed.origin) {
      by_its_log = true;
    }
  }
  if (!by_its_log) {
    return fail(ErrorCode::untrusted, "no log of the policy signed it under its own name");
  }
  if (!policy.has_quorum(cosigned)) {
    return fail(ErrorCode::untrusted, "the witnesses that cosigned it are not a quorum");
  }
  return opened;
}

}  // namespace scr::note
