// SPDX-License-Identifier: Apache-2.0
//
// A witness of the tests: cosigns the checkpoint that stands in a file, and says its key.
//
//   cosigner PRIVATE_KEY TIME NOTE_FILE     the signature line
//   cosigner new NAME                       a private key, and the vkey in the next line
//
// For attacks_test.py only.

#include <cstdlib>
#include <iostream>
#include <string>

#include "base/bytes.h"
#include "base/sha256.h"
#include "note/cosignature.h"
#include "note/key.h"
#include "note/signed_note.h"
#include "os/files.h"

namespace {

// A key of the tests: its seed is the SHA-256 of its name, so that every run has the same.
int make_key(const char* name) {
  const auto key_name = scr::note::KeyName::from(name);
  if (!key_name) return 1;
  const scr::Digest seed = scr::sha256(scr::bytes_of(std::string_view(name)));
  const scr::note::Signer signer(*key_name, scr::note::Seed(seed.view()),
                                 scr::note::KeyType::cosignature);
  std::cout << signer.private_text() << "\n" << signer.vkey().text() << "\n";
  return 0;
}

int cosign(const char* key, const char* time, const char* file) {
  const auto signer = scr::note::Signer::parse(key);
  const auto text = scr::os::read_text(file);
  const auto note = text ? scr::note::Unverified::parse(*text)
                         : scr::Result<scr::note::Unverified>(tl::unexpected(text.error()));
  if (!signer || !note) return 1;
  std::cout << scr::note::cosign(note->text(), std::strtoull(time, nullptr, 10), *signer);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) return make_key(argv[2]);
  if (argc == 4) return cosign(argv[1], argv[2], argv[3]);
  return 2;
}
