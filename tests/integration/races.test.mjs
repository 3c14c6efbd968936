// Many clients at once, over real HTTP: never one too many, never one too few, and everyone is told what happened.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { open_small_shop, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

async function with_shop(options, body) {
  const shop = await open_small_shop(options);
  let failed = true;
  try {
    await body(shop);
    failed = false;
  } finally {
    if (failed) await shop.stop();
    else await shop.close();
  }
}

test("200 clients race for 50 coupons and exactly 50 get one", () =>
  with_shop({ shoppers: 200 }, async (shop) => {
    const shoppers = await shop.shoppers(200);
    const answers = await Promise.all(shoppers.map((shopper) => shopper.issue(small.fifty)));
    assert.deepEqual(tally(answers), { 201: 50, "409 campaign_exhausted": 150 });

    const campaign = await shop.client().read(`/campaigns/${small.fifty}`);
    assert.equal(campaign.remaining_quantity, 0);
    assert.equal(campaign.phase, "exhausted");
    const [row] = shop.sql(`SELECT count(*) AS issued, count(DISTINCT user_id) AS users FROM user_coupons`);
    assert.deepEqual(row, { issued: 50, users: 50 });
    for (const [at, shopper] of shoppers.entries()) {
      const wallet = await shopper.read("/me/coupons");
      assert.equal(wallet.items.length, answers[at].status === 201 ? 1 : 0);
    }
  }));

test("200 requests of one shopper for one coupon issue one", () =>
  with_shop({ shoppers: 1 }, async (shop) => {
    const shopper = await shop.shopper(0);
    const answers = await Promise.all(Array.from({ length: 200 }, () => shopper.issue(small.fifty)));
    assert.deepEqual(tally(answers), { 201: 1, "409 already_issued": 199 });
    assert.equal((await shop.client().read(`/campaigns/${small.fifty}`)).remaining_quantity, 49);
  }));

test("200 clients order and pay one unit each of 50 and exactly 50 are paid", () =>
  with_shop({ shoppers: 200 }, async (shop) => {
    const shoppers = await shop.shoppers(200, { balance: 10000 });
    const lines = [{ variant_id: small.rush, quantity: 1 }];
    const shown = await shoppers[0].quote(lines); // the same for all: nobody has a coupon
    const answers = await Promise.all(
      shoppers.map(async (shopper) => {
        const order = await shopper.order(lines, { shown });
        return order.status === 201 ? shopper.pay(order.body) : order;
      }),
    );
    assert.deepEqual(tally(answers), { 201: 50, "409 insufficient_stock": 150 });

    const orders = shop.sql("SELECT status, count(*) AS count FROM orders GROUP BY status ORDER BY status");
    assert.equal(orders.find(({ status }) => status === "PAID").count, 50);
    assert.equal(
      orders.find(({ status }) => status === "PENDING"),
      undefined,
      "who lost is not left waiting",
    );
    assert.deepEqual(shop.sql(`SELECT stock FROM product_variants WHERE id = ${small.rush}`), [{ stock: 0 }]);
    const balances = await Promise.all(shoppers.map((shopper) => shopper.balance()));
    for (const [at, answer] of answers.entries()) {
      assert.equal(balances[at], answer.status === 201 ? 10000 - shown.total : 10000);
    }
    const product = await shop.client().read("/products/rush");
    assert.equal(product.variants[0].stock, 0);
    const popular = await shop.client().read("/products/popular");
    assert.equal(popular.items[0].units, 50);
  }));

test("a double click on pay charges once", () =>
  with_shop({ shoppers: 2 }, async (shop) => {
    const lines = [{ variant_id: small.mug, quantity: 1 }];

    const careful = await shop.shopper(0, { balance: 50000 });
    const first = await careful.place(lines);
    const key = randomUUID();
    const same = await Promise.all(Array.from({ length: 20 }, () => careful.pay(first, key)));
    const paid = same.filter(({ status }) => status === 201);
    assert.ok(paid.length >= 1);
    assert.equal(new Set(paid.map(({ text }) => text)).size, 1, "one key has one answer");
    for (const { status, body } of same) {
      if (status !== 201) assert.equal(`${status} ${body.code}`, "409 idempotency_in_flight");
    }
    assert.equal(await careful.balance(), 50000 - first.total);

    const hasty = await shop.shopper(1, { balance: 50000 });
    const second = await hasty.place(lines);
    const different = await Promise.all(Array.from({ length: 20 }, () => hasty.pay(second)));
    assert.deepEqual(tally(different), { 201: 1, "409 order_not_pending": 19 });
    assert.equal(await hasty.balance(), 50000 - second.total);
    assert.equal((await hasty.read(`/orders/${second.number}/payments`)).items.length, 1);
  }));

