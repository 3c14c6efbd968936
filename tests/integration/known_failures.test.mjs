// Failures that other shops have had, each by what went wrong there. They must not happen here.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let next = 0;
before(async () => (shop = await open_small_shop({ shoppers: 60 })));
after(() => shop.close());

const new_shopper = (balance = 0) => shop.shopper(next++, { balance });
const stock_of = async (handle, id) => {
  const { variants } = await shop.client().read(`/products/${handle}`);
  return variants.find((variant) => variant.id === id).stock;
};

test("two lines of one stock item do not oversell it (medusa#16502)", async () => {
  const shopper = await new_shopper(500000);
  const twice = [
    { variant_id: small.tee_small, quantity: 3 },
    { variant_id: small.tee_small, quantity: 3 },
  ];
  const body = { lines: twice, expected_total: 150000, fingerprint: "0000000000000000" };
  assert_problem(
    await shopper.post("/orders", body, { key: "two-lines" }),
    422,
    "invalid_request",
    "/lines/1/variant_id",
  );

  // Added twice to the cart it is one line, and that one is checked whole.
  await shopper.post("/me/cart/lines", { variant_id: small.tee_small, quantity: 3 });
  await shopper.post("/me/cart/lines", { variant_id: small.tee_small, quantity: 3 });
  const cart = await shopper.cart();
  assert.deepEqual(
    cart.map(({ variant_id, quantity }) => [variant_id, quantity]),
    [[small.tee_small, 6]],
  );
  const refused = await shopper.order();
  assert_problem(refused, 409, "insufficient_stock");
  assert.equal(refused.body.available, 5);
  assert.equal(refused.body.variant_id, small.tee_small);
  assert.equal(await stock_of("tee", small.tee_small), 5);
});

test("who loses the race for the last unit has no order that waits for ever and no lost money (medusa#16825)", async () => {
  const shoppers = await Promise.all(Array.from({ length: 10 }, () => new_shopper(10000)));
  const lines = [{ variant_id: small.last, quantity: 1 }];
  const shown = await shoppers[0].quote(lines);
  const orders = await Promise.all(shoppers.map((shopper) => shopper.place(lines, { shown })));
  const answers = await Promise.all(shoppers.map((shopper, at) => shopper.pay(orders[at])));
  assert.deepEqual(tally(answers), { 201: 1, "409 insufficient_stock": 9 });
  for (const [at, shopper] of shoppers.entries()) {
    const won = answers[at].status === 201;
    const order = await shopper.read(`/orders/${orders[at].number}`);
    assert.equal(order.status, won ? "PAID" : "CANCELLED");
    assert.equal(await shopper.balance(), won ? 10000 - shown.total : 10000);
    const payments = await shopper.read(`/orders/${orders[at].number}/payments`);
    assert.deepEqual(
      payments.items.map(({ status, reason }) => [status, reason]),
      [won ? ["COMPLETED", ""] : ["FAILED", "insufficient_stock"]],
    );
  }
});

test("stock is checked and taken in one transaction: whoever was told of 5 units, 5 are sold (vendure PR 4930)", async () => {
  const shoppers = await Promise.all(Array.from({ length: 4 }, () => new_shopper(200000)));
  const lines = [{ variant_id: small.tee_large, quantity: 2 }];
  const shown = await shoppers[0].quote(lines);
  const orders = await Promise.all(shoppers.map((shopper) => shopper.place(lines, { shown })));
  const answers = await Promise.all(shoppers.map((shopper, at) => shopper.pay(orders[at])));
  assert.deepEqual(tally(answers), { 201: 2, "409 insufficient_stock": 2 });
  for (const { status, body } of answers) if (status === 409) assert.equal(body.available, 1);
  assert.equal(await stock_of("tee", small.tee_large), 1);
});

