#include "server/shop/addresses.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

wire::SavedAddress read_address(const store::Row& row) {
  wire::SavedAddress address;
  row.into(address.id, address.name, address.phone, address.postcode, address.line1, address.line2, address.note,
           address.is_default);
  return address;
}

Result<wire::SavedAddress> find_address(Transaction& tx, UserId user, std::int64_t id) {
  const auto row = tx.first(Lock::exclusive,
                            "SELECT id, name, phone, postcode, line1, line2, note, is_default FROM addresses"
                            " WHERE id = $1 AND user_id = $2",
                            id, user);
  if (!row) return Error{.code = ErrorCode::not_found, .detail = "There is no such address."};
  return read_address(*row);
}

Status check(const wire::SavedAddress& address) {
  using A = wire::SavedAddress;
  const std::pair<std::string_view, std::string A::*> needed[] = {
      {"name", &A::name}, {"phone", &A::phone}, {"postcode", &A::postcode}, {"line1", &A::line1}};
  for (const auto& [name, member] : needed) {
    if ((address.*member).find_first_not_of(" \t\r\n") != std::string::npos) continue;
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$." + std::string(name),
                 .detail = "must not be empty"};
  }
  return {};
}

// One at most is the default, so the old one steps back first.
void make_default(Transaction& tx, UserId user, std::int64_t id) {
  tx.execute("UPDATE addresses SET is_default = 0 WHERE user_id = $1 AND is_default = 1 AND id <> $2", user, id);
  tx.execute("UPDATE addresses SET is_default = 1 WHERE id = $1 AND user_id = $2", id, user);
}

// The newest other one; none when there is no other.
std::optional<std::int64_t> newest_but(Transaction& tx, UserId user, std::int64_t id) {
  return tx.value<std::int64_t>("SELECT id FROM addresses WHERE user_id = $1 AND id <> $2 ORDER BY id DESC LIMIT 1",
                                user, id);
}

}  // namespace

wire::SavedAddressList list_addresses(store::Reader& reader, UserId user) {
  wire::SavedAddressList list;
  for (const auto row : reader.query("SELECT id, name, phone, postcode, line1, line2, note, is_default FROM addresses"
                                     " WHERE user_id = $1 ORDER BY is_default DESC, id DESC",
                                     user)) {
    list.items.push_back(read_address(row));
  }
  return list;
}

Result<wire::SavedAddress> add_address(Transaction& tx, UserId user, const wire::NewSavedAddress& wanted,
                                       TimeMs now) {
  wire::SavedAddress address{.name = wanted.name,
                             .phone = wanted.phone,
                             .postcode = wanted.postcode,
                             .line1 = wanted.line1,
                             .line2 = wanted.line2,
                             .note = wanted.note,
                             .is_default = wanted.is_default};
  if (const Status status = check(address); !status) return status.error();
  const auto count = tx.value<std::int64_t>("SELECT count(*) FROM addresses WHERE user_id = $1", user).value_or(0);
  if (count >= max_addresses) {
    return Error{.code = ErrorCode::limit_reached, .detail = "An account keeps 20 addresses. Please delete one first."};
  }
  address.is_default = address.is_default || count == 0;
  address.id = tx.value<std::int64_t>("INSERT INTO addresses (user_id, name, phone, postcode, line1, line2, note,"
                                      " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                                      user, address.name, address.phone, address.postcode, address.line1,
                                      address.line2, address.note, now)
                   .value();
  if (address.is_default) make_default(tx, user, address.id);
  return address;
}

Result<wire::SavedAddress> change_address(Transaction& tx, UserId user, std::int64_t id,
                                          const wire::SavedAddressChange& change) {
  auto found = find_address(tx, user, id);
  if (!found) return found;
  wire::SavedAddress& address = *found;
  const bool was_default = address.is_default;
  if (change.name) address.name = *change.name;
  if (change.phone) address.phone = *change.phone;
  if (change.postcode) address.postcode = *change.postcode;
  if (change.line1) address.line1 = *change.line1;
  if (change.line2) address.line2 = *change.line2;
  if (change.note) address.note = *change.note;
  if (change.is_default) address.is_default = *change.is_default;
  if (const Status status = check(address); !status) return status.error();
  tx.execute("UPDATE addresses SET name = $2, phone = $3, postcode = $4, line1 = $5, line2 = $6, note = $7"
             " WHERE id = $1",
             id, address.name, address.phone, address.postcode, address.line1, address.line2, address.note);
  if (address.is_default == was_default) return found;
  const std::int64_t heir = address.is_default ? id : newest_but(tx, user, id).value_or(id);
  make_default(tx, user, heir);
  address.is_default = heir == id;  // the only one stays it
  return found;
}

Status remove_address(Transaction& tx, UserId user, std::int64_t id) {
  const auto address = find_address(tx, user, id);
  if (!address) return address.error();
  tx.execute("DELETE FROM addresses WHERE id = $1", id);
  const auto heir = newest_but(tx, user, id);
  if (address->is_default && heir) make_default(tx, user, *heir);
  return {};
}

}  // namespace cartwright::shop
