#include "server/shop/sync.h"

#include <algorithm>

#include "server/shop/accounts.h"
#include "server/shop/balance.h"
#include "server/shop/cart.h"
#include "server/shop/coupons.h"
#include "server/shop/snapshot.h"
#include "server/shop/writing.h"

namespace cartwright::shop {

namespace {

using store::Transaction;

struct Progress {
  bool gap = false;
  std::int64_t last = 0;
};

std::int64_t last_mutation(store::Reader& reader, UserId user, const std::string& client) {
  return reader
      .value<std::int64_t>("SELECT last_mutation FROM sync_clients WHERE user_id = $1 AND client_id = $2", user,
                           client)
      .value_or(0);
}

// A mutation without the arguments that its name needs can't work; empty then.
std::optional<Mutation> mutation_of(const wire::QueuedMutation& queued) {
  const wire::MutationArgs& args = queued.args;
  Mutation mutation{.name = queued.name,
                    .variant_id = args.variant_id.value_or(VariantId{}),
                    .quantity = args.quantity.value_or(1),
                    .selected = args.selected.value_or(true),
                    .lines = args.lines};
  switch (queued.name) {
    case MutationName::set_quantity:
      if (!args.quantity) return std::nullopt;
      break;
    case MutationName::select:
      if (!args.selected) return std::nullopt;
      break;
    case MutationName::add:
    case MutationName::remove:
    case MutationName::clear:
    case MutationName::merge:
      break;
  }
  return mutation;
}

// Those that are new, in the order of their ids, each once; a gap unless they follow the last one.
std::vector<const wire::QueuedMutation*> news(const wire::SyncRequest& request, Progress& progress) {
  std::vector<const wire::QueuedMutation*> sorted;
  for (const wire::QueuedMutation& queued : request.mutations) {
    if (queued.id > progress.last) sorted.push_back(&queued);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->id < b->id; });
  sorted.erase(std::unique(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->id == b->id; }),
               sorted.end());
  std::int64_t expected = progress.last;
  for (const wire::QueuedMutation* queued : sorted) progress.gap |= queued->id != ++expected;
  return sorted;
}

// Effect and id in one transaction: neither without the other.
Result<Progress> apply_mutations(Transaction& tx, UserId user, const wire::SyncRequest& request, TimeMs now) {
  Progress progress{.last = last_mutation(tx, user, request.client_id)};
  const auto queued = news(request, progress);
  if (progress.gap || queued.empty()) return progress;
  CartEdit edit;
  std::vector<Mutation> mutations;
  for (const wire::QueuedMutation* each : queued) {
    auto mutation = mutation_of(*each);
    if (!mutation) continue;
    if (mutation->variant_id.value > 0) edit.variants.push_back(mutation->variant_id);
    for (const CartLine& line : mutation->lines) edit.variants.push_back(line.variant_id);
    mutations.push_back(std::move(*mutation));
  }
  edit.apply = [&](Cart& cart, const Catalog& catalog) -> Status {
    // What can't work (product gone, cart full) counts as applied, or the device would be stuck for ever.
    for (const Mutation& mutation : mutations) (void)apply(cart, mutation, catalog).ok();
    return {};
  };
  if (const auto cart = edit_cart(tx, user, edit, now); !cart) return cart.error();
  progress.last = queued.back()->id;
  tx.execute("INSERT INTO sync_clients (user_id, client_id, last_mutation, updated_at) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (user_id, client_id) DO UPDATE SET last_mutation = excluded.last_mutation,"
             " updated_at = excluded.updated_at",
             user, request.client_id, progress.last, now);
  return progress;
}

}  // namespace

Result<wire::SyncAnswer> sync_cart(Services& shop, UserId user, const wire::SyncRequest& request, TimeMs now) {
  if (request.client_id.empty()) {
    return Error{.code = ErrorCode::invalid_request, .path = "$.client_id", .detail = "must not be empty"};
  }
  wire::SyncAnswer answer;
  if (request.cursor) {
    // Before the edits: an edit doesn't change the catalogue, and what changes in between comes with the next cursor.
    const auto read = shop.readers.begin();
    answer.changes = load_changes(*read, *request.cursor, now);
    answer.resync = !answer.changes;
  }
  if (!answer.resync && !request.mutations.empty()) {
    const auto progress =
        write(shop, [&](Transaction& tx) { return apply_mutations(tx, user, request, now); });
    if (!progress) return progress.error();
    answer.resync = progress->gap;
  }
  if (answer.resync) answer.changes.reset();  // it fetches all anyway
  const auto read = shop.readers.begin();
  answer.last_mutation_id = last_mutation(*read, user, request.client_id);
  answer.cart = load_cart(*read, user);
  answer.wallet = available_coupons(*read, user, now);
  answer.balance = load_balance(*read, user).balance;
  answer.paid_orders = count_paid_orders(*read, user, now);
  return answer;
}

}  // namespace cartwright::shop
