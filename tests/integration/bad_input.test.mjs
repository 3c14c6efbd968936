// What is malformed, oversized, wrong-typed, negative, overflowing or foreign: a clear refusal, and nothing is written.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let guest;
let shopper;
let order; // a pending one
let bodies; // every route that takes a body: [method, path, a good body, its required keys, key of a string in it]
before(async () => {
  shop = await open_small_shop({ shoppers: 1 });
  guest = shop.client();
  shopper = await shop.shopper(0, { balance: 1000 });
  order = await shopper.place([{ variant_id: small.mug, quantity: 1 }]);
  await shopper.post("/me/cart/lines", { variant_id: small.mug, quantity: 1 });
  bodies = [
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "A" }, ["email", "password", "name"]],
    ["POST", "/auth/login", { email: "a@example.com", password: "long enough" }, ["email", "password"]],
    ["POST", "/me/balance/charges", { amount: 1000 }, ["amount"]],
    ["PUT", "/me/cart", { lines: [{ variant_id: small.mug, quantity: 1 }] }, []],
    ["POST", "/me/cart/lines", { variant_id: small.mug, quantity: 1 }, ["variant_id"]],
    ["PATCH", `/me/cart/lines/${small.mug}`, { quantity: 2 }, []],
    ["POST", "/sync", { client_id: "phone", mutations: [] }, ["client_id"]],
    ["POST", "/orders", { expected_total: 13000, fingerprint: "0123456789abcdef" }, ["expected_total", "fingerprint"]],
  ];
});
after(() => shop.close());

const send = (method, path, body, headers = {}) =>
  shopper.send(method, path, body, { key: randomUUID(), headers: { "If-Match": "*", ...headers } });

/** Runs `body`; what is stored afterwards must be what was stored before. */
async function writes_nothing(body) {
  const content = shop.content();
  await body();
  assert.equal(shop.content(), content, "something was written");
}

test("a body that is no JSON object of the right keys is refused on every route", async () => {
  await writes_nothing(async () => {
    for (const [method, path, good, required] of bodies) {
      const text = JSON.stringify(good);
      const malformed = ["", " ", "{", text.slice(0, -1), text + "}", text + text, "{'a':1}", "{a:1}", "\u0000", "NaN", `${text},`];
      for (const body of malformed) assert_problem(await send(method, path, body), 400, "malformed_json");
      for (const body of ["[]", "null", "1", '"text"', "true", `[${text}]`]) {
        assert_problem(await send(method, path, body), 422, "invalid_request", "");
      }
      assert_problem(await send(method, path, { ...good, surprise: 1 }), 422, "invalid_request", "/surprise");
      const key = Object.keys(good)[0];
      const twice = `${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(good[key])}}`;
      assert_problem(await send(method, path, twice), 422, "invalid_request", `/${key}`);
      for (const missing of required) {
        const { [missing]: _, ...rest } = good;
        assert_problem(await send(method, path, rest), 422, "invalid_request", `/${missing}`);
      }
      for (const [member, value] of Object.entries(good)) {
        const wrongs = typeof value === "number" ? ["1", true, [], {}, 1.5] : typeof value === "string" ? [1, true, [], {}] : [1, "1", {}];
        for (const wrong of wrongs) {
          const answer = await send(method, path, { ...good, [member]: wrong });
          assert_problem(answer, 422, "invalid_request", `/${member}`);
        }
      }
    }
  });
});

test("media types other than JSON are refused", async () => {
  await writes_nothing(async () => {
    for (const [method, path, good] of bodies) {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]) {
        assert_problem(await send(method, path, JSON.stringify(good), { "Content-Type": type }), 415, "unsupported_media_type");
      }
    }
  });
});

