// SPDX-License-Identifier: Apache-2.0
#include "http/client.h"

#include <curl/curl.h>

#include <mutex>
#include <new>
#include <optional>
#include <utility>

namespace scr::http {
namespace {

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// Slower than this is as good as nothing.
constexpr long kSlowestBytesPerSecond = 100;

struct Body {
  CURL* curl = nullptr;
  std::uint64_t most = 0;
  const Client::Take* take = nullptr;  // null: kept in `bytes`
  std::string bytes;
  std::uint64_t size = 0;
  bool too_long = false;
  std::optional<Error> refused;  // by `take`
};

long status_of(CURL* curl) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::size_t take_body(char* piece, std::size_t, std::size_t size, void* closure) {
  auto& body = *static_cast<Body*>(closure);
  body.size += size;
  if (body.size > body.most) {
    body.too_long = true;
    return 0;
  }
  if (!body.take) {
    body.bytes.append(piece, size);
  } else if (status_of(body.curl) == 200) {
    auto taken = (*body.take)({piece, size});
    if (!taken) {
      body.refused = std::move(taken).error();
      return 0;
    }
  }
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

  // `body`: null to get. `take`: null to keep what comes.
  Result<Reply> ask(const std::string& url, const std::string* body, std::uint64_t most,
                    const Take* take) {
    curl_easy_reset(curl_);
    Body taken{.curl = curl_, .most = most, .take = take, .bytes = {}, .refused = std::nullopt};
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, options_.proxy.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
    if (options_.patience.count() > 0) {
      const auto seconds = static_cast<long>(options_.patience.count());
      set(CURLOPT_CONNECTTIMEOUT, seconds);
      set(CURLOPT_LOW_SPEED_LIMIT, kSlowestBytesPerSecond);
      set(CURLOPT_LOW_SPEED_TIME, seconds);
    }
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

  std::size_t most() const { return options_.most; }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  Result<Reply> reply(const std::string& url, CURLcode code, Body& taken) {
    if (taken.refused) return tl::unexpected(*std::move(taken.refused));
    if (taken.too_long)
      return fail(taken.take ? ErrorCode::untrusted : ErrorCode::io, "the answer is too long", url);
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
      return fail(ErrorCode::bad_input, "is not an http or https URL", url);
    }
    if (code != CURLE_OK) {
      return fail(ErrorCode::io, std::string("no answer: ") + curl_easy_strerror(code), url);
    }
    const char* type = nullptr;
    curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &type);
    return Reply{static_cast<int>(status_of(curl_)), type ? type : "", std::move(taken.bytes)};
  }

  ClientOptions options_;
  CURL* curl_ = nullptr;
};

Client::Client(ClientOptions options) : handle_(std::make_unique<Handle>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Reply> Client::get(const std::string& url) {
  return handle_->ask(url, nullptr, handle_->most(), nullptr);
}

Result<int> Client::get_to(const std::string& url, std::uint64_t most, const Take& take) {
  SCR_TRY(reply, handle_->ask(url, nullptr, most, &take));
  return reply.status;
}

Result<Reply> Client::post(const std::string& url, const std::string& body) {
  return handle_->ask(url, &body, handle_->most(), nullptr);
}

std::string escaped(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string text;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', kHex[byte >> 4], kHex[byte & 15u]};
  }
  return text;
}

std::string join_url(const std::string& base, const std::string& path) {
  return base.ends_with('/') ? base + path : base + '/' + path;
}

}  // namespace scr::http
