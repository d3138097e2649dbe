// SPDX-License-Identifier: Apache-2.0
//
// How many add-checkpoints a second does a witness answer, each durable before its answer leaves?
//
//   witness_bench FOLDER CLIENTS SECONDS
//
// FOLDER: on the disk that is asked about; everything lies in it, and is removed. Each client is a
// log of its own that grows by an entry a request, over HTTP on this machine, with a connection
// that stays open. Prints one line of JSON: answers a second, syncs of the disk a second for
// comparison (one thread, the same bytes each), and the largest memory of the witness, which is
// run as the program that users run, given as the fourth word.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "http/client.h"
#include "merkle/proof.h"
#include "note/checkpoint.h"
#include "notebook/notebook.h"
#include "os/append_file.h"
#include "os/files.h"
#include "witness/add_checkpoint.h"

namespace {

using namespace scr;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

note::Signer signer_of(int log) {
  const std::string origin = "bench.example/" + std::to_string(log);
  return note::Signer(note::KeyName::from(origin).value(),
                      note::Seed(sha256(bytes_of(origin)).bytes));
}

// Requests that take a log from each size to the next, made beforehand: it is the witness that is
// measured.
std::vector<std::string> requests_of(int log, std::uint64_t count) {
  const note::Signer signer = signer_of(log);
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i <= count; ++i)
    leaves.push_back(merkle::leaf_hash(bytes_of(std::to_string(i))));
  std::vector<std::string> requests;
  for (std::uint64_t size = 1; size <= count; ++size) {
    const note::Checkpoint checkpoint{signer.vkey().name().value(), size,
                                      merkle::root_of(std::span(leaves).first(size))};
    merkle::Proof proof;
    if (size > 1) {
      proof = merkle::consistency_proof(merkle::TreeSize(size - 1), merkle::TreeSize(size),
                                        merkle::hashes_of(leaves))
                  .value();
    }
    requests.push_back(witness::AddCheckpoint{
        size - 1, proof, note::Unverified::parse(note::sign_checkpoint(checkpoint, signer)).value()}
                           .text());
  }
  return requests;
}

struct Daemon {
  pid_t pid;
  std::string url;
};

Daemon start(const char* program, const std::string& folder) {
  int out[2];
  if (::pipe(out) != 0) std::abort();
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(out[1], 1);
    ::close(out[0]);
    ::execl(program, program, folder.c_str(), "127.0.0.1:0", nullptr);
    std::_Exit(127);
  }
  ::close(out[1]);
  std::string url;
  for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) url += c;
  return {pid, url};
}

// Kilobytes at most so far, of this program alone (rusage counts what it was forked from, too).
std::string peak_memory_of(pid_t pid) {
  const auto status = os::read_text("/proc/" + std::to_string(pid) + "/status").value();
  const std::size_t begin = status.find_first_of("0123456789", status.find("VmHWM:"));
  return status.substr(begin, status.find(' ', begin) - begin);
}

double syncs_a_second(const std::filesystem::path& folder) {
  const auto file = folder / "syncs";
  if (!os::create_file(file, "", os::kPublic)) std::abort();
  auto out = os::AppendFile::open(file).value();
  const std::string bytes(400, 'x');
  const auto begin = Clock::now();
  int count = 0;
  for (; seconds_since(begin) < 1; ++count) {
    if (!out.append(bytes)) std::abort();
  }
  return count / seconds_since(begin);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "witness_bench FOLDER CLIENTS SECONDS PROGRAM\n");
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(argv[1]) / "witness-bench";
  const int clients = std::atoi(argv[2]);
  const double seconds = std::atof(argv[3]);
  std::filesystem::remove_all(folder);
  if (!notebook::create_notebook(folder, "bench.example", notebook::Grade::witness)) return 1;
  std::vector<std::vector<std::string>> requests;
  for (int i = 0; i < clients; ++i) {
    if (!notebook::follow(folder, signer_of(i).vkey(), std::nullopt)) return 1;
    requests.push_back(requests_of(i, 600));
  }
  const double syncs = syncs_a_second(folder);
  const Daemon daemon = start(argv[4], folder.string());
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> failed{0};
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, i] {
      http::Client client;
      for (const std::string& request : requests[static_cast<std::size_t>(i)]) {
        if (seconds_since(begin) > seconds) return;
        const auto reply = client.post(daemon.url + "/add-checkpoint", request);
        ++(reply && reply->status == 200 ? answered : failed);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double took = seconds_since(begin);
  const std::string memory = peak_memory_of(daemon.pid);
  ::kill(daemon.pid, SIGTERM);
  rusage usage{};
  ::wait4(daemon.pid, nullptr, 0, &usage);
  const double processor =
      static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
      static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  std::filesystem::remove_all(folder);
  std::printf(
      "{\"clients\":%d,\"answered\":%llu,\"failed\":%llu,\"answers_a_second\":%.0f,"
      "\"syncs_a_second\":%.0f,\"processor_ms_an_answer\":%.3f,\"peak_memory_kB\":%s}\n",
      clients, static_cast<unsigned long long>(answered), static_cast<unsigned long long>(failed),
      static_cast<double>(answered) / took, syncs,
      processor * 1000 / static_cast<double>(std::max<std::uint64_t>(answered, 1)), memory.c_str());
  return failed == 0 ? 0 : 1;
}
