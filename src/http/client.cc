// SPDX-License-Identifier: Apache-2.0
#include "http/client.h"

#include <curl/curl.h>

#include <mutex>
#include <new>
#include <utility>

namespace scr::http {
namespace {

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Body {
  std::string bytes;
  std::size_t most = 0;
  bool too_long = false;
};

std::size_t take_body(char* piece, std::size_t, std::size_t size, void* closure) {
  auto& body = *static_cast<Body*>(closure);
  if (body.bytes.size() + size > body.most) {
    body.too_long = true;
    return 0;
  }
  body.bytes.append(piece, size);
  return size;
}

}  // namespace

class Client::Handle {
 public:
  explicit Handle(ClientOptions options) : options_(std::move(options)) {
    start_curl_once();
    curl_ = curl_easy_init();
    if (!curl_) throw std::bad_alloc();
  }
  ~Handle() { curl_easy_cleanup(curl_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // `body`: null to get.
  Result<Reply> ask(const std::string& url, const std::string* body) {
    curl_easy_reset(curl_);
    Body taken{{}, options_.most, false};
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, options_.proxy.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
    set(CURLOPT_USERAGENT, "scrutineer");
    set(CURLOPT_ACCEPT_ENCODING, "");  // whatever libcurl can unpack; C2SP lets tiles be gzipped
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, &taken);
    curl_slist* fields = nullptr;
    if (body) {
      // Not "Expect: 100-continue": it costs a round trip, and some servers do not know it.
      fields = curl_slist_append(curl_slist_append(nullptr, "Expect:"), "Content-Type: text/plain");
      set(CURLOPT_HTTPHEADER, fields);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
      set(CURLOPT_POSTFIELDS, body->data());
    }
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(fields);
    return reply(url, code, taken);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  Result<Reply> reply(const std::string& url, CURLcode code, Body& taken) {
    if (taken.too_long) return fail(ErrorCode::io, "the answer is too long", url);
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
      return fail(ErrorCode::bad_input, "is not an http or https URL", url);
    }
    if (code != CURLE_OK) {
      return fail(ErrorCode::io, std::string("no answer: ") + curl_easy_strerror(code), url);
    }
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &type);
    return Reply{static_cast<int>(status), type ? type : "", std::move(taken.bytes)};
  }

  ClientOptions options_;
  CURL* curl_ = nullptr;
};

Client::Client(ClientOptions options) : handle_(std::make_unique<Handle>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Reply> Client::get(const std::string& url) {
  return handle_->ask(url, nullptr);
}

Result<Reply> Client::post(const std::string& url, const std::string& body) {
  return handle_->ask(url, &body);
}

std::string join_url(const std::string& base, const std::string& path) {
  return base.ends_with('/') ? base + path : base + '/' + path;
}

}  // namespace scr::http
