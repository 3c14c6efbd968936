#include "server/api/relay_handlers.h"

#include "server/api/once.h"
#include "server/api/tagged.h"
#include "server/etag.h"
#include "server/relay/endpoints.h"
#include "server/relay/signature.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

relay::By by(const Call& call) { return {.admin = call.user(), .now = call.now}; }

template <class T>
http::Response answer_page(const Call& call, const Result<T>& result) {
  return result ? answer_personal(call, json::encode(*result)) : refuse(call, result.error());
}

}  // namespace

http::Response list_events(const Call& call) {
  const auto after = query_integer(call, "after", 0, max_id);
  if (!after) return refuse(call, after.error());
  const auto limit = query_integer(call, "limit", 1, 1000);
  if (!limit) return refuse(call, limit.error());
  const auto read = call.shop.readers.begin();
  const std::int64_t oldest = relay::oldest_position(*read);
  const std::int64_t begin = after->value_or(oldest - 1);
  if (begin + 1 < oldest) {
    return respond(refused(call,
                           {.code = ErrorCode::not_found, .detail = "Events that old are not kept any more."},
                           "\"oldest_position\":" + std::to_string(oldest)));
  }
  if (const std::int64_t last = relay::last_position(*read); begin > last) {
    return respond(refused(call,
                           {.code = ErrorCode::not_found,
                            .detail = "No event has that position yet; it was another shop's, or was lost with a backup."},
                           "\"last_position\":" + std::to_string(last)));
  }
  const std::string source = relay::source_of(call.shop.settings);
  std::string events = "[";
  for (const relay::Event& event : relay::read_events(*read, begin, limit->value_or(100))) {
    if (events.size() > 1) events += ',';
    events += relay::cloud_event(event, source);
  }
  events += ']';
  const std::string etag = etag_of(events);
  return answer_tagged(call, std::move(events), etag,
                       {.content_type = "application/cloudevents-batch+json; charset=utf-8",
                        .cache_control = "private, no-cache"});
}

http::Response list_webhooks(const Call& call) {
  const auto read = call.shop.readers.begin();
  return answer_personal(call, json::encode(relay::list_webhooks(*read)));
}

http::Response create_webhook(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::NewWebhook>(call);
  if (!wanted) return refuse(call, wanted.error());
  if (const Status status = relay::check_url(call.shop.settings, wanted->url); !status) {
    return refuse(call, status.error());
  }
  const std::string secret = relay::make_secret();
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto webhook = relay::create_webhook(tx, by(call), *wanted, secret);
    if (!webhook) return refused(call, webhook.error());
    return succeeded(*webhook, 201, call.request.path + '/' + std::to_string(webhook->id));
  });
}

http::Response show_webhook(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_page(call, relay::show_webhook(*read, *id));
}

http::Response change_webhook(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto change = body_of<wire::WebhookChange>(call);
  if (!change) return refuse(call, change.error());
  if (change->url) {
    if (const Status status = relay::check_url(call.shop.settings, *change->url); !status) {
      return refuse(call, status.error());
    }
  }
  return answer(call, shop::write(call.shop, [&](store::Transaction& tx) {
                  return relay::change_webhook(tx, by(call), *id, *change);
                }));
}

http::Response remove_webhook(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status removed = shop::write(
      call.shop, [&](store::Transaction& tx) { return relay::remove_webhook(tx, by(call), *id); });
  return removed ? http::Response::empty(204) : refuse(call, removed.error());
}

http::Response replay_webhook(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto request = once_request(call, Key::welcome, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto replay = body_of<wire::WebhookReplay>(call);
  if (!replay) return refuse(call, replay.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, relay::replay_webhook(tx, by(call), *id, replay->after), 200);
  });
}

http::Response list_deliveries(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  return answer_page(call, relay::list_deliveries(*read, *id, *page));
}

}  // namespace cartwright::api
