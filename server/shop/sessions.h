// Who a token belongs to. One opaque token per session: 32 random bytes in base64url for the client, only its SHA-256 in
// the table. Sessions slide: using one pushes its end to session_days from now, written at most once a day.
//
// A look-up is answered from memory; the first one of a session reads one row, and the one that lets it slide waits for
// its commit: so ask on a worker's thread, not on the event loop's. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

using TokenHash = std::array<unsigned char, 32>;

std::string make_token();
TokenHash hash_of_token(std::string_view token);

// A renewed token's predecessor lives on for so long: a lost answer signs nobody out.
inline constexpr std::int64_t renewed_token_ms = 60 * second_ms;

struct SessionUser {
  UserId user;
  wire::Role role = wire::Role::shopper;
};

class Sessions {
 public:
  // Empty: no such session, or it is over.
  std::optional<SessionUser> find(Services& services, std::string_view token, TimeMs now);

  // Forgets a session in memory: its row has changed.
  void drop(const TokenHash& hash);

  // Topic::session with a user (role changed, account erased) drops all of theirs; with 0, everyone's.
  void on_commit(const store::Commit& commit);

 private:
  struct Known {
    SessionUser who;
    TimeMs expires_at;
  };
  struct HashOfHash {
    std::size_t operator()(const TokenHash& hash) const;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<TokenHash, Known, HashOfHash> known;
    std::uint64_t drops = 0;  // a row that was read before a drop is not remembered after it
  };
  static constexpr std::size_t shard_count = 16;
  static constexpr std::size_t most_per_shard = 8192;  // then the shard starts anew

  Shard& shard_of(const TokenHash& hash) { return shards_[hash[0] % shard_count]; }
  std::optional<Known> load(Services& services, const TokenHash& hash, TimeMs now);
  void slide(Services& services, const TokenHash& hash, TimeMs now);

  std::array<Shard, shard_count> shards_;
};

}  // namespace cartwright::shop
