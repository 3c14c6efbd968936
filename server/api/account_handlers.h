// /auth and /me (API.md "Sessions"). A session is one token. Pages have it in a cookie that scripts can't read; apps ask for
// it by `"session": "token"` when they sign in, and send it as `Authorization: Bearer`. It never goes both ways. With TLS in
// front (http::Request::is_secure) the cookie is Secure and `__Host-`.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

// Who asks; nobody when there is no session. May wait for a read, and once a day per session for a commit.
std::optional<Caller> find_caller(shop::Services& services, const http::Request& request, TimeMs now);

// Whom limits per address count: the client's address, of IPv6 its /64.
std::string limit_key(const http::Request& request);

http::Response register_account(const Call& call);  // POST /auth/register (Registration) -> 201 Session
http::Response sign_in(const Call& call);           // POST /auth/login (Credentials) -> 200 Session
http::Response renew_session(const Call& call);     // POST /auth/refresh -> 200 Session
http::Response sign_out(const Call& call);          // POST /auth/logout -> 204
http::Response ask_for_reset(const Call& call);     // POST /auth/reset (ResetRequest) -> 202, whoever's e-mail it is
http::Response confirm_reset(const Call& call);     // POST /auth/reset/confirm (NewPassword) -> 204
http::Response make_reset_link(const Call& call);   // POST /admin/reset-links (ResetRequest) -> 201 ResetLink
http::Response show_me(const Call& call);           // GET /me -> 200 Me
http::Response change_password(const Call& call);   // PUT /me/password (PasswordChange) -> 204
http::Response erase_account(const Call& call);     // DELETE /me (Erasure) -> 204

}  // namespace cartwright::api
