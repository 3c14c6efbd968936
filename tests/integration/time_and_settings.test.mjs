// What time does to orders, coupons and prices, what a kill does to what was acknowledged, and what settings change.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const minute = 60000;
const lines = [{ variant_id: small.plenty, quantity: 1 }];
const choice_of = (coupon) => ({ mode: "listed", coupons: [{ id: coupon.id }] });

/** Stops the shop, changes what is stored (the clock can't be turned, so times are), and opens it again. */
async function meanwhile(shop, statements, settings = []) {
  assert.equal(await shop.stop(), 0, shop.log);
  shop.sql(statements);
  await shop.start(settings);
}

test("an order whose time is over can't be paid, is cancelled, and gives its coupon back", async () => {
  const shop = await open_small_shop({ shoppers: 3 });
  const [payer, canceller, waiter] = await shop.shoppers(3, { balance: 50000 });
  const orders = [];
  const coupons = [];
  for (const shopper of [payer, canceller, waiter]) {
    const coupon = await shopper.take_coupon(small.fifty);
    coupons.push(coupon);
    const order = await shopper.place(lines, { choice: choice_of(coupon) });
    assert.equal(order.expires_at - order.created_at, 15 * 60000);
    orders.push(order);
  }
  await meanwhile(
    shop,
    "UPDATE orders SET created_at = created_at - 1000000, expires_at = expires_at - 1000000",
  );
  // The sweep may come first: then it isn't pending any more.
  const late = [await payer.pay(orders[0]), await canceller.cancel(orders[1])];
  for (const answer of late) {
    assert.equal(answer.status, 409, answer.text);
    assert.match(answer.body.code, /^order_(expired|not_pending)$/);
  }
  for (const [at, shopper] of [payer, canceller, waiter].entries()) {
    const order = await shopper.read(`/orders/${orders[at].number}`);
    assert.equal(order.status, "CANCELLED", "also before anything has swept it");
    assert.equal(order.cancelled_at, order.expires_at);
    assert.equal(await shopper.balance(), 50000);
  }
  for (const [at, shopper] of [payer, canceller].entries()) {
    assert.equal((await shopper.coupon(coupons[at].id)).status, "AVAILABLE");
  }
  // A new order takes what the old one still seemed to hold.
  const again = await payer.place(lines, { choice: choice_of(coupons[0]) });
  assert.equal((await payer.pay(again)).status, 201);
  await shop.close();
});

test("a coupon whose time is over is shown as expired, is refused, and comes back as expired", async () => {
  const shop = await open_small_shop({ shoppers: 2 });
  const [shopper, holder] = await shop.shoppers(2, { balance: 50000 });
  const coupon = await shopper.take_coupon(small.fifty);
  assert.equal(coupon.expires_at - coupon.issued_at, 7 * 86400000);
  const shown = await shopper.quote(lines, choice_of(coupon));
  const held = await holder.take_coupon(small.fifty);
  const order = await holder.place(lines, { choice: choice_of(held) });
  await meanwhile(
    shop,
    `UPDATE user_coupons SET issued_at = issued_at - ${20000 * minute}, expires_at = issued_at - 1;
     UPDATE coupon_issues SET minute = minute - 20000;`,
  );

  assert.equal((await shopper.coupon(coupon.id)).status, "EXPIRED");
  assert.deepEqual((await shopper.read("/me/coupons?status=AVAILABLE")).items, []);
  assert.equal((await shopper.read("/me/coupons?status=EXPIRED")).items.length, 1);
  const refused = await shopper.order(lines, { choice: choice_of(coupon), shown });
  assert_problem(refused, 409, "coupon_not_usable");
  assert.equal(refused.body.rejection.code, "expired");
  assert_problem(await shopper.issue(small.fifty), 409, "already_issued");

  assert.equal((await holder.coupon(held.id)).status, "USED");
  assert.equal((await holder.cancel(order)).status, 200);
  assert.equal((await holder.coupon(held.id)).status, "EXPIRED");
  const history = shop.sql(
    `SELECT event FROM user_coupon_history WHERE user_coupon_id = ${held.id} ORDER BY id`,
  );
  assert.deepEqual(
    history.map(({ event }) => event),
    ["ISSUED", "USED", "EXPIRED"],
  );
  await shop.close();
});

test("an order is paid at the price it was made at, and an old price makes no new order", async () => {
  const shop = await open_small_shop({ shoppers: 1 });
  const shopper = await shop.shopper(0, { balance: 50000 });
  const shown = await shopper.quote(lines);
  const order = await shopper.place(lines, { shown });
  await meanwhile(
    shop,
    `UPDATE product_variants SET price = 2500 WHERE id = ${small.plenty}; UPDATE shop SET shipping_fee = 4000;`,
  );
  const refused = await shopper.order(lines, { shown });
  assert_problem(refused, 409, "quote_changed");
  assert.equal(refused.body.quote.total, 6500);
  const paid = await shopper.pay(order);
  assert.equal(paid.status, 201, paid.text);
  assert.equal(await shopper.balance(), 50000 - 5000);
  assert.equal((await shopper.quote(lines)).total, 6500);
  await shop.close();
});

