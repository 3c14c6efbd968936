// The catalogue in an admin's hands, over REST: products from the first form to the last sale, prices, stock, categories.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let admin;
let shopper;
let guest;

before(async () => {
  shop = await open_small_shop({ shoppers: 12 });
  admin = await shop.sign_in("admin@example.com");
  shopper = await shop.shopper(0, { balance: 900000 });
  guest = shop.client();
});
after(() => shop.close());

const create = (path, body) => admin.post(path, body, { key: randomUUID() });

/** What has to be made. */
async function made(path, body) {
  const answer = await create(path, body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

async function patch(path, body, match = "*") {
  return admin.patch(path, body, { headers: { "If-Match": match } });
}

const cap = (more = {}) => ({
  handle: "cap",
  name: { ko: "모자", en: "Cap" },
  description: { ko: "", en: '<p onclick="x()">Warm<script>alert(1)</script></p>' },
  vendor: "Loom",
  tags: ["wool", "hats"],
  category_ids: [1],
  max_quantity: 9,
  options: [{ name: { ko: "색상", en: "Colour" }, values: [{ ko: "빨강", en: "Red" }, { ko: "파랑", en: "Blue" }] }],
  variants: [
    { options: [0], sku: "CAP-R", unit_price: 12000, compare_at: 15000, stock: 7 },
    { options: [1], sku: "CAP-B", unit_price: 11000 },
  ],
  ...more,
});

/** A product of one variant under a handle of its own: {id, version, variant}. */
async function simple(more = {}, variant = {}) {
  const handle = `p-${randomUUID().slice(0, 8)}`;
  const product = await made("/admin/products", {
    handle,
    name: { en: handle },
    variants: [{ unit_price: 5000, stock: 10, ...variant }],
    ...more,
  });
  return { ...product, handle, variant: product.variants[0].id };
}

const log_of = async (entity, id) => (await admin.read(`/admin/log?entity=${entity}&entity_id=${id}`)).items;

// ---- products ----------------------------------------------------------------------------------------------------------

test("a product that is made is in the list, the search, the snapshot's changes and in a quote", async () => {
  await guest.read("/products"); // what is kept must fall
  const { cursor } = await guest.read("/snapshot");
  const answer = await create("/admin/products", cap());
  assert.equal(answer.status, 201, answer.text);
  const product = answer.body;
  assert.equal(answer.headers.get("location"), `/api/v1/admin/products/${product.id}`);

  assert.ok((await guest.read("/products")).items.some((item) => item.id === product.id));
  for (const q of ["모자", "cap", "wool", "loom"]) {
    const found = (await guest.read(`/products?q=${encodeURIComponent(q)}`)).items;
    assert.ok(found.some((item) => item.id === product.id), q);
  }
  const [red, blue] = product.variants;
  const changes = await guest.read(`/snapshot?since=${cursor}`);
  assert.equal(changes.complete, false);
  assert.deepEqual(
    changes.variants.map((variant) => [variant.id, variant.unit_price, variant.stock, variant.category_ids]),
    [
      [red.id, 12000, 7, [1]],
      [blue.id, 11000, 0, [1]],
    ],
  );
  assert.equal(changes.labels[0].options.ko, "빨강");
  const quote = await shopper.quote([{ variant_id: red.id, quantity: 2 }]);
  assert.equal(quote.subtotal, 24000);

  const shown = await guest.read("/products/cap");
  assert.equal(shown.description.en, "<p>Warm</p>", "no script gets through");
  assert.equal(shown.variants[0].compare_at, 15000);
  const [entry] = await log_of("product", product.id);
  assert.equal(entry.action, "product.create");
  assert.equal(entry.before, null);
  assert.equal(entry.after.product.handle, "cap");
});

test("a handle and a SKU are there once, and the answer points at the second one", async () => {
  await simple({ handle: "twin" }, { sku: "TWIN" });
  assert_problem(await create("/admin/products", cap({ handle: "twin" })), 409, "already_exists", "/handle");
  const sku = (variants) => cap({ handle: "other-twin", variants });
  assert_problem(
    await create("/admin/products", sku([{ options: [0], sku: "TWIN", unit_price: 1 }])),
    409,
    "already_exists",
    "/variants/0/sku",
  );
  const twice = [0, 1].map((value) => ({ options: [value], sku: "SAME", unit_price: 1 }));
  assert_problem(await create("/admin/products", sku(twice)), 409, "already_exists", "/variants/1/sku");
  const { variant } = await simple();
  assert_problem(await patch(`/admin/variants/${variant}`, { sku: "TWIN" }), 409, "already_exists", "/sku");
});

test("what is no product is refused where it is wrong, and nothing of it is there", async () => {
  const wrong = [
    [{ name: { ko: " ", en: "" } }, "/name"],
    [{ name: { en: "x".repeat(256) } }, "/name/en"],
    [{ name: { en: "a\nb" } }, "/name/en"],
    [{ handle: "a/b" }, "/handle"],
    [{ handle: ".." }, "/handle"],
    [{ tax_class: "" }, "/tax_class"],
    [{ tax_class: "x".repeat(41) }, "/tax_class"],
    [{ tags: ["a", "a"] }, "/tags/1"],
    [{ category_ids: [1, 999] }, "/category_ids/1"],
    [{ max_quantity: -1 }, "/max_quantity"],
    [{ images: [{ url: "javascript:alert(1)" }] }, "/images/0/url"],
    [{ images: [{ url: "data:text/html,x" }] }, "/images/0/url"],
    [{ images: [{ url: "/media/none.png" }] }, "/images/0/url"],
    [{ options: [{ name: { en: "A" }, values: [] }] }, "/options/0/values"],
    [{ variants: [] }, "/variants"],
    [{ variants: undefined }, "/variants"],
    [{ variants: [{ options: [2], unit_price: 1 }] }, "/variants/0/options/0"],
    [{ variants: [{ unit_price: 1 }] }, "/variants/0/options"],
    [{ variants: [{ options: [0], unit_price: -1 }] }, "/variants/0/unit_price"],
    [{ variants: [{ options: [0], unit_price: 1, sku: "x".repeat(256) }] }, "/variants/0/sku"],
    [{ variants: [{ options: [0], unit_price: 1, stock: -1 }] }, "/variants/0/stock"],
    [{ variants: [0, 0].map((value) => ({ options: [value], unit_price: 1 })) }, "/variants/1/options"],
    [{ surprise: 1 }, "/surprise"],
  ];
  const before = shop.sql("SELECT count(*) AS n FROM products")[0].n;
  for (const [more, pointer] of wrong) {
    const answer = await create("/admin/products", cap({ handle: "wrong", ...more }));
    assert_problem(answer, 422, "invalid_request", pointer);
  }
  assert_problem(await admin.post("/admin/products", cap()), 428, "idempotency_key_required");
  assert.equal(shop.sql("SELECT count(*) AS n FROM products")[0].n, before);
});

test("a PATCH changes what it names, keeps the rest, and says in the log what was", async () => {
  const { id } = await simple({ name: { ko: "이름", en: "Name" }, tags: ["a"], vendor: "Loom" });
  const first = await admin.get(`/admin/products/${id}`);
  assert.equal(first.headers.get("etag"), '"1"');
  const changed = await patch(`/admin/products/${id}`, { name: { en: "New name" }, vendor: null }, '"1"');
  assert.equal(changed.status, 200, changed.text);
  assert.equal(changed.headers.get("etag"), '"2"');
  assert.deepEqual(changed.body.product.name, { ko: "이름", en: "New name" });
  assert.equal(changed.body.product.vendor, "");
  assert.deepEqual(changed.body.product.tags, ["a"]);
  assert.equal((await guest.read(`/products/${id}`)).name.en, "New name");
  assert.equal((await guest.read("/products?q=new%20name")).items[0].id, id);
  const [entry] = await log_of("product", id);
  assert.equal(entry.action, "product.change");
  assert.deepEqual(entry.before, { name: { ko: "이름", en: "Name" }, vendor: "Loom" });
  assert.deepEqual(entry.after, { name: { ko: "이름", en: "New name" }, vendor: "" });

  assert_problem(await patch(`/admin/products/${id}`, { vendor: "X" }, '"1"'), 412, "changed_meanwhile");
  assert_problem(await patch(`/admin/products/${id}`, { vendor: "X" }, "nonsense"), 412, "changed_meanwhile");
  assert_problem(await admin.patch(`/admin/products/${id}`, { vendor: "X" }), 428, "precondition_required");
  assert_problem(await patch(`/admin/products/${id}`, { surprise: null }), 422, "invalid_request", "/surprise");
  assert_problem(await patch(`/admin/products/${id}`, { name: null }), 422, "invalid_request", "/name");
  assert_problem(await patch(`/admin/products/${id}`, '{"vendor":"a","vendor":"b"}'), 422, "invalid_request", "/vendor");
  assert_problem(await patch(`/admin/products/${id}`, { variants: [] }), 422, "invalid_request", "/variants");
  assert_problem(await patch("/admin/products/999999", {}), 404, "not_found");
  const same = await patch(`/admin/products/${id}`, { tags: ["a"] }, '"2"');
  assert.equal(same.headers.get("etag"), '"2"', "what changes nothing is no change");
});

test("options get values and other words, and lose none: variants are told by them", async () => {
  const product = await made("/admin/products", cap({ handle: "options", variants: [{ options: [1], unit_price: 1 }] }));
  const { options } = product.product;
  const path = `/admin/products/${product.id}`;
  assert_problem(await patch(path, { options: [] }), 409, "still_in_use", "/options");
  const fewer = [{ ...options[0], values: options[0].values.slice(1) }];
  assert_problem(await patch(path, { options: fewer }), 409, "still_in_use", "/options/0/values");
  const more = [{ ...options[0], values: [...options[0].values, { ko: "초록", en: "Green" }] }];
  assert.equal((await patch(path, { options: more })).status, 200);
  const green = await made(`${path}/variants`, { options: [2], unit_price: 900, stock: 3 });
  assert.equal(green.stock, 3);
  assert_problem(
    await create(`${path}/variants`, { options: [2], unit_price: 900 }),
    409,
    "already_exists",
    "/options",
  );
  const label = (await guest.read("/snapshot")).labels.find(({ variant_id }) => variant_id === green.id);
  assert.equal(label.options.ko, "초록");
});

test("an archived product is out of sale everywhere, in the admins' list still, and can come back", async () => {
  const { id, variant, handle } = await simple();
  await shopper.post("/me/cart/lines", { variant_id: variant, quantity: 1 });
  assert.equal((await admin.delete(`/admin/products/${id}`)).status, 204);
  assert.equal((await admin.delete(`/admin/products/${id}`)).status, 204);
  assert_problem(await guest.get(`/products/${handle}`), 404, "not_found");
  assert.equal((await shopper.cart()).length, 1, "the cart shows what became of it");
  assert_problem(await shopper.order([{ variant_id: variant, quantity: 1 }]), 409, "not_orderable");
  await shopper.delete(`/me/cart/lines/${variant}`);
  const listed = async (status) =>
    (await admin.read(`/admin/products?status=${status}&q=${handle}`)).items.map((item) => item.id);
  assert.deepEqual(await listed("archived"), [id]);
  assert.deepEqual(await listed("active"), []);
  assert.equal((await patch(`/admin/products/${id}`, { active: true })).status, 200);
  assert.equal((await guest.get(`/products/${handle}`)).status, 200);
  assert.deepEqual(
    (await log_of("product", id)).map((entry) => entry.action),
    ["product.change", "product.archive", "product.create"],
  );
});

test("the admins' list finds by words, handle and SKU, page by page", async () => {
  const { id, handle } = await simple({}, { sku: "FIND-ME" });
  for (const q of ["FIND-ME", handle]) {
    assert.deepEqual((await admin.read(`/admin/products?q=${q}`)).items.map((item) => item.id), [id]);
  }
  const all = [];
  for (let cursor = ""; cursor !== null; ) {
    const page = await admin.read(`/admin/products?limit=3${cursor && `&cursor=${cursor}`}`);
    all.push(...page.items.map((item) => item.id));
    cursor = page.next_cursor;
  }
  assert.deepEqual(all, shop.sql("SELECT id FROM products ORDER BY id DESC").map((row) => row.id));
  assert_problem(await admin.get("/admin/products?status=sold"), 422, "invalid_request", "/status");
});

// ---- prices and stock ----------------------------------------------------------------------------------------------------

test("a new price is told to an open checkout, and an order keeps the one it was made with", async () => {
  const { variant } = await simple();
  const lines = [{ variant_id: variant, quantity: 1 }];
  const shown = await shopper.quote(lines);
  const order = await shopper.place(lines, { shown });
  const { headers } = await admin.get(`/admin/variants/${variant}`);
  const changed = await patch(`/admin/variants/${variant}`, { unit_price: 6000 }, headers.get("etag"));
  assert.equal(changed.status, 200, changed.text);
  const refused = await shopper.order(lines, { shown });
  assert_problem(refused, 409, "quote_changed");
  assert.equal(refused.body.quote.subtotal, 6000);
  const paid = await shopper.pay(order);
  assert.equal(paid.status, 201, paid.text);
  assert.equal(paid.body.payment.amount, shown.total);
  assert_problem(await patch(`/admin/variants/${variant}`, { unit_price: 1 }, headers.get("etag")), 412, "changed_meanwhile");
  const [entry] = await log_of("variant", variant);
  assert.deepEqual([entry.before, entry.after], [{ unit_price: 5000 }, { unit_price: 6000 }]);
  assert.equal((await guest.read(`/products?q=&sort=price_asc&limit=100`)).items.some((item) => item.price_min === 6000), true);
  assert_problem(await patch(`/admin/variants/${variant}`, { stock: 5 }), 422, "invalid_request", "/stock");
  assert_problem(await patch(`/admin/variants/${variant}`, { options: [0] }), 422, "invalid_request", "/options");
});

test("stock comes and goes by movements, never below nothing, and is known at once", async () => {
  const { id, variant } = await simple();
  const path = `/admin/variants/${variant}/movements`;
  const { cursor } = await guest.read("/snapshot");
  assert.equal((await guest.read(`/products/${id}`)).variants[0].stock, 10);
  const key = randomUUID();
  const received = { delta: 5, reason: "RECEIVED", reference: "delivery 7" };
  const first = await admin.post(path, received, { key });
  assert.equal(first.status, 201, first.text);
  assert.equal(first.body.stock, 15);
  const again = await admin.post(path, received, { key });
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.equal(again.text, first.text);
  assert.equal((await guest.read(`/products/${id}`)).variants[0].stock, 15);
  assert.equal((await guest.read(`/snapshot?since=${cursor}`)).variants[0].stock, 15);

  const short = await create(path, { delta: -16, reason: "ADJUSTED" });
  assert_problem(short, 409, "insufficient_stock");
  assert.deepEqual([short.body.available, short.body.missing], [15, 1]);
  assert_problem(await create(path, { delta: 0, reason: "ADJUSTED" }), 422, "invalid_request", "/delta");
  assert_problem(await create(path, { delta: -1, reason: "RECEIVED" }), 422, "invalid_request", "/delta");
  assert_problem(await create(path, { delta: 1, reason: "SOLD" }), 422, "invalid_request", "/reason");
  assert_problem(await create(path, { delta: 1e9, reason: "RECEIVED" }), 422, "invalid_request", "/delta");
  assert_problem(await admin.post(path, received), 428, "idempotency_key_required");
  assert_problem(await create("/admin/variants/999999/movements", received), 404, "not_found");
  assert.equal((await create(path, { delta: -15, reason: "ADJUSTED", reference: "flood" })).body.stock, 0);

  const page = await admin.read(`${path}?limit=2`);
  assert.deepEqual(
    page.items.map(({ delta, reason, reference }) => [delta, reason, reference]),
    [
      [-15, "ADJUSTED", "flood"],
      [5, "RECEIVED", "delivery 7"],
    ],
  );
  const rest = await admin.read(`${path}?limit=2&cursor=${page.next_cursor}`);
  assert.deepEqual(rest.items.map(({ delta }) => delta), [10]);
  assert.equal(rest.next_cursor, null);
});

test("movements and payments of the same stock at the same time lose no unit", async () => {
  const shoppers = await shop.shoppers(12, { balance: 100000 });
  const line = [{ variant_id: small.rush, quantity: 2 }];
  const orders = await Promise.all(shoppers.map((each) => each.place(line)));
  const take = () => create(`/admin/variants/${small.rush}/movements`, { delta: -6, reason: "ADJUSTED" });
  const answers = await Promise.all([
    ...shoppers.map((each, index) => each.pay(orders[index])),
    ...Array.from({ length: 8 }, take),
  ]);
  const paid = answers.slice(0, 12).filter(({ status }) => status === 201).length;
  const taken = answers.slice(12).filter(({ status }) => status === 201).length;
  const kinds = Object.keys(tally(answers)).sort();
  assert.ok(kinds.every((kind) => kind === "201" || kind === "409 insufficient_stock"), kinds.join());
  const { stock } = await admin.read(`/admin/variants/${small.rush}`);
  assert.equal(stock, 50 - 2 * paid - 6 * taken);
  assert.ok(stock >= 0 && stock < 6, "who was refused was refused for want of units");
});

// ---- categories -------------------------------------------------------------------------------------------------------------

test("categories make a tree, and none is taken away that is in use", async () => {
  const hats = await made("/admin/categories", { name: { ko: "모자", en: "Hats" }, parent_id: 1 });
  assert.equal(hats.slug, "hats");
  assert_problem(await create("/admin/categories", { name: { en: "Hats" } }), 409, "already_exists", "/slug");
  assert_problem(
    await create("/admin/categories", { name: { en: "X" }, parent_id: 999 }),
    422,
    "invalid_request",
    "/parent_id",
  );
  const { id, variant } = await simple({ category_ids: [hats.id] });
  const of_variant = async () =>
    (await guest.read("/snapshot")).variants.find((each) => each.id === variant).category_ids;
  assert.deepEqual(await of_variant(), [1, hats.id], "what lies in a category lies in those above it");

  const path = `/admin/categories/${hats.id}`;
  for (const parent_id of [hats.id, (await made("/admin/categories", { name: { en: "Caps" }, parent_id: hats.id })).id]) {
    assert_problem(await patch(path, { parent_id }), 422, "invalid_request", "/parent_id");
  }
  const top = await patch(path, { parent_id: null }, '"1"');
  assert.equal(top.status, 200, top.text);
  assert.equal(top.body.parent_id, null);
  assert.deepEqual(await of_variant(), [hats.id]);
  assert_problem(await patch(path, { slug: "x" }, '"1"'), 412, "changed_meanwhile");

  assert_problem(await admin.delete(path), 409, "still_in_use");
  await patch(`/admin/products/${id}`, { category_ids: [] });
  assert_problem(await admin.delete(path), 409, "still_in_use"); // Caps lies in it
  const caps = (await admin.read("/admin/categories")).items.find(({ slug }) => slug === "caps");
  assert.equal((await admin.delete(`/admin/categories/${caps.id}`)).status, 204);
  shop.sql(`UPDATE coupons SET rule = json_set(rule, '$.exclude', json('{"category_ids":[${hats.id}]}')) WHERE id = 1`);
  assert_problem(await admin.delete(path), 409, "still_in_use");
  shop.sql("UPDATE coupons SET rule = json_remove(rule, '$.exclude') WHERE id = 1");
  assert.equal((await admin.delete(path)).status, 204);
  assert_problem(await admin.get(path), 404, "not_found");
  assert.ok(!(await guest.read("/categories")).items.some(({ slug }) => slug === "hats"));

  let parent_id = null;
  for (let level = 1; level <= 10; ++level) {
    ({ id: parent_id } = await made("/admin/categories", { name: { en: `Level ${level}` }, parent_id }));
  }
  assert_problem(
    await create("/admin/categories", { name: { en: "Level 11" }, parent_id }),
    409,
    "limit_reached",
    "/parent_id",
  );
});
