// Who may do what: every route by guest, other shopper, owner and admin; sessions, cookies, other sites, throttling.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, session_in } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let guest;
let owner;
let other;
let admin;
let order; // the owner's, pending
let paid; // the owner's, paid
let coupon; // the owner's
before(async () => {
  shop = await open_small_shop({ shoppers: 4 });
  guest = shop.client();
  [owner, other] = await shop.shoppers(2, { balance: 100000 });
  admin = await shop.sign_in("admin@example.com");
  coupon = await owner.take_coupon(small.fifty);
  order = await owner.place([{ variant_id: small.mug, quantity: 1 }]);
  paid = await owner.place([{ variant_id: small.plenty, quantity: 1 }]);
  assert.equal((await owner.pay(paid)).status, 201);
});
after(() => shop.close());

test("someone else's order answers as one that was never there", async () => {
  for (const suffix of ["", "/payments"]) {
    const theirs = await other.get(`/orders/${paid.number}${suffix}`);
    const nobodys = await other.get(`/orders/20200101-AAAAAAAAAAAA${suffix}`);
    const without_name = ({ body }) => ({ ...body, instance: "" });
    assert.deepEqual(without_name(theirs), without_name(nobodys));
  }
  const [{ id }] = shop.sql(`SELECT id FROM orders WHERE number = '${paid.number}'`);
  assert_problem(await owner.get(`/orders/${id}`), 404, "not_found"); // the inner id names nothing outside
});

test("someone else's coupon is no coupon", async () => {
  const lines = [{ variant_id: small.mug, quantity: 1 }];
  const shown = await owner.quote(lines, { mode: "listed", coupons: [{ id: coupon.id }] });
  const stolen = await other.order(lines, {
    choice: { mode: "listed", coupons: [{ id: coupon.id }] },
    shown,
  });
  assert_problem(stolen, 409, "coupon_not_usable");
  const absent = await other.order(lines, { choice: { mode: "listed", coupons: [{ id: 424242 }] }, shown });
  assert.equal(stolen.body.rejection.code, "unknown_coupon");
  assert.equal(absent.body.rejection.code, "unknown_coupon");
  assert.equal((await owner.coupon(coupon.id)).status, "AVAILABLE");
  assert.equal(await other.coupon(coupon.id), undefined);
});

test("lists hold one's own things only", async () => {
  const numbers = async (client) =>
    (await client.read("/orders?limit=100")).items.map(({ number }) => number);
  assert.ok((await numbers(owner)).includes(paid.number));
  assert.deepEqual(await numbers(other), []);
  assert.deepEqual(await numbers(admin), []);
  const cursor_of_owner = (await owner.read("/me/balance/history?limit=1")).next_cursor;
  const page = await other.read(`/me/balance/history?limit=100&cursor=${cursor_of_owner}`);
  const own = (await other.read("/me/balance/history?limit=100")).items.map(({ reference }) => reference);
  for (const { reference } of page.items) assert.ok(own.includes(reference));
});

test("tokens that are none open nothing", async () => {
  const token = owner.token;
  const bad = [
    "",
    "x",
    token.slice(0, -1),
    token + "A",
    token.toUpperCase(),
    "null",
    "' OR 1=1 --",
    "A".repeat(43),
    "A".repeat(5000),
  ];
  for (const wrong of bad) {
    const answer = await guest.get("/me", { headers: { Authorization: `Bearer ${wrong}` } });
    assert_problem(answer, 401, "unauthenticated");
  }
  for (const scheme of ["Basic", "Token", ""]) {
    assert_problem(
      await guest.get("/me", { headers: { Authorization: `${scheme} ${token}` } }),
      401,
      "unauthenticated",
    );
  }
  assert.equal((await guest.get("/me", { headers: { Authorization: `bearer ${token}` } })).status, 200);
  assert_problem(await guest.get(`/me?token=${token}&access_token=${token}`), 401, "unauthenticated");
  const stored = shop.sql(
    "SELECT count(*) AS count FROM user_sessions WHERE CAST(token_hash AS TEXT) LIKE '%shopper%'",
  );
  assert.equal(stored[0].count, 0);
});

