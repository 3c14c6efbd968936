// What offline clients must learn: the last change of each thing, by a position that is never given twice; and the caches
// with them.
#pragma once

#include <string_view>

#include "server/shop/services.h"

namespace cartwright::shop {

struct Change {
  std::string_view kind;  // 'shop', 'product', 'variant', 'category', 'rule', 'campaign'
  std::int64_t id = 0;
  bool deleted = false;
};

// Touches Topic::catalogue too, once for a run of changes.
inline void note_change(store::Transaction& tx, const Change& change, TimeMs now) {
  tx.execute("DELETE FROM changes WHERE kind = $1 AND entity_id = $2", change.kind, change.id);
  tx.execute("INSERT INTO changes (kind, entity_id, deleted, created_at) VALUES ($1, $2, $3, $4)", change.kind,
             change.id, change.deleted, now);
  const store::Touch catalogue{static_cast<std::uint32_t>(Topic::catalogue), 0};
  if (tx.touched().empty() || !(tx.touched().back() == catalogue)) tx.touch(Topic::catalogue);
}

}  // namespace cartwright::shop
