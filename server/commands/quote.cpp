#include "core/quote.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "server/commands/commands.h"
#include "server/json.h"

namespace cartwright::commands {

namespace {

void answer_line(std::string_view line, std::string& out) {
  const auto request = json::decode<QuoteRequest>(line);
  if (!request) {
    out += json::encode_error(request.error());
  } else if (const auto answer = cartwright::quote(*request)) {
    json::append(out, *answer);
  } else {
    out += json::encode_error(answer.error());
  }
  out += '\n';
}

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

int quote() {
  std::string input;
  std::string output;
  std::string block(1 << 16, '\0');
  for (bool more = true; more;) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      std::fprintf(stderr, "cartwright quote: can't read: %s\n", std::strerror(errno));
      return 1;
    }
    more = got > 0;
    const std::size_t unseen = input.size();
    input.append(block, 0, static_cast<std::size_t>(got));
    if (!more && !input.empty()) input += '\n';

    // All whole lines that are there are answered before the next read, so that a program on the other side of a pipe
    // can send one and wait for its answer.
    std::size_t begin = 0;
    for (std::size_t end = input.find('\n', unseen); end != std::string::npos; end = input.find('\n', begin)) {
      answer_line(std::string_view(input).substr(begin, end - begin), output);
      begin = end + 1;
    }
    input.erase(0, begin);
    if (!write_all(output)) return 1;
    output.clear();
  }
  return 0;
}

}  // namespace cartwright::commands