test("writes that come from other sites are refused", async () => {
  const foreign = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "http://127.0.0.1" }, // another port
    { Origin: shop.url + ".evil.example" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "cross-site", Origin: shop.url },
  ];
  const writes = [
    ["POST", "/auth/login", { email: owner.email, password: "whatever" }],
    ["POST", "/auth/register", { email: "x@example.com", password: "long enough", name: "x" }],
    ["POST", "/auth/logout"],
    ["POST", "/auth/refresh"],
    ["POST", "/me/balance/charges", { amount: 1 }],
    ["POST", "/me/cart/lines", { variant_id: small.mug }],
    ["PUT", "/me/cart", { lines: [] }],
    ["PATCH", `/me/cart/lines/${small.mug}`, { quantity: 1 }],
    ["DELETE", `/me/cart/lines/${small.mug}`],
    ["POST", "/sync", { client_id: "c" }],
    ["POST", "/orders", { expected_total: 1, fingerprint: "" }],
    ["POST", `/orders/${order.number}/cancel`],
    ["POST", `/orders/${order.number}/payment`],
    ["POST", `/campaigns/${small.fifty}/issue`],
  ];
  const content = shop.content();
  for (const [method, path, body] of writes) {
    for (const headers of foreign) {
      const cookie = { Cookie: `cartwright_session=${owner.token}` };
      const answer = await guest.send(method, path, body, {
        key: randomUUID(),
        headers: { ...headers, ...cookie },
      });
      assert_problem(answer, 403, "cross_origin_refused");
    }
  }
  assert.equal(shop.content(), content);
  for (const headers of [
    { Origin: shop.url },
    { "Sec-Fetch-Site": "same-origin" },
    { "Sec-Fetch-Site": "none" },
    {},
  ]) {
    assert.equal((await owner.post("/sync", { client_id: "own" }, { headers })).status, 200);
  }
  const read = await guest.get("/products", {
    headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
  });
  assert.equal(read.status, 200);
  assert.equal(read.headers.get("access-control-allow-origin"), null, "no other site may read it in a page");
});

test("listed sites' pages may use the API with a token, and never with the shop's cookie", async () => {
  const site = "https://magazine.example";
  const listing = await open_small_shop({ shoppers: 1, serve: ["--allow-origin", site, "http://localhost:8090"] });
  const visitor = listing.client();
  const shopper = await listing.shopper(0);
  const from = (origin) => ({ Origin: origin, "Sec-Fetch-Site": "cross-site" });
  const allowed = ({ headers }) => headers.get("access-control-allow-origin");
  const is_allowed = (answer, origin = site) => {
    assert.equal(allowed(answer), origin, answer.request);
    assert.equal(answer.headers.get("access-control-allow-credentials"), null);
    assert.match(answer.headers.get("vary"), /\bOrigin\b/);
  };

  // The browser asks before it sends what needs asking.
  const ask = { "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type" };
  const preflight = await visitor.send("OPTIONS", "/orders", undefined, { headers: { ...from(site), ...ask } });
  assert.equal(preflight.status, 204);
  is_allowed(preflight);
  assert.match(preflight.headers.get("access-control-allow-methods"), /\bPATCH\b/);
  for (const name of ["Authorization", "Content-Type", "Idempotency-Key", "If-Match"]) {
    assert.ok(preflight.headers.get("access-control-allow-headers").split(", ").includes(name), name);
  }

  // Reads, refusals too, and writes with the session that signing in there gives: a token, whatever was asked for.
  const read = await visitor.get("/products", { headers: from("http://localhost:8090") });
  is_allowed(read, "http://localhost:8090");
  assert.ok(read.headers.get("access-control-expose-headers").split(", ").includes("ETag"));
  is_allowed(await visitor.get("/products/none", { headers: from(site) }));
  const account = { email: "reader@example.com", password: "a long password" };
  const registered = await visitor.post("/auth/register", { ...account, name: "R" }, { headers: from(site) });
  assert.equal(registered.status, 201);
  is_allowed(registered);
  assert.deepEqual(registered.headers.getSetCookie(), []);
  const reader = listing.client(registered.body.token);
  const added = await reader.post("/me/cart/lines", { variant_id: small.mug }, { headers: from(site) });
  assert.ok(added.status < 300, added.text);
  is_allowed(added);
  assert.equal((await reader.cart()).length, 1);

  // The shop's own cookie is no session there, neither to read nor to write.
  const cookie = { ...from(site), Cookie: `cartwright_session=${shopper.token}` };
  assert_problem(await visitor.get("/me", { headers: cookie }), 401, "unauthenticated");
  assert_problem(await visitor.post("/me/cart/lines", { variant_id: small.mug }, { headers: cookie }), 401, "unauthenticated");
  assert.deepEqual((await reader.post("/auth/logout", undefined, { headers: from(site) })).headers.getSetCookie(), []);

  // Others are refused as ever, and what looks alike is another site.
  const others = ["https://evil.example", "http://magazine.example", site + ":8443", site + ".evil.example", "null", "*"];
  for (const origin of others) {
    const looked = await shopper.get("/me", { headers: from(origin) });
    assert.equal(allowed(looked), null, origin);
    assert.match(looked.headers.get("vary"), /\bOrigin\b/);
    const asked = await visitor.send("OPTIONS", "/orders", undefined, { headers: { ...from(origin), ...ask } });
    assert.equal(allowed(asked), null, origin);
    assert.equal(asked.headers.get("access-control-allow-methods"), null, origin);
    const wrote = await shopper.post("/me/cart/lines", { variant_id: small.mug }, { headers: from(origin) });
    assert_problem(wrote, 403, "cross_origin_refused");
    assert.equal(allowed(wrote), null, origin);
  }
  assert.equal((await visitor.get("/healthz", { headers: from(site) })).headers.get("access-control-allow-origin"), null);
  await listing.close();
});