test("an order of several products takes all of them or none", async () => {
  const shopper = await new_shopper(500000);
  const stock = await stock_of("mug", small.mug);
  const order = await shopper.place([
    { variant_id: small.mug, quantity: 1 },
    { variant_id: small.tee_large, quantity: 1 },
  ]);
  const rival = await new_shopper(100000);
  assert.equal(
    (await rival.pay(await rival.place([{ variant_id: small.tee_large, quantity: 1 }]))).status,
    201,
  );
  assert_problem(await shopper.pay(order), 409, "insufficient_stock");
  assert.equal(await stock_of("mug", small.mug), stock, "the mugs stay");
  assert.equal(await shopper.balance(), 500000);
});

test("a single-use coupon is not redeemed twice by payments at the same time (vendure PR 4660)", async () => {
  const shopper = await new_shopper(100000);
  const coupon = await shopper.take_coupon(small.fifty);
  const lines = [{ variant_id: small.plenty, quantity: 1 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await shopper.quote(lines, choice);
  const answers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const order = await shopper.order(lines, { choice, shown });
      return order.status === 201 ? shopper.pay(order.body) : order;
    }),
  );
  assert.deepEqual(tally(answers), { 201: 1, "409 coupon_not_usable": 5 });
  const refused = answers.find(({ status }) => status === 409).body;
  assert.deepEqual([refused.rejection.id, refused.rejection.code], [coupon.id, "used"]);
  assert.equal(await shopper.balance(), 100000 - shown.total);
});

