// SPDX-License-Identifier: Apache-2.0
//
// The record is made under a temporary name beside its place and renamed when it is whole, so a
// failure or a crash leaves no half-made record under the name that was asked for.
#include "steps/init.h"

#include <system_error>
#include <utility>
#include <vector>

#include "entry/entry.h"
#include "note/key.h"
#include "os/files.h"
#include "os/random.h"
#include "record/log.h"
#include "steps/program.h"

#include "election/definition.h"
#include "election/geography.h"
#include "election/roster.h"

namespace scr::steps {
namespace {

namespace fs = std::filesystem;

struct DefinitionFiles {
  election::Definition definition;
  std::vector<std::pair<std::string, std::string>> files;  // name, text; election.toml first
};

// `key`: of the definition, where the file is named.
Result<void> add_companion(const fs::path& definition, const std::string& key,
                           const std::optional<election::Companion>& named,
                           DefinitionFiles& files) {
  if (!named) return {};
  SCR_TRY(text, at(definition.string() + ": [" + key + "] file",
                   os::read_text(definition.parent_path() / named->file)));
  files.files.emplace_back(named->file, std::move(text));
  return {};
}

Result<DefinitionFiles> read_definition(const fs::path& file) {
  SCR_TRY(toml, os::read_text(file));
  SCR_TRY(definition, at(file.string(), election::parse_definition(toml)));
  DefinitionFiles read{std::move(definition), {{"election.toml", std::move(toml)}}};
  const fs::path folder = file.parent_path();
  SCR_TRY_VOID(add_companion(file, "roster", read.definition.roster, read));
  if (read.definition.roster) {
    election::Geography geography(read.definition);
    SCR_TRY(roster,
            at((folder / read.definition.roster->file).string(),
               election::parse_roster(read.files.back().second, read.definition, geography)));
  }
  SCR_TRY_VOID(add_companion(file, "mapping", read.definition.mapping, read));
  return read;
}

// Nothing there, or an empty folder.
Result<void> must_be_free(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return {};
  if (fs::is_directory(folder, error) && fs::is_empty(folder, error)) return {};
  return fail(ErrorCode::conflict,
              "there is something here already; a record starts in a folder of its own",
              folder.string());
}

Result<note::Signer> new_signer(const InitRequest& request, const std::string& election) {
  SCR_TRY(seed, os::random_32_bytes());
  std::string origin = request.origin;
  if (origin.empty()) {
    SCR_TRY(tag, os::random_32_bytes());
    origin = "scrutineer/" + election + "/" + to_hex(ByteView(tag).first(4));
  }
  SCR_TRY(name, note::KeyName::from(origin));
  return note::Signer(std::move(name), note::Seed(seed));
}

Result<std::string> fill(const fs::path& folder, const InitRequest& request,
                         const DefinitionFiles& read, os::Clock& clock) {
  SCR_TRY_VOID(os::make_folders(folder));
  entry::Genesis genesis;
  genesis.at = entry::ClaimedTime(clock.now());
  genesis.election = read.definition.id;
  genesis.program = kProgram;
  for (const auto& [name, text] : read.files) {
    SCR_TRY_VOID(os::create_file(folder / name, text, os::kPublic));
    genesis.files.push_back({name, sha256(bytes_of(text))});
  }
  SCR_TRY(signer, new_signer(request, read.definition.id));
  genesis.origin = signer.vkey().name().value();
  const std::string vkey = signer.vkey().text();
  SCR_TRY(log, record::Log::create(folder, signer));
  const std::vector<std::string> entries{encode(genesis)};
  SCR_TRY_VOID(log.append(entries));
  return vkey;
}

}  // namespace

Result<Initialised> init(const InitRequest& request, os::Clock& clock) {
  SCR_TRY(read, read_definition(request.definition));
  const fs::path place = fs::absolute(request.record).lexically_normal();
  const fs::path target = place.has_filename() ? place : place.parent_path();
  SCR_TRY_VOID(must_be_free(target));
  SCR_TRY_VOID(os::make_folders(target.parent_path()));
  SCR_TRY(tag, os::random_32_bytes());
  const fs::path begun = target.parent_path() /
                         ("." + target.filename().string() + "." + to_hex(ByteView(tag).first(4)));
  auto vkey = fill(begun, request, read, clock);
  std::error_code error;
  if (vkey) fs::rename(begun, target, error);
  if (!vkey || error) {
    std::error_code ignored;
    fs::remove_all(begun, ignored);
    if (!vkey) return tl::unexpected(std::move(vkey).error());
    return fail(ErrorCode::io, error.message(), target.string());
  }
  SCR_TRY_VOID(os::sync_folder(target.parent_path()));
  const std::string& first_language = read.definition.languages.front();
  const std::string origin = vkey->substr(0, vkey->find('+'));
  return Initialised{.election = read.definition.id,
                     .title = read.definition.title.in(first_language),
                     .origin = origin,
                     .vkey = *vkey};
}

}  // namespace scr::steps
