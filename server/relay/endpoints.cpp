#include "server/relay/endpoints.h"

#include <algorithm>
#include <iterator>

#include "server/http/outside.h"
#include "server/json.h"
#include "server/shop/admin_log.h"

namespace cartwright::relay {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;
using wire::WebhookState;

constexpr std::chrono::seconds time_to_resolve{2};

Error no_such_webhook() { return {.code = ErrorCode::not_found, .detail = "There is no such webhook."}; }

WebhookState state_of(std::string_view word) {
  constexpr auto& words = Names<WebhookState>::list;
  const auto at = std::find(words.begin(), words.end(), word);
  CARTWRIGHT_ASSERT(at != words.end());
  return static_cast<WebhookState>(at - words.begin());
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Result<std::string> joined_types(const std::vector<std::string>& types) {
  std::string joined;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (std::find(std::begin(event_types), std::end(event_types), types[i]) == std::end(event_types)) {
      return Error{.code = ErrorCode::invalid_request,
                   .path = "$.event_types[" + std::to_string(i) + "]",
                   .detail = "is no type of event"};
    }
    joined.append(i > 0 ? " " : "").append(types[i]);
  }
  return joined;
}

// A position to begin behind.
Status check_after(Reader& reader, std::int64_t after) {
  if (const std::int64_t last = last_position(reader); after > last) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.after",
                 .detail = "is not there yet: the last position is " + std::to_string(last)};
  }
  return {};
}

wire::Webhook shown(const Endpoint& endpoint, std::int64_t last) {
  return {.id = endpoint.id,
          .url = endpoint.url,
          .event_types = words_in(endpoint.event_types),
          .state = endpoint.state,
          .cursor = endpoint.cursor,
          .last_position = last,
          .failures = endpoint.failures,
          .failing_since = endpoint.failing_since,
          .next_attempt_at = endpoint.next_attempt_at,
          .created_at = endpoint.created_at};
}

// Goes on at once, as if it had never failed.
void revive(Endpoint& endpoint) {
  endpoint.state = WebhookState::active;
  endpoint.failures = 0;
  endpoint.failing_since.reset();
  endpoint.next_attempt_at.reset();
}

void store_endpoint(Transaction& tx, const Endpoint& endpoint) {
  tx.execute("UPDATE webhook_endpoints SET url = $2, event_types = $3, cursor = $4, state = $5, failures = $6,"
             " failing_since = $7, next_attempt_at = $8 WHERE id = $1",
             endpoint.id, endpoint.url, endpoint.event_types, endpoint.cursor, name_of(endpoint.state),
             endpoint.failures, endpoint.failing_since, endpoint.next_attempt_at);
  tx.touch(shop::Topic::webhook, endpoint.id);
}

void log(Transaction& tx, const By& by, std::string_view action, std::int64_t id, std::string before,
         std::string after) {
  if (!by.admin) return;
  shop::log_admin(tx,
                  {.admin = *by.admin,
                   .action = action,
                   .entity = "webhook",
                   .entity_id = id,
                   .before = std::move(before),
                   .after = std::move(after)},
                  by.now);
}

// Stores what became of it, logs it, shows it.
wire::Webhook changed(Transaction& tx, const By& by, std::string_view action, const Endpoint& before,
                      const Endpoint& after) {
  store_endpoint(tx, after);
  const std::int64_t last = last_position(tx);
  log(tx, by, action, after.id, json::encode(shown(before, last)), json::encode(shown(after, last)));
  return shown(after, last);
}

std::optional<Endpoint> find(Transaction& tx, std::int64_t id) {
  const auto there = tx.value<std::int64_t>(
      Lock::exclusive, "SELECT id FROM webhook_endpoints WHERE id = $1 AND state <> 'removed'", id);
  return there ? load_endpoint(tx, id) : std::nullopt;
}

}  // namespace

std::vector<std::int64_t> endpoint_ids(Reader& reader) {
  std::vector<std::int64_t> ids;
  for (const auto row : reader.query("SELECT id FROM webhook_endpoints WHERE state <> 'removed' ORDER BY id")) {
    ids.push_back(row.get<std::int64_t>(0));
  }
  return ids;
}

