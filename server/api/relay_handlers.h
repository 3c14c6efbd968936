// The feed of events and the webhooks, for admins (COMMERCE.md "Data platform").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

// GET /events?after=&limit= -> 200 a batch of CloudEvents in the order of their positions, empty when there is nothing
// new. `limit` is 1..1000, 100 without it; large events make a smaller batch. Without `after` it begins with the oldest
// event that is kept. Where events behind `after` aren't kept any more it is 404 `not_found` with `oldest_position`:
// nobody misses events unawares.
http::Response list_events(const Call& call);

http::Response list_webhooks(const Call& call);    // GET /admin/webhooks -> 200 Page<Webhook>
http::Response create_webhook(const Call& call);   // POST /admin/webhooks (NewWebhook) -> 201 Webhook; key required
http::Response show_webhook(const Call& call);     // GET /admin/webhooks/{id} -> 200 Webhook
http::Response change_webhook(const Call& call);   // PATCH /admin/webhooks/{id} (WebhookChange) -> 200 Webhook
http::Response remove_webhook(const Call& call);   // DELETE /admin/webhooks/{id} -> 204
http::Response replay_webhook(const Call& call);   // POST /admin/webhooks/{id}/replay (WebhookReplay) -> 200 Webhook
http::Response list_deliveries(const Call& call);  // GET /admin/webhooks/{id}/deliveries -> 200 Page<WebhookDelivery>

}  // namespace cartwright::api
