// Webhook endpoints: what admins do with them, and what became of each delivery. Each has a cursor: events reach it in
// order, one at a time, and the next one only after the one before was answered with 2xx. A failure pauses it; failing
// for days, or 410 Gone, makes it dead. At least once: an answer that got lost is asked for again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "server/relay/events.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_webhooks.h"

namespace cartwright::relay {

inline constexpr std::int64_t most_endpoints = 20;  // each has a thread

struct Endpoint {
  std::int64_t id = 0;
  std::string url = {};
  std::string secret = {};
  std::string event_types = {};  // words with a space between; empty: all
  std::int64_t cursor = 0;
  wire::WebhookState state = wire::WebhookState::active;
  std::int64_t failures = 0;
  std::optional<TimeMs> failing_since = {};
  std::optional<TimeMs> next_attempt_at = {};
  TimeMs created_at = {};
};

// Those that weren't removed.
std::vector<std::int64_t> endpoint_ids(store::Reader& reader);
std::optional<Endpoint> load_endpoint(store::Reader& reader, std::int64_t id);

// Whether a webhook may go there: form, and, where the name can be resolved within two seconds, the addresses behind it
// (they are checked again at each connection). Waits, so call it outside of commands. Errors: `invalid_request` (path
// $.url), `target_refused`.
Status check_url(const shop::Settings& settings, const std::string& url);

wire::Page<wire::Webhook> list_webhooks(store::Reader& reader);
// Error: `not_found`.
Result<wire::Webhook> show_webhook(store::Reader& reader, std::int64_t id);
// Newest event first. Errors: `not_found`, `invalid_request` (cursor).
Result<wire::Page<wire::WebhookDelivery>> list_deliveries(store::Reader& reader, std::int64_t id,
                                                          const shop::PageRequest& page);

// Commands, each logged as the admin's; none is, by whom runs the command line. The URL has been checked.
struct By {
  std::optional<UserId> admin = {};
  TimeMs now;
};
// Errors: `invalid_request` (event_types, after), `limit_reached`.
Result<wire::Webhook> create_webhook(store::Transaction& tx, const By& by, const wire::NewWebhook& wanted,
                                     const std::string& secret);
// Errors: `not_found`, `invalid_request` (event_types).
Result<wire::Webhook> change_webhook(store::Transaction& tx, const By& by, std::int64_t id,
                                     const wire::WebhookChange& change);
// Errors: `not_found`, `invalid_request` (after). Events that are not kept any more are left out.
Result<wire::Webhook> replay_webhook(store::Transaction& tx, const By& by, std::int64_t id, std::int64_t after);
// Error: `not_found`.
Status remove_webhook(store::Transaction& tx, const By& by, std::int64_t id);

// ---- for the couriers

struct Attempt {
  TimeMs at;
  bool is_delivered = false;
  bool is_gone = false;       // 410: never again
  std::string outcome = {};
  std::int64_t pause_ms = 0;  // after a failure
};

// `endpoint` as it was when the attempt began: if an admin has changed it since, only the delivery is noted.
void record_attempt(store::Transaction& tx, const shop::Settings& settings, const Endpoint& endpoint,
                    std::int64_t position, const Attempt& attempt);

// Moves the cursor over events that the endpoint doesn't want.
void skip_to(store::Transaction& tx, const Endpoint& endpoint, std::int64_t position);

}  // namespace cartwright::relay
