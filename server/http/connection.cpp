#include "server/http/connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace cartwright::http {

namespace {

constexpr std::size_t kept_buffer_bytes = 8192;

void clear_buffer(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > kept_buffer_bytes) buffer.shrink_to_fit();
}

/// Sends up to two pieces, what of them lies past `skip`. Returns bytes taken, -1 when full, -2 when broken.
ssize_t send_pieces(int fd, std::string_view first, std::string_view second, std::size_t skip) {
  std::array<iovec, 2> pieces{};
  std::size_t count = 0;
  for (std::string_view piece : {first, second}) {
    const std::size_t skipped = std::min(skip, piece.size());
    skip -= skipped;
    piece.remove_prefix(skipped);
    // sendmsg() does not write through iov_base.
    if (!piece.empty()) pieces[count++] = {const_cast<char*>(piece.data()), piece.size()};
  }
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  while (true) {
    const ssize_t taken = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken >= 0) return taken;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return -1;
    if (errno != EINTR) return -2;
  }
}

}  // namespace

void Exchange::clear() {
  clear_buffer(bytes);
  clear_buffer(chunked_body);
  refusal.reset();
  closes = false;
  stream.reset();
}

void Exchange::drop_request() {
  clear_buffer(bytes);
  clear_buffer(chunked_body);
}

void Outbox::clear() {
  clear_buffer(head);
  clear_buffer(body);
  shared_body.reset();
  sent = 0;
}

Outbox::Sent Outbox::send_to(int fd) {
  const std::size_t before = sent;
  while (has_unsent()) {
    const ssize_t taken = send_pieces(fd, head, body_view(), sent);
    if (taken == -2) return Sent::broken;
    if (taken == -1) return sent > before ? Sent::some : Sent::none;
    sent += static_cast<std::size_t>(taken);
  }
  clear();
  return Sent::all;
}

void EventStream::push(std::shared_ptr<const std::string> bytes) {
  backlog_bytes += bytes->size();
  queue.push_back(std::move(bytes));
}

Outbox::Sent EventStream::send_to(int fd) {
  bool any = false;
  while (!queue.empty()) {
    const std::string_view second = queue.size() > 1 ? std::string_view(*queue[1]) : std::string_view{};
    const ssize_t taken = send_pieces(fd, *queue[0], second, front_sent);
    if (taken == -2) return Outbox::Sent::broken;
    if (taken == -1) return any ? Outbox::Sent::some : Outbox::Sent::none;
    any = true;
    front_sent += static_cast<std::size_t>(taken);
    backlog_bytes -= static_cast<std::size_t>(taken);
    while (!queue.empty() && front_sent >= queue.front()->size()) {
      front_sent -= queue.front()->size();
      queue.pop_front();
    }
  }
  return Outbox::Sent::all;
}

Connection::~Connection() { close(); }

void Connection::close() {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

}  // namespace cartwright::http