test("pages have the session in a cookie that scripts and other sites don't get", async () => {
  const account = { email: "cookie@example.com", password: "a long password" };
  const registered = await guest.post("/auth/register", { ...account, name: "Cookie" });
  assert.equal(registered.status, 201);
  const cookie = registered.headers.getSetCookie()[0];
  const [pair, ...attributes] = cookie.split("; ");
  assert.match(pair, /^cartwright_session=[\w-]{43}$/);
  assert.ok(!registered.text.includes(pair.split("=")[1]), "scripts of a page don't get to see it");
  assert.equal("token" in registered.body, false);
  assert.ok(
    attributes.includes("HttpOnly") && attributes.includes("SameSite=Lax") && attributes.includes("Path=/"),
    cookie,
  );
  assert.ok(!attributes.includes("Secure") && !cookie.includes("Domain"), "loopback has no TLS");
  assert.match(registered.headers.get("cache-control"), /no-store/);

  const with_cookie = { headers: { Cookie: `theme=dark; ${pair}; other=1` } };
  assert.equal((await guest.get("/me", with_cookie)).status, 200);
  const both = await guest.get("/me", { headers: { Cookie: pair, Authorization: "Bearer nonsense" } });
  assert_problem(both, 401, "unauthenticated"); // an app never acts for whose cookie lies around

  const out = await guest.post("/auth/logout", undefined, with_cookie);
  assert.equal(out.status, 204);
  assert.match(out.headers.getSetCookie()[0], /^cartwright_session=; .*Max-Age=0/);
  assert_problem(await guest.get("/me", with_cookie), 401, "unauthenticated");
});

test("behind a proxy with TLS the cookie is bound to the host, and only a trusted proxy is believed", async () => {
  const login = (client) =>
    client.post(
      "/auth/register",
      { email: `${randomUUID()}@example.com`, password: "a long password", name: "x" },
      {
        headers: { "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9" },
      },
    );
  const plain = await login(guest);
  assert.match(plain.headers.getSetCookie()[0], /^cartwright_session=/);
  assert.equal(plain.headers.get("strict-transport-security"), null);
  const proxied = await open_small_shop({ serve: ["--trust-proxy", "127.0.0.0/8"] });
  try {
    const answer = await login(proxied.client());
    assert.equal(answer.status, 201, answer.text);
    assert.match(answer.headers.getSetCookie()[0], /^__Host-cartwright_session=.*; Secure(;|$)/);
    assert.ok(answer.headers.get("strict-transport-security"));
  } finally {
    await proxied.close();
  }
});

test("an app that asks for the token gets it, and no cookie; each goes on the way it came", async () => {
  const account = { email: "app@example.com", password: "a long password" };
  const registered = await guest.post("/auth/register", { ...account, name: "App", session: "token" });
  assert.equal(registered.status, 201, registered.text);
  assert.match(registered.body.token, /^[\w-]{43}$/);
  assert.deepEqual(registered.headers.getSetCookie(), []);
  const app = shop.client(registered.body.token);
  const renewed = await app.post("/auth/refresh");
  assert.match(renewed.body.token, /^[\w-]{43}$/);
  assert.deepEqual(renewed.headers.getSetCookie(), []);

  const page = await guest.post("/auth/login", account);
  const Cookie = page.headers.getSetCookie()[0].split(";")[0];
  const again = await guest.post("/auth/refresh", undefined, { headers: { Cookie } });
  assert.equal(again.status, 200);
  assert.equal("token" in again.body, false, "no script turns the cookie into a token");
  assert.notEqual(session_in(again), session_in(page));
  assert_problem(await guest.post("/auth/login", { ...account, session: "both" }), 422, "invalid_request", "/session");
});

