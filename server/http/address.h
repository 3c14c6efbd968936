#pragma once
// Network addresses as text and ranges: who is asking, and whose word about that counts. Pure functions.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr_storage;

namespace cartwright::http {

/// An IPv4 or IPv6 address; IPv4 is kept as ::ffff:a.b.c.d, so both compare alike.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  static std::optional<Address> parse(std::string_view text);
  static Address of(const sockaddr_storage& peer);
  std::string text() const;  ///< IPv4 in dotted form
};

/// A range such as 10.0.0.0/8, fd00::/8 or a single address.
struct Cidr {
  Address base;
  unsigned prefix_bits = 128;  ///< counted in the 128 bits of `base`

  static std::optional<Cidr> parse(std::string_view text);
  bool contains(const Address& address) const;
};

/// Who a request is from: the peer, unless the peer is a trusted proxy; then the last address in
/// X-Forwarded-For that is not a trusted proxy itself (a proxy appends what it saw; earlier ones may be made up).
Address client_address(const Address& peer, std::string_view forwarded_for, const std::vector<Cidr>& trusted);

/// This machine itself (127.0.0.0/8, ::1).
bool is_loopback(const Address& address);

/// Whom a limit counts: an IPv4 address, or the /64 that an IPv6 host may choose its addresses from.
Address network_of(Address address);

bool is_trusted(const Address& address, const std::vector<Cidr>& trusted);

}  // namespace cartwright::http