test("of a payment and a cancellation one wins and the other is told so", () =>
  with_shop({ shoppers: 20 }, async (shop) => {
    const shoppers = await shop.shoppers(20, { balance: 20000 });
    const wins = { paid: 0, cancelled: 0 };
    await Promise.all(
      shoppers.map(async (shopper, at) => {
        const coupon = await shopper.take_coupon(small.free_shipping);
        const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
        const order = await shopper.place([{ variant_id: small.plenty, quantity: 1 }], { choice });
        const tries = [() => shopper.pay(order), () => shopper.cancel(order)];
        if (at % 2 === 1) tries.reverse();
        const [a, b] = await Promise.all(tries.map((attempt) => attempt()));
        const [payment, cancel] = at % 2 === 1 ? [b, a] : [a, b];
        const { status } = await shopper.read(`/orders/${order.number}`);
        if (status === "PAID") {
          wins.paid += 1;
          assert.deepEqual(tally([payment, cancel]), { 201: 1, "409 order_not_pending": 1 });
          assert.equal(await shopper.balance(), 20000 - order.total);
          assert.equal((await shopper.coupon(coupon.id)).status, "USED");
        } else {
          wins.cancelled += 1;
          assert.equal(status, "CANCELLED");
          assert.deepEqual(tally([payment, cancel]), { 200: 1, "409 order_not_pending": 1 });
          assert.equal(await shopper.balance(), 20000);
          assert.equal((await shopper.coupon(coupon.id)).status, "AVAILABLE");
        }
      }),
    );
    assert.equal(wins.paid + wins.cancelled, 20);
  }));

test("one coupon in many orders at once is used by one of them", () =>
  with_shop({ shoppers: 1 }, async (shop) => {
    const shopper = await shop.shopper(0, { balance: 100000 });
    const coupon = await shopper.take_coupon(small.fifty);
    const lines = [{ variant_id: small.plenty, quantity: 1 }];
    const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
    const shown = await shopper.quote(lines, choice);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shopper.order(lines, { choice, shown })),
    );
    assert.deepEqual(tally(answers), { 201: 1, "409 coupon_not_usable": 9 });
    const winner = answers.find(({ status }) => status === 201).body;
    assert.deepEqual(
      winner.coupons.map(({ id, amount }) => ({ id, amount })),
      [{ id: coupon.id, amount: 1000 }],
    );
    assert.equal((await shopper.read("/orders")).items.length, 1);
  }));

test("charges at the same time add up and stop at the account's limit", () =>
  with_shop({ shoppers: 1, serve: ["--charge-max", "1000", "--balance-max", "10000"] }, async (shop) => {
    const shopper = await shop.shopper(0);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        shopper.post("/me/balance/charges", { amount: 1000 }, { key: randomUUID() }),
      ),
    );
    assert.deepEqual(tally(answers), { 201: 10, "409 charge_limit": 20 });
    assert.equal(await shopper.balance(), 10000);
    const history = await shopper.read("/me/balance/history?limit=100");
    assert.deepEqual(
      history.items.map(({ balance_after }) => balance_after),
      [10000, 9000, 8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000],
    );
  }));

test("orders paid at the same time never take a balance below zero", () =>
  with_shop({ shoppers: 1 }, async (shop) => {
    const shopper = await shop.shopper(0, { balance: 12000 });
    const lines = [{ variant_id: small.plenty, quantity: 1 }];
    const orders = await Promise.all(Array.from({ length: 6 }, () => shopper.place(lines))); // 5000 each
    const answers = await Promise.all(orders.map((order) => shopper.pay(order)));
    assert.deepEqual(tally(answers), { 201: 2, "409 insufficient_balance": 4 });
    for (const { status, body } of answers) if (status === 409) assert.equal(body.missing, 3000);
    assert.equal(await shopper.balance(), 2000);
  }));

test("edits of one cart at the same time are all in it", () =>
  with_shop({ shoppers: 1 }, async (shop) => {
    const shopper = await shop.shopper(0);
    const add = () => shopper.post("/me/cart/lines", { variant_id: small.plenty, quantity: 1 });
    const answers = await Promise.all(Array.from({ length: 50 }, add));
    assert.deepEqual(tally(answers), { 201: 50 });
    const cart = await shopper.read("/me/cart");
    assert.equal(cart.lines[0].quantity, 50);
    assert.equal(new Set(answers.map(({ body }) => body.version)).size, 50);
  }));

test("of registrations with one e-mail at the same time one makes the account", () =>
  with_shop({}, async (shop) => {
    const body = { email: "same@example.com", password: "a long password", name: "Same" };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => shop.client().post("/auth/register", body)),
    );
    assert.deepEqual(tally(answers), { 201: 1, "409 email_taken": 4 });
  }));

test("guesses at a password that come at the same time don't slip past the limit", () =>
  with_shop({}, async (shop) => {
    const guess = (number) =>
      shop.client().post("/auth/login", { email: "admin@example.com", password: `guess number ${number}` });
    const counts = tally(await Promise.all(Array.from({ length: 40 }, (_, number) => guess(number))));
    assert.deepEqual(counts, { "401 invalid_credentials": 10, "429 rate_limited": 30 });
  }));