test("strings that are not text and texts that are nested too deep are refused", async () => {
  await writes_nothing(async () => {
    for (const [method, path, good] of bodies) {
      const key = Object.keys(good)[0];
      for (const string of ["\\ud800", "\\udc00\\ud800", "\\ud83dx", "ok\\ud800\\u0041"]) {
        const answer = await send(method, path, `{"${key}":"${string}"}`);
        assert_problem(answer, 422, "invalid_request", `/${key}`);
      }
      for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
        const body = Buffer.concat([Buffer.from(`{"${key}":"`), Buffer.from(bytes), Buffer.from('"}')]);
        assert_problem(await send(method, path, body), 400, "malformed_json");
      }
      for (const depth of [33, 1000, 100000]) {
        assert_problem(await send(method, path, `{"${key}":${"[".repeat(depth)}${"]".repeat(depth)}}`), 400, "malformed_json");
        assert_problem(await send(method, path, '{"a":'.repeat(depth)), 400, "malformed_json");
      }
    }
  });
});

test("a body of more than 1 MiB is refused, one of 1 MiB is read", async () => {
  await writes_nothing(async () => {
    for (const [method, path, good] of bodies) {
      const text = JSON.stringify(good);
      const large = " ".repeat(1024 * 1024 + 1 - text.length) + text;
      assert_problem(await send(method, path, large), 413, "payload_too_large");
    }
  });
  const text = JSON.stringify({ variant_id: small.sticker, quantity: 1 });
  const fits = await send("POST", "/me/cart/lines", " ".repeat(1024 * 1024 - text.length) + text);
  assert.equal(fits.status, 201, fits.text);
});

