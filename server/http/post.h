#pragma once
// One POST to the outside (webhooks), watched all the way: bounded in time and in what is read, interruptible at any
// moment, never redirected, and only to addresses that may be reached (outside.h). TLS 1.2 or newer with the system's
// certificates; the receiver's name is checked.
//
// Thread-safe. The calling thread must have SIGPIPE blocked or ignored.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"
#include "server/http/outside.h"

namespace cartwright::http {

struct PostOptions {
  bool allow_private = false;  ///< also addresses that aren't public
  std::chrono::milliseconds connect_time{5'000};  ///< for each address
  std::chrono::milliseconds time{15'000};         ///< for all of it
};

/// Why there was no answer; the names are what an admin reads.
enum class PostEnd : std::uint8_t {
  answered,
  unresolved,        ///< the name has no address
  target_refused,    ///< it has none that may be reached
  unreachable,       ///< no connection
  tls_failed,        ///< no trustworthy TLS with it
  timed_out,
  closed,            ///< the connection ended before an answer
  malformed_answer,  ///< no HTTP, or a head above 16 KiB
  interrupted,
};
std::string_view name_of(PostEnd end);

struct Posted {
  PostEnd end = PostEnd::answered;
  int status = 0;           ///< when answered: 200..599
  std::string retry_after = {};  ///< the header, empty without it
};

class Poster {
 public:
  explicit Poster(PostOptions options);
  ~Poster();
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  /// Host, Content-Length, Connection and User-Agent are added. Of the answer only the head is read.
  Posted post(const Url& url, const std::vector<Pair>& headers, std::string_view body,
              const Interrupt& interrupt) const;

 private:
  struct Tls;
  const PostOptions options_;
  std::unique_ptr<Tls> tls_;
};

}  // namespace cartwright::http
