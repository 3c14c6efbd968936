#include "server/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "server/http/fields.h"

namespace cartwright::http {

namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned ipv4_prefix_bits = 96;

bool is_ipv4(const Address& address) {
  return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), address.bytes.begin());
}

Address from_ipv4(const void* four_bytes) {
  Address address;
  std::copy(ipv4_prefix.begin(), ipv4_prefix.end(), address.bytes.begin());
  std::memcpy(address.bytes.data() + ipv4_prefix.size(), four_bytes, 4);
  return address;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  const std::string terminated(text);
  Address address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  in_addr four{};
  if (inet_pton(AF_INET, terminated.c_str(), &four) == 1) return from_ipv4(&four);
  return std::nullopt;
}

Address Address::of(const sockaddr_storage& peer) {
  Address address;
  if (peer.ss_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &peer, sizeof four);
    return from_ipv4(&four.sin_addr);
  }
  if (peer.ss_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &peer, sizeof six);
    std::memcpy(address.bytes.data(), &six.sin6_addr, address.bytes.size());
  }
  return address;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_ipv4(*this)) {
    inet_ntop(AF_INET, bytes.data() + ipv4_prefix.size(), out.data(), out.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  }
  return out.data();
}

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view base = text.substr(0, slash);
  const auto address = Address::parse(base);
  if (!address) return std::nullopt;
  const unsigned offset = base.find(':') == std::string_view::npos ? ipv4_prefix_bits : 0;
  Cidr cidr{*address, 128};
  if (slash == text.size()) return cidr;
  const std::string_view bits = text.substr(slash + 1);
  unsigned given = 0;
  const auto [end, fault] = std::from_chars(bits.data(), bits.data() + bits.size(), given);
  if (fault != std::errc{} || end != bits.data() + bits.size() || given > 128 - offset) return std::nullopt;
  cidr.prefix_bits = given + offset;
  return cidr;
}

bool Cidr::contains(const Address& address) const {
  for (unsigned bit = 0; bit < prefix_bits; bit += 8) {
    const unsigned counted = std::min(8U, prefix_bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff00U >> counted);
    if (((base.bytes[bit / 8] ^ address.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

bool is_loopback(const Address& address) {
  static const Cidr v4 = *Cidr::parse("127.0.0.0/8");
  static const Cidr v6 = *Cidr::parse("::1/128");
  return v4.contains(address) || v6.contains(address);
}

Address network_of(Address address) {
  static const Cidr v4 = *Cidr::parse("0.0.0.0/0");
  if (!v4.contains(address)) std::fill(address.bytes.begin() + 8, address.bytes.end(), std::uint8_t{0});
  return address;
}

bool is_trusted(const Address& address, const std::vector<Cidr>& trusted) {
  return std::any_of(trusted.begin(), trusted.end(), [&](const Cidr& range) { return range.contains(address); });
}

Address client_address(const Address& peer, std::string_view forwarded_for, const std::vector<Cidr>& trusted) {
  Address client = peer;
  while (is_trusted(client, trusted) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const std::string_view last =
        trim(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    const auto address = Address::parse(last);
    if (!address) break;
    client = *address;
  }
  return client;
}

}  // namespace cartwright::http
