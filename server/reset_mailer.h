// Sends links to a new password by SMTP (libcurl), off the way of the request that asked for one.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "server/shop/services.h"

namespace cartwright {

struct MailSettings {
  std::string host = {};                 // empty: no mail
  int port = 587;
  std::string security = "starttls";     // starttls, tls (from the first byte) or none
  std::string user = {};                 // empty: no sign-in
  std::string password = {};
  std::string from = {};                 // the shop's address
};

// A thread of its own takes one e-mail after another: looks whose it is, makes the link, sends it; a server that can't be
// reached is tried a few times more. Thread-safe. The services must outlive it; stop it before the writer.
class ResetMailer {
 public:
  ResetMailer(shop::Services& services, MailSettings settings);
  ~ResetMailer();
  ResetMailer(const ResetMailer&) = delete;
  ResetMailer& operator=(const ResetMailer&) = delete;

  // Returns at once. When too many wait it is dropped: whoever asked asks again.
  void ask(std::string email);

 private:
  void run();
  void serve(const std::string& email);
  bool send(const std::string& email, const std::string& message) const;

  shop::Services& services_;
  const MailSettings settings_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::string> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace cartwright
