// /auth and /me (API.md "Sessions"). A session is one token: apps send it as `Authorization: Bearer`, pages have it in
// a cookie that scripts can't read. With TLS in front (http::Request::is_secure) the cookie is Secure and `__Host-`.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

// Who asks; nobody when there is no session. May wait for a read, and once a day per session for a commit.
std::optional<Caller> find_caller(shop::Services& services, const http::Request& request, TimeMs now);

http::Response register_account(const Call& call);  // POST /auth/register -> 201 Session
http::Response sign_in(const Call& call);           // POST /auth/login -> 200 Session
http::Response renew_session(const Call& call);     // POST /auth/refresh -> 200 Session
http::Response sign_out(const Call& call);          // POST /auth/logout -> 204
http::Response show_me(const Call& call);           // GET /me -> 200 Me

}  // namespace cartwright::api
