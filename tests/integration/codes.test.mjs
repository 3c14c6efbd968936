// Coupon codes: typed as one likes, once per user, never one too many, and not to be guessed.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_shop, open_small_shop, tally } from "./shop.mjs";

const day = 86400000;
const now = Date.now();
let shop;
before(async () => {
  shop = await open_small_shop({
    shoppers: 60,
    also: `
UPDATE coupons SET code = 'HELLO' WHERE id = 1;
UPDATE coupons SET code = 'FEW', code_total = 5 WHERE id = 2;
UPDATE coupons SET code = 'LATER', starts_at = ${now + day} WHERE id = 3;
UPDATE coupons SET code = 'OVER', ends_at = ${now - day} WHERE id = 4;`,
  });
});
after(() => shop.close());

const redeem = (client, code, key = randomUUID()) => client.post("/me/coupons", { code }, { key });

test("a code puts its coupon into the wallet, however it is typed, once per user", async () => {
  const shopper = await shop.shopper(0);
  const key = randomUUID();
  const first = await redeem(shopper, "  hello ", key);
  assert.equal(first.status, 201, first.text);
  assert.equal(first.body.origin, "code");
  assert.equal(first.body.status, "AVAILABLE");
  assert.equal(first.body.expires_at - first.body.issued_at, 7 * day);
  assert.equal((await shopper.coupon(first.body.id)).name.ko, "1000");
  const again = await redeem(shopper, "  hello ", key);
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert_problem(await redeem(shopper, "HELLO"), 409, "already_issued");
  assert_problem(await shopper.post("/me/coupons", { code: "HELLO" }), 428, "idempotency_key_required");
  assert.equal((await redeem(await shop.shopper(1), "Hello")).status, 201);
});

test("what can't be had says why; a guess stores nothing, and a refusal is its key's answer for a day", async () => {
  const shopper = await shop.shopper(2);
  await shop.writes_nothing(async () => {
    assert_problem(await redeem(shopper, "NONE"), 404, "coupon_code_unknown");
    assert_problem(await redeem(shopper, " "), 404, "coupon_code_unknown");
    assert_problem(await redeem(shopper, "x".repeat(101)), 422, "invalid_request", "/code");
  });
  assert_problem(await redeem(shopper, "over"), 409, "campaign_ended");
  const key = randomUUID();
  const ask = () => shopper.post("/me/coupons", { code: "later" }, { key });
  assert_problem(await ask(), 409, "campaign_not_started");
  const again = await ask();
  assert_problem(again, 409, "campaign_not_started");
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  const other = await shopper.post("/me/coupons", { code: "over" }, { key });
  assert_problem(other, 422, "idempotency_key_reused");
});

test("forty at once get as many as there are", async () => {
  const crowd = await Promise.all(Array.from({ length: 40 }, (_, i) => shop.shopper(20 + i)));
  const answers = await Promise.all(crowd.map((client) => redeem(client, "few")));
  assert.deepEqual(tally(answers), { 201: 5, "409 coupon_code_exhausted": 35 });
  const [{ code_issued }] = shop.sql("SELECT code_issued FROM coupons WHERE code = 'FEW'");
  assert.equal(code_issued, 5);
});

test("whoever guesses is slowed down, and others are not", async () => {
  const guesser = await shop.shopper(10);
  const answers = [];
  for (let i = 0; i < 12; ++i) answers.push(await redeem(guesser, `GUESS${i}`));
  assert.deepEqual(tally(answers), { "404 coupon_code_unknown": 10, "429 rate_limited": 2 });
  const refused = answers.at(-1);
  assert.match(refused.headers.get("ratelimit-policy"), /^"code_user";q=10;w=600$/);
  assert.match(refused.headers.get("ratelimit"), /^"code_user";r=0;t=(59\d|600)$/);
  const wait_s = Number(refused.headers.get("retry-after"));
  assert.ok(wait_s > 1 && wait_s <= 60, `Retry-After: ${wait_s}`);
  assert.equal((await redeem(await shop.shopper(11), "hello")).status, 201);
});

test("the demo shop has a code", async () => {
  const demo = await open_shop();
  try {
    const shopper = await demo.new_shopper();
    assert.equal((await redeem(shopper, "welcome")).status, 201);
  } finally {
    await demo.close();
  }
});
