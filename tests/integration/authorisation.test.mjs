// Every route of the REST API by a guest, another shopper, the owner and an admin. The list of routes is the binary's own:
// a route without a row here fails, and so does a row without a route.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, run } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let people;
let order; // the owner's, pending
let paid; // the owner's, paid
let address; // the owner's

before(async () => {
  shop = await open_small_shop({ shoppers: 4 });
  const [owner, other] = await shop.shoppers(2, { balance: 100000 });
  const admin = await shop.sign_in("admin@example.com");
  people = { guest: shop.client(), other, owner, admin };
  order = await owner.place([{ variant_id: small.mug, quantity: 1 }]);
  paid = await owner.place([{ variant_id: small.plenty, quantity: 2 }]);
  assert.equal((await owner.pay(paid)).status, 201);
  const where = { name: "A", phone: "010", postcode: "04524", line1: "1" };
  address = (await owner.post("/me/addresses", where)).body;
  assert.ok(address.id);
});
after(() => shop.close());

const line = { variant_id: small.sticker, quantity: 1 };
const wrong = { password: "wrong password" };
const to = { name: "A", phone: "010", postcode: "04524", line1: "1" };

/** A route of admins: others are told so, and what the admin gets. */
const admins = (route, status, more = {}) => ({ route, expect: [401, 403, 403, status], ...more });
const everyone = (route, status, more = {}) => ({ route, expect: [status, status, status, status], ...more });
/** Of one's own: no guests. */
const signed_in = (route, status, more = {}) => ({ route, expect: [401, status, status, status], ...more });

