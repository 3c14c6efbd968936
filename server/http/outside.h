#pragma once
// Where requests to the outside (webhooks) may go. An address book of the inside that nobody may reach through us:
// a name is resolved once, each of its addresses is checked, and the connection goes to the very address that was
// checked, so a name that answers differently the second time (DNS rebinding) gains nothing.

#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::http {

using Deadline = std::chrono::steady_clock::time_point;

/// An http:// or https:// address, taken apart.
struct Url {
  bool is_tls = false;
  std::string host;       ///< a name or an address, IPv6 without its brackets
  std::uint16_t port = 0;
  std::string authority;  ///< for the Host header: the port only where it isn't the scheme's own
  std::string target;     ///< path and query, at least "/"
};

/// Nothing for what isn't http or https, has a user or a fragment, or characters that belong escaped.
std::optional<Url> parse_url(std::string_view text);

/// Ends waits of other threads; may be raised once, from any thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  void raise();
  int fd() const { return fd_; }  ///< readable from then on

 private:
  int fd_;
};

/// How a wait for a socket ended.
enum class Waited : std::uint8_t { ready, timed_out, interrupted };

/// Waits until `fd` has one of these poll() events (or an error).
Waited wait_for(int fd, short events, Deadline deadline, const Interrupt& interrupt);

struct SocketAddress {
  sockaddr_storage storage = {};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// A globally reachable unicast address (IANA's special-purpose registries): not loopback, private, link-local (and so
/// no cloud's metadata), shared, multicast, documentation, nor one that wraps an IPv4 address.
bool is_public(const SocketAddress& address);

struct Resolved {
  enum class End : std::uint8_t { found, unknown, timed_out, interrupted };
  End end = End::unknown;
  std::vector<SocketAddress> addresses = {};
};

/// The name's addresses, public or not. The system's resolver can't be told to stop, so it runs in a thread of its own,
/// which is left behind when the wait ends first.
Resolved resolve(const Url& url, Deadline deadline, const Interrupt& interrupt);

}  // namespace cartwright::http
