#include "server/shop/cart.h"

#include <algorithm>
#include <unordered_map>

#include "server/shop/accounts.h"
#include "server/shop/catalogue.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

struct StoredLine {
  CartLine line;
  std::int64_t position = 0;
  Amount price_when_added = 0;
};

struct StoredCart {
  std::int64_t version = 0;
  std::vector<StoredLine> lines;  // by position
};

StoredCart lock_cart(Transaction& tx, UserId user) {
  StoredCart stored;
  stored.version =
      tx.value<std::int64_t>(Lock::exclusive, "SELECT version FROM carts WHERE user_id = $1", user).value_or(0);
  for (const auto row : tx.query("SELECT variant_id, quantity, selected, position, price_when_added FROM cart_lines"
                                 " WHERE user_id = $1 ORDER BY position",
                                 user)) {
    StoredLine& line = stored.lines.emplace_back();
    row.into(line.line.variant_id, line.line.quantity, line.line.selected, line.position, line.price_when_added);
  }
  return stored;
}

bool same(const StoredLine& a, const StoredLine& b) {
  return a.position == b.position && a.line.quantity == b.line.quantity && a.line.selected == b.line.selected;
}

void make_cart(Transaction& tx, UserId user, std::int64_t version, TimeMs now) {
  tx.execute("INSERT INTO carts (user_id, version, updated_at) VALUES ($1, $2, $3)"
             " ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at",
             user, version, now);
}

// Lines keep their positions as far as the order allows; the others get the next ones.
std::vector<StoredLine> place(const StoredCart& before, const Cart& cart, const Catalog& catalog) {
  std::unordered_map<VariantId, const StoredLine*> had;
  for (const StoredLine& line : before.lines) had.emplace(line.line.variant_id, &line);
  std::vector<StoredLine> placed;
  placed.reserve(cart.lines.size());
  std::int64_t last = 0;
  for (const CartLine& line : cart.lines) {
    StoredLine& next = placed.emplace_back(StoredLine{.line = line});
    if (const auto found = had.find(line.variant_id); found != had.end()) {
      next.position = found->second->position;
      next.price_when_added = found->second->price_when_added;
    } else {
      const Variant* variant = catalog.find(line.variant_id);
      CARTWRIGHT_ASSERT(variant != nullptr);  // the core adds nothing that the catalogue doesn't know
      next.price_when_added = variant->unit_price;
    }
    if (next.position <= last) next.position = last + 1;
    last = next.position;
  }
  return placed;
}

// Returns whether anything differed.
bool write_lines(Transaction& tx, UserId user, const StoredCart& before, const std::vector<StoredLine>& lines,
                 TimeMs now) {
  std::unordered_map<VariantId, const StoredLine*> had;
  for (const StoredLine& line : before.lines) had.emplace(line.line.variant_id, &line);
  std::vector<const StoredLine*> changed;
  for (const StoredLine& line : lines) {
    const auto found = had.find(line.line.variant_id);
    if (found == had.end() || !same(*found->second, line)) changed.push_back(&line);
    if (found != had.end()) had.erase(found);
  }
  if (changed.empty() && had.empty()) return false;
  make_cart(tx, user, before.version + 1, now);  // first: its lines refer to it
  for (const auto& [variant, line] : had) {
    tx.execute("DELETE FROM cart_lines WHERE user_id = $1 AND variant_id = $2", user, variant);
  }
  for (const StoredLine* line : changed) {
    tx.execute("INSERT INTO cart_lines (user_id, variant_id, position, quantity, selected, price_when_added)"
               " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, variant_id) DO UPDATE SET"
               " position = excluded.position, quantity = excluded.quantity, selected = excluded.selected",
               user, line->line.variant_id, line->position, line->line.quantity, line->line.selected,
               line->price_when_added);
  }
  tx.touch(Topic::cart, user.value);
  return true;
}

Error cart_changed(std::int64_t version) {
  return {.code = ErrorCode::cart_changed,
          .detail = "The cart is at version " + std::to_string(version) + ". Read it again."};
}

}  // namespace

