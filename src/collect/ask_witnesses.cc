// SPDX-License-Identifier: Apache-2.0
#include "collect/ask_witnesses.h"

#include <functional>
#include <thread>
#include <utility>

#include "base/decimal.h"
#include "note/cosignature.h"
#include "witness/add_checkpoint.h"

namespace scr::collect {
namespace {

// A witness that another copy of this log advances meanwhile answers 409 more than once.
constexpr int kTries = 3;
constexpr std::size_t kMostOfAnAnswer = std::size_t{1} << 20;

std::string monitor_path(const note::Checkpoint& checkpoint) {
  return sha256(bytes_of(checkpoint.origin)).hex() + "/checkpoint";
}

struct Remembered {
  std::string note;
  note::Checkpoint checkpoint;
};

// What the witness shows monitors, if this log signed it.
Result<std::optional<Remembered>> remembered(http::Client& client, const std::string& url,
                                             const Offer& offer) {
  SCR_TRY(reply, client.get(http::join_url(url, monitor_path(offer.checkpoint))));
  if (reply.status != 200) return std::optional<Remembered>();
  auto opened = note::open_checkpoint_of(offer.checkpoint.origin, reply.body, offer.log_keys);
  if (!opened) return std::optional<Remembered>();
  return std::optional(Remembered{std::move(reply.body), std::move(opened->checkpoint)});
}

// Why `known` cannot be a beginning of what is offered; nothing if it is.
Result<std::optional<std::string>> contradiction(const note::Checkpoint& known,
                                                 const Offer& offer) {
  if (known.tree_size > offer.checkpoint.tree_size) {
    return std::optional("it has a checkpoint of " + std::to_string(known.tree_size) +
                         " entries signed with the key of this log, and here are " +
                         std::to_string(offer.checkpoint.tree_size));
  }
  SCR_TRY(root, offer.root_at(known.tree_size));
  if (root == known.root) return std::optional<std::string>();
  return std::optional("it has a checkpoint of " + std::to_string(known.tree_size) +
                       " entries signed with the key of this log, and they are others than here");
}

WitnessReply knows_more(WitnessReply reply, http::Client& client, const std::string& url,
                        const Offer& offer, std::string why) {
  reply.outcome = Outcome::knows_more;
  reply.why = std::move(why);
  const auto known = remembered(client, url, offer);
  if (known && *known) reply.evidence = (*known)->note;
  return reply;
}

WitnessReply refused(WitnessReply reply, std::string why) {
  reply.outcome = Outcome::refused;
  reply.why = std::move(why);
  return reply;
}

// The first line that the witness's key made over the checkpoint.
std::string verified_line(const std::string& body, const Offer& offer, const note::Vkey& key) {
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = std::min(body.find('\n', begin), body.size());
    const auto line = note::SignatureLine::parse(std::string_view(body).substr(begin, end - begin));
    begin = end + 1;
    if (!line || !line->is_by(key)) continue;
    const auto cosignature = note::Cosignature::from_payload(line->payload);
    if (cosignature && cosignature->verifies(offer.checkpoint.text(), key)) return line->text();
  }
  return {};
}

// A text for people out of what a stranger sent: one line, not long, nothing that moves a cursor.
std::string in_short(std::string_view body) {
  std::string text;
  for (const char c : body.substr(0, 120)) {
    if (c == '\n') break;
    text += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return text;
}

WitnessReply ask_one(http::Client& client, const note::PolicyWitness& witness, const Offer& offer) {
  WitnessReply reply{.name = witness.name};
  if (!witness.url) {
    reply.why = "the policy has no URL for it";
    return reply;
  }
  std::uint64_t old_size = std::min(offer.cosigned_size, offer.checkpoint.tree_size);
  for (int i = 0; i < kTries; ++i) {
    const auto proof = offer.proof_from(old_size);
    if (!proof) return refused(std::move(reply), to_string(proof.error()));
    const witness::AddCheckpoint request{old_size, *proof,
                                         note::Unverified::parse(offer.note).value()};
    const auto answer = client.post(http::join_url(*witness.url, "add-checkpoint"), request.text());
    if (!answer) {
      reply.why = to_string(answer.error());
      return reply;
    }
    if (answer->status == 200) {
      reply.line = verified_line(answer->body, offer, witness.key);
      if (reply.line.empty()) return refused(std::move(reply), "its cosignature does not verify");
      reply.outcome = Outcome::cosigned;
      return reply;
    }
    std::string_view size = answer->body;
    if (size.ends_with('\n')) size.remove_suffix(1);
    const auto stored = answer->status == 409 ? parse_decimal(size) : std::nullopt;
    if (!stored) {
      const std::string said = std::to_string(answer->status) + " " + in_short(answer->body);
      const auto known = remembered(client, *witness.url, offer);
      if (known && *known) {
        // A witness that pulls answers no request, and shows its cosignature all the same.
        reply.line = verified_line((*known)->note, offer, witness.key);
        if (!reply.line.empty()) {
          reply.outcome = Outcome::cosigned;
          return reply;
        }
        const auto why = contradiction((*known)->checkpoint, offer);
        if (why && *why) return knows_more(std::move(reply), client, *witness.url, offer, **why);
      }
      return refused(std::move(reply), "it answered " + said);
    }
    if (*stored > offer.checkpoint.tree_size) {
      return knows_more(std::move(reply), client, *witness.url, offer,
                        "it has cosigned " + std::to_string(*stored) + " entries, and here are " +
                            std::to_string(offer.checkpoint.tree_size));
    }
    old_size = *stored;
  }
  return refused(std::move(reply), "it changes while it is asked");
}

// Each witness in a thread of its own: a dozen, and they wait for a network.
void for_each_witness(const note::Policy& policy, const AskOptions& options,
                      const std::function<void(std::size_t, http::Client&)>& ask) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < policy.witnesses().size(); ++i) {
    threads.emplace_back([&, i] {
      http::Client client(
          {.timeout = options.timeout, .most = kMostOfAnAnswer, .proxy = options.proxy});
      ask(i, client);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::cosigned:
      return "cosigned";
    case Outcome::knows_more:
      return "knows-more";
    case Outcome::refused:
      return "refused";
    case Outcome::silent:
      return "silent";
  }
  return "";
}

std::vector<WitnessReply> ask_all(const note::Policy& policy, const Offer& offer,
                                  const AskOptions& options) {
  std::vector<WitnessReply> replies(policy.witnesses().size());
  for_each_witness(policy, options, [&](std::size_t i, http::Client& client) {
    replies[i] = ask_one(client, policy.witnesses()[i], offer);
  });
  return replies;
}

Result<void> check_not_set_back(const note::Policy& policy, const Offer& offer,
                                const AskOptions& options) {
  std::vector<std::optional<std::string>> why(policy.witnesses().size());
  for_each_witness(policy, options, [&](std::size_t i, http::Client& client) {
    const note::PolicyWitness& witness = policy.witnesses()[i];
    if (!witness.url) return;
    const auto known = remembered(client, *witness.url, offer);
    if (!known || !*known) return;
    auto contradicts = contradiction((*known)->checkpoint, offer);
    if (contradicts) why[i] = std::move(*contradicts);
  });
  for (std::size_t i = 0; i < why.size(); ++i) {
    if (!why[i]) continue;
    return fail(ErrorCode::untrusted,
                "the witness knows more than this folder: " + *why[i] +
                    ". The folder was set back to an older copy, or the key is used elsewhere; "
                    "nothing was signed, for that would make two histories",
                policy.witnesses()[i].name);
  }
  return {};
}

}  // namespace scr::collect
