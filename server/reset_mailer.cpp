#include "server/reset_mailer.h"

#include <curl/curl.h>
#include <sodium.h>

#include <chrono>
#include <cstring>
#include <ctime>

#include "server/log.h"
#include "server/shop/accounts.h"
#include "server/shop/password_resets.h"
#include "server/shop/texts.h"
#include "server/shop/writing.h"
#include "server/wire_fields.h"

namespace cartwright {

namespace {

constexpr std::size_t most_waiting = 1000;
constexpr int attempts = 3;
constexpr auto pause = std::chrono::seconds(5);

struct Words {
  std::string subject;
  std::string body;
};

Words words_in(wire::Language language, const std::string& shop, const std::string& link) {
  if (language == wire::Language::en) {
    return {"A new password for " + shop,
            "Somebody asked for a new password for your account at " + shop + ".\n\nThis link works once, for half an hour:\n" +
                link + "\n\nIf it wasn't you, there is nothing to do: your password stays as it is.\n"};
  }
  return {shop + " 비밀번호 재설정",
          shop + " 계정의 비밀번호 재설정을 요청하셨습니다.\n\n아래 링크는 30분 동안 한 번만 쓸 수 있습니다.\n" + link +
              "\n\n요청하지 않으셨다면 아무것도 하지 않으셔도 됩니다. 비밀번호는 그대로입니다.\n"};
}

std::string base64(std::string_view text) {
  std::string out(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.resize(std::strlen(out.data()));
  return out;
}

std::string in_lines(const std::string& text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += 76) lines += text.substr(at, 76) + "\r\n";
  return lines;
}

std::string date_of(TimeMs now) {
  const std::time_t seconds = now.ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
  return text;
}

// The addresses went through normalise_email(), so nothing in them ends a line.
std::string message_of(const MailSettings& settings, const std::string& to, const Words& words, TimeMs now) {
  return "Date: " + date_of(now) + "\r\nFrom: <" + settings.from + ">\r\nTo: <" + to + ">\r\nSubject: =?UTF-8?B?" +
         base64(words.subject.substr(0, 45)) +
         "?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
         in_lines(base64(words.body));
}

std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
  auto& left = *static_cast<std::string_view*>(from);
  const std::size_t taken = left.copy(to, size * count);
  left.remove_prefix(taken);
  return taken;
}

}  // namespace

ResetMailer::ResetMailer(shop::Services& services, MailSettings settings)
    : services_(services), settings_(std::move(settings)) {
  CARTWRIGHT_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
  thread_ = std::thread([this] { run(); });
}

ResetMailer::~ResetMailer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ResetMailer::ask(std::string email) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting) return;
    waiting_.push_back(std::move(email));
  }
  wake_.notify_one();
}

void ResetMailer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const std::string email = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    try {
      serve(email);
    } catch (const store::StoreError& error) {
      log::write(log::Level::error, "reset link", {{"fault", error.what()}});
    }
    lock.lock();
  }
}

void ResetMailer::serve(const std::string& email) {
  const TimeMs now = services_.now();
  const auto link = shop::write(services_, [&](store::Transaction& tx) {
    return shop::make_reset_link(tx, services_.settings, email, now);
  });
  if (!link) return;  // nobody's
  auto language = wire::Language::ko;
  std::string shop_name;
  {
    const auto read = services_.readers.begin();
    const auto word = read->value<std::string>("SELECT language FROM users WHERE email = $1", email);
    if (word == name_of(wire::Language::en)) language = wire::Language::en;
    const wire::Text name = shop::read_names(read->value<std::string>("SELECT name FROM shop WHERE id = 1").value_or(""));
    shop_name = language == wire::Language::en ? name.en : name.ko;
  }
  const std::string message = message_of(settings_, email, words_in(language, shop_name, link->link), now);
  for (int attempt = 1; !send(email, message) && attempt < attempts; ++attempt) {
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
  }
}

bool ResetMailer::send(const std::string& email, const std::string& message) const {
  CURL* const curl = curl_easy_init();
  if (curl == nullptr) return false;
  const std::string url =
      (settings_.security == "tls" ? "smtps://" : "smtp://") + settings_.host + ':' + std::to_string(settings_.port);
  const std::string from = '<' + settings_.from + '>';
  curl_slist* const to = curl_slist_append(nullptr, ('<' + email + '>').c_str());
  std::string_view left = message;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_USE_SSL, settings_.security == "none" ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  if (!settings_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &left);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(to);
  curl_easy_cleanup(curl);
  if (code != CURLE_OK) log::write(log::Level::error, "mail server", {{"fault", curl_easy_strerror(code)}});
  return code == CURLE_OK;
}

}  // namespace cartwright