test("a coupon that comes back from one order can't be taken away from the next (medusa#16595)", async () => {
  const shopper = await new_shopper(100000);
  const coupon = await shopper.take_coupon(small.fifty);
  const lines = [{ variant_id: small.plenty, quantity: 1 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await shopper.quote(lines, choice);
  const first = await shopper.place(lines, { choice, shown });

  // Many cancellations of the first, and orders that want the coupon, all at once.
  const cancels = Array.from({ length: 8 }, () => shopper.cancel(first));
  const orders = Array.from({ length: 8 }, () => shopper.order(lines, { choice, shown }));
  const cancelled = tally(await Promise.all(cancels));
  assert.deepEqual(cancelled, { 200: 1, "409 order_not_pending": 7 });
  const winners = (await Promise.all(orders)).filter(({ status }) => status === 201);
  assert.ok(winners.length <= 1);
  const second = winners[0]?.body ?? (await shopper.place(lines, { choice, shown }));

  // The first order is done with the coupon, whatever is sent to it now.
  assert_problem(await shopper.cancel(first), 409, "order_not_pending");
  assert_problem(await shopper.pay(first), 409, "order_not_pending");
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  assert.equal((await shopper.pay(second)).status, 201);
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  const history = shop.sql(
    `SELECT event FROM user_coupon_history WHERE user_coupon_id = ${coupon.id} ORDER BY id`,
  );
  assert.deepEqual(
    history.map(({ event }) => event),
    ["ISSUED", "USED", "RESTORED", "USED"],
  );
});

test("a cancelled order does not keep its coupon, nor does one whose payment failed (shopware#8575)", async () => {
  const choice_of = (coupon) => ({ mode: "listed", coupons: [{ id: coupon.id }] });
  const shopper = await new_shopper(100000);
  const coupon = await shopper.take_coupon(small.free_shipping);
  const order = await shopper.place([{ variant_id: small.plenty, quantity: 1 }], {
    choice: choice_of(coupon),
  });
  assert.equal(order.shipping_discount, 3000);
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  assert.equal((await shopper.cancel(order)).status, 200);
  assert.deepEqual(await shopper.coupon(coupon.id).then(({ status, used_at }) => [status, used_at]), [
    "AVAILABLE",
    null,
  ]);

  // The stock goes between order and payment: the order is cancelled by the failed payment.
  const two = [{ variant_id: small.rush, quantity: 26 }];
  const rival = await new_shopper(100000);
  const lost = await shopper.place(two, { choice: choice_of(coupon) });
  assert.equal((await rival.pay(await rival.place(two))).status, 201);
  assert_problem(await shopper.pay(lost), 409, "insufficient_stock");
  assert.equal((await shopper.coupon(coupon.id)).status, "AVAILABLE");
  const [{ released }] =
    shop.sql(`SELECT count(*) AS released FROM order_coupons WHERE user_coupon_id = ${coupon.id}
    AND released_at IS NOT NULL`);
  assert.equal(released, 2);
});

test("a coupon that takes nothing off is not consumed (vendure#5278)", async () => {
  const shopper = await new_shopper(100000);
  const useful = await shopper.take_coupon(small.fifty);
  const useless = await shopper.take_coupon(small.free_shipping); // from 50000 on shipping is free anyway
  const lines = [{ variant_id: small.mug, quantity: 6 }];
  const choice = { mode: "listed", coupons: [{ id: useful.id }, { id: useless.id }] };
  const shown = await shopper.quote(lines, choice);
  assert.deepEqual(shown.rejected, [{ id: useless.id, code: "no_effect" }]);
  const order = await shopper.place(lines, { choice, shown });
  assert.deepEqual(
    order.coupons.map(({ id }) => id),
    [useful.id],
  );
  assert.equal((await shopper.pay(order)).status, 201);
  assert.equal((await shopper.coupon(useful.id)).status, "USED");
  assert.equal((await shopper.coupon(useless.id)).status, "AVAILABLE");
});

test("what is charged is the total that was shown, and its parts add up (medusa#14818)", async () => {
  const shopper = await new_shopper(1000000);
  const coupons = [
    await shopper.take_coupon(small.fifty),
    await shopper.take_coupon(small.free_shipping),
    await shopper.take_coupon(small.tee_tenth),
  ];
  for (const quantity of [1, 3, 11]) {
    const lines = [
      { variant_id: small.mug, quantity },
      { variant_id: small.plenty, quantity: 7 },
      { variant_id: small.sticker, quantity: 2 },
    ];
    const choice = { mode: "listed", coupons: quantity === 1 ? coupons.map(({ id }) => ({ id })) : [] };
    const shown = await shopper.quote(lines, choice);
    const before_it = await shopper.balance();
    const order = await shopper.place(lines, { choice, shown });
    const paid = await shopper.pay(order);
    assert.equal(paid.status, 201, paid.text);
    assert.equal(before_it - (await shopper.balance()), shown.total);
    assert.equal(paid.body.payment.amount, shown.total);
    const after_it = await shopper.read(`/orders/${order.number}`);
    const nets = after_it.items.reduce((sum, { net }) => sum + net, 0);
    assert.equal(nets, after_it.merchandise);
    assert.equal(nets + after_it.shipping_fee - after_it.shipping_discount, shown.total);
    assert.equal(after_it.subtotal - after_it.item_discount - after_it.order_discount, nets);
    for (const item of after_it.items)
      assert.equal(item.net + item.discount, item.unit_price * item.quantity);
  }
});

test("no amount is a negative zero or missing when everything is free (medusa#12226)", async () => {
  const shopper = await new_shopper();
  const coupon = await shopper.take_coupon(small.free_shipping);
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const order = await shopper.order([{ variant_id: small.sticker, quantity: 1 }], { choice });
  assert.equal(order.status, 201, order.text);
  assert.equal(order.body.total, 0);
  assert.doesNotMatch(order.text, /-0\b/);
  const paid = await shopper.pay(order.body);
  assert.equal(paid.status, 201, paid.text);
  assert.doesNotMatch(paid.text, /-0\b/);
  assert.equal(paid.body.balance, 0);
  const [row] = (await shopper.read("/me/balance/history")).items;
  assert.ok(Object.is(row.amount, 0), "an order for nothing took nothing");
});

test("a guest's cart is not lost at sign-in (Sylius#12372)", async () => {
  const account = await new_shopper();
  await account.post("/me/cart/lines", { variant_id: small.mug, quantity: 15 });
  await account.post("/me/cart/lines", { variant_id: small.sticker, quantity: 1 });
  const guest_lines = [
    { variant_id: small.plenty, quantity: 2 },
    { variant_id: small.mug, quantity: 15 }, // 20 at most
    { variant_id: 999, quantity: 1 }, // gone meanwhile
    { variant_id: small.rush, quantity: 1, selected: false },
  ];
  const merge = {
    client_id: "browser",
    mutations: [{ id: 1, name: "merge", args: { lines: guest_lines } }],
  };
  const answer = await account.post("/sync", merge);
  assert.equal(answer.status, 200, answer.text);
  const expected = [
    [small.mug, 20, true],
    [small.sticker, 1, true],
    [small.plenty, 2, true],
    [small.rush, 1, false],
  ];
  const of = (lines) => lines.map(({ variant_id, quantity, selected }) => [variant_id, quantity, selected]);
  assert.deepEqual(of(answer.body.cart.lines), expected);

  // The answer was lost on the way: the device sends the same again, and nothing is added twice.
  const again = await account.post("/sync", merge);
  assert.equal(again.body.last_mutation_id, 1);
  assert.deepEqual(of(again.body.cart.lines), expected);
  assert.deepEqual(of(await account.cart()), expected);
});

test("lines that were removed offline do not come back (vue-storefront#2898)", async () => {
  const account = await new_shopper();
  const phone = (mutations) => account.post("/sync", { client_id: "phone", mutations });
  const laptop = (mutations) => account.post("/sync", { client_id: "laptop", mutations });
  const ids = ({ body }) => body.cart.lines.map(({ variant_id, quantity }) => [variant_id, quantity]);

  await phone([
    { id: 1, name: "add", args: { variant_id: small.mug, quantity: 1 } },
    { id: 2, name: "add", args: { variant_id: small.plenty, quantity: 1 } },
  ]);
  // Offline the phone removed the mug; the laptop meanwhile changed the other line and put something in.
  await laptop([
    { id: 1, name: "set_quantity", args: { variant_id: small.plenty, quantity: 5 } },
    { id: 2, name: "add", args: { variant_id: small.rush, quantity: 2 } },
  ]);
  const back = await phone([{ id: 3, name: "remove", args: { variant_id: small.mug } }]);
  const expected = [
    [small.plenty, 5],
    [small.rush, 2],
  ];
  assert.deepEqual(ids(back), expected);
  // An old request of the phone arrives late: it was applied already.
  assert.deepEqual(
    ids(await phone([{ id: 1, name: "add", args: { variant_id: small.mug, quantity: 1 } }])),
    expected,
  );
  assert.deepEqual(ids(await laptop([])), expected);
});

test("a gap in a device's edits and an unknown cursor ask it to begin anew, and nothing is applied", async () => {
  const account = await new_shopper();
  const gap = await account.post("/sync", {
    client_id: "restored",
    mutations: [{ id: 4, name: "add", args: { variant_id: small.mug, quantity: 1 } }],
  });
  assert.equal(gap.status, 200, gap.text);
  assert.equal(gap.body.resync, true);
  assert.deepEqual(gap.body.cart.lines, []);
  const cursor = await account.post("/sync", {
    client_id: "other",
    cursor: "999999.999999",
    mutations: [{ id: 1, name: "add", args: { variant_id: small.mug, quantity: 1 } }],
  });
  assert.equal(cursor.body.resync, true);
  assert.deepEqual(await account.cart(), []);
});

test("a mutation that can't work counts as applied, so that no device is stuck", async () => {
  const account = await new_shopper();
  const answer = await account.post("/sync", {
    client_id: "phone",
    mutations: [
      { id: 1, name: "add", args: { variant_id: 424242, quantity: 1 } },
      { id: 2, name: "remove", args: { variant_id: small.mug } },
      { id: 3, name: "set_quantity", args: { variant_id: small.mug } },
      { id: 4, name: "add", args: { variant_id: small.mug, quantity: 2 } },
    ],
  });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.last_mutation_id, 4);
  assert.deepEqual(
    answer.body.cart.lines.map(({ variant_id, quantity }) => [variant_id, quantity]),
    [[small.mug, 2]],
  );
});

test("the discount of a line that comes back stays with it and moves to no other line (vendure#4811)", async () => {
  const shopper = await new_shopper(100000);
  const coupon = await shopper.take_coupon(small.fifty);
  const lines = [
    { variant_id: small.mug, quantity: 2 },
    { variant_id: small.plenty, quantity: 3 },
  ];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const order = await shopper.place(lines, { choice });
  assert.equal((await shopper.pay(order)).status, 201);
  const money = ({ items }) => items.map(({ discount, net, tax }) => [discount, net, tax]);
  const [mugs, plenty] = order.items;
  assert.equal(mugs.discount + plenty.discount, 1000);

  const give_back = (body) => shopper.post(`/orders/${order.number}/returns`, body, { key: randomUUID() });
  const first = await give_back({ lines: [{ variant_id: small.mug, quantity: 2 }] });
  assert.equal(first.status, 201, first.text);
  assert.equal(first.body.refund.amount, mugs.net, "the line comes back with its own discount");
  assert.deepEqual(money(first.body.order), money(order), "and the other line keeps its own");
  assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  const rest = await give_back({});
  assert.equal(rest.body.refund.amount, plenty.net + order.shipping_fee);
  assert.equal(await shopper.balance(), 100000);
  assert.equal((await shopper.coupon(coupon.id)).status, "AVAILABLE");
});

test("two ways of completing one purchase at the same time make one order and one payment (mercurjs/mercur#1400)", async () => {
  const shopper = await new_shopper(100000);
  const lines = [{ variant_id: small.plenty, quantity: 2 }];
  const shown = await shopper.quote(lines);
  // The page sends the order, and the device that was offline sends it again, with the same key.
  const sent = await Promise.all(Array.from({ length: 6 }, () => shopper.order(lines, { shown, key: "purchase" })));
  const placed = sent.filter(({ status }) => status === 201);
  assert.ok(placed.length >= 1);
  for (const answer of sent) if (answer.status !== 201) assert_problem(answer, 409, "idempotency_in_flight");
  assert.equal(new Set(placed.map(({ body }) => body.number)).size, 1);
  assert.equal((await shopper.read("/orders")).items.length, 1);

  // Two devices complete it, each with its own key.
  const order = placed[0].body;
  const answers = await Promise.all(Array.from({ length: 6 }, () => shopper.pay(order)));
  assert.deepEqual(tally(answers), { 201: 1, "409 order_not_pending": 5 });
  assert.equal(await shopper.balance(), 100000 - order.total);
  const payments = await shopper.read(`/orders/${order.number}/payments`);
  assert.deepEqual(
    payments.items.map(({ status }) => status),
    ["COMPLETED"],
  );
  const [{ events }] = shop.sql("SELECT count(*) AS events FROM outbox_events e JOIN orders o ON o.id = e.order_id" +
    ` WHERE o.number = '${order.number}' AND e.type = 'order.paid'`);
  assert.equal(events, 1);
});

test("a first-order coupon is refused while another order waits, and two orders can't both use it", async () => {
  const shopper = await new_shopper(100000);
  const coupon = await shopper.take_coupon(small.newcomer);
  const lines = [{ variant_id: small.mug, quantity: 1 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await shopper.quote(lines, choice);
  assert.equal(shown.applied.length, 1);
  const waiting = await shopper.place(lines);
  const refused = await shopper.order(lines, { choice, shown });
  assert_problem(refused, 409, "not_first_order");
  assert.equal((await shopper.cancel(waiting)).status, 200);
  const order = await shopper.place(lines, { choice, shown });
  const paid = await shopper.pay(order);
  assert.equal(paid.status, 201, "the order itself doesn't stand in its own way");
});