// `expect`: guest, other shopper, owner, admin. They come in this order, but the owner last.
const rows = [
  everyone("GET /healthz", 200),
  everyone("GET /readyz", 200),
  everyone("GET /openapi.json", 200),
  everyone("GET /media/{name}", 404, { at: "/media/none.svg", plain: true }),
  everyone("GET /api/v1/shop", 200),
  everyone("GET /api/v1/shop/policies", 200),
  everyone("GET /api/v1/snapshot", 200),
  everyone("POST /api/v1/quotes", 422, { body: {} }),
  everyone("GET /api/v1/stream", 200, { plain: true }),
  everyone("GET /api/v1/products", 200),
  everyone("GET /api/v1/products/popular", 200),
  everyone("GET /api/v1/products/{id}", 200, { at: "/api/v1/products/1" }),
  everyone("GET /api/v1/categories", 200),
  everyone("GET /api/v1/campaigns", 200),
  everyone("GET /api/v1/campaigns/{id}", 200, { at: `/api/v1/campaigns/${small.fifty}` }),
  signed_in("POST /api/v1/campaigns/{id}/issue", 201, { at: `/api/v1/campaigns/${small.fifty}/issue` }),
  everyone("POST /api/v1/auth/register", 422, { body: { email: "x", password: "a long password", name: "x" } }),
  everyone("POST /api/v1/auth/login", 401, { body: { email: "nobody@example.com", ...wrong } }),
  signed_in("POST /api/v1/auth/refresh", 200),
  everyone("POST /api/v1/auth/logout", 204, { before: (client) => shop.client(client.token && "x".repeat(43)) }),
  everyone("POST /api/v1/auth/reset", 422, { body: { email: "no address" } }),
  everyone("POST /api/v1/auth/reset/confirm", 409, { body: { token: "none", password: "a long password" } }),
  signed_in("GET /api/v1/me", 200),
  signed_in("DELETE /api/v1/me", 422, { body: {} }),
  signed_in("PUT /api/v1/me/password", 422, { body: { ...wrong, new_password: "short" } }),
  signed_in("GET /api/v1/me/addresses", 200),
  signed_in("POST /api/v1/me/addresses", 201, { body: to }),
  {
    route: "PATCH /api/v1/me/addresses/{id}",
    at: () => `/api/v1/me/addresses/${address.id}`,
    body: { note: "door" },
    expect: [401, 404, 200, 404],
  },
  {
    route: "DELETE /api/v1/me/addresses/{id}",
    at: () => `/api/v1/me/addresses/${address.id}`,
    expect: [401, 404, 204, 404],
  },
  signed_in("GET /api/v1/me/coupons", 200),
  signed_in("POST /api/v1/me/coupons", 404, { body: { code: "NO-SUCH-CODE" } }),
  signed_in("GET /api/v1/me/balance", 200),
  signed_in("POST /api/v1/me/balance/charges", 201, { body: { amount: 1 } }),
  signed_in("GET /api/v1/me/balance/charges", 200),
  signed_in("GET /api/v1/me/balance/history", 200),
  everyone("GET /api/v1/charges/return", 303),
  everyone("POST /api/v1/charges/notices", 204, { body: {} }),
  signed_in("GET /api/v1/me/cart", 200),
  signed_in("PUT /api/v1/me/cart", 200, { body: { lines: [] } }),
  signed_in("POST /api/v1/me/cart/lines", 201, { body: line }),
  signed_in("PATCH /api/v1/me/cart/lines/{variant_id}", 200, {
    at: `/api/v1/me/cart/lines/${small.sticker}`,
    body: { quantity: 2 },
  }),
  signed_in("DELETE /api/v1/me/cart/lines/{variant_id}", 200, { at: `/api/v1/me/cart/lines/${small.sticker}` }),
  signed_in("POST /api/v1/sync", 200, { body: { client_id: "c" } }),
  signed_in("POST /api/v1/orders", 409, { body: { lines: [line], expected_total: 1, fingerprint: "" } }),
  signed_in("GET /api/v1/orders", 200),
  ...["", "/payments"].map((rest) => ({
    route: `GET /api/v1/orders/{number}${rest}`,
    at: () => `/api/v1/orders/${paid.number}${rest}`,
    expect: [401, 404, 200, 404],
  })),
  {
    route: "POST /api/v1/orders/{number}/cancel",
    at: () => `/api/v1/orders/${order.number}/cancel`,
    expect: [401, 404, 200, 404],
  },
  {
    route: "POST /api/v1/orders/{number}/payment",
    at: () => `/api/v1/orders/${paid.number}/payment`,
    expect: [401, 404, 409, 404],
  },
  {
    route: "POST /api/v1/orders/{number}/returns",
    at: () => `/api/v1/orders/${paid.number}/returns`,
    body: { lines: [{ variant_id: small.plenty, quantity: 1 }] },
    expect: [401, 404, 201, 404],
  },
  admins("GET /api/v1/admin/shop", 200),
  admins("PATCH /api/v1/admin/shop", 200, { body: { name: { ko: "가게", en: "Shop" } } }),
  admins("POST /api/v1/admin/reset-links", 404, { body: { email: "nobody@example.com" } }),
  admins("GET /api/v1/admin/log", 200),
  admins("GET /api/v1/admin/orders", 200),
  admins("GET /api/v1/admin/orders/{number}", 200, { at: () => `/api/v1/admin/orders/${paid.number}` }),
  ...["ship", "deliver", "refund"].map((verb) =>
    admins(`POST /api/v1/admin/orders/{number}/${verb}`, 422, {
      at: () => `/api/v1/admin/orders/${paid.number}/${verb}`,
      body: { surprise: 1 },
    }),
  ),
  admins("GET /api/v1/admin/charges", 200),
  admins("POST /api/v1/admin/charges/{id}/confirm", 404, { at: "/api/v1/admin/charges/999/confirm" }),
  admins("POST /api/v1/admin/charges/{id}/fail", 404, { at: "/api/v1/admin/charges/999/fail" }),
  admins("POST /api/v1/admin/charges/{id}/reverse", 404, { at: "/api/v1/admin/charges/999/reverse", body: { reason: "x" } }),
  ...["coupons", "promotions", "campaigns"].flatMap((noun) => [
    admins(`GET /api/v1/admin/${noun}`, 200),
    admins(`POST /api/v1/admin/${noun}`, 422, { body: {} }),
    admins(`GET /api/v1/admin/${noun}/{id}`, 404, { at: `/api/v1/admin/${noun}/999` }),
    admins(`PATCH /api/v1/admin/${noun}/{id}`, 404, { at: `/api/v1/admin/${noun}/999`, body: {} }),
  ]),
  admins("DELETE /api/v1/admin/coupons/{id}", 404, { at: "/api/v1/admin/coupons/999" }),
  admins("DELETE /api/v1/admin/promotions/{id}", 404, { at: "/api/v1/admin/promotions/999" }),
  admins("GET /api/v1/admin/coupons/{id}/codes", 200, { at: "/api/v1/admin/coupons/1/codes" }),
  admins("POST /api/v1/admin/coupons/{id}/codes", 422, { at: "/api/v1/admin/coupons/1/codes", body: {} }),
  admins("DELETE /api/v1/admin/coupons/{id}/codes", 404, { at: "/api/v1/admin/coupons/1/codes" }),
  admins("POST /api/v1/admin/coupons/{id}/grants", 422, { at: "/api/v1/admin/coupons/1/grants", body: {} }),
  admins("POST /api/v1/admin/campaigns/{id}/end", 404, { at: "/api/v1/admin/campaigns/999/end" }),
  admins("GET /api/v1/admin/stats", 200),
  admins("GET /api/v1/admin/products", 200),
  admins("POST /api/v1/admin/products", 422, { body: {} }),
  admins("GET /api/v1/admin/products/{id}", 200, { at: "/api/v1/admin/products/1" }),
  admins("PATCH /api/v1/admin/products/{id}", 200, { at: "/api/v1/admin/products/1", body: {} }),
  admins("DELETE /api/v1/admin/products/{id}", 204, { at: "/api/v1/admin/products/4" }),
  admins("POST /api/v1/admin/products/{id}/variants", 422, { at: "/api/v1/admin/products/1/variants", body: {} }),
  admins("GET /api/v1/admin/variants/{id}", 200, { at: `/api/v1/admin/variants/${small.mug}` }),
  admins("PATCH /api/v1/admin/variants/{id}", 200, { at: `/api/v1/admin/variants/${small.mug}`, body: {} }),
  admins("GET /api/v1/admin/variants/{id}/movements", 200, { at: `/api/v1/admin/variants/${small.mug}/movements` }),
  admins("POST /api/v1/admin/variants/{id}/movements", 201, {
    at: `/api/v1/admin/variants/${small.mug}/movements`,
    body: { delta: 1, reason: "RECEIVED" },
  }),
  admins("GET /api/v1/admin/categories", 200),
  admins("POST /api/v1/admin/categories", 422, { body: {} }),
  admins("GET /api/v1/admin/categories/{id}", 200, { at: "/api/v1/admin/categories/1" }),
  admins("PATCH /api/v1/admin/categories/{id}", 200, { at: "/api/v1/admin/categories/1", body: {} }),
  admins("DELETE /api/v1/admin/categories/{id}", 409, { at: "/api/v1/admin/categories/1" }),
  admins("POST /api/v1/admin/images", 415, { body: {} }),
  admins("GET /api/v1/admin/imports", 200),
  admins("POST /api/v1/admin/imports", 415, { body: {} }),
  admins("GET /api/v1/admin/imports/{id}", 404, { at: "/api/v1/admin/imports/1" }),
  admins("GET /api/v1/events", 200),
  admins("GET /api/v1/admin/webhooks", 200),
  admins("POST /api/v1/admin/webhooks", 422, { body: {} }),
  admins("GET /api/v1/admin/webhooks/{id}", 404, { at: "/api/v1/admin/webhooks/1" }),
  admins("PATCH /api/v1/admin/webhooks/{id}", 404, { at: "/api/v1/admin/webhooks/1", body: {} }),
  admins("DELETE /api/v1/admin/webhooks/{id}", 404, { at: "/api/v1/admin/webhooks/1" }),
  admins("POST /api/v1/admin/webhooks/{id}/replay", 404, { at: "/api/v1/admin/webhooks/1/replay", body: { after: 0 } }),
  admins("GET /api/v1/admin/webhooks/{id}/deliveries", 404, { at: "/api/v1/admin/webhooks/1/deliveries" }),
];

