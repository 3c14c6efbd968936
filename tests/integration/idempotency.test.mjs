// Idempotency-Key: a retry never does a thing twice, and gets what the first try got (API.md, COMMERCE.md "Payment").
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let next = 0;
before(async () => (shop = await open_small_shop({ shoppers: 40 })));
after(() => shop.close());

const new_shopper = (balance = 0) => shop.shopper(next++, { balance });

function assert_replayed(answer, first) {
  assert.equal(answer.status, first.status, answer.text);
  assert.equal(answer.text, first.text, "the same bytes");
  assert.equal(answer.headers.get("content-type"), first.headers.get("content-type"));
  assert.equal(answer.headers.get("location"), first.headers.get("location"));
  assert.equal(answer.headers.get("idempotency-replayed"), "true");
  assert.equal(first.headers.get("idempotency-replayed"), null);
}

/** Every command that takes a key: (shopper, key) -> answer. */
const commands = {
  charge: (shopper, key) => shopper.post("/me/balance/charges", { amount: 5000 }, { key }),
  issue: (shopper, key) => shopper.issue(small.free_shipping, key),
  cart_line: (shopper, key) =>
    shopper.post("/me/cart/lines", { variant_id: small.mug, quantity: 1 }, { key }),
  order: (shopper, key) =>
    shopper.order([{ variant_id: small.plenty, quantity: 1 }], { shown: shopper.shown, key }),
  payment: (shopper, key) => shopper.pay(shopper.pending, key),
  cancel: (shopper, key) => shopper.post(`/orders/${shopper.other.number}/cancel`, undefined, { key }),
};

async function prepared_shopper() {
  const shopper = await new_shopper(50000);
  const lines = [{ variant_id: small.plenty, quantity: 1 }];
  shopper.shown = await shopper.quote(lines);
  shopper.pending = await shopper.place(lines, { shown: shopper.shown });
  shopper.other = await shopper.place(lines, { shown: shopper.shown });
  return shopper;
}

const state_of = async (shopper) => ({
  balance: await shopper.balance(),
  cart: await shopper.cart(),
  coupons: (await shopper.read("/me/coupons")).items,
  orders: (await shopper.read("/orders")).items,
});

for (const [name, command] of Object.entries(commands)) {
  test(`a retry of ${name} gets the same bytes and does nothing`, async () => {
    const shopper = await prepared_shopper();
    const key = randomUUID();
    const first = await command(shopper, key);
    assert.ok(first.status < 300, first.text);
    const state = await state_of(shopper);
    assert_replayed(await command(shopper, key), first);
    assert_replayed(await command(shopper, key), first);
    assert.deepEqual(await state_of(shopper), state);
  });
}

test("every command that spends, issues or orders needs a key", async () => {
  const shopper = await prepared_shopper();
  for (const name of ["charge", "issue", "order", "payment"]) {
    const state = await state_of(shopper);
    assert_problem(await commands[name](shopper, null), 428, "idempotency_key_required");
    assert.deepEqual(await state_of(shopper), state, name);
  }
});

test("the same key with another body is refused, and the first answer stays", async () => {
  const shopper = await new_shopper();
  const key = randomUUID();
  const first = await shopper.post("/me/balance/charges", { amount: 1000 }, { key });
  for (const body of [{ amount: 1001 }, '{"amount": 1000}']) {
    const other = await shopper.post("/me/balance/charges", body, { key });
    assert_problem(other, 422, "idempotency_key_reused");
  }
  assert_replayed(await shopper.post("/me/balance/charges", { amount: 1000 }, { key }), first);
  assert.equal(await shopper.balance(), 1000);
});

test("the same key at the same time is answered once, and told to wait or given that answer", async () => {
  const shopper = await new_shopper();
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => shopper.post("/me/balance/charges", { amount: 1000 }, { key })),
  );
  const firsts = answers.filter(
    ({ status, headers }) => status === 201 && !headers.get("idempotency-replayed"),
  );
  assert.equal(firsts.length, 1);
  for (const answer of answers) {
    if (answer === firsts[0]) continue;
    if (answer.status === 201) {
      assert_replayed(answer, firsts[0]);
    } else {
      assert_problem(answer, 409, "idempotency_in_flight");
      assert.ok(Number(answer.headers.get("retry-after")) >= 1);
    }
  }
  assert.equal(await shopper.balance(), 1000);
});

test("a refusal is given again, also when the reason is gone; a new key tries anew", async () => {
  const shopper = await new_shopper();
  const order = await shopper.place([{ variant_id: small.plenty, quantity: 1 }]);
  const key = randomUUID();
  const refused = await shopper.pay(order, key);
  assert_problem(refused, 409, "insufficient_balance");
  await shopper.charge(order.total);
  assert_replayed(await shopper.pay(order, key), refused);
  assert.equal(await shopper.balance(), order.total);
  assert.equal(
    (await shopper.read(`/orders/${order.number}/payments`)).items.length,
    1,
    "a retry is no attempt",
  );
  assert.equal((await shopper.pay(order)).status, 201);
  assert_replayed(await shopper.pay(order, key), refused);
});

