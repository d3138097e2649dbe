// SPDX-License-Identifier: Apache-2.0
//
// Asking others over HTTP or HTTPS. The protocol is libcurl's business, in client.cc alone.
//
//   Client client({.proxy = "socks5h://127.0.0.1:9050"});   // through Tor
//   SCR_TRY(reply, client.get("https://witness.example/.../checkpoint"));
//   if (reply.status == 200) ...
//
// No redirect is followed, no cookie kept, no name or password sent, no proxy taken from the
// environment: what is asked is what was written down. The certificate of HTTPS is checked against
// those that the system trusts.
//
// Keeps its connections open for the next request. One thread; move only.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scr::http {

struct ClientOptions {
  std::chrono::milliseconds timeout{10'000};  // of a whole request
  // An answer of which so long next to nothing comes (100 bytes a second) is given up. 0: not
  // watched, for requests that the time-out ends soon enough. Also how long a connection may take.
  std::chrono::seconds patience{0};
  std::size_t most = std::size_t{32} << 20;  // bytes of an answer's body, unpacked
  // "socks5h://HOST:PORT" or "http://HOST:PORT"; with socks5h names are looked up by the proxy.
  // Empty: none.
  std::string proxy;
};

struct Reply {
  int status = 0;
  std::string content_type;  // as sent; may be empty
  std::string body;
};

class Client {
 public:
  explicit Client(ClientOptions options = {});
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // Any status is an answer. bad_input if the URL is not http or https; io if there is no answer,
  // or it is too long.
  Result<Reply> get(const std::string& url);
  // The body of an answer with status 200 goes to `take`, piece by piece, unpacked; of any other it
  // is dropped. The status; untrusted if there are more than `most` bytes (not those of the
  // options), so that it can be told from a line that broke; the error of `take`, which ends it.
  using Take = std::function<Result<void>(std::string_view piece)>;
  Result<int> get_to(const std::string& url, std::uint64_t most, const Take& take);
  Result<Reply> post(const std::string& url, const std::string& body);

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

// A path of plain names as it stands in a URL: what has a meaning there is written as %XX.
std::string escaped(std::string_view path);

// "a/b" for "a/" and "b", or "a" and "b".
std::string join_url(const std::string& base, const std::string& path);

}  // namespace scr::http