function routes() {
  const printed = run(["routes"]);
  assert.equal(printed.status, 0, printed.stderr);
  return printed.stdout
    .trimEnd()
    .split("\n")
    .map((text) => text.split(" "));
}

test("every route has its row, and every row its route", () => {
  const of_binary = routes().map(([method, pattern]) => `${method} ${pattern}`);
  const of_table = rows.map(({ route }) => route);
  assert.deepEqual(
    of_binary.filter((route) => !of_table.includes(route)),
    [],
    "routes without a row",
  );
  assert.deepEqual(
    of_table.filter((route) => !of_binary.includes(route)),
    [],
    "rows without a route",
  );
});

test("what the table expects is what the route's access means", () => {
  const access_of = new Map(routes().map(([method, pattern, access]) => [`${method} ${pattern}`, access]));
  for (const { route, expect } of rows) {
    const access = access_of.get(route);
    if (access === "anyone") continue;
    assert.equal(expect[0], 401, route);
    if (access === "admin") assert.deepEqual(expect.slice(0, 3), [401, 403, 403], route);
  }
});

for (const { route, at, body, expect, plain, before: prepare } of rows) {
  test(`${route}: ${expect.join(" ")}`, async () => {
    const [method, pattern] = route.split(" ");
    const target = typeof at === "function" ? at() : (at ?? pattern);
    const expected = { guest: expect[0], other: expect[1], admin: expect[3], owner: expect[2] };
    for (const [name, status] of Object.entries(expected)) {
      const client = prepare ? prepare(people[name]) : people[name];
      if (plain) {
        // A picture, or a stream that goes on for ever: the status is enough.
        const answer = await fetch(shop.url + target, { headers: { Authorization: `Bearer ${client.token}` } });
        assert.equal(answer.status, status);
        await answer.body.cancel();
        continue;
      }
      const answer = await client.send(method, target, body, { key: randomUUID(), headers: { "If-Match": "*" } });
      assert.equal(answer.status, status, `${route} by ${name}: ${answer.text}`);
      if (status === 401 && expect[0] === 401 && expect[1] !== 401) {
        assert_problem(answer, 401, "unauthenticated");
        assert.equal(answer.headers.get("www-authenticate"), "Bearer");
      }
      if (status === 403) assert_problem(answer, 403, "forbidden");
      if (status >= 400) assert.equal(answer.headers.get("content-type"), "application/problem+json");
    }
  });
}
