// SPDX-License-Identifier: Apache-2.0
//
// Over a real socket: the 13 steps that C2SP's witnesses are held to (tests/vectors/log.json).
#include <filesystem>

#include <gtest/gtest.h>

#include "http/client.h"
#include "http/server.h"
#include "note/checkpoint.h"
#include "note/vectors_testing.h"
#include "notebook/layout.h"
#include "notebook/notebook.h"
#include "os/files.h"
#include "os/random.h"
#include "server/witness_service.h"

namespace scr::server {
namespace {

namespace fs = std::filesystem;

class WitnessService : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(notebook::create_notebook(folder_, "w.example", notebook::Grade::witness));
    ASSERT_TRUE(notebook::follow(folder_, log_, std::nullopt));
    start();
  }
  void TearDown() override {
    server_.reset();
    notebook_.reset();
    fs::remove_all(folder_);
  }
  void start() {
    server_.reset();
    notebook_.reset();
    notebook_ = notebook::Notebook::open(folder_).value();
    auto socket = http::ListeningSocket::on(http::Address::parse("127.0.0.1:0").value());
    server_.emplace(http::Server::start(std::move(socket).value(),
                                        witness_service(*notebook_, clock_), {.threads = 2})
                        .value());
  }
  std::string url(const std::string& path) { return "http://" + server_->address().text() + path; }
  http::Reply post(const std::string& body) {
    return http::Client().post(url("/add-checkpoint"), body).value();
  }
  std::string monitor() {
    return '/' + sha256(bytes_of(log_.name().value())).hex() + "/checkpoint";
  }

  const Known script_ = note::vectors()["witness_add_checkpoint"];
  note::Vkey log_ = note::Vkey::parse(script_["log_vkey"].get<std::string>()).value();
  fs::path folder_ = fs::temp_directory_path() /
                     ("scr-server-" + to_hex(ByteView(os::random_32_bytes().value()).first(6)));
  os::FixedClock clock_{1'700'000'000};
  std::unique_ptr<notebook::Notebook> notebook_;
  std::optional<http::Server> server_;
};

TEST_F(WitnessService, PassesTheThirteenStepsOverHttpThoughItIsStartedAnewBeforeEach) {
  const Known steps = script_["steps"];
  ASSERT_EQ(steps.size(), 13u);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Known step = steps[i];
    start();
    const auto reply = post(step["body"].get<std::string>());
    EXPECT_EQ(reply.status, step["status"].get<int>()) << "step " << i + 1;
    if (reply.status == 409) {
      EXPECT_EQ(reply.content_type, "text/x.tlog.size");
      if (step.contains("answer")) EXPECT_EQ(reply.body, step["answer"].get<std::string>());
    }
  }
}

TEST_F(WitnessService, ShowsMonitorsTheLatestNoteWithBothSignatures) {
  EXPECT_EQ(http::Client().get(url(monitor()))->status, 404);
  const auto line = post(script_["steps"][0]["body"].get<std::string>());
  ASSERT_EQ(line.status, 200);
  const auto seen = http::Client().get(url(monitor())).value();
  ASSERT_EQ(seen.status, 200);
  EXPECT_NE(seen.body.find(line.body), std::string::npos);
  const note::Vkey keys[] = {log_, notebook_->vkey()};
  const auto opened = note::open_checkpoint_of(log_.name().value(), seen.body, keys);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->note.signatures().size(), 2u);
}

TEST_F(WitnessService, SaysNoToEverythingElse) {
  http::Client client;
  EXPECT_EQ(client.get(url("/add-checkpoint"))->status, 405);
  EXPECT_EQ(client.post(url(monitor()), "x")->status, 405);
  for (const char* path : {"/", "/checkpoint", "//checkpoint", "/../keys/witness.key",
                           "/ABCD/checkpoint", "/keys/witness.key"}) {
    EXPECT_EQ(client.get(url(path))->status, 404) << path;
  }
  EXPECT_EQ(post(std::string(200'000, 'a')).status, 413);
  EXPECT_EQ(post("").status, 400);
}

}  // namespace
}  // namespace scr::server