test("who came before a campaign's start is told so again under the same key, and gets a coupon with a new one", async () => {
  const shopper = await new_shopper();
  const key = randomUUID();
  const refused = await shopper.issue(small.coming, key);
  assert_problem(refused, 409, "campaign_not_started");
  const [{ starts_at }] = shop.sql(`SELECT starts_at FROM fcfs_coupons WHERE id = ${small.coming}`);
  shop.sql(`UPDATE fcfs_coupons SET starts_at = ${Date.now() - 1000} WHERE id = ${small.coming}`);
  assert_replayed(await shopper.issue(small.coming, key), refused);
  assert.equal((await shopper.issue(small.coming)).status, 201);
  shop.sql(`UPDATE fcfs_coupons SET starts_at = ${starts_at} WHERE id = ${small.coming}`);
});

test("a refused order is refused again, with the same quote, though the price fits now", async () => {
  const shopper = await new_shopper();
  const key = randomUUID();
  const lines = [{ variant_id: small.last, quantity: 2 }];
  const shown = { total: 13000, fingerprint: "0000000000000000" };
  const refused = await shopper.order(lines, { shown, key });
  assert_problem(refused, 409, "insufficient_stock");
  assert_replayed(await shopper.order(lines, { shown, key }), refused);
  const changed_key = randomUUID();
  const mug = [{ variant_id: small.mug, quantity: 1 }];
  const changed = await shopper.order(mug, { shown, key: changed_key });
  assert_problem(changed, 409, "quote_changed");
  assert_replayed(await shopper.order(mug, { shown, key: changed_key }), changed);
});

test("what was wrong with the request itself is not held against the key", async () => {
  const shopper = await new_shopper();
  const key = randomUUID();
  assert_problem(await shopper.post("/me/balance/charges", "{", { key }), 400, "malformed_json");
  assert_problem(await shopper.post("/me/balance/charges", { amount: 0 }, { key }), 422, "invalid_request");
  assert.equal((await shopper.post("/me/balance/charges", { amount: 1000 }, { key })).status, 201);
});

test("keys are each shopper's own and each path's own", async () => {
  const [a, b] = [await new_shopper(), await new_shopper()];
  const key = randomUUID();
  const answers = [];
  for (const shopper of [a, b]) {
    answers.push(await shopper.post("/me/balance/charges", { amount: 1000 }, { key }));
    answers.push(await shopper.issue(small.free_shipping, key));
    answers.push(await shopper.issue(small.tee_tenth, key));
    const lines = [{ variant_id: small.plenty, quantity: 1 }];
    const order = await shopper.order(lines, { key });
    answers.push(order, await shopper.pay(order.body, key));
  }
  for (const answer of answers)
    assert.equal(answer.headers.get("idempotency-replayed"), null, answer.request);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201, 201, 409, 201, 201, 201, 201, 409],
  );
  assert.equal(await a.balance(), 1000);
  assert.equal(await b.balance(), 1000);
});

test("a stored answer survives a restart, and is another shopper's never", async () => {
  const shopper = await prepared_shopper();
  const keys = Object.fromEntries(Object.keys(commands).map((name) => [name, randomUUID()]));
  const firsts = {};
  for (const [name, command] of Object.entries(commands)) firsts[name] = await command(shopper, keys[name]);
  const state = await state_of(shopper);
  await shop.restart();
  for (const [name, command] of Object.entries(commands))
    assert_replayed(await command(shopper, keys[name]), firsts[name]);
  assert.deepEqual(await state_of(shopper), state);
  const stranger = await new_shopper();
  assert_problem(await stranger.pay(shopper.pending, keys.payment), 404, "not_found");
});

test("keys of 1 to 255 visible characters are taken, bare or quoted, and no others", async () => {
  const shopper = await new_shopper();
  const charge = (key) => shopper.post("/me/balance/charges", { amount: 1 }, { key });
  let balance = 0;
  for (const key of [
    "a",
    "x".repeat(255),
    "!#$%&'*+-.^_`|~:/?@[](){}<>=,;",
    '"quoted"',
    '"with \\"quotes\\" inside"'.replaceAll(" ", ""),
  ]) {
    assert.equal((await charge(key)).status, 201, key);
    balance += 1;
  }
  assert.equal(
    (await charge("quoted")).headers.get("idempotency-replayed"),
    "true",
    "quotes are no part of the key",
  );
  for (const key of [
    "x".repeat(256),
    "two words",
    '"',
    '"open',
    '""',
    '"a"b"',
    '"bad \\escape"',
    "tab\there",
    "\u00e9",
    "a\u007fb".replace("\u007f", "\u00ff"),
  ]) {
    const answer = await charge(key);
    if (key === '"' || key === '"open') {
      assert.ok([201, 422].includes(answer.status), answer.text); // a lone quote is a visible character
      balance += answer.status === 201 ? 1 : 0;
    } else {
      assert_problem(answer, 422, "invalid_request");
    }
  }
  const empty = await charge("");
  assert.ok(
    empty.body.code === "idempotency_key_required" || empty.body.code === "invalid_request",
    empty.text,
  );
  assert.equal(await shopper.balance(), balance);
});

test("the clock of a key's day is the server's: keys of money have no end, others have one", async () => {
  const rows = shop.sql("SELECT endpoint, keep_until - created_at AS kept_ms FROM idempotency_keys");
  assert.ok(rows.length > 0);
  for (const { endpoint, kept_ms } of rows) {
    const short_lived = endpoint.endsWith("/issue") || endpoint.endsWith("/me/cart/lines");
    assert.equal(kept_ms, short_lived ? 86400000 : null, endpoint);
  }
});
