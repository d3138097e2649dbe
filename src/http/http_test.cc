// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http/address.h"
#include "http/client.h"
#include "http/server.h"

namespace scr::http {
namespace {

Server serve(Handler handler, const ServerLimits& limits = {}) {
  auto socket = ListeningSocket::on(Address::parse("127.0.0.1:0").value());
  return Server::start(std::move(socket).value(), std::move(handler), limits).value();
}

std::string url_of(const Server& server, const std::string& path) {
  return "http://" + server.address().text() + path;
}

Response echo(const Request& request) {
  return {200, "text/x.echo", request.method + ' ' + request.path + ' ' + request.body};
}

// What comes back when `bytes` are sent as they are.
std::string sent_raw(const Server& server, const std::string& bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(server.address().port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  EXPECT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), ssize_t(bytes.size()));
  std::string back;
  char piece[4096];
  for (ssize_t got = 0; (got = ::recv(fd, piece, sizeof piece, 0)) > 0;)
    back.append(piece, std::size_t(got));
  ::close(fd);
  return back;
}

TEST(Address, PrintsBackAndRefusesNames) {
  for (const char* text : {"127.0.0.1:80", "[::1]:8080", "0.0.0.0:0"}) {
    EXPECT_EQ(Address::parse(text).value().text(), text);
  }
  EXPECT_EQ(Address::parse("localhost:1").value().text(), "127.0.0.1:1");
  for (const char* text : {"", ":", "80", "host:80", "::1:80", "[127.0.0.1]:80", "127.0.0.1:65536",
                           "127.0.0.1:", "127.0.0.1:080", "127.0.0.1 :80"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
}

TEST(Http, CarriesBodiesBothWaysAndKeepsTheConnection) {
  const Server server = serve(echo);
  Client client;
  const auto got = client.get(url_of(server, "/a/b?query"));
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->body, "GET /a/b ");
  EXPECT_EQ(got->content_type, "text/x.echo");
  const std::string large(100'000, 'x');
  EXPECT_EQ(client.post(url_of(server, "/p"), large)->body, "POST /p " + large);
}

TEST(Http, HandsALongAnswerOverPieceByPieceAndNoMoreThanItMay) {
  const std::string large(500'000, 'x');
  const Server server = serve([&](const Request& request) {
    return request.path == "/there" ? Response{200, "a/b", large} : Response{404, "a/b", "none"};
  });
  Client client({.most = 1000});
  std::string got;
  const Client::Take keep = [&](std::string_view piece) -> Result<void> {
    got += piece;
    return {};
  };
  EXPECT_EQ(client.get_to(url_of(server, "/there"), large.size(), keep).value(), 200);
  EXPECT_EQ(got, large);
  got.clear();
  EXPECT_EQ(client.get_to(url_of(server, "/else"), 1000, keep).value(), 404);
  EXPECT_EQ(got, "") << "the words of an error are no file";
  const auto long_one = client.get_to(url_of(server, "/there"), large.size() - 1, keep);
  ASSERT_FALSE(long_one);
  EXPECT_EQ(long_one.error().code, ErrorCode::untrusted) << long_one.error().what;
  const auto refused = client.get_to(url_of(server, "/there"), large.size(), [](std::string_view) {
    return Result<void>(fail(ErrorCode::conflict, "enough"));
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_FALSE(client.get(url_of(server, "/there"))) << "longer than its options allow";
}

TEST(Http, WritesPathsAsUrlsHaveThem) {
  EXPECT_EQ(escaped("evidence/aa/0af"), "evidence/aa/0af");
  EXPECT_EQ(escaped("r\u00f3ster 1%?#.csv"), "r%C3%B3ster%201%25%3F%23.csv");
}

TEST(Http, GivesAnyStatusAsAnAnswer) {
  const Server server = serve([](const Request&) { return Response{422, "a/b", "no\n"}; });
  Client client;
  const auto got = client.post(url_of(server, "/"), "");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 422);
  EXPECT_EQ(got->body, "no\n");
}

TEST(Http, RefusesABodyThatIsTooLarge) {
  std::atomic<int> handled{0};
  const Server server = serve(
      [&](const Request&) {
        ++handled;
        return Response{};
      },
      {.body = 10});
  Client client;
  EXPECT_EQ(client.post(url_of(server, "/"), "0123456789")->status, 200);
  EXPECT_EQ(client.post(url_of(server, "/"), "0123456789x")->status, 413);
  const std::string chunked = sent_raw(server,
                                       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                                       "chunked\r\n\r\nb\r\n0123456789x\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.find(" 200 "), std::string::npos) << chunked;
  EXPECT_EQ(handled, 1);
}

TEST(Http, RefusesAHeadThatIsTooLarge) {
  const Server server = serve(echo, {.head = 2048});
  const std::string back =
      sent_raw(server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x') + "\r\n\r\n");
  EXPECT_EQ(back.find(" 200 "), std::string::npos) << back;
}

TEST(Http, ClosesAConnectionThatIsSilent) {
  const Server server = serve(echo, {.silence = std::chrono::seconds(1)});
  EXPECT_EQ(sent_raw(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"), "");
}

TEST(Http, AnswersManyAtOnce) {
  const Server server = serve(echo);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      Client client;
      for (int k = 0; k < 20; ++k) {
        const std::string body = std::to_string(i * 100 + k);
        const auto got = client.post(url_of(server, "/"), body);
        good += got && got->body == "POST / " + body;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 160);
}

TEST(Client, RefusesWhatIsNotHttp) {
  Client client;
  for (const char* url : {"file:///etc/passwd", "ftp://localhost/", "", "gopher://x"}) {
    const auto got = client.get(url);
    ASSERT_FALSE(got) << url;
    EXPECT_EQ(got.error().code, ErrorCode::bad_input) << url << to_string(got.error());
  }
}

TEST(Client, RefusesAnAnswerThatIsTooLong) {
  const Server server = serve([](const Request&) {
    return Response{200, "a/b", std::string(1001, 'x')};
  });
  EXPECT_FALSE(Client({.most = 1000}).get(url_of(server, "/")));
  EXPECT_TRUE(Client({.most = 1001}).get(url_of(server, "/")));
}

TEST(Client, SaysIoWhereNobodyListensAndThroughAProxyThatIsNotThere) {
  const Server server = serve(echo);
  EXPECT_EQ(Client().get("http://127.0.0.1:1/").error().code, ErrorCode::io);
  Client behind({.proxy = "socks5h://127.0.0.1:1"});
  EXPECT_EQ(behind.get(url_of(server, "/")).error().code, ErrorCode::io);
}

TEST(ListeningSocket, SaysIoIfTheAddressIsTaken) {
  const auto first = ListeningSocket::on(Address::parse("127.0.0.1:0").value());
  ASSERT_TRUE(first);
  const auto second = ListeningSocket::on(first->address());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace scr::http
