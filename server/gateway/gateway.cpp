#include "server/gateway/gateway.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

#include "server/json.h"
#include "server/log.h"
#include "server/shop/decimals.h"

namespace cartwright::gateway {

namespace {

using shop::GatewayCharge;
using shop::Verdict;

constexpr std::string_view confirm_path = "/v1/payments/confirm";
constexpr std::string_view order_path = "/v1/payments/orders/";
constexpr long connect_ms = 5'000;
constexpr long most_ms = 10'000;
constexpr std::size_t most_body_bytes = 256U << 10U;

std::string without_slash(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

struct Answer {
  int status = 0;  // 0: there was none, and `fault` says why
  std::string fault = {};
  std::string body = {};
};

std::size_t keep(const char* from, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + size * count > most_body_bytes) return 0;  // ends the call
  body.append(from, size * count);
  return size * count;
}

int watch(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(stopping) ? 1 : 0;
}

struct Question {
  std::string url;
  std::string user;  // of Basic auth; there is no password
  std::vector<std::string> headers = {};
  std::string body = {};  // empty: GET
};

Answer ask_company(const Question& question, const std::atomic<bool>& stopping) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
  CARTWRIGHT_ASSERT(curl != nullptr);
  curl_slist* lines = nullptr;
  for (const std::string& header : question.headers) lines = curl_slist_append(lines, header.c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(lines, &curl_slist_free_all);

  Answer answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, question.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");  // none, whatever the environment says
  curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
  curl_easy_setopt(curl.get(), CURLOPT_USERNAME, question.user.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, "");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, most_ms);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &keep);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &watch);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &stopping);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  if (!question.body.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, question.body.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(question.body.size()));
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) {
    answer.fault = curl_easy_strerror(code);
    return answer;
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

std::string_view text_of(const json::Node& object, std::string_view name) {
  const json::Node* const node = object.member(name);
  return node != nullptr && node->kind == json::Node::Kind::string ? node->text : std::string_view();
}

// A refusal that says something of this payment, and not of the moment or of our settings.
bool is_final(int status) {
  constexpr std::array passing = {401, 408, 409, 425, 429};
  return status >= 400 && status < 500 && std::find(passing.begin(), passing.end(), status) == passing.end();
}

void warn(const GatewayCharge& charge, std::string_view asked, const Answer& answer) {
  std::string code;
  if (const auto body = json::Document::parse(answer.body); body && body->root().kind == json::Node::Kind::object) {
    code = text_of(body->root(), "code").substr(0, 100);
  }
  log::write(log::Level::warn, "the payment company did not confirm",
             {{"charge", charge.number},
              {"asked", asked},
              {"attempt", charge.attempt},
              {"status", std::int64_t{answer.status}},
              {"fault", answer.fault},
              {"code", code}});
}

bool is_success(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }

}  // namespace

Status check(const GatewaySettings& settings) {
  const auto refuse = [](const char* why) { return Error{.code = ErrorCode::invalid_request, .detail = why}; };
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
  const auto part_of = [&](CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return std::string();
    std::string copy(text);
    curl_free(text);
    return copy;
  };
  if (curl_url_set(url.get(), CURLUPART_URL, settings.url.c_str(), 0) != CURLUE_OK || part_of(CURLUPART_HOST).empty()) {
    return refuse("that is no address like https://api.example.com");
  }
  const std::string host = part_of(CURLUPART_HOST);
  const bool is_local = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  const std::string scheme = part_of(CURLUPART_SCHEME);
  if (scheme != "https" && !(scheme == "http" && is_local)) {
    return refuse("it has to be https: the secret key goes with each request");
  }
  if (settings.secret_key.empty()) return refuse("the secret key is needed (CARTWRIGHT_GATEWAY_SECRET_KEY)");
  return {};
}

Gateway::Gateway(const GatewaySettings& settings)
    : url_(without_slash(settings.url)), secret_key_(settings.secret_key) {
  CARTWRIGHT_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

Verdict Gateway::settle(const GatewayCharge& charge, const std::atomic<bool>& stopping) const {
  Told told = charge.attempt > 1 ? ask(charge, stopping) : Told::open;
  if (told == Told::open || told == Told::unknown_order) told = confirm(charge, stopping);
  switch (told) {
    case Told::paid: return Verdict::paid;
    case Told::differs: return Verdict::differs;
    case Told::refused: return Verdict::refused;
    case Told::open:
    case Told::unknown_order:
    case Told::unclear: return Verdict::unclear;
  }
  CARTWRIGHT_ASSERT(false);
  return Verdict::unclear;
}

Gateway::Told Gateway::confirm(const GatewayCharge& charge, const std::atomic<bool>& stopping) const {
  std::string body = "{\"paymentKey\":";
  json::append_string(body, charge.payment_key);
  body += ",\"orderId\":";
  json::append_string(body, charge.number);
  body += ",\"amount\":" + shop::decimal_text(charge.amount, charge.currency) + '}';
  const Answer answer =
      ask_company({.url = url_ + std::string(confirm_path),
                   .user = secret_key_,
                   .headers = {"Content-Type: application/json", "Idempotency-Key: " + charge.number},
                   .body = std::move(body)},
                  stopping);
  if (is_success(answer)) return read_payment(charge, answer.body);
  warn(charge, "confirm", answer);
  if (!is_final(answer.status)) return Told::unclear;
  const Told told = ask(charge, stopping);
  return told == Told::open || told == Told::unknown_order ? Told::refused : told;
}

Gateway::Told Gateway::ask(const GatewayCharge& charge, const std::atomic<bool>& stopping) const {
  const Answer answer =
      ask_company({.url = url_ + std::string(order_path) + charge.number, .user = secret_key_}, stopping);
  if (is_success(answer)) return read_payment(charge, answer.body);
  warn(charge, "order", answer);
  return answer.status == 404 ? Told::unknown_order : Told::unclear;
}

// What the company says of one payment.
Gateway::Told Gateway::read_payment(const GatewayCharge& charge, const std::string& text) {
  const auto body = json::Document::parse(text);
  if (!body || body->root().kind != json::Node::Kind::object) return Told::unclear;
  const json::Node& payment = body->root();
  const std::string_view status = text_of(payment, "status");
  if (text_of(payment, "orderId") != charge.number) return Told::unclear;
  if (status == "CANCELED" || status == "ABORTED" || status == "EXPIRED") return Told::refused;
  if (status == "READY" || status == "IN_PROGRESS") return Told::open;
  if (status != "DONE" || text_of(payment, "paymentKey") != charge.payment_key) return Told::unclear;
  const json::Node* const total = payment.member("totalAmount");
  if (total == nullptr) return Told::unclear;
  if (total->kind != json::Node::Kind::integer && total->kind != json::Node::Kind::other_number) return Told::unclear;
  return shop::read_decimal(total->text, charge.currency) == charge.amount ? Told::paid : Told::differs;
}

}  // namespace cartwright::gateway
