#include "server/relay/events.h"

#include <algorithm>
#include <ctime>

#include "server/json.h"
#include "server/shop/writing.h"

namespace cartwright::relay {

namespace {

constexpr std::int64_t forget_batch = 500;
constexpr std::size_t most_bytes = 4U << 20U;  // of the data of events that are read at once

std::string rfc3339(TimeMs time) {
  const std::time_t seconds = static_cast<std::time_t>(time.ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &utc);
  const std::string ms = std::to_string(1000 + time.ms % 1000);
  return std::string(text, size) + ms.substr(1) + 'Z';
}

Event event_in(const store::Row& row) {
  Event event;
  row.into(event.position, event.id, event.type, event.subject, event.data, event.time);
  return event;
}

// Where forgetting ends: every event below it may go. 0: none.
//
// The row there is as young as all that go before it, so the audit can tell by its time which events may be missing
// (shop/audit.cpp).
std::int64_t forget_below(store::Reader& reader, TimeMs too_old) {
  const auto kept = reader.value<std::int64_t>(
      "SELECT COALESCE(min(bound), 0) FROM ("
      " SELECT max(position) AS bound FROM outbox_events WHERE position IS NOT NULL"
      " UNION ALL SELECT cursor + 1 FROM webhook_endpoints WHERE state IN ('active', 'paused')) AS bounds");
  std::int64_t below = 0;
  TimeMs youngest{0};
  for (const auto row : reader.query("SELECT position, created_at FROM outbox_events"
                                     " WHERE position IS NOT NULL AND position <= $1 ORDER BY position LIMIT $2",
                                     kept, forget_batch)) {
    const TimeMs time = row.get<TimeMs>(1);
    if (time.ms >= youngest.ms) below = row.get<std::int64_t>(0);
    youngest.ms = std::max(youngest.ms, time.ms);
    if (time.ms >= too_old.ms) break;
  }
  return below;
}

}  // namespace

std::string event_id(std::int64_t id, TimeMs time) {
  return "evt_" + std::to_string(id) + '_' + std::to_string(time.ms);
}

std::string source_of(const shop::Settings& settings) {
  return settings.public_url.empty() ? "urn:cartwright:shop" : settings.public_url;
}

std::string cloud_event(const Event& event, std::string_view source) {
  std::string out = R"({"specversion":"1.0","id":")" + event_id(event.id, event.time) + R"(","source":)";
  json::append_string(out, source);
  out += R"(,"type":)";
  json::append_string(out, event.type);
  out += R"(,"time":")" + rfc3339(event.time) + R"(","datacontenttype":"application/json","subject":)";
  json::append_string(out, event.subject);
  out += R"(,"position":)" + std::to_string(event.position) + R"(,"data":)";
  return out.append(event.data).append("}");
}

Result<std::int64_t> give_positions(shop::Services& shop) {
  return shop::write(shop, [&](store::Transaction& tx) -> Result<std::int64_t> {
    std::vector<std::int64_t> ids;
    for (const auto row : tx.query(store::Lock::exclusive,
                                   "SELECT id FROM outbox_events WHERE position IS NULL ORDER BY id LIMIT $1",
                                   dispatch_batch)) {
      ids.push_back(row.get<std::int64_t>(0));
    }
    std::int64_t position = last_position(tx);
    for (const std::int64_t id : ids) {
      tx.execute("UPDATE outbox_events SET position = $2 WHERE id = $1", id, ++position);
    }
    return static_cast<std::int64_t>(ids.size());
  });
}

// Without IS NOT NULL the partial index is not used, and all events are read.
std::int64_t last_position(store::Reader& reader) {
  return reader.value<std::int64_t>("SELECT COALESCE(max(position), 0) FROM outbox_events WHERE position IS NOT NULL")
      .value();
}

std::int64_t oldest_position(store::Reader& reader) {
  return reader.value<std::int64_t>("SELECT COALESCE(min(position), 1) FROM outbox_events WHERE position IS NOT NULL")
      .value();
}

std::vector<Event> read_events(store::Reader& reader, std::int64_t after, std::int64_t limit) {
  std::vector<Event> events;
  std::size_t bytes = 0;
  for (const auto row :
       reader.query("SELECT e.position, e.id, e.type, COALESCE(o.number, ''), e.payload, e.created_at"
                    " FROM outbox_events e LEFT JOIN orders o ON o.id = e.order_id"
                    " WHERE e.position > $1 ORDER BY e.position LIMIT $2",
                    after, limit)) {
    events.push_back(event_in(row));
    bytes += events.back().data.size();
    if (bytes >= most_bytes) break;
  }
  return events;
}

std::optional<Event> next_event(store::Reader& reader, std::int64_t after, std::string_view types) {
  const auto row = reader.first("SELECT e.position, e.id, e.type, COALESCE(o.number, ''), e.payload, e.created_at"
                                " FROM outbox_events e LEFT JOIN orders o ON o.id = e.order_id"
                                " WHERE e.position > $1 AND ($2 = '' OR ' ' || $2 || ' ' LIKE '% ' || e.type || ' %')"
                                " ORDER BY e.position LIMIT 1",
                                after, types);
  if (!row) return std::nullopt;
  return event_in(*row);
}

std::int64_t forget_events(shop::Services& shop, TimeMs now) {
  const TimeMs too_old{now.ms - shop.settings.events_keep_days * 86'400'000};
  std::int64_t count = 0;
  while (true) {
    const std::int64_t below = forget_below(*shop.readers.begin(), too_old);
    std::int64_t gone = 0;
    if (below > 0) {
      const auto submitted = shop.writer.submit([&](store::Transaction& tx) {
        // A webhook may have been sent back meanwhile.
        const std::int64_t least = forget_below(tx, too_old);
        tx.execute("DELETE FROM webhook_deliveries WHERE position < $1", least);
        gone = tx.execute("DELETE FROM outbox_events WHERE position < $1", least);
        return store::Outcome::done;
      });
      if (!submitted.committed()) return count;
    }
    count += gone;
    if (gone == 0) return count;
  }
}

}  // namespace cartwright::relay
