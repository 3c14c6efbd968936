// Addresses, queries, methods and bytes that make no sense: a clear refusal, and nothing is written.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";

let shop;
let guest;
let shopper;
before(async () => {
  shop = await open_small_shop({ shoppers: 1 });
  guest = shop.client();
  shopper = await shop.shopper(0, { balance: 1000 });
});
after(() => shop.close());

const send = (method, path, body) =>
  shopper.send(method, path, body, { key: randomUUID(), headers: { "If-Match": "*" } });

test("query parameters out of range are refused by name", async () => {
  const number_cases = [
    "0",
    "-1",
    "101",
    "abc",
    "1e1",
    "1.5",
    "",
    " 5",
    "+5",
    "0x10",
    "99999999999999999999",
  ];
  const cases = [
    ...number_cases.flatMap((value) =>
      ["/products", "/orders", "/me/coupons", "/me/balance/history"].map((path) => [
        `${path}?limit=${encodeURIComponent(value)}`,
        "/limit",
      ]),
    ),
    ["/products?min_price=-1", "/min_price"],
    ["/products?min_price=1.5", "/min_price"],
    ["/products?max_price=9007199254740992", "/max_price"],
    ["/products?max_price=abc", "/max_price"],
    ["/products?in_stock=maybe", "/in_stock"],
    ["/products?sort=random", "/sort"],
    [`/products?q=${"a".repeat(201)}`, "/q"],
    ["/products/popular?limit=51", "/limit"],
    ["/products/popular?limit=0", "/limit"],
    ["/products/popular?days=31", "/days"],
    ["/products/popular?days=0", "/days"],
    ["/me/coupons?status=available", "/status"],
    ["/me/coupons?status=", "/status"],
  ];
  await shop.writes_nothing(async () => {
    for (const [path, pointer] of cases)
      assert_problem(await shopper.get(path), 422, "invalid_request", pointer);
  });
});

test("cursors that are none, or of another list, are refused", async () => {
  const page = await guest.read("/products?limit=1");
  assert.ok(page.next_cursor);
  await shopper.charge(1);
  const history = await shopper.read("/me/balance/history?limit=1");
  assert.ok(history.next_cursor);
  const flipped = page.next_cursor.slice(0, -1) + (page.next_cursor.endsWith("A") ? "B" : "A");
  const cases = [
    ...["/products", "/orders", "/me/coupons", "/me/balance/history"].flatMap((path) =>
      ["x", "AAAAAAAAAAAA", "1", "%F0%9F%98%80", "A".repeat(4000)].map((cursor) => [path, cursor]),
    ),
    ["/products", flipped],
    ["/products", history.next_cursor],
    ["/products?sort=price_asc", page.next_cursor],
    ["/products?q=mug", page.next_cursor],
    ["/orders", history.next_cursor],
    ["/me/coupons", page.next_cursor],
    ["/me/balance/history", page.next_cursor],
  ];
  for (const [path, cursor] of cases) {
    const answer = await shopper.get(`${path}${path.includes("?") ? "&" : "?"}cursor=${cursor}`);
    assert_problem(answer, 422, "invalid_request", "/cursor");
  }
  const whole = await guest.read("/snapshot?since=nonsense");
  assert.equal(whole.complete, true, "a cursor that the shop doesn't know gets everything");
});

