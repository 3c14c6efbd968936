#include "server/http/post.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <optional>

#include "core/result.h"
#include "server/http/address.h"
#include "server/http/fields.h"

namespace cartwright::http {

namespace {

constexpr std::size_t most_head_bytes = 16U << 10U;

struct CloseSocket {
  int fd = -1;
  ~CloseSocket() {
    if (fd >= 0) close(fd);
  }
};
struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

std::optional<PostEnd> end_of(Waited waited) {
  switch (waited) {
    case Waited::ready: return std::nullopt;
    case Waited::timed_out: return PostEnd::timed_out;
    case Waited::interrupted: return PostEnd::interrupted;
  }
  return PostEnd::timed_out;
}

// A connected socket, with TLS over it or without. What it answers: why it ended, nothing while all is well.
class Link {
 public:
  Link(int fd, Deadline deadline, const Interrupt& interrupt) : fd_(fd), deadline_(deadline), interrupt_(interrupt) {}

  std::optional<PostEnd> start_tls(SSL_CTX* context, const std::string& host) {
    ssl_.reset(SSL_new(context));
    if (!ssl_ || SSL_set_fd(ssl_.get(), fd_) != 1) return PostEnd::tls_failed;
    if (Address::parse(host)) {
      if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str()) != 1) return PostEnd::tls_failed;
    } else if (SSL_set1_host(ssl_.get(), host.c_str()) != 1 ||
               SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) != 1) {
      return PostEnd::tls_failed;
    }
    return repeat([this] { return SSL_connect(ssl_.get()); }, PostEnd::tls_failed);
  }

  std::optional<PostEnd> write(std::string_view bytes) {
    while (!bytes.empty()) {
      std::size_t written = 0;
      const auto end = ssl_ ? repeat([&] { return SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written); },
                                     PostEnd::closed)
                            : repeat_plain([&] { return send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); },
                                           POLLOUT, written);
      if (end) return end;
      bytes.remove_prefix(written);
    }
    return std::nullopt;
  }

  // Appends at least a byte.
  std::optional<PostEnd> read(std::string& out) {
    std::array<char, 4096> block;
    std::size_t got = 0;
    const auto end =
        ssl_ ? repeat([&] { return SSL_read_ex(ssl_.get(), block.data(), block.size(), &got); }, PostEnd::closed)
             : repeat_plain([&] { return recv(fd_, block.data(), block.size(), 0); }, POLLIN, got);
    if (end) return end;
    if (got == 0) return PostEnd::closed;
    out.append(block.data(), got);
    return std::nullopt;
  }

 private:
  template <class Step>
  std::optional<PostEnd> repeat(Step step, PostEnd failed) {
    while (true) {
      ERR_clear_error();
      const int result = step();
      if (result == 1) return std::nullopt;
      const int error = SSL_get_error(ssl_.get(), result);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return failed;
      const short events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
      if (const auto end = end_of(wait_for(fd_, events, deadline_, interrupt_))) return end;
    }
  }
  template <class Step>
  std::optional<PostEnd> repeat_plain(Step step, short events, std::size_t& moved) {
    while (true) {
      const ssize_t result = step();
      if (result >= 0) {
        moved = static_cast<std::size_t>(result);
        return std::nullopt;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return PostEnd::closed;
      if (const auto end = end_of(wait_for(fd_, events, deadline_, interrupt_))) return end;
    }
  }

  const int fd_;
  const Deadline deadline_;
  const Interrupt& interrupt_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
};

// A socket that is connected to that address; -1 and the reason.
int connect_to(const SocketAddress& address, Deadline deadline, const Interrupt& interrupt, PostEnd& end) {
  end = PostEnd::unreachable;
  CloseSocket made{socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP)};
  if (made.fd < 0) return -1;
  const int on = 1;
  setsockopt(made.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(made.fd, address.get(), address.size) != 0) {
    if (errno != EINPROGRESS) return -1;
    if (const auto waited = end_of(wait_for(made.fd, POLLOUT, deadline, interrupt))) {
      end = *waited;
      return -1;
    }
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(made.fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return -1;
  }
  return std::exchange(made.fd, -1);
}

std::string request_text(const Url& url, const std::vector<Pair>& headers, std::string_view body) {
  std::string text = "POST " + url.target + " HTTP/1.1\r\nHost: " + url.authority +
                     "\r\nUser-Agent: Cartwright\r\nAccept: */*\r\nConnection: close\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n";
  for (const Pair& header : headers) text.append(header.name).append(": ").append(header.value).append("\r\n");
  return text.append("\r\n").append(body);
}

