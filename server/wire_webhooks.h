// Webhooks over REST, for admins (COMMERCE.md "Data platform").
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

enum class WebhookState : std::uint8_t {
  active,
  paused,   // by a failure: it is tried again at next_attempt_at
  stopped,  // by an admin
  dead,     // failed for days, or the receiver said 410 Gone
  removed,  // never shown
};

struct NewWebhook {
  std::string url = {};
  std::vector<std::string> event_types = {};  // empty: all
  std::optional<std::int64_t> after = {};     // the first event is the one behind this position; left out: the next one
};

// What is left out or null stays as it is.
struct WebhookChange {
  std::optional<std::string> url = {};
  std::optional<std::vector<std::string>> event_types = {};
  std::optional<bool> active = {};  // true: go on at once where it was, also when paused or dead; false: stop
};

struct WebhookReplay {
  std::int64_t after = 0;  // everything behind this position is delivered again
};

struct Webhook {
  std::int64_t id = 0;
  std::string url = {};
  std::vector<std::string> event_types = {};
  WebhookState state = WebhookState::active;
  std::int64_t cursor = 0;         // the last position that was delivered or isn't wanted
  std::int64_t last_position = 0;  // of all events: what is behind it is still to come
  std::int64_t failures = 0;       // in a row
  std::optional<TimeMs> failing_since = {};
  std::optional<TimeMs> next_attempt_at = {};
  TimeMs created_at = {};
  std::optional<std::string> secret = {};  // shown once: in the answer to POST, and left out everywhere else
};

struct WebhookDelivery {
  std::int64_t position = 0;
  std::string event_id = {};
  std::string type = {};
  std::int64_t attempts = 0;
  TimeMs attempted_at = {};
  std::optional<TimeMs> delivered_at = {};
  std::string outcome = {};  // of the last attempt: a status, or why there was none ("timed_out")
};

}  // namespace wire

template <>
struct Names<wire::WebhookState> {
  static constexpr auto last = wire::WebhookState::removed;
  static constexpr auto list =
      std::to_array<std::string_view>({"active", "paused", "stopped", "dead", "removed"});
};
template <>
struct Fields<wire::NewWebhook> {
  using S = wire::NewWebhook;
  static constexpr auto list =
      std::tuple{field("url", &S::url).required().most(2000), field("event_types", &S::event_types).most(32),
                 field("after", &S::after).not_negative()};
};
template <>
struct Fields<wire::WebhookChange> {
  using S = wire::WebhookChange;
  static constexpr auto list = std::tuple{field("url", &S::url).most(2000),
                                          field("event_types", &S::event_types).most(32), field("active", &S::active)};
};
template <>
struct Fields<wire::WebhookReplay> {
  using S = wire::WebhookReplay;
  static constexpr auto list = std::tuple{field("after", &S::after).required().not_negative()};
};
template <>
struct Fields<wire::Webhook> {
  using S = wire::Webhook;
  static constexpr auto list = std::tuple{field("id", &S::id),
                                          field("url", &S::url),
                                          field("event_types", &S::event_types),
                                          field("state", &S::state),
                                          field("cursor", &S::cursor),
                                          field("last_position", &S::last_position),
                                          field("failures", &S::failures),
                                          field("failing_since", &S::failing_since),
                                          field("next_attempt_at", &S::next_attempt_at),
                                          field("created_at", &S::created_at),
                                          field("secret", &S::secret).omit_null()};
};
template <>
struct Fields<wire::WebhookDelivery> {
  using S = wire::WebhookDelivery;
  static constexpr auto list =
      std::tuple{field("position", &S::position),         field("event_id", &S::event_id),
                 field("type", &S::type),                 field("attempts", &S::attempts),
                 field("attempted_at", &S::attempted_at), field("delivered_at", &S::delivered_at),
                 field("outcome", &S::outcome)};
};
static_assert(lists_every_member<wire::NewWebhook> && lists_every_member<wire::WebhookChange> &&
              lists_every_member<wire::WebhookReplay> && lists_every_member<wire::Webhook> &&
              lists_every_member<wire::WebhookDelivery>);

}  // namespace cartwright
