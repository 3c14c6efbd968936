// What a signed-in shopper changes about the account, over REST: addresses, coupon codes, password, the end of it.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

// One of the account's delivery addresses; an order takes a copy of it (wire::Address).
struct SavedAddress {
  std::int64_t id = 0;
  std::string name = {};
  std::string phone = {};
  std::string postcode = {};
  std::string line1 = {};
  std::string line2 = {};
  std::string note = {};
  bool is_default = false;
};

struct NewSavedAddress {
  std::string name = {};
  std::string phone = {};
  std::string postcode = {};
  std::string line1 = {};
  std::string line2 = {};
  std::string note = {};
  bool is_default = false;
};

// What is left out stays. There is always one default while there is an address: another one takes its place.
struct SavedAddressChange {
  std::optional<std::string> name = {};
  std::optional<std::string> phone = {};
  std::optional<std::string> postcode = {};
  std::optional<std::string> line1 = {};
  std::optional<std::string> line2 = {};
  std::optional<std::string> note = {};
  std::optional<bool> is_default = {};
};

struct SavedAddressList {
  std::vector<SavedAddress> items = {};  // the default one first, then the newest
};

struct CouponCode {
  std::string code = {};
};

struct PasswordChange {
  std::string password = {};  // the one of today
  std::string new_password = {};
};

struct Erasure {
  std::string password = {};
  bool forfeit_balance = false;  // what is left of the balance is given up
};

struct ResetRequest {
  std::string email = {};
};

struct NewPassword {
  std::string token = {};  // of the link
  std::string password = {};
};

// A one-time link to a new password.
struct ResetLink {
  std::string link = {};
  TimeMs expires_at = {};
};

}  // namespace wire

template <>
struct Fields<wire::SavedAddress> {
  using S = wire::SavedAddress;
  static constexpr auto list = std::tuple{
      field("id", &S::id),       field("name", &S::name),   field("phone", &S::phone),
      field("postcode", &S::postcode), field("line1", &S::line1), field("line2", &S::line2),
      field("note", &S::note),   field("is_default", &S::is_default)};
};
template <>
struct Fields<wire::NewSavedAddress> {
  using S = wire::NewSavedAddress;
  static constexpr auto list = std::tuple{
      field("name", &S::name).required().most(100),       field("phone", &S::phone).required().most(40),
      field("postcode", &S::postcode).required().most(20), field("line1", &S::line1).required(),
      field("line2", &S::line2),                           field("note", &S::note),
      field("is_default", &S::is_default)};
};
template <>
struct Fields<wire::SavedAddressChange> {
  using S = wire::SavedAddressChange;
  static constexpr auto list = std::tuple{
      field("name", &S::name).most(100), field("phone", &S::phone).most(40),
      field("postcode", &S::postcode).most(20), field("line1", &S::line1),
      field("line2", &S::line2), field("note", &S::note), field("is_default", &S::is_default)};
};
template <>
struct Fields<wire::SavedAddressList> {
  static constexpr auto list = std::tuple{field("items", &wire::SavedAddressList::items)};
};
template <>
struct Fields<wire::CouponCode> {
  static constexpr auto list = std::tuple{field("code", &wire::CouponCode::code).required().most(100)};
};
template <>
struct Fields<wire::PasswordChange> {
  using S = wire::PasswordChange;
  static constexpr auto list = std::tuple{field("password", &S::password).required().most(1024),
                                          field("new_password", &S::new_password).required().most(1024)};
};
template <>
struct Fields<wire::Erasure> {
  using S = wire::Erasure;
  static constexpr auto list = std::tuple{field("password", &S::password).required().most(1024),
                                          field("forfeit_balance", &S::forfeit_balance)};
};
template <>
struct Fields<wire::ResetRequest> {
  static constexpr auto list = std::tuple{field("email", &wire::ResetRequest::email).required().most(254)};
};
template <>
struct Fields<wire::NewPassword> {
  using S = wire::NewPassword;
  static constexpr auto list = std::tuple{field("token", &S::token).required().most(100),
                                          field("password", &S::password).required().most(1024)};
};
template <>
struct Fields<wire::ResetLink> {
  using S = wire::ResetLink;
  static constexpr auto list = std::tuple{field("link", &S::link), field("expires_at", &S::expires_at)};
};
static_assert(lists_every_member<wire::SavedAddress> && lists_every_member<wire::NewSavedAddress> &&
              lists_every_member<wire::SavedAddressChange> && lists_every_member<wire::SavedAddressList> &&
              lists_every_member<wire::CouponCode> && lists_every_member<wire::PasswordChange> &&
              lists_every_member<wire::Erasure> && lists_every_member<wire::ResetRequest> &&
              lists_every_member<wire::NewPassword> && lists_every_member<wire::ResetLink>);

}  // namespace cartwright
