// What comes back when an order does: whole, by units, by the shopper, by an admin, and all at once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let admin;
let next = 0;
before(async () => {
  shop = await open_small_shop({ shoppers: 40 });
  admin = await shop.sign_in("admin@example.com");
});
after(() => shop.close());

const new_shopper = (balance = 0) => shop.shopper(next++, { balance });
const stock_of = async (handle, id) => {
  const { variants } = await shop.client().read(`/products/${handle}`);
  return variants.find((variant) => variant.id === id).stock;
};
const sold = async (handle) => {
  const { items } = await shop.client().read("/products/popular?limit=50");
  return items.find(({ product }) => product.handle === handle)?.units ?? 0;
};
const give_back = (shopper, order, body = {}, key = randomUUID()) =>
  shopper.post(`/orders/${order.number}/returns`, body, { key });
const refund = (order, body, key = randomUUID()) =>
  admin.post(`/admin/orders/${order.number}/refund`, body, { key });
const ship = (order) =>
  admin.post(`/admin/orders/${order.number}/ship`, { carrier: "우체국", tracking_number: "6012345678901" });
const deliver = (order) => admin.post(`/admin/orders/${order.number}/deliver`);
const of = (variant_id, quantity = 1) => ({ lines: [{ variant_id, quantity }] });

/** A paid order: 3 mugs and 2 of plenty with 1000 off, 3000 for shipping. */
async function bought(shopper) {
  const coupon = await shopper.take_coupon(small.fifty);
  const lines = [
    { variant_id: small.mug, quantity: 3 },
    { variant_id: small.plenty, quantity: 2 },
  ];
  const order = await shopper.place(lines, { choice: { mode: "listed", coupons: [{ id: coupon.id }] } });
  assert.equal(order.total, 36000);
  const paid = await shopper.pay(order);
  assert.equal(paid.status, 201, paid.text);
  return { order: paid.body.order, coupon };
}

test("a paid order that its shopper returns whole is undone: money, stock, sales, coupon, first order", async () => {
  const shopper = await new_shopper(100000);
  const stock = await stock_of("mug", small.mug);
  const units = await sold("mug");
  const { order, coupon } = await bought(shopper);
  assert.equal(await sold("mug"), units + 3);
  const answer = await give_back(shopper, order, { reason: "마음이 바뀜" });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.body.balance, 100000);
  assert.deepEqual([answer.body.refund.amount, answer.body.refund.shipping], [36000, 3000]);
  const view = await shopper.read(`/orders/${order.number}`);
  assert.deepEqual(view, answer.body.order);
  assert.deepEqual([view.status, view.cancel_reason, view.refunded], ["CANCELLED", "refunded", 36000]);
  assert.equal(view.refunds[0].reason, "마음이 바뀜");
  assert.equal(await stock_of("mug", small.mug), stock);
  assert.equal(await sold("mug"), units);
  assert.equal((await shopper.coupon(coupon.id)).status, "AVAILABLE");
  assert.equal((await shopper.read("/me")).paid_orders, 0);
  const [entry] = (await shopper.read("/me/balance/history")).items;
  assert.deepEqual([entry.type, entry.amount, entry.reference], ["REFUND", 36000, order.number]);
  const [payment] = (await shopper.read(`/orders/${order.number}/payments`)).items;
  assert.deepEqual([payment.status, payment.reason], ["CANCELLED", "refunded"]);
  assert_problem(await give_back(shopper, order), 409, "order_not_refundable");
  assert_problem(await ship(order), 409, "order_not_shippable");
});

