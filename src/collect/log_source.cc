// SPDX-License-Identifier: Apache-2.0
#include "collect/log_source.h"

#include <utility>

namespace scr::collect {

LogSource over_http(http::Client& client, const std::string& prefix) {
  return [&client, prefix](const std::string& path) -> Result<std::string> {
    const std::string url = http::join_url(prefix, path);
    SCR_TRY(reply, client.get(url));
    if (reply.status == 200) return std::move(reply.body);
    return fail(reply.status == 404 ? ErrorCode::not_found : ErrorCode::io,
                "the answer is " + std::to_string(reply.status), url);
  };
}

tiles::ReadTile tiles_of(LogSource source) {
  return [source = std::move(source)](const tiles::TileId& tile) {
    return source(tiles::path_of(tile));
  };
}

}  // namespace scr::collect
