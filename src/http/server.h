// SPDX-License-Identifier: Apache-2.0
//
// A small HTTP/1.1 service. The protocol is libmicrohttpd's business, in server.cc alone; TLS is
// that of a proxy in front of it.
//
//   SCR_TRY(socket, ListeningSocket::on(address));     // may need privileges
//   SCR_TRY(server, Server::start(std::move(socket), handle, {}));   // needs none
//   ...
//   server.stop();                                     // answers what is under way
//
// What strangers can cost: a body, a head, a connection and its time are all limited; what exceeds
// is answered 413 or 400, or closed. The handler is called from several threads at once and must
// not throw.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/result.h"
#include "http/address.h"

namespace scr::http {

struct Request {
  std::string method;  // "GET", "POST", ... as it came
  std::string path;    // percent-decoded, without the query; begins with '/'
  std::string body;    // at most ServerLimits::body bytes
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

using Handler = std::function<Response(const Request&)>;

struct ServerLimits {
  std::size_t body = std::size_t{128} << 10;  // bytes of a request's body
  std::size_t head = std::size_t{16} << 10;   // bytes of its first line and fields
  unsigned threads = 8;                       // requests that are handled at once
  unsigned connections = 256;
  unsigned connections_of_one_address = 64;
  std::chrono::seconds silence{10};  // of a connection, before it is closed
  std::chrono::seconds request{30};  // from a request's head to the end of its body
};

class ListeningSocket {
 public:
  // io if the address is taken or may not be had.
  static Result<ListeningSocket> on(const Address& address);
  ListeningSocket(ListeningSocket&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), address_(std::move(other.address_)) {}
  ListeningSocket& operator=(ListeningSocket&&) = delete;
  ~ListeningSocket();

  const Address& address() const { return address_; }  // with the port that was found
  int release() { return std::exchange(fd_, -1); }

 private:
  ListeningSocket(int fd, Address address) : fd_(fd), address_(std::move(address)) {}
  int fd_;
  Address address_;
};

class Server {
 public:
  static Result<Server> start(ListeningSocket socket, Handler handler, const ServerLimits& limits);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();  // stops

  const Address& address() const;
  void stop();

 private:
  class Running;
  explicit Server(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace scr::http
