#pragma once
// A blunt HTTP client for the tests: raw bytes out, answers in, every wait with a deadline on readability.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "server/http/server.h"

namespace http_test {

constexpr int patience_ms = 10'000;  // a failed test waits so long, a good one never

struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;
  bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
};

class Client {
 public:
  explicit Client(int port, int receive_buffer_bytes = 0) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer_bytes > 0) {
      setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), in_(std::move(other.in_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (fd_ >= 0) ::close(fd_);
  }

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t taken = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (taken < 0) return;  // the server hung up: what it said is still to be read
      bytes.remove_prefix(static_cast<std::size_t>(taken));
    }
  }
  void get(const std::string& path, const std::string& headers = "") const {
    send("GET " + path + " HTTP/1.1\r\nHost: example.com\r\n" + headers + "\r\n");
  }
  void half_close() const { shutdown(fd_, SHUT_WR); }

  /// Waits until bytes or the end of the stream arrive; false at the end or when patience is out.
  bool receive() {
    pollfd wanted{fd_, POLLIN, 0};
    if (poll(&wanted, 1, patience_ms) <= 0) return false;
    char buffer[65536];
    const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
    if (got > 0) in_.append(buffer, static_cast<std::size_t>(got));
    is_closed_ = got == 0;
    is_reset_ = got < 0;
    return got > 0;
  }

  /// Everything up to and with `end`; what was there when the stream ends before.
  std::string until(std::string_view end) {
    std::size_t at = 0;
    while ((at = in_.find(end)) == std::string::npos) {
      if (!receive()) return std::exchange(in_, {});
    }
    return cut(at + end.size());
  }

  Answer answer(bool has_body = true) {
    Answer answer;
    const std::string head = until("\r\n\r\n");
    if (head.size() < 12) return answer;
    answer.status = std::atoi(head.c_str() + 9);
    std::size_t at = head.find("\r\n") + 2;
    while (at + 2 < head.size()) {
      const std::size_t end = head.find("\r\n", at);
      const std::size_t colon = head.find(": ", at);
      answer.headers[head.substr(at, colon - at)] = head.substr(colon + 2, end - colon - 2);
      at = end + 2;
    }
    const auto length = answer.headers.find("Content-Length");
    if (!has_body || length == answer.headers.end()) return answer;
    const auto size = static_cast<std::size_t>(std::atoll(length->second.c_str()));
    while (in_.size() < size && receive()) continue;
    answer.body = cut(size);
    return answer;
  }

  /// The server closed in an orderly way, nothing more came.
  bool ends() {
    while (receive()) continue;
    return in_.empty() && is_closed_ && !is_reset_;
  }

 private:
  std::string cut(std::size_t size) {
    std::string part = in_.substr(0, size);
    in_.erase(0, part.size());
    return part;
  }

  int fd_;
  std::string in_;
  bool is_closed_ = false;
  bool is_reset_ = false;
};

/// A server on a free port, run by a thread of its own, stopped at the end.
class RunningServer {
 public:
  explicit RunningServer(cartwright::http::Router router, cartwright::http::ServerOptions options = quick(),
                         cartwright::http::Hooks hooks = {})
      : server(std::move(options), std::move(router), std::move(hooks)) {
    if (const auto fault = server.bind()) throw std::runtime_error(*fault);
    thread_ = std::thread([this] { is_clean_ = server.run(); });
  }
  ~RunningServer() { stop(); }
  bool stop() {
    server.stop();
    return finished();
  }
  bool finished() {
    if (thread_.joinable()) thread_.join();
    return is_clean_;
  }
  int port() const { return server.port(); }

  static cartwright::http::ServerOptions quick() {
    cartwright::http::ServerOptions options;
    options.port = 0;
    options.worker_count = 8;
    options.linger_timeout_ms = 500;
    return options;
  }

  cartwright::http::Server server;

 private:
  std::thread thread_;
  bool is_clean_ = false;
};

/// Lets other threads run until the condition holds; false when patience is out.
template <class Condition>
bool becomes_true(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

/// Something to wait for across threads.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(patience_ms), [&] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

}  // namespace http_test