// The answer in a whole head; nothing for an interim one (1xx). Status 0: no HTTP.
std::optional<Posted> read_head(std::string_view head) {
  Posted posted{.end = PostEnd::malformed_answer};
  const std::string_view line = head.substr(0, head.find("\r\n"));
  int status = 0;
  if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ') return posted;
  const auto [rest, error] = std::from_chars(line.data() + 9, line.data() + 12, status);
  if (error != std::errc() || rest != line.data() + 12 || status < 100 || status > 599) return posted;
  if (status < 200) return std::nullopt;
  posted.end = PostEnd::answered;
  posted.status = status;
  for (std::size_t at = line.size() + 2; at < head.size();) {
    const std::string_view field = head.substr(at, head.find("\r\n", at) - at);
    at += field.size() + 2;
    const std::size_t colon = field.find(':');
    if (colon != std::string_view::npos && same_name(field.substr(0, colon), "Retry-After")) {
      posted.retry_after = trim(field.substr(colon + 1));
    }
  }
  return posted;
}

Posted read_answer(Link& link) {
  std::string bytes;
  std::size_t read = 0;  // in all, interim answers too
  while (true) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end != std::string::npos) {
      if (auto posted = read_head(std::string_view(bytes).substr(0, end + 2))) return *std::move(posted);
      bytes.erase(0, end + 4);
      continue;
    }
    if (read > most_head_bytes) return {.end = PostEnd::malformed_answer};
    const std::size_t before = bytes.size();
    if (const auto fault = link.read(bytes)) return {.end = *fault};
    read += bytes.size() - before;
  }
}

}  // namespace

std::string_view name_of(PostEnd end) {
  switch (end) {
    case PostEnd::answered: return "answered";
    case PostEnd::unresolved: return "unresolved";
    case PostEnd::target_refused: return "target_refused";
    case PostEnd::unreachable: return "unreachable";
    case PostEnd::tls_failed: return "tls_failed";
    case PostEnd::timed_out: return "timed_out";
    case PostEnd::closed: return "closed";
    case PostEnd::malformed_answer: return "malformed_answer";
    case PostEnd::interrupted: return "interrupted";
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

// Made when it is first needed: reading the system's certificates takes longer than the whole start of a shop that sends
// nothing.
struct Poster::Tls {
  std::once_flag once;
  SSL_CTX* context = nullptr;

  SSL_CTX* get() {
    std::call_once(once, [this] {
      context = SSL_CTX_new(TLS_client_method());
      CARTWRIGHT_ASSERT(context != nullptr);
      SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
      SSL_CTX_set_default_verify_paths(context);  // SSL_CERT_FILE and SSL_CERT_DIR count
    });
    return context;
  }
  ~Tls() { SSL_CTX_free(context); }
};

Poster::Poster(PostOptions options) : options_(options), tls_(std::make_unique<Tls>()) {}
Poster::~Poster() = default;

Posted Poster::post(const Url& url, const std::vector<Pair>& headers, std::string_view body,
                    const Interrupt& interrupt) const {
  const Deadline deadline = std::chrono::steady_clock::now() + options_.time;
  Resolved resolved = resolve(url, deadline, interrupt);
  switch (resolved.end) {
    case Resolved::End::found: break;
    case Resolved::End::unknown: return {.end = PostEnd::unresolved};
    case Resolved::End::timed_out: return {.end = PostEnd::timed_out};
    case Resolved::End::interrupted: return {.end = PostEnd::interrupted};
  }
  if (!options_.allow_private) {
    std::erase_if(resolved.addresses, [](const SocketAddress& address) { return !is_public(address); });
  }
  PostEnd end = PostEnd::target_refused;
  CloseSocket connected;
  for (const SocketAddress& address : resolved.addresses) {
    const Deadline in_time = std::min(deadline, std::chrono::steady_clock::now() + options_.connect_time);
    connected.fd = connect_to(address, in_time, interrupt, end);
    if (connected.fd >= 0 || end == PostEnd::interrupted) break;
  }
  if (connected.fd < 0) return {.end = end};

  Link link(connected.fd, deadline, interrupt);
  if (url.is_tls) {
    if (const auto fault = link.start_tls(tls_->get(), url.host)) return {.end = *fault};
  }
  if (const auto fault = link.write(request_text(url, headers, body))) return {.end = *fault};
  return read_answer(link);
}

}  // namespace cartwright::http