std::optional<Endpoint> load_endpoint(Reader& reader, std::int64_t id) {
  const auto row = reader.first("SELECT url, secret, event_types, cursor, state, failures, failing_since,"
                                " next_attempt_at, created_at FROM webhook_endpoints"
                                " WHERE id = $1 AND state <> 'removed'",
                                id);
  if (!row) return std::nullopt;
  Endpoint endpoint{.id = id};
  std::string state;
  row->into(endpoint.url, endpoint.secret, endpoint.event_types, endpoint.cursor, state, endpoint.failures,
            endpoint.failing_since, endpoint.next_attempt_at, endpoint.created_at);
  endpoint.state = state_of(state);
  return endpoint;
}

Status check_url(const shop::Settings& settings, const std::string& text) {
  const auto url = http::parse_url(text);
  if (!url) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.url",
                 .detail = "must be an http:// or https:// address, without a user or a fragment"};
  }
  if (settings.webhook_allow_private) return {};
  const http::Interrupt never;
  const auto resolved = http::resolve(*url, std::chrono::steady_clock::now() + time_to_resolve, never);
  if (resolved.end != http::Resolved::End::found) return {};  // it may be there when it is needed
  if (std::any_of(resolved.addresses.begin(), resolved.addresses.end(), http::is_public)) return {};
  return Error{.code = ErrorCode::target_refused, .path = "$.url", .detail = "leads to an address that isn't public"};
}

wire::Page<wire::Webhook> list_webhooks(Reader& reader) {
  wire::Page<wire::Webhook> page;
  const std::int64_t last = last_position(reader);
  for (const std::int64_t id : endpoint_ids(reader)) page.items.push_back(shown(*load_endpoint(reader, id), last));
  return page;
}

Result<wire::Webhook> show_webhook(Reader& reader, std::int64_t id) {
  const auto endpoint = load_endpoint(reader, id);
  if (!endpoint) return no_such_webhook();
  return shown(*endpoint, last_position(reader));
}

Result<wire::Page<wire::WebhookDelivery>> list_deliveries(Reader& reader, std::int64_t id,
                                                          const shop::PageRequest& request) {
  if (!load_endpoint(reader, id)) return no_such_webhook();
  const std::string context = "webhook_deliveries " + std::to_string(id);
  const auto below = shop::begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::WebhookDelivery> page;
  for (const auto row :
       reader.query("SELECT d.position, e.id, e.created_at, e.type, d.attempts, d.attempted_at, d.delivered_at,"
                    " d.outcome"
                    " FROM webhook_deliveries d JOIN outbox_events e ON e.position = d.position"
                    " WHERE d.endpoint_id = $1 AND d.position < $2 ORDER BY d.position DESC LIMIT $3",
                    id, *below, request.limit + 1)) {
    wire::WebhookDelivery& delivery = page.items.emplace_back();
    std::int64_t event = 0;
    TimeMs created_at;
    row.into(delivery.position, event, created_at, delivery.type, delivery.attempts, delivery.attempted_at,
             delivery.delivered_at, delivery.outcome);
    delivery.event_id = event_id(event, created_at);
  }
  shop::end_page(page, context, request, [](const wire::WebhookDelivery& delivery) { return delivery.position; });
  return page;
}

