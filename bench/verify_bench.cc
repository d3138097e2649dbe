// SPDX-License-Identifier: Apache-2.0
//
// How much slower is level 1 of verification than SHA-256 alone over the same bytes?
//
//   verify_bench RECORD     one line of JSON; milliseconds, the least of 9 runs (the one that
//   others disturbed least), files in the page cache
//
// Three floors, each in the same run: one pass of SHA-256 over every entry and tile as one stream
// (the bytes); SHA-256 of each entry and each tree node as one message (the hashes that a tree must
// have, on one processor); and the same on all processors.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "merkle/tree.h"
#include "os/files.h"
#include "os/parallel.h"
#include "record/snapshot.h"
#include "verify/tree_check.h"

namespace {

using scr::Digest;

double least_ms(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    times.push_back(took.count());
  }
  return *std::min_element(times.begin(), times.end());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  const auto snapshot = scr::record::read_snapshot(folder);
  const auto key = scr::record::read_vkey(folder);
  if (!snapshot || !key) return 1;
  const auto tiles = scr::os::files_below(folder / "log/tile");
  std::vector<std::string> files;
  std::size_t bytes = 0;
  for (const auto& tile : *tiles) {
    files.push_back(*scr::os::read_text(folder / "log/tile" / tile));
    bytes += files.back().size();
  }
  Digest sink;
  const double stream = least_ms([&] {
    scr::Sha256 hash;
    for (const auto& file : files) hash.add(scr::bytes_of(file));
    sink = hash.finish();
  });
  const auto hash_messages = [&](unsigned threads) {
    const auto entries = snapshot->entries();
    scr::os::parallel_for((entries.size() + 4095) / 4096, threads, [&](std::size_t part) {
      Digest node;
      for (std::size_t i = part * 4096; i < std::min(entries.size(), (part + 1) * 4096); ++i) {
        node = scr::merkle::node_hash(node, scr::merkle::leaf_hash(scr::bytes_of(entries[i])));
      }
    });
  };
  const double messages_one = least_ms([&] { hash_messages(1); });
  const double messages_all = least_ms([&] { hash_messages(0); });
  const auto level_1 = [&](unsigned threads) {
    const scr::verify::Bundle bundle{
        .read = [&](const std::string& path) { return scr::os::read_text(folder / path); },
        .read_into = [&](const std::string& path,
                         scr::Arena& arena) { return scr::os::read_into(folder / path, arena); },
        .has = [&](const std::string& path) { return std::filesystem::exists(folder / path); },
        .list = [&](const std::string& path) { return scr::os::files_below(folder / path); },
        .for_each =
            [&](std::size_t count, const std::function<void(std::size_t)>& work) {
              scr::os::parallel_for(count, threads, work);
            }};
    scr::verify::LevelReport report;
    scr::verify::check_tree(bundle, snapshot->checkpoint(), *key, std::nullopt, report);
    if (!report.holds()) std::abort();
  };
  const double level_one = least_ms([&] { level_1(1); });
  const double level_all = least_ms([&] { level_1(0); });
  std::printf(
      "{\"entries\":%llu,\"bytes\":%zu,\"sha256_stream_ms\":%.1f,\"sha256_messages_1_ms\":%.1f,"
      "\"sha256_messages_all_ms\":%.1f,\"level_1_one_processor_ms\":%.1f,\"level_1_ms\":%.1f}\n",
      static_cast<unsigned long long>(snapshot->size()), bytes, stream, messages_one, messages_all,
      level_one, level_all);
  return 0;
}
