// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/decimal.h"

namespace scr::http {

// Not in the anonymous namespace: Server::Running, which has a name outside, holds one.
struct Handling {
  Handler handler;
  ServerLimits limits;
};

namespace {

using Time = std::chrono::steady_clock;

// What is known of a request that is still coming in.
struct Incoming {
  Request request;
  Time::time_point since = Time::now();
  bool refused = false;  // answered already; the rest of its body is thrown away
};

MHD_Result answer(MHD_Connection* connection, const Response& response) {
  MHD_Response* made = MHD_create_response_from_buffer(
      response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
  if (!made) return MHD_NO;
  MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  MHD_add_response_header(made, "X-Content-Type-Options", "nosniff");
  const MHD_Result queued =
      MHD_queue_response(connection, static_cast<unsigned>(response.status), made);
  MHD_destroy_response(made);
  return queued;
}

bool says_too_large(MHD_Connection* connection, std::size_t most) {
  const char* length =
      MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  if (!length) return false;
  const auto bytes = parse_decimal(length);
  return !bytes || *bytes > most;
}

MHD_Result begin(MHD_Connection* connection, const char* url, const char* method,
                 const ServerLimits& limits, void** state) {
  auto incoming = std::make_unique<Incoming>();
  incoming->request.method = method;
  incoming->request.path = url;
  incoming->refused = says_too_large(connection, limits.body);
  const bool refused = incoming->refused;
  *state = incoming.release();  // freed in forget()
  return refused ? answer(connection, {413, "text/plain; charset=utf-8", "too large\n"}) : MHD_YES;
}

// libmicrohttpd calls this first with the head, then for each piece of the body, then at its end.
MHD_Result take(void* closure, MHD_Connection* connection, const char* url, const char* method,
                const char*, const char* piece, std::size_t* size, void** state) {
  const auto& handling = *static_cast<const Handling*>(closure);
  if (!*state) return begin(connection, url, method, handling.limits, state);
  auto& incoming = *static_cast<Incoming*>(*state);
  if (*size == 0) {
    return incoming.refused ? MHD_NO : answer(connection, handling.handler(incoming.request));
  }
  if (Time::now() - incoming.since > handling.limits.request) return MHD_NO;
  // Without a length in the head (chunked) the limit is met only here.
  if (incoming.refused || incoming.request.body.size() + *size > handling.limits.body) {
    return MHD_NO;
  }
  incoming.request.body.append(piece, *size);
  *size = 0;
  return MHD_YES;
}

void forget(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
  delete static_cast<Incoming*>(*state);
  *state = nullptr;
}

// libmicrohttpd says what is amiss with a request; a service that prints it for every stranger
// fills its disk.
void say_nothing(void*, const char*, va_list) {}

Error socket_error(const Address& address) {
  return {ErrorCode::io, std::string("cannot be listened on: ") + std::strerror(errno),
          address.text()};
}

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

SocketAddress socket_address(const Address& address) {
  SocketAddress made{};
  if (address.is_v6) {
    made.v6.sin6_family = AF_INET6;
    made.v6.sin6_port = htons(address.port);
    ::inet_pton(AF_INET6, address.host.c_str(), &made.v6.sin6_addr);
  } else {
    made.v4.sin_family = AF_INET;
    made.v4.sin_port = htons(address.port);
    ::inet_pton(AF_INET, address.host.c_str(), &made.v4.sin_addr);
  }
  return made;
}

}  // namespace

Result<ListeningSocket> ListeningSocket::on(const Address& address) {
  SocketAddress wanted = socket_address(address);
  const int fd = ::socket(wanted.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return tl::unexpected(socket_error(address));
  ListeningSocket socket(fd, address);
  const int yes = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  socklen_t size = address.is_v6 ? sizeof wanted.v6 : sizeof wanted.v4;
  if (::bind(fd, &wanted.any, size) != 0 || ::listen(fd, 128) != 0 ||
      ::getsockname(fd, &wanted.any, &size) != 0) {
    return tl::unexpected(socket_error(address));
  }
  socket.address_.port = ntohs(address.is_v6 ? wanted.v6.sin6_port : wanted.v4.sin_port);
  return socket;
}

ListeningSocket::~ListeningSocket() {
  if (fd_ >= 0) ::close(fd_);
}

class Server::Running {
 public:
  Running(Handler handler, const ServerLimits& limits) : handling_{std::move(handler), limits} {}
  ~Running() { stop(); }

  Result<void> start(ListeningSocket socket) {
    address_ = socket.address();
    const ServerLimits& limits = handling_.limits;
    const MHD_OptionItem options[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, reinterpret_cast<std::intptr_t>(&say_nothing), nullptr},
        {MHD_OPTION_LISTEN_SOCKET, socket.release(), nullptr},
        {MHD_OPTION_THREAD_POOL_SIZE, limits.threads, nullptr},
        {MHD_OPTION_THREAD_STACK_SIZE, std::intptr_t{256} << 10, nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<std::intptr_t>(limits.head), nullptr},
        {MHD_OPTION_CONNECTION_LIMIT, limits.connections, nullptr},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.connections_of_one_address, nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, limits.silence.count(), nullptr},
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<std::intptr_t>(&forget), nullptr},
        {MHD_OPTION_END, 0, nullptr}};
    daemon_ = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TURBO | MHD_USE_ERROR_LOG, 0,
        nullptr, nullptr, &take, &handling_, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (daemon_) return {};
    return fail(ErrorCode::io, "the HTTP service could not be started", address_.text());
  }

  void stop() {
    if (daemon_) MHD_stop_daemon(std::exchange(daemon_, nullptr));
  }

  const Address& address() const { return address_; }

 private:
  Handling handling_;
  Address address_;
  MHD_Daemon* daemon_ = nullptr;
};

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::start(ListeningSocket socket, Handler handler, const ServerLimits& limits) {
  auto running = std::make_unique<Running>(std::move(handler), limits);
  SCR_TRY_VOID(running->start(std::move(socket)));
  return Server(std::move(running));
}

const Address& Server::address() const {
  return running_->address();
}

void Server::stop() {
  running_->stop();
}

}  // namespace scr::http
