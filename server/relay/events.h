// The events of the outbox by position: how they get one, how they are read, how old ones go (COMMERCE.md "Data
// platform"). An event is a CloudEvent 1.0 as JSON; its position is the extension attribute `position`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "server/shop/services.h"

namespace cartwright::relay {

// All that there are: what a webhook may ask for.
inline constexpr std::string_view event_types[] = {"order.paid", "order.cancelled", "order.refunded", "order.shipped",
                                                   "order.delivered"};

struct Event {
  std::int64_t position = 0;
  std::int64_t id = 0;        // the outbox's; on the wire event_id()
  std::string type = {};
  std::string subject = {};   // the order's number
  std::string data = {};      // JSON
  TimeMs time;
};

// "evt_42_1767225600000", for ever: the time tells it from one that had the same number before a backup was restored.
std::string event_id(std::int64_t id, TimeMs time);

// `source` is the shop: its public address where that is set. Together with the id it names the event for ever.
std::string source_of(const shop::Settings& settings);
std::string cloud_event(const Event& event, std::string_view source);

// Gives the next positions to committed events that have none, in the order of their ids, in one command of bounded
// size. Returns how many; fewer than `dispatch_batch` when none are left. Readers see positions 1, 2, 3, … without a
// hole whatever the order of commits was. Error: of shop::error_of().
inline constexpr std::int64_t dispatch_batch = 500;
Result<std::int64_t> give_positions(shop::Services& shop);

std::int64_t last_position(store::Reader& reader);     // 0: none yet
std::int64_t oldest_position(store::Reader& reader);   // of the events that are kept; 1 when there is none

// The events behind `after`, in order: at most `limit`, and no more once there are 4 MiB.
std::vector<Event> read_events(store::Reader& reader, std::int64_t after, std::int64_t limit);

// The first one behind `after` of these types (words with a space between; empty: all).
std::optional<Event> next_event(store::Reader& reader, std::int64_t after, std::string_view types);

// Deletes events, and what was noted of their deliveries, that are older than `events_keep_days` and that no webhook
// still waits for (active or paused). The newest stays, so that no position is ever given twice. In small commands.
// Returns how many went. Throws store::StoreError.
std::int64_t forget_events(shop::Services& shop, TimeMs now);

}  // namespace cartwright::relay
