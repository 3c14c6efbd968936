// Bodies that are malformed, oversized, wrong-typed, negative, overflowing or foreign: a clear refusal, and nothing is written.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let shopper;
let order; // a pending one
let bodies; // every route that takes a body: [method, path, a good body, its required keys, key of a string in it]
before(async () => {
  shop = await open_small_shop({ shoppers: 1 });
  shopper = await shop.shopper(0, { balance: 1000 });
  order = await shopper.place([{ variant_id: small.mug, quantity: 1 }]);
  await shopper.post("/me/cart/lines", { variant_id: small.mug, quantity: 1 });
  bodies = [
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "long enough", name: "A" },
      ["email", "password", "name"],
    ],
    ["POST", "/auth/login", { email: "a@example.com", password: "long enough" }, ["email", "password"]],
    ["POST", "/me/balance/charges", { amount: 1000 }, ["amount"]],
    ["PUT", "/me/cart", { lines: [{ variant_id: small.mug, quantity: 1 }] }, []],
    ["POST", "/me/cart/lines", { variant_id: small.mug, quantity: 1 }, ["variant_id"]],
    ["PATCH", `/me/cart/lines/${small.mug}`, { quantity: 2 }, []],
    ["POST", "/sync", { client_id: "phone", mutations: [] }, ["client_id"]],
    [
      "POST",
      "/orders",
      { expected_total: 13000, fingerprint: "0123456789abcdef" },
      ["expected_total", "fingerprint"],
    ],
  ];
});
after(() => shop.close());

const send = (method, path, body, headers = {}) =>
  shopper.send(method, path, body, { key: randomUUID(), headers: { "If-Match": "*", ...headers } });

test("a body that is no JSON object of the right keys is refused on every route", async () => {
  await shop.writes_nothing(async () => {
    for (const [method, path, good, required] of bodies) {
      const text = JSON.stringify(good);
      const malformed = [
        "",
        " ",
        "{",
        text.slice(0, -1),
        text + "}",
        text + text,
        "{'a':1}",
        "{a:1}",
        "\u0000",
        "NaN",
        `${text},`,
      ];
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
        const wrongs =
          typeof value === "number"
            ? ["1", true, [], {}, 1.5]
            : typeof value === "string"
              ? [1, true, [], {}]
              : [1, "1", {}];
        for (const wrong of wrongs) {
          const answer = await send(method, path, { ...good, [member]: wrong });
          assert_problem(answer, 422, "invalid_request", `/${member}`);
        }
      }
    }
  });
});

test("media types other than JSON are refused", async () => {
  await shop.writes_nothing(async () => {
    for (const [method, path, good] of bodies) {
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "",
      ]) {
        assert_problem(
          await send(method, path, JSON.stringify(good), { "Content-Type": type }),
          415,
          "unsupported_media_type",
        );
      }
    }
  });
});

test("strings that are not text and texts that are nested too deep are refused", async () => {
  await shop.writes_nothing(async () => {
    for (const [method, path, good] of bodies) {
      const key = Object.keys(good)[0];
      for (const string of ["\\ud800", "\\udc00\\ud800", "\\ud83dx", "ok\\ud800\\u0041"]) {
        const answer = await send(method, path, `{"${key}":"${string}"}`);
        assert_problem(answer, 422, "invalid_request", `/${key}`);
      }
      for (const bytes of [
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xe2, 0x82],
      ]) {
        const body = Buffer.concat([Buffer.from(`{"${key}":"`), Buffer.from(bytes), Buffer.from('"}')]);
        assert_problem(await send(method, path, body), 400, "malformed_json");
      }
      for (const depth of path.startsWith("/auth") ? [33, 10000] : [33, 100000]) {
        assert_problem(
          await send(method, path, `{"${key}":${"[".repeat(depth)}${"]".repeat(depth)}}`),
          400,
          "malformed_json",
        );
        assert_problem(await send(method, path, '{"a":'.repeat(depth)), 400, "malformed_json");
      }
    }
  });
});

