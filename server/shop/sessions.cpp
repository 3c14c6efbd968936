#include "server/shop/sessions.h"

#include <sodium.h>

#include <cstring>

#include "server/wire_fields.h"

namespace cartwright::shop {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_length = 43;  // of 32 bytes in base64url without padding

// What is about to end by itself, a renewed token above all, must not slide.
constexpr std::int64_t too_late_to_slide_ms = 2 * renewed_token_ms;

}  // namespace

std::string make_token() {
  std::array<unsigned char, token_bytes> random;
  randombytes_buf(random.data(), random.size());
  std::array<char, token_length + 1> text;
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

TokenHash hash_of_token(std::string_view token) {
  TokenHash hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return hash;
}

std::size_t Sessions::HashOfHash::operator()(const TokenHash& hash) const {
  std::size_t first = 0;
  std::memcpy(&first, hash.data() + 1, sizeof first);
  return first;
}

std::optional<SessionUser> Sessions::find(Services& services, std::string_view token, TimeMs now) {
  if (token.size() != token_length) return std::nullopt;
  const TokenHash hash = hash_of_token(token);
  Shard& shard = shard_of(hash);
  std::optional<Known> known;
  {
    const std::lock_guard lock(shard.mutex);
    const auto at = shard.known.find(hash);
    if (at != shard.known.end()) known = at->second;
  }
  if (!known) known = load(services, hash, now);
  if (!known || known->expires_at <= now) return std::nullopt;
  const std::int64_t left_ms = known->expires_at.ms - now.ms;
  if (left_ms < (services.settings.session_days - 1) * day_ms && left_ms > too_late_to_slide_ms) {
    slide(services, hash, now);
  }
  return known->who;
}

std::optional<Sessions::Known> Sessions::load(Services& services, const TokenHash& hash, TimeMs now) {
  Shard& shard = shard_of(hash);
  std::uint64_t drops = 0;
  {
    const std::lock_guard lock(shard.mutex);
    drops = shard.drops;
  }
  Known known;
  {
    auto read = services.readers.begin();
    const auto row = read->first("SELECT s.user_id, u.role, s.expires_at FROM user_sessions s"
                                 " JOIN users u ON u.id = s.user_id"
                                 " WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.erased_at IS NULL",
                                 hash, now);
    if (!row) return std::nullopt;
    known.who.user = row->get<UserId>(0);
    known.who.role = row->get<std::string_view>(1) == name_of(wire::Role::admin) ? wire::Role::admin
                                                                                 : wire::Role::shopper;
    known.expires_at = row->get<TimeMs>(2);
  }
  const std::lock_guard lock(shard.mutex);
  if (shard.drops == drops) {
    if (shard.known.size() >= most_per_shard) shard.known.clear();
    shard.known.insert_or_assign(hash, known);
  }
  return known;
}

// When the writer has no time for it, the next request tries again.
void Sessions::slide(Services& services, const TokenHash& hash, TimeMs now) {
  const TimeMs expires_at = after(now, services.settings.session_days * day_ms);
  const auto submitted = services.writer.submit([&](store::Transaction& tx) {
    const auto changed = tx.execute("UPDATE user_sessions SET expires_at = $2"
                                    " WHERE token_hash = $1 AND expires_at > $3 AND expires_at < $2",
                                    hash, expires_at, after(now, too_late_to_slide_ms));
    return changed > 0 ? store::Outcome::done : store::Outcome::refused;
  });
  if (submitted.committed()) drop(hash);
}

void Sessions::drop(const TokenHash& hash) {
  Shard& shard = shard_of(hash);
  const std::lock_guard lock(shard.mutex);
  ++shard.drops;
  shard.known.erase(hash);
}

void Sessions::on_commit(const store::Commit& commit) {
  for (const store::Touch touch : commit.touched) {
    if (touch.topic != static_cast<std::uint32_t>(Topic::session)) continue;
    for (Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      ++shard.drops;
      std::erase_if(shard.known,
                    [&](const auto& entry) { return touch.id == 0 || entry.second.who.user.value == touch.id; });
    }
  }
}

}  // namespace cartwright::shop