wire::CartState load_cart(store::Reader& reader, UserId user) {
  wire::CartState state;
  state.version = reader.value<std::int64_t>("SELECT version FROM carts WHERE user_id = $1", user).value_or(0);
  for (const auto row : reader.query("SELECT variant_id, quantity, selected, price_when_added FROM cart_lines"
                                     " WHERE user_id = $1 ORDER BY position",
                                     user)) {
    wire::CartItem& item = state.lines.emplace_back();
    row.into(item.variant_id, item.quantity, item.selected, item.price_when_added);
  }
  return state;
}

Cart cart_of(const wire::CartState& state) {
  Cart cart;
  cart.lines.reserve(state.lines.size());
  for (const wire::CartItem& item : state.lines) {
    cart.lines.push_back({.variant_id = item.variant_id, .quantity = item.quantity, .selected = item.selected});
  }
  return cart;
}

Result<wire::CartState> edit_cart(Transaction& tx, UserId user, const CartEdit& edit, TimeMs now) {
  if (const Status status = check_account(tx, user); !status) return status.error();
  const StoredCart before = lock_cart(tx, user);
  if (edit.expected_version && *edit.expected_version != before.version) return cart_changed(before.version);
  Cart cart;
  for (const StoredLine& line : before.lines) cart.lines.push_back(line.line);

  const std::vector<Variant> variants = load_variants(tx, edit.variants);
  const Catalog catalog(variants);
  if (const Status status = edit.apply(cart, catalog); !status) return status.error();

  const std::vector<StoredLine> after = place(before, cart, catalog);
  wire::CartState state{.version = before.version + (write_lines(tx, user, before, after, now) ? 1 : 0)};
  for (const StoredLine& line : after) {
    state.lines.push_back({.variant_id = line.line.variant_id,
                           .quantity = line.line.quantity,
                           .selected = line.line.selected,
                           .price_when_added = line.price_when_added});
  }
  return state;
}

CartEdit edit_of(Mutation mutation) {
  CartEdit edit;
  if (mutation.variant_id.value > 0) edit.variants.push_back(mutation.variant_id);
  for (const CartLine& line : mutation.lines) edit.variants.push_back(line.variant_id);
  edit.apply = [mutation = std::move(mutation)](Cart& cart, const Catalog& catalog) {
    return apply(cart, mutation, catalog);
  };
  return edit;
}

CartEdit replacement(Cart wanted) {
  CartEdit edit;
  for (const CartLine& line : wanted.lines) edit.variants.push_back(line.variant_id);
  edit.apply = [wanted = std::move(wanted)](Cart& cart, const Catalog& catalog) -> Status {
    Status status = apply(cart, {.name = MutationName::clear}, catalog);
    for (std::size_t i = 0; status && i < wanted.lines.size(); ++i) {
      const CartLine& line = wanted.lines[i];
      if (catalog.find(line.variant_id) == nullptr) {
        return Error{.code = ErrorCode::invalid_request,
                     .path = "$.lines[" + std::to_string(i) + "].variant_id",
                     .detail = "There is no such variant.",
                     .variant_id = line.variant_id.value};
      }
      status = apply(
          cart, {.name = MutationName::set_quantity, .variant_id = line.variant_id, .quantity = line.quantity},
          catalog);
      if (!status) return status;
      status = apply(cart, {.name = MutationName::select, .variant_id = line.variant_id, .selected = line.selected},
                     catalog);
    }
    return status;
  };
  return edit;
}

CartEdit line_change(VariantId variant, const wire::CartLineChange& change) {
  CartEdit edit{.variants = {variant}};
  edit.apply = [variant, change](Cart& cart, const Catalog& catalog) -> Status {
    const auto line = std::find_if(cart.lines.begin(), cart.lines.end(),
                                   [variant](const CartLine& each) { return each.variant_id == variant; });
    if (line == cart.lines.end()) {  // set_quantity would make one
      return Error{.code = ErrorCode::not_found,
                   .detail = "The cart has no line of this variant.",
                   .variant_id = variant.value};
    }
    const Mutation selection{.name = MutationName::select,
                             .variant_id = variant,
                             .selected = change.selected.value_or(line->selected)};
    if (change.quantity) {
      const Mutation quantity{
          .name = MutationName::set_quantity, .variant_id = variant, .quantity = *change.quantity};
      if (const Status status = apply(cart, quantity, catalog); !status) return status;
    }
    return apply(cart, selection, catalog);
  };
  return edit;
}

}  // namespace cartwright::shop