test("an order goes to the shopper's door and the shopper sees it; every step stands in the log", async () => {
  const shopper = await new_shopper(100000);
  const { order } = await bought(shopper);
  assert_problem(await deliver(order), 409, "order_not_deliverable");
  const shipped = await ship(order);
  assert.equal(shipped.status, 200, shipped.text);
  const on_its_way = await shopper.read(`/orders/${order.number}`);
  assert.equal(on_its_way.status, "SHIPPING");
  assert.deepEqual(
    on_its_way.shipments.map(({ carrier, tracking_number, delivered_at }) => [
      carrier,
      tracking_number,
      delivered_at,
    ]),
    [["우체국", "6012345678901", null]],
  );
  assert.equal((await deliver(order)).status, 200);
  assert.equal((await shopper.read(`/orders/${order.number}`)).status, "DELIVERED");
  const back = await refund(order, { ...of(small.mug, 2), restock: false, reason: "broken" });
  assert.equal(back.status, 201, back.text);

  const seen = await admin.read(`/admin/orders/${order.number}`);
  assert.equal(seen.user.email, shopper.email);
  assert.equal(seen.order.refunds[0].restocked, false);
  assert.deepEqual(
    seen.payments.map(({ history }) => history.map(({ status }) => status)),
    [["COMPLETED"]],
  );
  assert.deepEqual(
    seen.log.map(({ action, before, after }) => [action, before.status, after.status, after.refunded]),
    [
      ["order.refund", "DELIVERED", "DELIVERED", back.body.refund.amount],
      ["order.deliver", "SHIPPING", "DELIVERED", 0],
      ["order.ship", "PAID", "SHIPPING", 0],
    ],
  );
  const log = await admin.read("/admin/log?entity=order&limit=2");
  assert.equal(log.items.length, 2);
  assert.ok(log.next_cursor);
  const found = await admin.read(`/admin/orders?status=DELIVERED&q=${shopper.email}`);
  assert.deepEqual(
    found.items.map(({ number }) => number),
    [order.number],
  );
});

test("units come back one at a time, and what they were worth adds up to what was paid", async () => {
  const shopper = await new_shopper(100000);
  const { order, coupon } = await bought(shopper);
  let sum = 0;
  for (const variant_id of [small.mug, small.plenty, small.mug, small.plenty, small.mug]) {
    assert.equal((await shopper.coupon(coupon.id)).status, "USED");
    const answer = await give_back(shopper, order, of(variant_id));
    assert.equal(answer.status, 201, answer.text);
    sum += answer.body.refund.amount;
    assert.equal(await shopper.balance(), 64000 + sum);
  }
  assert.equal(sum, 36000);
  assert.equal((await shopper.coupon(coupon.id)).status, "AVAILABLE");
});

test("many at once want the last unit back, and one gets it", async () => {
  const shopper = await new_shopper(100000);
  const { order } = await bought(shopper);
  assert.equal((await give_back(shopper, order, of(small.mug, 2))).status, 201);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      at % 2 === 0
        ? give_back(shopper, order, of(small.mug))
        : refund(order, { ...of(small.mug), restock: true, reason: "" }),
    ),
  );
  assert.deepEqual(tally(answers), { 201: 1, "409 refund_exceeds_order": 9 });
  const refused = answers.find(({ status }) => status === 409).body;
  assert.deepEqual([refused.available, refused.variant_id], [0, small.mug]);
});

test("one key sent many times at once is one refund", async () => {
  const shopper = await new_shopper(100000);
  const { order } = await bought(shopper);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => give_back(shopper, order, of(small.plenty), "one-refund")),
  );
  const done = answers.filter(({ status }) => status === 201);
  assert.ok(done.length >= 1);
  for (const { text } of done) assert.equal(text, done[0].text);
  for (const answer of answers)
    if (answer.status !== 201) assert_problem(answer, 409, "idempotency_in_flight");
  assert.equal((await shopper.read(`/orders/${order.number}`)).refunds.length, 1);
  assert_problem(await give_back(shopper, order, of(small.mug), "one-refund"), 422, "idempotency_key_reused");
});