test("things that are not there are not found, whatever their name looks like", async () => {
  const names = [
    "0",
    "-1",
    "424242",
    "9007199254740992",
    "99999999999999999999",
    "1.5",
    "1e0",
    "abc",
    "%20",
    "' OR 1=1 --",
    "%00x".slice(3),
  ];
  await shop.writes_nothing(async () => {
    for (const raw of names) {
      const name = raw.startsWith("%") ? raw : encodeURIComponent(raw);
      for (const path of [
        `/products/${name}`,
        `/campaigns/${name}`,
        `/orders/${name}`,
        `/orders/${name}/payments`,
      ]) {
        assert_problem(await shopper.get(path), 404, "not_found");
      }
      assert_problem(await send("POST", `/campaigns/${name}/issue`), 404, "not_found");
      assert_problem(await send("DELETE", `/me/cart/lines/${name}`), 404, "not_found");
      assert_problem(await send("PATCH", `/me/cart/lines/${name}`, { quantity: 1 }), 404, "not_found");
    }
    assert_problem(await shopper.post("/me/cart/lines", { variant_id: 424242 }), 404, "not_found");
    assert_problem(await shopper.post("/me/cart/lines", { variant_id: 9007199254740991 }), 404, "not_found");
    for (const path of ["/", "/nothing", "/products/1/2", "/me/", "/me/nothing", "/products/"]) {
      assert_problem(await shopper.get(path), 404, "not_found");
    }
  });
  for (const action of ["cancel", "payment"]) {
    assert_problem(await send("POST", `/orders/nothing/${action}`), 404, "not_found");
  }
});

test("a path or query that can't be read is refused before anything looks at it", async () => {
  for (const target of [
    "/api/v1/products/%zz",
    "/api/v1/products/%",
    "/api/v1/products/%ff",
    "/api/v1/products/%00",
    "/api/v1/products?q=%zz",
    "/api/v1/products?q=%ff",
    "/api/v1/products?q=%00",
    "/api/v1/products/%2e%2e/shop",
  ]) {
    const answer = await shop.raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 400 /, target);
    assert.match(answer, /Content-Type: application\/problem\+json/i, target);
  }
});

test("wrong methods are refused with those that are right", async () => {
  const paths = {
    "/products": "GET, HEAD",
    "/products/1": "GET, HEAD",
    "/products/popular": "GET, HEAD",
    "/shop": "GET, HEAD",
    "/me": "GET, HEAD, DELETE",
    "/me/cart": "GET, HEAD, PUT",
    "/me/cart/lines": "POST",
    "/me/cart/lines/11": "PATCH, DELETE",
    "/orders": "GET, HEAD, POST",
    "/orders/x/payment": "POST",
    "/auth/login": "POST",
    "/sync": "POST",
  };
  await shop.writes_nothing(async () => {
    for (const [path, allowed] of Object.entries(paths)) {
      const right = allowed.split(", ");
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (right.includes(method)) continue;
        const answer = await shopper.send(method, path);
        assert_problem(answer, 405, "method_not_allowed");
        assert.deepEqual(answer.headers.get("allow").split(", ").sort(), [...right].sort(), path);
      }
    }
  });
  for (const method of ["BREW", "TRACE", "CONNECT"]) {
    const target = method === "CONNECT" ? "localhost:80" : "/api/v1/products";
    const answer = await shop.raw(
      `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 (405|501|400) /, method);
    assert.match(answer, /Content-Type: application\/problem\+json/i, method);
  }
});

test("what is no HTTP is refused and the server goes on", async () => {
  const host = "Host: localhost\r\n";
  const cases = [
    ["hello\r\n\r\n", 400],
    ["GET /api/v1/shop HTTP/1.1\r\n\r\n", 400],
    [`GET /api/v1/shop HTTP/1.1\r\n${host}${host}\r\n`, 400],
    [`GET /api/v1/shop HTTP/3.0\r\n${host}\r\n`, 505],
    [`GET /${"a".repeat(9000)} HTTP/1.1\r\n${host}\r\n`, 414],
    [`GET /api/v1/shop HTTP/1.1\r\n${host}X: ${"a".repeat(20000)}\r\n\r\n`, 431],
    [`GET /api/v1/shop HTTP/1.1\r\n${host}${"X: 1\r\n".repeat(200)}\r\n`, 431],
    [`GET /api/v1/shop HTTP/1.1\r\n${host} folded: 1\r\n\r\n`, 400],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, 400],
    [
      `POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`, 501],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: 99999999999\r\n\r\n`, 413],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n`, 413],
  ];
  for (const [bytes, status] of cases) {
    const answer = await shop.raw(bytes);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), bytes.slice(0, 80));
    assert.match(answer, /Content-Type: application\/problem\+json/i, bytes.slice(0, 80));
  }
  assert.equal((await guest.get("/healthz")).status, 200);
});
