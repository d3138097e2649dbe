// SPDX-License-Identifier: Apache-2.0
//
// A log as others read it: files below a prefix (C2SP tlog-tiles), in a folder or over HTTP.

#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "http/client.h"
#include "tiles/tile_hashes.h"

namespace scr::collect {

// The file at a path below the log's prefix ("checkpoint", "tile/0/000"). not_found: there is none.
using LogSource = std::function<Result<std::string>(const std::string& path)>;

// `client` must outlive it; its thread is that of the client. io for any other status than 200 and
// 404.
LogSource over_http(http::Client& client, const std::string& prefix);

// Tiles of `source`, for proofs.
tiles::ReadTile tiles_of(LogSource source);

}  // namespace scr::collect
