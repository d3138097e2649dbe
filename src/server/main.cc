// SPDX-License-Identifier: Apache-2.0
//
// scrutineer-witness FOLDER [ADDRESS:PORT]
//
// The service alone, as a program with little in it: what `scrutineer witness serve` does, in a
// tenth of the memory. The folder is made by `scrutineer witness init`.

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "server/run_witness.h"

namespace {

int run(const std::vector<std::string>& words) {
  if (words.empty() || words.size() > 2 || words[0].starts_with('-')) {
    std::cerr << "usage: scrutineer-witness FOLDER [ADDRESS:PORT]\n"
                 "FOLDER is made by: scrutineer -C FOLDER witness init\n";
    return 2;
  }
  const auto address = scr::http::Address::parse(words.size() > 1 ? words[1] : "127.0.0.1:8380");
  const auto done =
      !address ? scr::Result<void>(tl::unexpected(address.error()))
               : scr::server::run_witness(words[0], *address, [](const auto& started) {
                   std::cout << "http://" << started.address.text() << std::endl;
                   if (!started.given_up.files_are_confined) {
                     std::cerr << "scrutineer-witness: this kernel has no Landlock; files outside "
                                  "the folder are not out of reach\n";
                   }
                 });
  if (done) return 0;
  std::cerr << "scrutineer-witness: " << scr::to_string(done.error()) << "\n";
  return done.error().code == scr::ErrorCode::io ? 4 : 3;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::cerr << "scrutineer-witness: a mistake in the program, please report it: " << error.what()
              << "\n";
    return 70;
  }
}