test("signing out ends this session and no other, and can be done twice", async () => {
  const account = { email: "twice@example.com", password: "a long password" };
  const first = shop.client(session_in(await guest.post("/auth/register", { ...account, name: "Twice" })));
  const second = await shop.sign_in(account.email, account.password);
  assert.equal((await first.get("/me")).status, 200);
  assert.equal((await first.post("/auth/logout")).status, 204);
  assert_problem(await first.get("/me"), 401, "unauthenticated");
  assert_problem(await first.post("/auth/refresh"), 401, "unauthenticated");
  assert.equal((await first.post("/auth/logout")).status, 204);
  assert.equal((await guest.post("/auth/logout")).status, 204);
  assert.equal((await second.get("/me")).status, 200);
});

test("a renewed session has a new token, and the old one lives on for a lost answer", async () => {
  const shopper = await shop.shopper(2);
  const renewed = await shopper.post("/auth/refresh");
  assert.equal(renewed.status, 200);
  assert.notEqual(renewed.body.token, shopper.token);
  assert.equal((await shop.client(renewed.body.token).get("/me")).status, 200);
  assert.equal((await shopper.get("/me")).status, 200);
  const left = shop.sql(
    `SELECT expires_at - ${Date.now()} AS ms FROM user_sessions WHERE user_id = 1002 ORDER BY expires_at`,
  );
  assert.equal(left.length, 2);
  assert.ok(left[0].ms <= 60000, "for a minute at most");
  assert.equal((await shop.client(renewed.body.token).get("/me")).status, 200);
  assert.equal((await shop.client(renewed.body.token).post("/auth/logout")).status, 204);
  assert_problem(await shopper.get("/me"), 401, "unauthenticated"); // the old one went with it
});

test("a session that has expired is none", async () => {
  const expired = await open_small_shop({
    shoppers: 1,
    also: "UPDATE user_sessions SET expires_at = created_at + 1;",
  });
  try {
    assert_problem(await (await expired.shopper(0)).get("/me"), 401, "unauthenticated");
  } finally {
    await expired.close();
  }
});

test("guessing a password is slowed down per account, and tells nothing about who has one", async () => {
  const password = "a long password";
  const email = "guessed@example.com";
  await guest.post("/auth/register", { email, password, name: "Guessed" });
  const wrong = await guest.post("/auth/login", { email, password: "wrong password" });
  const nobody = await guest.post("/auth/login", { email: "nobody@example.com", password: "wrong password" });
  assert_problem(wrong, 401, "invalid_credentials");
  assert.deepEqual(wrong.body, nobody.body);
  for (let i = 0; i < 9; ++i) {
    assert_problem(
      await guest.post("/auth/login", { email, password: `guess ${i}` }),
      401,
      "invalid_credentials",
    );
  }
  for (const spelling of [email, email.toUpperCase(), ` ${email} `]) {
    const refused = await guest.post("/auth/login", { email: spelling, password });
    assert_problem(refused, 429, "rate_limited");
    const wait_s = Number(refused.headers.get("retry-after"));
    assert.ok(
      Number.isInteger(wait_s) && wait_s > 1 && wait_s <= 900,
      `Retry-After: ${refused.headers.get("retry-after")}`,
    );
    assert.equal(refused.headers.getSetCookie().length, 0);
  }
  assert.equal(
    (await shop.sign_in("admin@example.com").then((client) => client.get("/me"))).status,
    200,
    "others go on",
  );
});

test("passwords and tokens are in no log and not in the database", async () => {
  const password = "a very recognisable password";
  const registered = await guest.post("/auth/register", {
    email: "secret@example.com",
    password,
    name: "Secret",
  });
  assert.equal(registered.status, 201);
  await guest.post("/auth/login", { email: "secret@example.com", password: "recognisable and wrong" });
  assert.doesNotMatch(shop.log, /recognisable/);
  assert.ok(!shop.log.includes(session_in(registered)));
  const [{ password_hash }] = shop.sql("SELECT password_hash FROM users WHERE email = 'secret@example.com'");
  assert.match(password_hash, /^\$argon2id\$/);
});
