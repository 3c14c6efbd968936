// What offline clients must learn: the last change of each thing, by a position that is never given twice.
#pragma once

#include <string_view>

#include "server/shop/services.h"

namespace cartwright::shop {

// `kind`: 'shop', 'product', 'variant', 'category', 'rule', 'campaign'.
inline void note_change(store::Transaction& tx, std::string_view kind, std::int64_t id, TimeMs now,
                        bool deleted = false) {
  tx.execute("DELETE FROM changes WHERE kind = $1 AND entity_id = $2", kind, id);
  tx.execute("INSERT INTO changes (kind, entity_id, deleted, created_at) VALUES ($1, $2, $3, $4)", kind, id, deleted,
             now);
}

}  // namespace cartwright::shop
