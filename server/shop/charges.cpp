#include "server/shop/charges.h"

#include "server/json.h"
#include "server/shop/balance.h"
#include "server/shop/decimals.h"
#include "server/shop/texts.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Row;
using store::Transaction;

constexpr std::string_view return_path = "/api/v1/charges/return";

Error no_such_charge() { return {.code = ErrorCode::not_found, .detail = "There is no such charge."}; }

ChargeProvider read_provider(std::string_view word) {
  using enum ChargeProvider;
  for (const ChargeProvider provider : {instant, bank_transfer, gateway}) {
    if (word_of(provider) == word) return provider;
  }
  throw store::StoreError(store::Fault::corrupt, "not a known word: " + std::string(word));
}

std::string in_query(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

// Both ways back lead to one place: a failure has a code and no key.
wire::Checkout checkout_of(Reader& reader, const Settings& settings, const std::string& number, Amount amount) {
  const auto currency = reader.value<std::string>("SELECT currency FROM shop WHERE id = 1").value_or("");
  const std::string back = settings.public_url + std::string(return_path);
  wire::Checkout checkout{.client_key = settings.gateway_client_key,
                          .order_id = number,
                          .amount = decimal_text(amount, currency),
                          .currency = currency,
                          .success_url = back,
                          .fail_url = back};
  if (settings.gateway_checkout_url.empty()) return checkout;
  checkout.url = settings.gateway_checkout_url;
  checkout.url += checkout.url.find('?') == std::string::npos ? '?' : '&';
  checkout.url += "clientKey=" + in_query(checkout.client_key) + "&orderId=" + in_query(number) +
                  "&amount=" + in_query(checkout.amount);
  checkout.url += "&currency=" + in_query(currency) + "&successUrl=" + in_query(back) + "&failUrl=" + in_query(back);
  return checkout;
}

// id, number, provider, amount, status, reason, created_at, finished_at
wire::Charge read_charge(const Row& row) {
  wire::Charge charge;
  charge.id = row.get<std::int64_t>(0);
  charge.number = row.get<std::string>(1);
  charge.provider = row.get<std::string>(2);
  charge.amount = row.get<Amount>(3);
  charge.status = read_word<ChargeStatus>(row.get<std::string_view>(4));
  charge.reason = row.get<std::string>(5);
  charge.created_at = row.get<TimeMs>(6);
  charge.finished_at = row.get<std::optional<TimeMs>>(7);
  return charge;
}

// Behind these: provider_id, user, name, e-mail, what its reversal left open
wire::AdminCharge read_admin_charge(const Row& row) {
  return {.charge = read_charge(row),
          .user = {.id = row.get<UserId>(9), .name = row.get<std::string>(10), .email = row.get<std::string>(11)},
          .provider_id = row.get<std::optional<std::string>>(8).value_or(""),
          .open = row.get<Amount>(12)};
}

wire::AdminCharge load_admin_charge(Reader& reader, std::int64_t id) {
  const auto row = reader.first(
      "SELECT c.id, c.number, c.provider, c.amount, c.status, c.reason, c.created_at, c.finished_at, c.provider_id,"
      " c.user_id, u.name, COALESCE(u.email, ''), CASE c.status WHEN 'REVERSED' THEN c.amount + CAST(COALESCE((SELECT"
      "   sum(h.amount) FROM balance_history h WHERE h.user_id = c.user_id AND h.charge_id = c.id"
      "   AND h.type = 'REVERSAL'), 0) AS BIGINT) ELSE 0 END"
      " FROM charge_requests c JOIN users u ON u.id = c.user_id WHERE c.id = $1",
      id);
  CARTWRIGHT_ASSERT(row);
  return read_admin_charge(*row);
}

std::string trace_of(const wire::AdminCharge& charge) {
  return json::encode(
      wire::ChargeTrace{.status = charge.charge.status, .reason = charge.charge.reason, .open = charge.open});
}

// An admin's deed on a charge, with its row in the log. `deed(charge) -> Status`
template <class Deed>
Result<wire::AdminCharge> by_admin(Transaction& tx, const By& by, std::int64_t id, std::string_view action, Deed deed) {
  const auto charge = lock_charge(tx, id);
  if (!charge) return no_such_charge();
  const wire::AdminCharge before = load_admin_charge(tx, id);
  if (const Status done = deed(*charge); !done) return done.error();
  wire::AdminCharge after = load_admin_charge(tx, id);
  log_admin(tx,
            {.admin = by.admin,
             .action = action,
             .entity = "charge",
             .entity_id = id,
             .before = trace_of(before),
             .after = trace_of(after)},
            by.now);
  return after;
}

// A charge whose company still has to say what became of it.
Status may_decide(const Settings& settings, const ChargeRow& charge, TimeMs now) {
  const bool is_asked = charge.status == ChargeStatus::PENDING && charge.provider == ChargeProvider::gateway &&
                        charge.provider_id.has_value();
  if (!is_asked || !(now < after(charge.created_at, settings.charge_days * day_ms))) return {};
  return Error{.code = ErrorCode::charge_not_pending, .detail = "The payment company is still being asked."};
}

// From PENDING or COMPLETED, as the core allowed it; for good.
void end_charge(Transaction& tx, const ChargeRow& charge, ChargeStatus status, std::string_view reason, TimeMs now) {
  const std::int64_t changed = tx.execute("UPDATE charge_requests SET status = $2, reason = $3, finished_at = $4,"
                                          " next_attempt_at = NULL WHERE id = $1 AND status = $5",
                                          charge.id, name_of(status), reason, now, name_of(charge.status));
  CARTWRIGHT_ASSERT(changed == 1);
  tx.touch(Topic::balance, charge.user.value);
}

}  // namespace

