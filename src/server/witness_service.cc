// SPDX-License-Identifier: Apache-2.0
#include "server/witness_service.h"

#include <optional>
#include <string_view>

namespace scr::server {
namespace {

http::Response plain(int status, const char* text) {
  return {status, "text/plain; charset=utf-8", text};
}

http::Response add_checkpoint(notebook::Notebook& notebook, os::Clock& clock,
                              const http::Request& request) {
  if (request.method != "POST") return plain(405, "POST it\n");
  witness::Answer answer = notebook.answer(request.body, clock.now());
  return {answer.status, std::move(answer.content_type), std::move(answer.body)};
}

// The digest in "/<hex>/checkpoint".
std::optional<Digest> monitored(std::string_view path) {
  constexpr std::string_view kLast = "/checkpoint";
  if (!path.starts_with('/') || !path.ends_with(kLast)) return std::nullopt;
  path.remove_prefix(1);
  if (path.size() < kLast.size()) return std::nullopt;
  path.remove_suffix(kLast.size());
  return Digest::from_hex_text(path);
}

}  // namespace

http::Handler witness_service(notebook::Notebook& notebook, os::Clock& clock) {
  return [&notebook, &clock](const http::Request& request) {
    if (request.path == "/add-checkpoint") return add_checkpoint(notebook, clock, request);
    const auto origin = monitored(request.path);
    if (!origin) return plain(404, "nothing here\n");
    if (request.method != "GET" && request.method != "HEAD") return plain(405, "GET it\n");
    auto note = notebook.latest(*origin);
    if (!note) return plain(404, "no checkpoint of that log was cosigned\n");
    return http::Response{200, "text/plain; charset=utf-8", *std::move(note)};
  };
}

}  // namespace scr::server
