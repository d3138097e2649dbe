// SPDX-License-Identifier: Apache-2.0
//
// A log wherever it lies: a record, a bundle or a mirror (a folder), the prefix under which it is
// served (http:// or https://), or a lone checkpoint (a file).

#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "collect/log_source.h"
#include "http/client.h"
#include "note/checkpoint.h"
#include "note/key.h"

namespace scr::steps {

struct LogPlace {
  std::string name;                      // as given
  std::shared_ptr<http::Client> client;  // of a URL
  collect::LogSource source;             // a lone checkpoint has no tiles
};

// not_found if there is no such folder or file. Asks nobody yet.
Result<LogPlace> log_at(const std::string& place, const std::string& proxy);
Result<LogPlace> log_at_with(const std::string& place, const http::ClientOptions& options);

// True for http:// and https://.
bool is_url(const std::string& place);

// The key beside the log in a folder; for a URL or a lone checkpoint it must be given. `given`: the
// vkey, or a file that holds it.
Result<note::Vkey> key_of(const LogPlace& place, const std::optional<std::string>& given);

struct NoteAt {
  std::string note;
  note::Checkpoint checkpoint;
};

// The newest checkpoint there: the pending one, where there is one and `pending` is wanted.
Result<NoteAt> checkpoint_at(const LogPlace& place, const note::Vkey& key, bool pending);

}  // namespace scr::steps