Result<wire::Webhook> create_webhook(Transaction& tx, const By& by, const wire::NewWebhook& wanted,
                                     const std::string& secret) {
  auto types = joined_types(wanted.event_types);
  if (!types) return types.error();
  if (wanted.after) {
    if (const Status status = check_after(tx, *wanted.after); !status) return status.error();
  }
  if (static_cast<std::int64_t>(endpoint_ids(tx).size()) >= most_endpoints) {
    return Error{.code = ErrorCode::limit_reached,
                 .detail = "There may be " + std::to_string(most_endpoints) + " webhooks."};
  }
  const std::int64_t last = last_position(tx);
  Endpoint endpoint{.url = wanted.url,
                    .event_types = types.take(),
                    .cursor = wanted.after.value_or(last),
                    .created_at = by.now};
  endpoint.id = tx.insert<Id<struct WebhookTag>>(
                      "INSERT INTO webhook_endpoints (url, secret, event_types, cursor, created_at)"
                      " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                      endpoint.url, secret, endpoint.event_types, endpoint.cursor, endpoint.created_at)
                    .value;
  tx.touch(shop::Topic::webhook, endpoint.id);
  wire::Webhook webhook = shown(endpoint, last);
  log(tx, by, "webhook.create", endpoint.id, {}, json::encode(webhook));
  webhook.secret = secret;
  return webhook;
}

Result<wire::Webhook> change_webhook(Transaction& tx, const By& by, std::int64_t id,
                                     const wire::WebhookChange& change) {
  const auto before = find(tx, id);
  if (!before) return no_such_webhook();
  Endpoint after = *before;
  if (change.event_types) {
    auto types = joined_types(*change.event_types);
    if (!types) return types.error();
    after.event_types = types.take();
  }
  if (change.url) {
    after.url = *change.url;
    if (after.state == WebhookState::paused) revive(after);
  }
  if (change.active == true) revive(after);
  if (change.active == false) {
    after.state = WebhookState::stopped;
    after.next_attempt_at.reset();
  }
  return changed(tx, by, "webhook.change", *before, after);
}

Result<wire::Webhook> replay_webhook(Transaction& tx, const By& by, std::int64_t id, std::int64_t after) {
  const auto before = find(tx, id);
  if (!before) return no_such_webhook();
  if (const Status status = check_after(tx, after); !status) return status.error();
  Endpoint endpoint = *before;
  endpoint.cursor = after;
  revive(endpoint);
  return changed(tx, by, "webhook.replay", *before, endpoint);
}

Status remove_webhook(Transaction& tx, const By& by, std::int64_t id) {
  const auto endpoint = find(tx, id);
  if (!endpoint) return no_such_webhook();
  tx.execute("UPDATE webhook_endpoints SET state = 'removed', secret = '', next_attempt_at = NULL WHERE id = $1", id);
  tx.touch(shop::Topic::webhook, id);
  log(tx, by, "webhook.remove", id, json::encode(shown(*endpoint, last_position(tx))), {});
  return {};
}

void record_attempt(Transaction& tx, const shop::Settings& settings, const Endpoint& endpoint, std::int64_t position,
                    const Attempt& attempt) {
  const auto delivered_at = attempt.is_delivered ? std::optional(attempt.at) : std::nullopt;
  tx.execute("INSERT INTO webhook_deliveries (endpoint_id, position, attempts, attempted_at, delivered_at, outcome)"
             " VALUES ($1, $2, 1, $3, $4, $5) ON CONFLICT (endpoint_id, position) DO UPDATE SET"
             " attempts = webhook_deliveries.attempts + 1, attempted_at = excluded.attempted_at,"
             " delivered_at = COALESCE(excluded.delivered_at, webhook_deliveries.delivered_at),"
             " outcome = excluded.outcome",
             endpoint.id, position, attempt.at, delivered_at, attempt.outcome);
  if (attempt.is_delivered) {
    tx.execute("UPDATE webhook_endpoints SET cursor = $2, state = 'active', failures = 0, failing_since = NULL,"
               " next_attempt_at = NULL WHERE id = $1 AND cursor = $3 AND state IN ('active', 'paused')",
               endpoint.id, position, endpoint.cursor);
    return;
  }
  const TimeMs since = endpoint.failing_since.value_or(attempt.at);
  const bool is_dead = attempt.is_gone || attempt.at.ms - since.ms >= settings.webhook_dead_days * 86'400'000;
  const auto next = is_dead ? std::nullopt : std::optional(TimeMs{attempt.at.ms + attempt.pause_ms});
  tx.execute("UPDATE webhook_endpoints SET state = $2, failures = failures + 1, failing_since = $3,"
             " next_attempt_at = $4 WHERE id = $1 AND cursor = $5 AND failures = $6 AND url = $7"
             " AND state IN ('active', 'paused')",
             endpoint.id, name_of(is_dead ? WebhookState::dead : WebhookState::paused), since, next, endpoint.cursor,
             endpoint.failures, endpoint.url);
}

void skip_to(Transaction& tx, const Endpoint& endpoint, std::int64_t position) {
  tx.execute("UPDATE webhook_endpoints SET cursor = $2 WHERE id = $1 AND cursor = $3 AND event_types = $4",
             endpoint.id, position, endpoint.cursor, endpoint.event_types);
}

}  // namespace cartwright::relay
