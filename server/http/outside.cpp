#include "server/http/outside.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <thread>

#include "core/result.h"
#include "server/http/address.h"

namespace cartwright::http {

namespace {

bool is_unreserved_or_escaped(char c) {
  return c > ' ' && c < 127 && std::string_view("\"<>\\^`{|}#").find(c) == std::string_view::npos;
}

// Of a name or an IPv4 address.
bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

struct Authority {
  std::string host;
  std::optional<std::uint16_t> port;
};

std::optional<Authority> parse_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    authority.host = text.substr(1, end - 1);
    if (authority.host.find(':') == std::string::npos || !Address::parse(authority.host)) return std::nullopt;
    rest = text.substr(end + 1);
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, end);
    if (authority.host.empty() || authority.host.size() > 253) return std::nullopt;
    if (!std::all_of(authority.host.begin(), authority.host.end(), is_host_character)) return std::nullopt;
    rest = text.substr(end);
  }
  if (rest.empty()) return authority;
  if (!rest.starts_with(':')) return std::nullopt;
  std::uint16_t port = 0;
  const char* const end = rest.data() + rest.size();
  const auto [at, error] = std::from_chars(rest.data() + 1, end, port);
  if (error != std::errc() || at != end || port == 0) return std::nullopt;
  authority.port = port;
  return authority;
}

constexpr auto inside_ipv4 = std::to_array<std::string_view>(
    {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
     "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
     "224.0.0.0/3"});
// Within 2000::/3, outside of which nothing is public: Teredo and other protocols, documentation, 6to4.
constexpr auto inside_ipv6 =
    std::to_array<std::string_view>({"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});

template <std::size_t N>
bool is_in(const Address& address, const std::array<std::string_view, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](std::string_view range) { return Cidr::parse(range)->contains(address); });
}

// What the resolver's thread and the one that waits for it share, until the later of them is done.
struct Search {
  Interrupt done;
  std::mutex mutex;
  std::vector<SocketAddress> addresses;
};

void look_up(Search& search, const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* list = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &list) == 0) {
    const std::lock_guard lock(search.mutex);
    for (const addrinfo* at = list; at != nullptr; at = at->ai_next) {
      if (at->ai_family != AF_INET && at->ai_family != AF_INET6) continue;
      SocketAddress& address = search.addresses.emplace_back();
      std::copy_n(reinterpret_cast<const char*>(at->ai_addr), at->ai_addrlen,
                  reinterpret_cast<char*>(&address.storage));
      address.size = at->ai_addrlen;
    }
    freeaddrinfo(list);
  }
  search.done.raise();
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  if (!std::all_of(text.begin(), text.end(), is_unreserved_or_escaped)) return std::nullopt;
  if (text.starts_with("https://")) {
    url.is_tls = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  const auto authority = parse_authority(text.substr(0, end));
  if (!authority) return std::nullopt;
  const std::uint16_t usual_port = url.is_tls ? 443 : 80;
  url.host = authority->host;
  url.port = authority->port.value_or(usual_port);
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  url.authority = is_ipv6 ? '[' + url.host + ']' : url.host;
  if (url.port != usual_port) url.authority += ':' + std::to_string(url.port);
  url.target = text.substr(end);
  if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
  return url;
}

Interrupt::Interrupt() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { CARTWRIGHT_ASSERT(fd_ >= 0); }
Interrupt::~Interrupt() { close(fd_); }
void Interrupt::raise() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(fd_, &one, sizeof one);
}

Waited wait_for(int fd, short events, Deadline deadline, const Interrupt& interrupt) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd watched[] = {{.fd = fd, .events = events, .revents = 0},
                        {.fd = interrupt.fd(), .events = POLLIN, .revents = 0}};
    const int count = poll(watched, 2, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
    if (count < 0 && errno == EINTR) continue;
    if (watched[1].revents != 0) return Waited::interrupted;
    if (watched[0].revents != 0) return Waited::ready;
    if (left <= 0) return Waited::timed_out;
  }
}

bool is_public(const SocketAddress& socket_address) {
  const Address address = Address::of(socket_address.storage);
  if (socket_address.storage.ss_family == AF_INET) return !is_in(address, inside_ipv4);
  if (socket_address.storage.ss_family != AF_INET6) return false;
  return (address.bytes[0] & 0xe0U) == 0x20U && !is_in(address, inside_ipv6);
}

Resolved resolve(const Url& url, Deadline deadline, const Interrupt& interrupt) {
  const auto search = std::make_shared<Search>();
  std::thread([search, host = url.host, port = std::to_string(url.port)] { look_up(*search, host, port); }).detach();
  switch (wait_for(search->done.fd(), POLLIN, deadline, interrupt)) {
    case Waited::timed_out: return {.end = Resolved::End::timed_out};
    case Waited::interrupted: return {.end = Resolved::End::interrupted};
    case Waited::ready: break;
  }
  const std::lock_guard lock(search->mutex);
  return {.end = search->addresses.empty() ? Resolved::End::unknown : Resolved::End::found,
          .addresses = std::move(search->addresses)};
}

}  // namespace cartwright::http