test("numbers out of range are refused where they stand", async () => {
  const numbers = ["-1", "0", "1.5", "1.0", "1e3", "-0.0", "9007199254740992", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809", "1e400", "99999999999999999999999999999999", "null", '"1"'];
  const places = [
    ["POST", "/me/balance/charges", (n) => `{"amount":${n}}`, "/amount", []],
    ["POST", "/me/cart/lines", (n) => `{"variant_id":${n}}`, "/variant_id", []],
    ["POST", "/me/cart/lines", (n) => `{"variant_id":11,"quantity":${n}}`, "/quantity", []],
    ["PATCH", "/me/cart/lines/11", (n) => `{"quantity":${n}}`, "/quantity", ["null"]],
    ["PUT", "/me/cart", (n) => `{"lines":[{"variant_id":11,"quantity":${n}}]}`, "/lines/0/quantity", []],
    ["PUT", "/me/cart", (n) => `{"lines":[{"variant_id":${n},"quantity":1}]}`, "/lines/0/variant_id", []],
    ["POST", "/orders", (n) => `{"lines":[{"variant_id":11,"quantity":${n}}],"expected_total":1,"fingerprint":""}`, "/lines/0/quantity", []],
    ["POST", "/orders", (n) => `{"expected_total":${n},"fingerprint":""}`, "/expected_total", ["0"]],
    ["POST", "/orders", (n) => `{"choice":{"mode":"listed","coupons":[{"id":${n}}]},"expected_total":1,"fingerprint":""}`, "/choice/coupons/0/id", []],
    ["POST", "/sync", (n) => `{"client_id":"c","mutations":[{"id":${n},"name":"clear"}]}`, "/mutations/0/id", []],
    ["POST", "/sync", (n) => `{"client_id":"c","mutations":[{"id":1,"name":"add","args":{"variant_id":${n}}}]}`, "/mutations/0/args/variant_id", ["null"]],
  ];
  await writes_nothing(async () => {
    for (const [method, path, body, pointer, legal] of places) {
      for (const number of numbers) {
        if (legal.includes(number)) continue;
        assert_problem(await send(method, path, body(number)), 422, "invalid_request", pointer);
      }
    }
    for (const number of ["1000001", "9007199254740991"]) {
      assert_problem(await send("POST", "/me/cart/lines", `{"variant_id":11,"quantity":${number}}`), 422, "invalid_request", "/quantity");
    }
  });
});

test("lists and strings that are too long, doubled or of unknown words are refused", async () => {
  const lines = (count) => Array.from({ length: count }, (_, at) => ({ variant_id: at + 1, quantity: 1 }));
  const picks = (count) => Array.from({ length: count }, (_, at) => ({ id: at + 1 }));
  const base = { expected_total: 0, fingerprint: "" };
  const address = { name: "A", phone: "1", postcode: "1", line1: "x" };
  const cases = [
    ["POST", "/orders", { ...base, lines: lines(501) }, "/lines"],
    ["POST", "/orders", { ...base, lines: [...lines(2), { variant_id: 1, quantity: 1 }] }, "/lines/2/variant_id"],
    ["POST", "/orders", { ...base, choice: { mode: "cheapest" } }, "/choice/mode"],
    ["POST", "/orders", { ...base, choice: { mode: "listed", coupons: picks(201) } }, "/choice/coupons"],
    ["POST", "/orders", { ...base, choice: { mode: "listed", coupons: [{ id: 1 }, { id: 1 }] } }, "/choice/coupons/1/id"],
    ["POST", "/orders", { ...base, fingerprint: "0".repeat(17) }, "/fingerprint"],
    ["POST", "/orders", { ...base, address: { ...address, name: "" } }, "/address/name"],
    ["POST", "/orders", { ...base, address: { ...address, postcode: "1".repeat(21) } }, "/address/postcode"],
    ["POST", "/orders", { ...base, address: { ...address, country: "KR" } }, "/address/country"],
    ["POST", "/orders", { ...base, address: { name: "A" } }, "/address/phone"],
    ["PUT", "/me/cart", { lines: lines(501) }, "/lines"],
    ["PUT", "/me/cart", { lines: [{ variant_id: 424242, quantity: 1 }] }, "/lines/0/variant_id"],
    ["POST", "/sync", { client_id: "" }, "/client_id"],
    ["POST", "/sync", { client_id: "c".repeat(65) }, "/client_id"],
    ["POST", "/sync", { client_id: "c", mutations: [{ id: 1, name: "steal" }] }, "/mutations/0/name"],
    ["POST", "/sync", { client_id: "c", mutations: [{ id: 1, name: "merge", args: { lines: lines(501) } }] }, "/mutations/0/args/lines"],
    ["POST", "/sync", { client_id: "c", mutations: Array.from({ length: 1001 }, (_, at) => ({ id: at + 1, name: "clear" })) }, "/mutations"],
    ["POST", "/auth/register", { email: "no mail", password: "long enough", name: "A" }, "/email"],
    ["POST", "/auth/register", { email: "a@b@example.com", password: "long enough", name: "A" }, "/email"],
    ["POST", "/auth/register", { email: "a\r\nBcc: b@example.com", password: "long enough", name: "A" }, "/email"],
    ["POST", "/auth/register", { email: `${"a".repeat(250)}@example.com`, password: "long enough", name: "A" }, "/email"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "" }, "/name"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "   " }, "/name"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "a\u0000b" }, "/name"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "n".repeat(101) }, "/name"],
    ["POST", "/auth/register", { email: "a@example.com", password: "p".repeat(1025), name: "A" }, "/password"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "A", language: "fr" }, "/language"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "A", role: "admin" }, "/role"],
  ];
  await writes_nothing(async () => {
    for (const [method, path, body, pointer] of cases) {
      assert_problem(await send(method, path, body), 422, "invalid_request", pointer);
    }
    const weak = await send("POST", "/auth/register", { email: "a@example.com", password: "short", name: "A" });
    assert_problem(weak, 422, "weak_password", "/password");
  });
});

test("commands without arguments take no body but an empty object", async () => {
  const commands = [
    `/orders/${order.number}/cancel`,
    `/orders/${order.number}/payment`,
    `/campaigns/${small.fifty}/issue`,
  ];
  await writes_nothing(async () => {
    for (const path of commands) {
      assert_problem(await send("POST", path, "{"), 400, "malformed_json");
      assert_problem(await send("POST", path, "[]"), 422, "invalid_request", "");
      assert_problem(await send("POST", path, { amount: 1 }), 422, "invalid_request");
      assert_problem(await send("POST", path, "{}", { "Content-Type": "text/plain" }), 415, "unsupported_media_type");
      assert_problem(await send("POST", path, " ".repeat(1024 * 1024 + 1)), 413, "payload_too_large");
    }
  });
});