std::string_view word_of(ChargeProvider provider) {
  switch (provider) {
    case ChargeProvider::none: return "none";
    case ChargeProvider::instant: return "instant";
    case ChargeProvider::bank_transfer: return "bank_transfer";
    case ChargeProvider::gateway: return "gateway";
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

std::optional<ChargeRow> lock_charge(Transaction& tx, std::int64_t id) {
  const auto row = tx.first(Lock::exclusive,
                            "SELECT id, user_id, provider, amount, status, created_at, provider_id"
                            " FROM charge_requests WHERE id = $1",
                            id);
  if (!row) return std::nullopt;
  return ChargeRow{.id = row->get<std::int64_t>(0),
                   .user = row->get<UserId>(1),
                   .provider = read_provider(row->get<std::string_view>(2)),
                   .amount = row->get<Amount>(3),
                   .status = read_word<ChargeStatus>(row->get<std::string_view>(4)),
                   .created_at = row->get<TimeMs>(5),
                   .provider_id = row->get<std::optional<std::string>>(6)};
}

Result<Amount> complete_charge(Transaction& tx, const ChargeRow& charge, TimeMs now) {
  const auto status = transition(charge.status, ChargeEvent::complete);
  if (!status) return status.error();
  const auto balance = credit(tx, charge.user, charge.amount, {.charge_id = charge.id}, now);
  if (balance) end_charge(tx, charge, *status, {}, now);
  return balance;
}

Status fail_charge(Transaction& tx, const ChargeRow& charge, std::string_view reason, TimeMs now) {
  const auto status = transition(charge.status, ChargeEvent::fail);
  if (!status) return status.error();
  end_charge(tx, charge, *status, reason, now);
  return {};
}

Result<wire::Charge> charge_balance(Transaction& tx, const Settings& settings, UserId user, Amount amount,
                                    const std::string& number, TimeMs now) {
  if (settings.charge_provider == ChargeProvider::none) {
    return Error{.code = ErrorCode::provider_unavailable, .detail = "This shop takes no charges at the moment."};
  }
  const Amount balance = lock_balance(tx, user).balance;
  const auto pending = tx.value<Amount>("SELECT CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM charge_requests"
                                        " WHERE user_id = $1 AND status = 'PENDING'",
                                        user);
  const auto charged = charge(balance + pending.value_or(0), amount,
                              {.per_charge = settings.charge_max, .balance = settings.balance_max});
  if (!charged) return charged.error();

  wire::Charge answer{.number = number,
                      .provider = std::string(word_of(settings.charge_provider)),
                      .amount = amount,
                      .created_at = now,
                      .balance = balance};
  answer.id = tx.insert<std::int64_t>("INSERT INTO charge_requests (number, user_id, provider, amount, status, created_at)"
                                      " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                                      number, user, answer.provider, amount, name_of(answer.status), now);
  if (settings.charge_provider == ChargeProvider::instant) {
    answer.balance = complete_charge(tx, *lock_charge(tx, answer.id), now).value();  // within balance_max
    answer.status = ChargeStatus::COMPLETED;
    answer.finished_at = now;
  }
  if (settings.charge_provider == ChargeProvider::gateway) answer.checkout = checkout_of(tx, settings, number, amount);
  return answer;
}

Result<wire::Page<wire::Charge>> list_own_charges(Reader& reader, const Settings& settings, UserId user,
                                                  std::optional<ChargeStatus> status, const PageRequest& request) {
  const std::string_view word = status ? name_of(*status) : std::string_view();
  const std::string context = "charges " + std::string(word);
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::Charge> page;
  std::vector<bool> unpaid;
  for (const auto row :
       reader.query("SELECT id, number, provider, amount, status, reason, created_at, finished_at,"
                    " status = 'PENDING' AND provider = 'gateway' AND provider_id IS NULL FROM charge_requests"
                    " WHERE user_id = $1 AND id < $2 AND ($3 = '' OR status = $3) ORDER BY id DESC LIMIT $4",
                    user, *below, word, request.limit + 1)) {
    page.items.push_back(read_charge(row));
    unpaid.push_back(row.get<bool>(8));
  }
  for (std::size_t i = 0; i < page.items.size(); ++i) {
    wire::Charge& charge = page.items[i];
    if (unpaid[i]) charge.checkout = checkout_of(reader, settings, charge.number, charge.amount);
  }
  end_page(page, context, request, [](const wire::Charge& charge) { return charge.id; });
  return page;
}

Result<wire::Page<wire::AdminCharge>> list_all_charges(Reader& reader, std::optional<ChargeStatus> status,
                                                       const PageRequest& request) {
  const std::string_view word = status ? name_of(*status) : std::string_view();
  const std::string context = "admin_charges " + std::string(word);
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  std::vector<std::int64_t> ids;
  for (const auto row : reader.query("SELECT id FROM charge_requests WHERE id < $1 AND ($2 = '' OR status = $2)"
                                     " ORDER BY id DESC LIMIT $3",
                                     *below, word, request.limit + 1)) {
    ids.push_back(row.get<std::int64_t>(0));
  }
  wire::Page<wire::AdminCharge> page;
  for (const std::int64_t id : ids) page.items.push_back(load_admin_charge(reader, id));
  end_page(page, context, request, [](const wire::AdminCharge& item) { return item.charge.id; });
  return page;
}

Result<wire::AdminCharge> confirm_charge(Transaction& tx, const Settings& settings, const By& by, std::int64_t id) {
  return by_admin(tx, by, id, "charge.confirm", [&](const ChargeRow& charge) -> Status {
    if (Status may = may_decide(settings, charge, by.now); !may) return may;
    const auto balance = complete_charge(tx, charge, by.now);
    return balance ? Status() : Status(balance.error());
  });
}

Result<wire::AdminCharge> refuse_charge(Transaction& tx, const Settings& settings, const By& by, std::int64_t id) {
  return by_admin(tx, by, id, "charge.fail", [&](const ChargeRow& charge) -> Status {
    if (Status may = may_decide(settings, charge, by.now); !may) return may;
    return fail_charge(tx, charge, "refused", by.now);
  });
}

Result<wire::AdminCharge> reverse_charge(Transaction& tx, const By& by, std::int64_t id, const std::string& reason) {
  return by_admin(tx, by, id, "charge.reverse", [&](const ChargeRow& charge) -> Status {
    const auto status = transition(charge.status, ChargeEvent::reverse);
    if (!status) return status.error();
    const BalanceState state = lock_balance(tx, charge.user);
    const Amount taken = covered(state, charge.amount);
    if (charge.amount - taken > max_amount - state.receivable) {
      return Error{.code = ErrorCode::amount_overflow, .detail = "So much can't be owed."};
    }
    end_charge(tx, charge, *status, reason, by.now);
    // A row even where nothing is left: the history tells that it was reversed.
    change_balance(tx, charge.user, BalanceEntry::REVERSAL, -taken, {.charge_id = charge.id}, by.now);
    tx.execute("UPDATE user_balances SET receivable = receivable + $2 WHERE user_id = $1", charge.user,
               charge.amount - taken);
    return {};
  });
}

void expire_charge(Transaction& tx, std::int64_t id, TimeMs now) {
  const auto charge = lock_charge(tx, id);
  if (!charge || charge->status != ChargeStatus::PENDING || charge->provider_id) return;
  (void)fail_charge(tx, *charge, "expired", now);
}

}  // namespace cartwright::shop