test("a body of more than 1 MiB is refused, one of 1 MiB is read", async () => {
  await shop.writes_nothing(async () => {
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
  const numbers = [
    "-1",
    "0",
    "1.5",
    "1.0",
    "1e3",
    "-0.0",
    "9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e400",
    "99999999999999999999999999999999",
    "null",
    '"1"',
  ];
  const places = [
    ["POST", "/me/balance/charges", (n) => `{"amount":${n}}`, "/amount", []],
    ["POST", "/me/cart/lines", (n) => `{"variant_id":${n}}`, "/variant_id", []],
    ["POST", "/me/cart/lines", (n) => `{"variant_id":11,"quantity":${n}}`, "/quantity", []],
    ["PATCH", "/me/cart/lines/11", (n) => `{"quantity":${n}}`, "/quantity", ["null"]],
    ["PUT", "/me/cart", (n) => `{"lines":[{"variant_id":11,"quantity":${n}}]}`, "/lines/0/quantity", []],
    ["PUT", "/me/cart", (n) => `{"lines":[{"variant_id":${n},"quantity":1}]}`, "/lines/0/variant_id", []],
    [
      "POST",
      "/orders",
      (n) => `{"lines":[{"variant_id":11,"quantity":${n}}],"expected_total":1,"fingerprint":""}`,
      "/lines/0/quantity",
      [],
    ],
    ["POST", "/orders", (n) => `{"expected_total":${n},"fingerprint":""}`, "/expected_total", ["0"]],
    [
      "POST",
      "/orders",
      (n) => `{"choice":{"mode":"listed","coupons":[{"id":${n}}]},"expected_total":1,"fingerprint":""}`,
      "/choice/coupons/0/id",
      [],
    ],
    [
      "POST",
      "/sync",
      (n) => `{"client_id":"c","mutations":[{"id":${n},"name":"clear"}]}`,
      "/mutations/0/id",
      [],
    ],
    [
      "POST",
      "/sync",
      (n) => `{"client_id":"c","mutations":[{"id":1,"name":"add","args":{"variant_id":${n}}}]}`,
      "/mutations/0/args/variant_id",
      ["null"],
    ],
  ];
  await shop.writes_nothing(async () => {
    for (const [method, path, body, pointer, legal] of places) {
      for (const number of numbers) {
        if (legal.includes(number)) continue;
        assert_problem(await send(method, path, body(number)), 422, "invalid_request", pointer);
      }
    }
    for (const number of ["1000001", "9007199254740991"]) {
      assert_problem(
        await send("POST", "/me/cart/lines", `{"variant_id":11,"quantity":${number}}`),
        422,
        "invalid_request",
        "/quantity",
      );
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
    [
      "POST",
      "/orders",
      { ...base, lines: [...lines(2), { variant_id: 1, quantity: 1 }] },
      "/lines/2/variant_id",
    ],
    ["POST", "/orders", { ...base, choice: { mode: "cheapest" } }, "/choice/mode"],
    ["POST", "/orders", { ...base, choice: { mode: "listed", coupons: picks(201) } }, "/choice/coupons"],
    [
      "POST",
      "/orders",
      { ...base, choice: { mode: "listed", coupons: [{ id: 1 }, { id: 1 }] } },
      "/choice/coupons/1/id",
    ],
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
    [
      "POST",
      "/sync",
      { client_id: "c", mutations: [{ id: 1, name: "merge", args: { lines: lines(501) } }] },
      "/mutations/0/args/lines",
    ],
    [
      "POST",
      "/sync",
      { client_id: "c", mutations: Array.from({ length: 1001 }, (_, at) => ({ id: at + 1, name: "clear" })) },
      "/mutations",
    ],
    ["POST", "/auth/register", { email: "no mail", password: "long enough", name: "A" }, "/email"],
    ["POST", "/auth/register", { email: "a@b@example.com", password: "long enough", name: "A" }, "/email"],
    [
      "POST",
      "/auth/register",
      { email: "a\r\nBcc: b@example.com", password: "long enough", name: "A" },
      "/email",
    ],
    [
      "POST",
      "/auth/register",
      { email: `${"a".repeat(250)}@example.com`, password: "long enough", name: "A" },
      "/email",
    ],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "" }, "/name"],
    ["POST", "/auth/register", { email: "a@example.com", password: "long enough", name: "   " }, "/name"],
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "long enough", name: "a\u0000b" },
      "/name",
    ],
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "long enough", name: "n".repeat(101) },
      "/name",
    ],
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "p".repeat(1025), name: "A" },
      "/password",
    ],
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "long enough", name: "A", language: "fr" },
      "/language",
    ],
    [
      "POST",
      "/auth/register",
      { email: "a@example.com", password: "long enough", name: "A", role: "admin" },
      "/role",
    ],
  ];
  await shop.writes_nothing(async () => {
    for (const [method, path, body, pointer] of cases) {
      assert_problem(await send(method, path, body), 422, "invalid_request", pointer);
    }
    const weak = await send("POST", "/auth/register", {
      email: "a@example.com",
      password: "short",
      name: "A",
    });
    assert_problem(weak, 422, "weak_password", "/password");
  });
});

test("commands without arguments take no body but an empty object", async () => {
  const commands = [
    `/orders/${order.number}/cancel`,
    `/orders/${order.number}/payment`,
    `/campaigns/${small.fifty}/issue`,
  ];
  await shop.writes_nothing(async () => {
    for (const path of commands) {
      assert_problem(await send("POST", path, "{"), 400, "malformed_json");
      assert_problem(await send("POST", path, "[]"), 422, "invalid_request", "");
      assert_problem(await send("POST", path, { amount: 1 }), 422, "invalid_request");
      assert_problem(
        await send("POST", path, "{}", { "Content-Type": "text/plain" }),
        415,
        "unsupported_media_type",
      );
      assert_problem(await send("POST", path, " ".repeat(1024 * 1024 + 1)), 413, "payload_too_large");
    }
  });
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

test("an order with the best choice of coupons is priced like any other, and refused with the fresh quote", async () => {
  const answer = await shopper.order([{ variant_id: small.mug, quantity: 1 }], {
    choice: { mode: "best" },
    shown: { total: 13000, fingerprint: "" },
  });
  assert_problem(answer, 409, "quote_changed");
  assert.equal(answer.body.quote.optimal, true);
});
