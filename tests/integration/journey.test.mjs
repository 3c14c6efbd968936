// The whole purchase in the demo shop, by REST as a shopper's browser does it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assert_problem, open_shop, session_in } from "./shop.mjs";

let shop;
let guest;
let shopper; // a new account, without money
before(async () => {
  shop = await open_shop();
  guest = shop.client();
  shopper = await shop.new_shopper();
});
after(() => shop.close());

const hangul = /[\u3131-\uD7A3]/u;

/** All items of a list, page by page. */
async function all_items(client, path, limit) {
  const items = [];
  let cursor;
  do {
    const separator = path.includes("?") ? "&" : "?";
    const page = await client.read(
      `${path}${separator}limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
    );
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

/** A variant with at least `units` in stock, of a product that is in the shop. */
async function some_variant(units, skip = []) {
  const { variants } = await guest.read("/snapshot");
  const found = variants.find(
    (variant) =>
      variant.active &&
      variant.stock >= units &&
      variant.unit_price > 0 &&
      !skip.includes(variant.product_id),
  );
  assert.ok(found, `the demo has something with ${units} units`);
  return found;
}

async function open_campaign() {
  const { items } = await guest.read("/campaigns");
  const open = items.find(({ phase }) => phase === "open");
  assert.ok(open, "the demo has an open campaign");
  return open;
}

test("the demo's catalogue is worth looking at", async () => {
  const products = await all_items(guest, "/products", 7);
  assert.ok(products.length >= 35, `${products.length} products`);
  assert.equal(new Set(products.map(({ id }) => id)).size, products.length, "no product is listed twice");
  for (const product of products) {
    assert.match(product.name.ko, hangul, product.handle);
    assert.ok(product.name.en, product.handle);
    assert.ok(product.image?.url, product.handle);
    assert.ok(product.price_min <= product.price_max);
  }
  const { items: categories } = await guest.read("/categories");
  assert.ok(categories.length >= 5);
  for (const { name } of categories) assert.match(name.ko, hangul);
});

test("pictures of the demo are there", async () => {
  const { items } = await guest.read("/products?limit=3");
  for (const { image } of items) {
    if (image.url.startsWith("data:")) continue;
    const answer = await fetch(new URL(image.url, shop.url));
    assert.equal(answer.status, 200, image.url);
    assert.match(answer.headers.get("content-type"), /^image\//);
    await answer.arrayBuffer();
  }
});

test("a product is found by a part of its Korean name and by its English one", async () => {
  const products = await all_items(guest, "/products", 100);
  const product = products[Math.floor(products.length / 2)];
  for (const word of [
    product.name.ko.slice(0, 2).trim(),
    product.name.ko,
    product.name.en,
    product.name.en.toUpperCase(),
  ]) {
    const found = await all_items(guest, `/products?q=${encodeURIComponent(word)}`, 100);
    assert.ok(
      found.some(({ id }) => id === product.id),
      `"${word}" finds ${product.handle}`,
    );
    assert.ok(found.length < products.length || word.length <= 2, `"${word}" finds not everything`);
  }
  assert.deepEqual((await guest.read("/products?q=zzqqxxjj")).items, []);
  const gap = `${product.name.en.slice(0, 1)}%${product.name.en.slice(-2)}`;
  assert.deepEqual((await guest.read(`/products?q=${encodeURIComponent(gap)}`)).items, [], "% spans nothing");
});

test("filters and orders of the list do what they say", async () => {
  const all = await all_items(guest, "/products", 100);
  const { items: categories } = await guest.read("/categories");
  const used = categories.find(({ id }) => all.some(({ category_ids }) => category_ids.includes(id)));
  const below = (id) => [
    id,
    ...categories.filter(({ parent_id }) => parent_id === id).flatMap((child) => below(child.id)),
  ];
  const ids = below(used.id);
  const of_category = await all_items(guest, `/products?category=${used.slug}`, 5);
  assert.deepEqual(
    of_category.map(({ id }) => id).sort((a, b) => a - b),
    all
      .filter(({ category_ids }) => category_ids.some((id) => ids.includes(id)))
      .map(({ id }) => id)
      .sort((a, b) => a - b),
  );

  const prices = all.map(({ price_min }) => price_min).sort((a, b) => a - b);
  const middle = prices[Math.floor(prices.length / 2)];
  const cheap = await all_items(guest, `/products?max_price=${middle}`, 11);
  assert.equal(cheap.length, all.filter(({ price_min }) => price_min <= middle).length);
  const in_stock = await all_items(guest, "/products?in_stock=true", 11);
  assert.equal(in_stock.length, all.filter(({ stock }) => stock > 0).length);
  for (const { stock } of in_stock) assert.ok(stock > 0);

  const rising = (await all_items(guest, "/products?sort=price_asc", 9)).map(({ price_min }) => price_min);
  assert.deepEqual(rising, prices);
  const falling = (await all_items(guest, "/products?sort=price_desc", 9)).map(({ price_min }) => price_min);
  assert.deepEqual(falling, [...prices].reverse());
  for (const sort of ["newest", "popular", "name"]) {
    const sorted = await all_items(guest, `/products?sort=${sort}`, 9);
    assert.equal(new Set(sorted.map(({ id }) => id)).size, all.length, sort);
  }
});

test("a product is shown with its options, by its id and by its handle", async () => {
  const all = await all_items(guest, "/products", 100);
  let with_options = 0;
  for (const card of all.slice(0, 12)) {
    const product = await guest.read(`/products/${card.id}`);
    assert.deepEqual(product, await guest.read(`/products/${card.handle}`));
    const active = product.variants.filter((variant) => variant.active);
    assert.equal(card.price_min, Math.min(...active.map(({ unit_price }) => unit_price)));
    assert.equal(
      card.stock,
      active.reduce((sum, { stock }) => sum + stock, 0),
    );
    assert.ok(product.description.ko.length > 20);
    for (const variant of product.variants) {
      assert.equal(variant.options.length, product.options.length);
      variant.options.forEach((value, at) => assert.ok(product.options[at].values[value], product.handle));
    }
    with_options += product.options.length > 0 ? 1 : 0;
  }
  assert.ok(with_options > 0);
  assert_problem(await guest.get("/products/no-such-thing"), 404, "not_found");
});

test("the snapshot and its changes tell the same as the whole", async () => {
  const buyer = await shop.new_shopper({ balance: 900000 });
  const first = await guest.read("/snapshot");
  assert.equal(first.complete, true);
  assert.equal(first.labels.length, first.variants.length);
  const nothing = await guest.read(`/snapshot?since=${first.cursor}`);
  assert.deepEqual([nothing.complete, nothing.variants, nothing.removed_variant_ids], [false, [], []]);
  assert.deepEqual(nothing.promotions, first.promotions);

  const variant = await some_variant(2);
  const order = await buyer.place([{ variant_id: variant.id, quantity: 2 }]);
  assert.equal((await buyer.pay(order)).status, 201);
  const delta = await guest.read(`/snapshot?since=${first.cursor}`);
  assert.equal(delta.complete, false);
  assert.deepEqual(
    delta.variants.map(({ id, stock }) => [id, stock]),
    [[variant.id, variant.stock - 2]],
  );
  const whole = await guest.read("/snapshot");
  const known = new Map(first.variants.map((each) => [each.id, each]));
  for (const changed of delta.variants) known.set(changed.id, changed);
  assert.deepEqual([...known.values()], whole.variants);
});

test("the demo's shopper and admin sign in with the passwords that were printed", async () => {
  const demo = await shop.sign_in("demo@example.com");
  const me = await demo.read("/me");
  assert.equal(me.role, "shopper");
  assert.ok(me.balance > 0);
  const admin = await shop.sign_in("admin@example.com");
  assert.equal((await admin.read("/me")).role, "admin");
  assert.notEqual(shop.accounts["demo@example.com"], shop.accounts["admin@example.com"]);
});

test("one registers, is signed in, signs out and in again", async () => {
  const email = "New.Person@Example.com";
  const registered = await guest.post("/auth/register", {
    email,
    password: "correct horse",
    name: " 새 사람 ",
    language: "ko",
  });
  assert.equal(registered.status, 201);
  assert.equal(registered.body.me.email, "new.person@example.com");
  assert.equal(registered.body.me.name, "새 사람");
  const first = shop.client(session_in(registered));
  assert.equal((await first.get("/me")).status, 200);
  assert_problem(
    await guest.post("/auth/register", {
      email: "new.person@example.com",
      password: "correct horse",
      name: "x",
    }),
    409,
    "email_taken",
  );
  assert.equal((await first.post("/auth/logout")).status, 204);
  assert_problem(await first.get("/me"), 401, "unauthenticated");
  const again = await shop.sign_in("new.person@EXAMPLE.com", "correct horse");
  assert.equal((await again.read("/me")).email, "new.person@example.com");
});

test("a guest fills the cart offline, signs in, takes a coupon, charges, orders, pays, and everything shows it", async () => {
  const variant = await some_variant(3);
  const other = await some_variant(2, [variant.product_id]);

  // The account has something in its cart from another device; the guest's cart comes on top at sign-in.
  await shopper.post("/me/cart/lines", { variant_id: variant.id, quantity: 1 });
  const merged = await shopper.post("/sync", {
    client_id: "phone",
    mutations: [
      {
        id: 1,
        name: "merge",
        args: {
          lines: [
            { variant_id: variant.id, quantity: 1 },
            { variant_id: other.id, quantity: 2 },
          ],
        },
      },
      { id: 2, name: "select", args: { variant_id: other.id, selected: false } },
    ],
  });
  assert.equal(merged.status, 200, merged.text);
  assert.equal(merged.body.last_mutation_id, 2);
  assert.deepEqual(
    merged.body.cart.lines.map(({ variant_id, quantity, selected }) => ({ variant_id, quantity, selected })),
    [
      { variant_id: variant.id, quantity: 2, selected: true },
      { variant_id: other.id, quantity: 2, selected: false },
    ],
  );

  const campaign = await open_campaign();
  const coupon = await shopper.take_coupon(campaign.id);
  const issued = await shopper.read(`/campaigns/${campaign.id}`);
  assert.equal(issued.issued_to_me, true);
  assert.equal(issued.remaining_quantity, campaign.remaining_quantity - 1);
  assert.equal(coupon.status, "AVAILABLE");
  assert.equal(coupon.origin, "campaign");

  const lines = [{ variant_id: variant.id, quantity: 2 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await shopper.quote(lines, choice);
  assert.equal(shown.orderable, true);
  const is_applied = shown.applied.some(({ source, id }) => source === "coupon" && id === coupon.id);
  const used_choice = is_applied ? choice : { mode: "none" };
  const price = is_applied ? shown : await shopper.quote(lines);

  // Without money the payment fails, and the order and its coupon wait.
  const order = await shopper.place(undefined, {
    choice: used_choice,
    shown: price,
    address: { name: "홍길동", phone: "010-0000-0000", postcode: "04524", line1: "서울 중구 세종대로 110" },
  });
  assert.equal(order.status, "PENDING");
  assert.equal(order.total, price.total);
  assert.equal(order.address.line2, "");
  assert.deepEqual(
    (await shopper.cart()).map(({ variant_id }) => variant_id),
    [other.id],
    "what was ordered left the cart",
  );
  const poor = await shopper.pay(order);
  assert_problem(poor, 409, "insufficient_balance");
  assert.equal(poor.body.missing, price.total);
  assert.equal((await shopper.read(`/orders/${order.number}`)).status, "PENDING");

  const charge = await shopper.charge(price.total + 1234);
  assert.equal(charge.status, "COMPLETED");
  const paid = await shopper.pay(order);
  assert.equal(paid.status, 201, paid.text);
  assert.equal(paid.body.payment.status, "COMPLETED");
  assert.equal(paid.body.balance, 1234);
  assert.equal(paid.body.order.status, "PAID");

  const after_it = await shopper.read(`/orders/${order.number}`);
  assert.deepEqual(after_it, paid.body.order);
  assert.ok(after_it.paid_at >= after_it.created_at);
  assert.deepEqual(
    (await shopper.read(`/orders/${order.number}/payments`)).items.map(({ id, status, reason }) => [
      id,
      status,
      reason,
    ]),
    [
      [1, "FAILED", "insufficient_balance"],
      [2, "COMPLETED", ""],
    ],
  );
  const history = (await shopper.read("/me/balance/history")).items;
  assert.deepEqual(
    history.map(({ type, amount, balance_before, balance_after }) => [
      type,
      amount,
      balance_before,
      balance_after,
    ]),
    [
      ["USE", -price.total, price.total + 1234, 1234],
      ["CHARGE", price.total + 1234, 0, price.total + 1234],
    ],
  );
  assert.equal(history[0].reference, order.number);
  assert.equal(await shopper.balance(), 1234);
  const product = await guest.read(`/products/${variant.product_id}`);
  assert.equal(product.variants.find(({ id }) => id === variant.id).stock, variant.stock - 2);
  if (is_applied) assert.equal((await shopper.coupon(coupon.id)).status, "USED");
  assert.equal((await shopper.read("/me")).paid_orders, 1);

  const list = await shopper.read("/orders");
  assert.deepEqual(
    list.items.map(({ number, status, units }) => [number, status, units]),
    [[order.number, "PAID", 2]],
  );
});

test("a sale makes a product popular at once", async () => {
  const before_it = await guest.read("/products/popular?limit=50");
  const variant = await some_variant(5);
  const buyer = await shop.new_shopper({ balance: 1000000 });
  const order = await buyer.place([{ variant_id: variant.id, quantity: 5 }]);
  assert.equal((await buyer.pay(order)).status, 201);
  const now = await guest.read("/products/popular?limit=50");
  const units = (list) => list.items.find(({ product }) => product.id === variant.product_id)?.units ?? 0;
  assert.equal(units(now), units(before_it) + 5);
  now.items.forEach(({ rank }, at) => assert.equal(rank, at + 1));
  for (let at = 1; at < now.items.length; ++at) assert.ok(now.items[at - 1].units >= now.items[at].units);
  assert.ok((await guest.read("/products/popular")).items.length <= 5);
});

test("cancelling an order gives its coupon back", async () => {
  const campaign = await open_campaign();
  const buyer = await shop.new_shopper();
  const coupon = await buyer.take_coupon(campaign.id);
  const variant = await some_variant(5);
  const lines = [{ variant_id: variant.id, quantity: 5 }];
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const shown = await buyer.quote(lines, choice);
  assert.ok(
    shown.applied.some(({ source }) => source === "coupon"),
    JSON.stringify(shown.rejected),
  );
  const order = await buyer.place(lines, { choice, shown });
  assert.equal((await buyer.coupon(coupon.id)).status, "USED");
  const cancelled = await buyer.cancel(order);
  assert.equal(cancelled.status, 200, cancelled.text);
  assert.equal(cancelled.body.status, "CANCELLED");
  assert.equal((await buyer.coupon(coupon.id)).status, "AVAILABLE");
  assert_problem(await buyer.pay(order), 409, "order_not_pending");
  const again = await buyer.place(lines, { choice });
  assert.equal(again.coupons.length, 1);
});

test("a coming campaign is shown and issues nothing yet", async () => {
  const { items } = await guest.read("/campaigns");
  const coming = items.find(({ phase }) => phase === "coming");
  assert.ok(coming, "the demo has a coming campaign");
  assert.ok(coming.starts_at > coming.now);
  assert_problem(await shopper.issue(coming.id), 409, "campaign_not_started");
});

test("a price that changed since it was shown is told with the fresh quote, and nothing is written", async () => {
  const variant = await some_variant(1);
  const lines = [{ variant_id: variant.id, quantity: 1 }];
  const shown = await shopper.quote(lines);
  const orders = (await shopper.read("/orders?limit=100")).items.length;
  for (const wrong of [
    { total: shown.total + 1, fingerprint: shown.fingerprint },
    { total: shown.total, fingerprint: "0000000000000000" },
  ]) {
    const answer = await shopper.order(lines, { shown: wrong });
    assert_problem(answer, 409, "quote_changed");
    assert.equal(answer.body.quote.total, shown.total);
    assert.equal(answer.body.quote.fingerprint, shown.fingerprint);
  }
  assert.equal((await shopper.read("/orders?limit=100")).items.length, orders);
});