test("paying, cancelling and returning at the same time end in one story", async () => {
  for (let round = 0; round < 5; ++round) {
    const shopper = await new_shopper(50000);
    const order = await shopper.place([{ variant_id: small.plenty, quantity: 2 }]);
    const [paid, cancelled, returned] = await Promise.all([
      shopper.pay(order),
      shopper.cancel(order),
      give_back(shopper, order),
    ]);
    const { status, refunded, cancel_reason } = await shopper.read(`/orders/${order.number}`);
    assert.equal(paid.status === 201, cancelled.status !== 200, "paid or cancelled, never both");
    if (returned.status === 201) {
      assert.equal(paid.status, 201);
      assert.deepEqual([status, refunded, cancel_reason], ["CANCELLED", order.total, "refunded"]);
    } else {
      assert_problem(returned, 409, "order_not_refundable");
      assert.equal(status, paid.status === 201 ? "PAID" : "CANCELLED");
    }
    assert.equal(await shopper.balance(), status === "PAID" ? 50000 - order.total : 50000);
  }
});

test("shipping and returning whole at the same time: it is one or the other first, and the money is right", async () => {
  for (let round = 0; round < 5; ++round) {
    const shopper = await new_shopper(50000);
    const order = await shopper.place([{ variant_id: small.plenty, quantity: 2 }]);
    assert.equal((await shopper.pay(order)).status, 201);
    const [shipped, returned] = await Promise.all([ship(order), give_back(shopper, order)]);
    assert.equal(returned.status, 201, returned.text);
    assert.equal(await shopper.balance(), 50000);
    const { status } = await shopper.read(`/orders/${order.number}`);
    assert.equal(status, shipped.status === 200 ? "SHIPPING" : "CANCELLED");
    if (shipped.status !== 200) assert_problem(shipped, 409, "order_not_shippable");
  }
});

test("a coupon that a refund gives back is used once again, however many want it at that moment (medusa#16595)", async () => {
  const shopper = await new_shopper(200000);
  const coupon = await shopper.take_coupon(small.fifty);
  const lines = [{ variant_id: small.plenty, quantity: 1 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await shopper.quote(lines, choice);
  const order = await shopper.place(lines, { choice, shown });
  assert.equal((await shopper.pay(order)).status, 201);

  const [returned, ...orders] = await Promise.all([
    give_back(shopper, order),
    ...Array.from({ length: 8 }, () => shopper.order(lines, { choice, shown })),
    give_back(shopper, order),
  ]);
  const late = orders.pop();
  assert.equal([returned, late].filter(({ status }) => status === 201).length, 1);
  const winners = orders.filter(({ status }) => status === 201);
  assert.ok(winners.length <= 1);
  for (const answer of orders) if (answer.status !== 201) assert_problem(answer, 409, "coupon_not_usable");
  const second = winners[0]?.body ?? (await shopper.place(lines, { choice, shown }));

  // The first order is done with the coupon, whatever is sent to it now.
  assert_problem(await give_back(shopper, order), 409, "order_not_refundable");
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  assert.equal((await shopper.pay(second)).status, 201);
  const history = shop.sql(
    `SELECT event FROM user_coupon_history WHERE user_coupon_id = ${coupon.id} ORDER BY id`,
  );
  assert.deepEqual(
    history.map(({ event }) => event),
    ["ISSUED", "USED", "RESTORED", "USED"],
  );
});

test("refunds and order progress are nobody else's business", async () => {
  const shopper = await new_shopper(100000);
  const stranger = await new_shopper();
  const { order } = await bought(shopper);
  assert_problem(await give_back(stranger, order), 404, "not_found");
  assert_problem(await give_back(shop.client(), order), 401, "unauthenticated");
  const paths = ["ship", "deliver", "refund"].map((step) => `/admin/orders/${order.number}/${step}`);
  for (const path of paths) {
    assert_problem(await shopper.post(path, {}, { key: randomUUID() }), 403, "forbidden");
    assert_problem(await shop.client().post(path, {}, { key: randomUUID() }), 401, "unauthenticated");
  }
  for (const path of ["/admin/orders", `/admin/orders/${order.number}`, "/admin/log"])
    assert_problem(await shopper.get(path), 403, "forbidden");
  assert_problem(
    await admin.post(`/admin/orders/${order.number}/refund`, { restock: true }),
    428,
    "idempotency_key_required",
  );
  assert_problem(await shopper.post(`/orders/${order.number}/returns`, {}), 428, "idempotency_key_required");
});