test("an order keeps showing what was bought after the product changed or went away", async () => {
  const shop = await open_small_shop({ shoppers: 1 });
  const shopper = await shop.shopper(0, { balance: 50000 });
  const order = await shopper.place([{ variant_id: small.tee_small, quantity: 1 }]);
  assert.equal((await shopper.pay(order)).status, 201);
  await shopper.post("/me/cart/lines", { variant_id: small.tee_small });
  await meanwhile(
    shop,
    `UPDATE product_texts SET name = 'New name' WHERE product_id = 2;
     UPDATE product_option_values SET names = '{"ko":"XS","en":"XS"}' WHERE product_id = 2 AND position = 1;
     UPDATE products SET active = 0 WHERE id = 2; UPDATE product_variants SET active = 0, price = 1 WHERE product_id = 2;`,
  );
  const [item] = (await shopper.read(`/orders/${order.number}`)).items;
  assert.deepEqual(
    [item.name, item.options, item.unit_price],
    [{ ko: "티셔츠", en: "Tee" }, { ko: "S", en: "S" }, 25000],
  );
  assert_problem(await shopper.get("/products/tee"), 404, "not_found");
  const refused = await shopper.order(undefined, { shown: { total: 0, fingerprint: "" } });
  assert_problem(refused, 409, "not_orderable");
  assert.equal(refused.body.variant_id, small.tee_small);
  await shop.close();
});

test("what was acknowledged is there after a kill, and a retry after it gets the same answer", async () => {
  const shop = await open_small_shop({ shoppers: 1 });
  const shopper = await shop.shopper(0, { balance: 50000 });
  const coupon = await shopper.take_coupon(small.fifty);
  const order = await shopper.place(lines, { choice: choice_of(coupon) });
  const key = randomUUID();
  const paid = await shopper.pay(order, key);
  assert.equal(paid.status, 201, paid.text);
  shop.process.kill("SIGKILL");
  assert.deepEqual(await shop.exited, { code: null, signal: "SIGKILL" });
  await shop.start();
  const again = await shopper.pay(order, key);
  assert.equal(again.text, paid.text);
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.equal(await shopper.balance(), 50000 - order.total);
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  await shop.close();
});

test("settings: how long orders wait, what one may charge, and whether an address is needed", async () => {
  const settings = [
    "--pending-minutes",
    "3",
    "--charge-max",
    "5000",
    "--balance-max",
    "8000",
    "--require-address",
  ];
  const shop = await open_small_shop({ shoppers: 1, serve: settings });
  const shopper = await shop.shopper(0);
  const info = await shop.client().read("/shop");
  assert.deepEqual(
    [info.pending_minutes, info.charge_max, info.balance_max, info.require_address, info.charge_provider],
    [3, 5000, 8000, true, "instant"],
  );
  const charge = (amount) => shopper.post("/me/balance/charges", { amount }, { key: randomUUID() });
  assert_problem(await charge(5001), 409, "charge_limit");
  assert.equal((await charge(5000)).status, 201);
  assert_problem(await charge(3001), 409, "charge_limit");
  assert.equal((await charge(3000)).status, 201);
  assert_problem(await charge(1), 409, "charge_limit");
  assert_problem(await shopper.order(lines), 422, "address_required");
  const address = {
    name: "홍길동",
    phone: "010-0000-0000",
    postcode: "04524",
    line1: "서울 중구 세종대로 110",
  };
  const order = await shopper.place(lines, { address });
  assert.equal(order.expires_at - order.created_at, 3 * 60000);
  await shop.close();
});

test("nobody makes themselves money unless the shop was told to allow it by name", async () => {
  const closed = await open_small_shop({ shoppers: 1, serve: ["--charge-provider", "none"] });
  const hopeful = await closed.shopper(0);
  const charge = await hopeful.post("/me/balance/charges", { amount: 1 }, { key: randomUUID() });
  assert_problem(charge, 503, "provider_unavailable");
  assert.equal(await hopeful.balance(), 0);
  await closed.close();

  const shop = await open_small_shop({ shoppers: 1, serve: ["--charge-provider", "bank_transfer"] });
  const shopper = await shop.shopper(0);
  const waiting = await shopper.post("/me/balance/charges", { amount: 1000 }, { key: randomUUID() });
  assert.ok(waiting.status < 300, waiting.text);
  assert.equal(waiting.body.status, "PENDING");
  assert.equal(await shopper.balance(), 0, "until an admin confirms it");
  await shop.close();
});

test("amounts stop at 2^53-1 and never wrap", async () => {
  const most = 9007199254740991;
  const shop = await open_small_shop({
    shoppers: 1,
    serve: ["--charge-max", `${most}`, "--balance-max", `${most}`],
    also: `UPDATE product_variants SET price = ${most} WHERE id = ${small.rush};`,
  });
  const shopper = await shop.shopper(0, { balance: most });
  assert.equal(await shopper.balance(), most);
  const more = await shopper.post("/me/balance/charges", { amount: 1 }, { key: randomUUID() });
  assert_problem(more, 409, "charge_limit");
  const one = [{ variant_id: small.rush, quantity: 1 }];
  const two = [{ variant_id: small.rush, quantity: 2 }];
  const mixed = [...one, { variant_id: small.plenty, quantity: 1 }];
  for (const lines of [two, mixed]) {
    assert_problem(
      await shopper.order(lines, { shown: { total: 0, fingerprint: "" } }),
      422,
      "amount_overflow",
    );
  }
  const paid = await shopper.pay(await shopper.place(one));
  assert.equal(paid.status, 201, paid.text);
  assert.equal(paid.body.balance, 0);
  await shop.close();
});