test("query parameters out of range are refused by name", async () => {
  const number_cases = ["0", "-1", "101", "abc", "1e1", "1.5", "", " 5", "+5", "0x10", "99999999999999999999"];
  const cases = [
    ...number_cases.flatMap((value) =>
      ["/products", "/orders", "/me/coupons", "/me/balance/history"].map((path) => [`${path}?limit=${encodeURIComponent(value)}`, "/limit"]),
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
  await writes_nothing(async () => {
    for (const [path, pointer] of cases) assert_problem(await shopper.get(path), 422, "invalid_request", pointer);
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
  const names = ["0", "-1", "424242", "9007199254740992", "99999999999999999999", "1.5", "1e0", "abc", "%20", "' OR 1=1 --", "%00x".slice(3)];
  await writes_nothing(async () => {
    for (const raw of names) {
      const name = raw.startsWith("%") ? raw : encodeURIComponent(raw);
      for (const path of [`/products/${name}`, `/campaigns/${name}`, `/orders/${name}`, `/orders/${name}/payments`]) {
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
  for (const target of ["/api/v1/products/%zz", "/api/v1/products/%", "/api/v1/products/%ff", "/api/v1/products/%00",
    "/api/v1/products?q=%zz", "/api/v1/products?q=%ff", "/api/v1/products?q=%00", "/api/v1/products/%2e%2e/shop"]) {
    const answer = await raw_request(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
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
    "/me": "GET, HEAD",
    "/me/cart": "GET, HEAD, PUT",
    "/me/cart/lines": "POST",
    "/me/cart/lines/11": "PATCH, DELETE",
    "/orders": "GET, HEAD, POST",
    "/orders/x/payment": "POST",
    "/auth/login": "POST",
    "/sync": "POST",
  };
  await writes_nothing(async () => {
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
    const answer = await raw_request(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 (405|501|400) /, method);
    assert.match(answer, /Content-Type: application\/problem\+json/i, method);
  }
});

/** What the server says to these bytes, until it closes. */
function raw_request(bytes) {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(shop.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.on("data", (data) => (answer += data));
    socket.on("close", () => done(answer));
    socket.on("error", failed);
  });
}

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
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`, 501],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Content-Length: 99999999999\r\n\r\n`, 413],
    [`POST /api/v1/auth/login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n`, 413],
  ];
  for (const [bytes, status] of cases) {
    const answer = await raw_request(bytes);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), bytes.slice(0, 80));
    assert.match(answer, /Content-Type: application\/problem\+json/i, bytes.slice(0, 80));
  }
  assert.equal((await guest.get("/healthz")).status, 200);
});

test("an order of unknown, hidden, missing or too many things says which and why", async () => {
  const cases = [
    [[{ variant_id: 424242, quantity: 1 }], "not_orderable", 424242, undefined],
    [[{ variant_id: small.hidden, quantity: 1 }], "not_orderable", small.hidden, undefined],
    [[{ variant_id: small.mug, quantity: 21 }], "not_orderable", small.mug, 20],
    [[{ variant_id: small.rush, quantity: 51 }], "insufficient_stock", small.rush, 50],
    [[{ variant_id: small.mug, quantity: 1, selected: false }], "not_orderable", undefined, undefined],
  ];
  const orders = shop.sql("SELECT count(*) AS count FROM orders");
  for (const [lines, code, variant_id, available] of cases) {
    const answer = await shopper.order(lines, { shown: { total: 0, fingerprint: "" } });
    assert_problem(answer, 409, code);
    assert.equal(answer.body.variant_id, variant_id, answer.text);
    assert.equal(answer.body.available, available, answer.text);
  }
  const poor = await shop.new_shopper();
  assert_problem(await poor.order(undefined, { shown: { total: 0, fingerprint: "" } }), 409, "not_orderable");
  assert.deepEqual(shop.sql("SELECT count(*) AS count FROM orders"), orders);
});

test("the best choice of coupons is answered, or said not to be there yet, and nothing breaks", async () => {
  const answer = await shopper.order([{ variant_id: small.mug, quantity: 1 }], {
    choice: { mode: "best" },
    shown: { total: 13000, fingerprint: "" },
  });
  assert.ok([409, 501].includes(answer.status), answer.text);
  assert.ok(["quote_changed", "not_implemented"].includes(answer.body.code), answer.text);
});
