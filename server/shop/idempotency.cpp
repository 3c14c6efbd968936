#include "server/shop/idempotency.h"

#include <sodium.h>

#include <algorithm>

#include "server/json.h"
#include "server/shop/accounts.h"
#include "server/shop/writing.h"

namespace cartwright::shop {

namespace {

using store::Bytes;
using store::Transaction;

Error reused() {
  return {.code = ErrorCode::idempotency_key_reused,
          .detail = "This Idempotency-Key was sent before with another body. Make a new one."};
}

Error in_flight() {
  return {.code = ErrorCode::idempotency_in_flight,
          .detail = "The first request with this Idempotency-Key is still being worked on."};
}

Error bad_key() {
  return {.code = ErrorCode::invalid_request,
          .detail = "An Idempotency-Key has 1 to 255 visible characters, bare or as a quoted string."};
}

void store_answer(Transaction& tx, const OnceRequest& request, const Answer& answer) {
  std::optional<TimeMs> keep_until;
  if (request.keep == Keep::one_day) keep_until = after(request.now, day_ms);
  // A key whose day is over, but which is not swept yet, is taken over.
  tx.execute("INSERT INTO idempotency_keys"
             " (user_id, endpoint, key, request_hash, status, answer, location, created_at, keep_until)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id, key, endpoint) DO UPDATE SET"
             " request_hash = excluded.request_hash, status = excluded.status, answer = excluded.answer,"
             " location = excluded.location, created_at = excluded.created_at, keep_until = excluded.keep_until",
             request.user, request.endpoint, request.key, request.hash, answer.status, answer.body, answer.location,
             request.now, keep_until);
}

// A problem without what is large in it: its words and numbers.
std::string shortened(std::string_view problem) {
  constexpr std::size_t longest_word = 500;
  std::string out = "{";
  const auto document = json::Document::parse(problem);
  if (document && document->root().kind == json::Node::Kind::object) {
    for (const json::Node* node = document->root().first; node != nullptr; node = node->next) {
      const bool is_word = node->kind == json::Node::Kind::string && node->text.size() <= longest_word;
      if (!is_word && node->kind != json::Node::Kind::integer) continue;
      if (out.size() > 1) out += ',';
      json::append_string(out, node->key);
      out += ':';
      if (is_word) {
        json::append_string(out, node->text);
      } else {
        json::append_integer(out, node->integer);
      }
    }
  }
  return out + '}';
}

}  // namespace

void shorten_refusal(Transaction& tx, std::int64_t id) {
  const auto answer = tx.value<std::string>("SELECT answer FROM idempotency_keys WHERE id = $1 AND status >= 400", id);
  if (answer) tx.execute("UPDATE idempotency_keys SET answer = $2 WHERE id = $1", id, shortened(*answer));
}

Result<std::string> read_key(std::string_view header) {
  std::string key;
  if (header.size() >= 2 && header.front() == '"' && header.back() == '"') {
    // RFC 8941 string: a backslash stands before a quote or a backslash.
    const std::string_view quoted = header.substr(1, header.size() - 2);
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      if (quoted[i] == '"') return bad_key();
      if (quoted[i] == '\\' && (++i == quoted.size() || (quoted[i] != '"' && quoted[i] != '\\'))) return bad_key();
      key += quoted[i];
    }
  } else {
    key = header;
  }
  const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (key.empty() || key.size() > 255 || !visible) return bad_key();
  return key;
}

RequestHash hash_of(std::string_view body) {
  RequestHash hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                     nullptr, 0);
  return hash;
}

Result<std::optional<Answer>> find_answer(store::Reader& reader, const OnceRequest& request) {
  const auto row = reader.first("SELECT request_hash, status, answer, location FROM idempotency_keys"
                                " WHERE user_id = $1 AND key = $2 AND endpoint = $3 AND status IS NOT NULL"
                                " AND (keep_until IS NULL OR keep_until > $4)",
                                request.user, request.key, request.endpoint, request.now);
  if (!row) return std::optional<Answer>();
  const Bytes hash = row->get<Bytes>(0);
  if (!std::equal(hash.begin(), hash.end(), request.hash.begin(), request.hash.end())) return reused();
  return std::optional<Answer>({.status = row->get<int>(1),
                                .body = row->get<std::string>(2),
                                .location = row->get<std::string>(3),
                                .replayed = true});
}

Result<Answer> run_once(Services& shop, const OnceRequest& request, const OnceCommand& command) {
  const bool keyed = !request.key.empty();
  const auto name = std::to_string(request.user.value) + ' ' + request.endpoint + ' ' + request.key;
  const auto hold = keyed ? shop.running_keys->take(name) : std::nullopt;
  if (keyed && !hold) return in_flight();
  std::optional<Result<Answer>> result;
  const store::Submitted submitted = shop.writer.submit([&](Transaction& tx) {
    result.reset();
    if (const Status status = check_account(tx, request.user); !status) {
      result.emplace(status.error());
      return store::Outcome::refused;
    }
    if (keyed) {
      // Exclusive by the UNIQUE: of two servers that get here, the second one's INSERT waits for the first.
      auto found = find_answer(tx, request);
      if (!found) {
        result.emplace(found.error());
        return store::Outcome::refused;
      }
      if (*found) {
        result.emplace(std::move(**found));
        return store::Outcome::done;
      }
    }
    result.emplace(command(tx));
    if ((*result)->status >= 500) return store::Outcome::refused;  // no final answer: try again with the same key
    if (keyed) store_answer(tx, request, **result);
    return (*result)->status < 400 ? store::Outcome::done : store::Outcome::refused_recorded;
  });
  if (!submitted.committed()) return error_of(submitted);
  return std::move(*result);
}

}  // namespace cartwright::shop
