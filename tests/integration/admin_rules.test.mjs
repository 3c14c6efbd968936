// Coupons, promotions and campaigns as admins make them, what they change at once, and the dashboard that counts them.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const minute = 60000;
const hour = 60 * minute;
const day = 24 * hour;

let shop;
let admin;
before(async () => {
  shop = await open_small_shop({ shoppers: 80 });
  admin = await shop.sign_in("admin@example.com");
});
after(() => shop.close());

const create = (noun, body, key = randomUUID()) => admin.post(`/admin/${noun}`, body, { key });
const change = (noun, id, body, version = "*") =>
  admin.patch(`/admin/${noun}/${id}`, body, { headers: { "If-Match": version } });

async function made(noun, body) {
  const answer = await create(noun, body);
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.headers.get("location"), `/api/v1/admin/${noun}/${answer.body.id}`);
  return answer.body;
}

const name = { ko: "천원", en: "A thousand" };
const thousand = { target: "order", type: "fixed", amount: 1000 };
const of = (units) => [{ variant_id: small.plenty, quantity: units }];

/** What the admins' log says about it, the oldest first. */
async function log_of(entity, id) {
  const log = await admin.read(`/admin/log?entity=${entity}&entity_id=${id}&limit=100`);
  return log.items.reverse();
}

test("from the coupon to its campaign, its issue, its use and what it took off", async () => {
  const key = randomUUID();
  const wanted = { name, description: { ko: "설명", en: "Text" }, rule: thousand, valid_days: 3 };
  const first = await create("coupons", wanted, key);
  assert.equal(first.status, 201, first.text);
  const coupon = first.body;
  assert.deepEqual((await create("coupons", wanted, key)).body, coupon, "a retry makes no second one");
  assert.equal(coupon.kind, "coupon");
  assert.equal(coupon.rule.id, coupon.id);
  assert.equal(coupon.rule.name, "A thousand");
  assert.equal(coupon.valid_days, 3);
  assert.equal(coupon.code, null);
  assert.deepEqual(coupon.uptake, { issued: 0, used: 0, discount: 0 });

  const now = Date.now();
  const campaign = await made("campaigns", {
    coupon_id: coupon.id,
    total_quantity: 2,
    starts_at: now - minute,
    ends_at: now + hour,
  });
  assert.equal(campaign.phase, "open");
  assert.deepEqual(campaign.name, name);
  const [shopper, second, third] = await shop.shoppers(3, { balance: 50000 });
  const shown = (await shopper.read("/campaigns")).items.find(({ id }) => id === campaign.id);
  assert.equal(shown.remaining_quantity, 2);
  const owned = await shopper.take_coupon(campaign.id);
  assert.equal(owned.expires_at, owned.issued_at + 3 * day);
  await second.take_coupon(campaign.id);
  assert_problem(await third.issue(campaign.id), 409, "campaign_exhausted");

  const order = await shopper.place(of(3), { choice: { mode: "listed", coupons: [{ id: owned.id }] } });
  assert.equal(order.total, 6000 - 1000 + 3000);
  assert.deepEqual((await admin.read(`/admin/coupons/${coupon.id}`)).uptake, { issued: 2, used: 0, discount: 0 });
  assert.equal((await shopper.pay(order)).status, 201);
  assert.deepEqual((await admin.read(`/admin/coupons/${coupon.id}`)).uptake, { issued: 2, used: 1, discount: 1000 });

  const report = await admin.read(`/admin/campaigns/${campaign.id}`);
  assert.equal(report.campaign.issued, 2);
  assert.equal(report.campaign.phase, "exhausted");
  assert.equal(report.step_ms, minute);
  assert.equal(report.steps.reduce((sum, { issued }) => sum + issued, 0), 2);
  for (const { at } of report.steps) assert.equal(at % minute, 0);

  // Refunded whole, the coupon is back and took nothing off.
  const refund = { restock: true };
  const answer = await admin.post(`/admin/orders/${order.number}/refund`, refund, { key: randomUUID() });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual((await admin.read(`/admin/coupons/${coupon.id}`)).uptake, { issued: 2, used: 0, discount: 0 });
  assert.equal((await shopper.coupon(owned.id)).status, "AVAILABLE");

  assert.deepEqual(
    (await log_of("coupon", coupon.id)).map(({ action, before }) => [action, before]),
    [["coupon.create", null]],
  );
  assert.deepEqual(
    (await log_of("campaign", campaign.id)).map(({ action }) => action),
    ["campaign.create"],
  );
});

test("a promotion changes prices at once, in the snapshot and in what was shown before", async () => {
  const shopper = await shop.shopper(5, { balance: 100000 });
  const lines = [{ variant_id: small.rush, quantity: 2 }];
  const before = await shopper.quote(lines);
  assert.equal(before.total, 2000 + 3000);
  const { cursor } = await shopper.read("/snapshot");

  const promotion = await made("promotions", {
    name: { ko: "", en: "Half the rush" },
    rule: { target: "item", type: "percent", basis_points: 5000, include: { variant_ids: [small.rush] } },
  });
  assert.deepEqual(promotion.name, { ko: "Half the rush", en: "Half the rush" });
  const delta = await shopper.read(`/snapshot?since=${cursor}`);
  assert.equal(delta.complete, false);
  assert.notEqual(delta.cursor, cursor);
  assert.ok(delta.promotions.some(({ id }) => id === promotion.id));
  const now = await shopper.quote(lines);
  assert.equal(now.total, 1000 + 3000);
  const refused = await shopper.order(lines, { shown: before });
  assert_problem(refused, 409, "quote_changed");
  assert.equal(refused.body.quote.total, 4000);

  const order = await shopper.place(lines);
  assert.equal((await shopper.pay(order)).status, 201);
  assert.deepEqual((await admin.read(`/admin/promotions/${promotion.id}`)).uptake, {
    issued: 0,
    used: 1,
    discount: 1000,
  });

  // Archived it stops at once; brought back it applies again.
  assert.equal((await admin.delete(`/admin/promotions/${promotion.id}`)).status, 204);
  assert.equal((await admin.delete(`/admin/promotions/${promotion.id}`)).status, 204);
  assert.equal((await shopper.quote(lines)).total, 5000);
  const listed = async (active) =>
    (await admin.read(`/admin/promotions?active=${active}`)).items.map(({ id }) => id).includes(promotion.id);
  assert.deepEqual([await listed(0), await listed(1)], [true, false]);
  assert.equal((await change("promotions", promotion.id, { active: true })).status, 200);
  assert.equal((await shopper.quote(lines)).total, 4000);
  assert.equal((await admin.delete(`/admin/promotions/${promotion.id}`)).status, 204);
  assert.deepEqual(
    (await log_of("promotion", promotion.id)).map(({ action }) => action),
    ["promotion.create", "promotion.archive", "promotion.restore", "promotion.archive"],
  );
  const archive = (await log_of("promotion", promotion.id))[1];
  assert.deepEqual([archive.before.active, archive.after.active], [true, false]);
});

test("a coupon's change applies to those in wallets, and an archived one stays usable and is issued no more", async () => {
  const coupon = await made("coupons", { name, rule: thousand, code: { code: " grow ", total: 5 } });
  assert.deepEqual(coupon.code, { code: "GROW", total: 5, issued: 0 });
  const shopper = await shop.shopper(6, { balance: 100000 });
  const owned = await shopper.post("/me/coupons", { code: "grow" }, { key: randomUUID() });
  assert.equal(owned.status, 201, owned.text);
  assert.equal(owned.body.expires_at, null);
  const choice = { mode: "listed", coupons: [{ id: owned.body.id }] };
  const placed = await shopper.place(of(5), { choice });
  assert.equal(placed.total, 10000 - 1000 + 3000);
  await shopper.cancel(placed);

  const read = await admin.get(`/admin/coupons/${coupon.id}`);
  const rule = { ...read.body.rule, amount: 1500 };
  assert_problem(await admin.patch(`/admin/coupons/${coupon.id}`, { rule }), 428, "precondition_required");
  const changed = await change("coupons", coupon.id, { rule, valid_days: 9 }, read.headers.get("etag"));
  assert.equal(changed.status, 200, changed.text);
  assert.notEqual(changed.headers.get("etag"), read.headers.get("etag"));
  assert_problem(await change("coupons", coupon.id, { rule }, read.headers.get("etag")), 412, "changed_meanwhile");
  assert_problem(await change("coupons", coupon.id, { rule }, '"x"'), 412, "changed_meanwhile");

  const after_change = await shopper.coupon(owned.body.id);
  assert.equal(after_change.rule.amount, 1500);
  assert.equal(after_change.expires_at, null, "valid_days is for those issued from now on");
  assert_problem(await shopper.order(of(5), { choice, shown: placed }), 422, "invalid_request");
  assert.equal((await admin.delete(`/admin/coupons/${coupon.id}`)).status, 204);
  const later = await shop.shopper(7);
  assert_problem(await later.post("/me/coupons", { code: "grow" }, { key: randomUUID() }), 409, "campaign_ended");
  const grant = { emails: [later.email] };
  assert_problem(
    await admin.post(`/admin/coupons/${coupon.id}/grants`, grant, { key: randomUUID() }),
    409,
    "campaign_ended",
  );
  const order = await shopper.place(of(5), { choice });
  assert.equal(order.total, 10000 - 1500 + 3000);
  assert.equal((await shopper.pay(order)).status, 201);
});

test("what is wrong in a rule is said with its place", async () => {
  const wrong = async (rule, pointer, noun = "coupons") =>
    assert_problem(await create(noun, { name, rule }), 422, "invalid_request", pointer);
  const written = () =>
    shop.sql("SELECT (SELECT count(*) FROM coupons) AS rules, (SELECT count(*) FROM fcfs_coupons) AS campaigns," +
      " (SELECT count(*) FROM admin_log) AS deeds, (SELECT max(position) FROM changes) AS changes")[0];
  const before = written();
  await wrong({ type: "fixed" }, "/rule/target");
  await wrong({ target: "order" }, "/rule/type");
  await wrong({ target: "order", type: "free" }, "/rule/type");
  await wrong({ target: "line", type: "buy_x_get_y", buy: 1, get: 1 }, "/rule/type");
  await wrong({ target: "item", type: "buy_x_get_y", get: 1 }, "/rule/buy");
  await wrong({ target: "order", type: "tiers" }, "/rule/tiers");
  await wrong({ ...thousand, amount: -1 }, "/rule/amount");
  await wrong({ ...thousand, amount: 1.5 }, "/rule/amount");
  await wrong({ ...thousand, basis_points: 10001 }, "/rule/basis_points");
  await wrong({ ...thousand, ammount: 1 }, "/rule/ammount");
  await wrong({ ...thousand, include: { products: [1] } }, "/rule/include/products");
  await wrong({ ...thousand, include: { product_ids: [1, 999] } }, "/rule/include/product_ids/1");
  await wrong({ ...thousand, exclude: { category_ids: [77] } }, "/rule/exclude/category_ids/0");
  await wrong({ ...thousand, exclude: { variant_ids: [77] } }, "/rule/exclude/variant_ids/0", "promotions");
  await wrong({ ...thousand, starts_at: 10, ends_at: 10 }, "/rule/ends_at");
  await wrong({ ...thousand, id: 1 }, "/rule/id");
  const tiers = [
    { from: 1000, amount: 1 },
    { from: 1000, amount: 2 },
  ];
  await wrong({ target: "order", type: "tiers", tiers }, "/rule/tiers/1/from");
  const many = Array.from({ length: 1001 }, () => 1);
  await wrong({ ...thousand, include: { product_ids: many } }, "/rule/include/product_ids");

  const all = { name, rule: thousand };
  const refused = async (noun, body, pointer) =>
    assert_problem(await create(noun, body), 422, "invalid_request", pointer);
  await refused("coupons", { rule: thousand }, "/name");
  await refused("coupons", { ...all, name: { ko: " ", en: "" } }, "/name");
  await refused("coupons", { ...all, valid_days: -1 }, "/valid_days");
  await refused("coupons", { ...all, code: { code: "two words" } }, "/code/code");
  await refused("promotions", { ...all, valid_days: 3 }, "/valid_days");
  await refused("promotions", { ...all, code: { code: "X" } }, "/code");
  assert_problem(await admin.post("/admin/coupons", all), 428, "idempotency_key_required");

  const window = { total_quantity: 1, starts_at: Date.now(), ends_at: Date.now() + day };
  await refused("campaigns", { coupon_id: 999, ...window }, "/coupon_id");
  await refused("campaigns", { coupon_id: 5, ...window }, "/coupon_id");
  await refused("campaigns", { coupon_id: 1, ...window, total_quantity: 0 }, "/total_quantity");
  await refused("campaigns", { coupon_id: 1, ...window, starts_at: window.ends_at }, "/ends_at");
  await refused("campaigns", { coupon_id: 1, ...window, starts_at: 1, ends_at: 2 }, "/ends_at");

  assert_problem(await admin.get("/admin/coupons/5"), 404, "not_found"); // a promotion
  assert_problem(await admin.get("/admin/promotions/1"), 404, "not_found");
  assert_problem(await change("coupons", 1, { rule: { ...thousand, id: 2 } }), 422, "invalid_request", "/rule/id");
  assert.deepEqual(written(), before, "something was written");
});

test("a coupon has one code, whose total grows and never falls below what was issued", async () => {
  const coupon = await made("coupons", { name, rule: thousand });
  const at = `/admin/coupons/${coupon.id}/codes`;
  const set = (body) => admin.post(at, body, { key: randomUUID() });
  assert.deepEqual((await admin.read(at)).items, []);
  assert.deepEqual((await set({ code: "spring", total: 1 })).body, { code: "SPRING", total: 1, issued: 0 });
  const redeem = async (number) =>
    (await shop.shopper(number)).post("/me/coupons", { code: "spring" }, { key: randomUUID() });
  assert.equal((await redeem(8)).status, 201);
  assert_problem(await redeem(9), 409, "coupon_code_exhausted");
  assert.equal((await set({ code: "Spring", total: 2 })).status, 201);
  assert.equal((await redeem(9)).status, 201);
  assert_problem(await set({ code: "SPRING", total: 1 }), 422, "invalid_request", "/total");
  assert_problem(await set({ code: "SUMMER" }), 409, "already_exists");
  const other = { name, rule: thousand, code: { code: "spring" } };
  assert_problem(await create("coupons", other), 409, "already_exists");
  assert.deepEqual((await admin.read(at)).items, [{ code: "SPRING", total: 2, issued: 2 }]);
  assert.equal((await admin.delete(at)).status, 204);
  assert_problem(await admin.delete(at), 404, "not_found");
  assert_problem(await redeem(10), 404, "coupon_code_unknown");
  assert.equal((await set({ code: "SUMMER" })).status, 201);
  assert.equal((await admin.read(`/admin/coupons/${coupon.id}`)).uptake.issued, 2);
  assert.deepEqual(
    (await log_of("coupon", coupon.id)).map(({ before, after }) => [before?.code ?? null, after?.code ?? null]).slice(1),
    [
      [null, "SPRING"],
      ["SPRING", "SPRING"],
      ["SPRING", null],
      [null, "SUMMER"],
    ],
  );
});

test("gifts come once, to all who are named or to nobody", async () => {
  const at = "/admin/coupons/1/grants";
  const [one, two] = [await shop.shopper(11), await shop.shopper(12)];
  const wallet = async (client) => (await client.read("/me/coupons")).items;
  const nobody = async (body, pointer) =>
    assert_problem(await admin.post(at, body, { key: randomUUID() }), 422, "invalid_request", pointer);
  await nobody({ user_ids: [1011], emails: ["nobody@example.com"] }, "/emails/0");
  await nobody({ user_ids: [1011, 424242] }, "/user_ids/1");
  await nobody({ user_ids: [1011], emails: [` ${one.email.toUpperCase()} `] }, "/emails/0");
  await nobody({}, "/user_ids");
  assert_problem(await admin.post(at, { user_ids: [1011] }), 428, "idempotency_key_required");
  assert.deepEqual(await wallet(one), []);

  const key = randomUUID();
  const body = { user_ids: [1011], emails: [two.email], note: "sorry for the wait" };
  const first = await admin.post(at, body, { key });
  assert.equal(first.status, 201, first.text);
  const again = await admin.post(at, body, { key });
  assert.deepEqual(again.body, first.body);
  for (const [client, index] of [
    [one, 0],
    [two, 1],
  ]) {
    const coupons = await wallet(client);
    assert.deepEqual(
      coupons.map(({ id, origin, status }) => ({ id, origin, status })),
      [{ id: first.body.items[index].id, origin: "grant", status: "AVAILABLE" }],
    );
  }
  const gift = (await log_of("coupon", 1)).at(-1);
  assert.equal(gift.action, "coupon.grant");
  assert.deepEqual(gift.after, { user_ids: [1011, 1012], emails: [], note: "sorry for the wait" });
  assert.equal((await admin.post(at, body, { key: randomUUID() })).status, 201); // another gift
  assert.equal((await wallet(one)).length, 2);
});

test("a campaign that grows while a crowd is at it gives out as many as there are in the end", async () => {
  const now = Date.now();
  const campaign = await made("campaigns", {
    coupon_id: 1,
    total_quantity: 5,
    starts_at: now - minute,
    ends_at: now + hour,
  });
  const crowd = await Promise.all(Array.from({ length: 60 }, (_, i) => shop.shopper(20 + i)));
  const growth = (async () => {
    for (let total = 10; total <= 40; total += 5) {
      const grown = await change("campaigns", campaign.id, { total_quantity: total });
      assert.equal(grown.status, 200, grown.text);
      const { total_quantity, remaining_quantity, issued } = grown.body;
      assert.equal(remaining_quantity, total_quantity - issued);
    }
  })();
  await Promise.all(crowd.map((client) => client.issue(campaign.id)));
  await growth;
  const late = await Promise.all(crowd.map((client) => client.issue(campaign.id)));
  const counts = tally(late);
  const { campaign: end, steps } = await admin.read(`/admin/campaigns/${campaign.id}`);
  assert.equal(end.total_quantity, 40);
  assert.equal(end.issued, 40);
  assert.equal(end.remaining_quantity, 0);
  assert.equal(steps.reduce((sum, { issued }) => sum + issued, 0), 40);
  assert.equal((counts["201"] ?? 0) + (counts["409 already_issued"] ?? 0), 40);
  assert.equal(counts["409 campaign_exhausted"], 20);
  assert_problem(
    await change("campaigns", campaign.id, { total_quantity: 39 }),
    422,
    "invalid_request",
    "/total_quantity",
  );
});

test("a campaign's window moves, and it ends when an admin says so", async () => {
  const now = Date.now();
  const window = { starts_at: now + day, ends_at: now + 2 * day };
  const campaign = await made("campaigns", { coupon_id: 1, total_quantity: 10, ...window });
  const at = `/admin/campaigns/${campaign.id}`;
  const shopper = await shop.shopper(13);
  assert_problem(await shopper.issue(campaign.id), 409, "campaign_not_started");
  const read = await admin.get(at);
  assert_problem(await admin.patch(at, { starts_at: now - day }), 428, "precondition_required");
  const opened = await change("campaigns", campaign.id, { starts_at: now - day }, read.headers.get("etag"));
  assert.equal(opened.body.phase, "open");
  const missed = { starts_at: now };
  assert_problem(
    await change("campaigns", campaign.id, missed, read.headers.get("etag")),
    412,
    "changed_meanwhile",
  );
  assert_problem(await change("campaigns", campaign.id, { ends_at: now - 2 * day }), 422, "invalid_request", "/ends_at");
  await shopper.take_coupon(campaign.id);
  assert.equal((await admin.get(at)).headers.get("etag"), opened.headers.get("etag"), "an issue is no change");
  const ended = await admin.post(`${at}/end`);
  assert.equal(ended.status, 200, ended.text);
  assert.equal(ended.body.phase, "ended");
  assert_problem(await admin.post(`${at}/end`), 409, "campaign_ended");
  assert_problem(await (await shop.shopper(14)).issue(campaign.id), 409, "campaign_ended");

  const never = await made("campaigns", { coupon_id: 1, total_quantity: 10, ...window });
  assert.equal((await admin.post(`/admin/campaigns/${never.id}/end`)).body.phase, "ended");
  assert.deepEqual(
    (await log_of("campaign", campaign.id)).map(({ action }) => action),
    ["campaign.create", "campaign.change", "campaign.end"],
  );
});

test("no more promotions than a quote takes", async () => {
  const [{ n }] = shop.sql("SELECT count(*) AS n FROM coupons WHERE kind = 'promotion' AND active = 1");
  shop.sql(`
    WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < ${200 - n})
    INSERT INTO coupons (id, kind, rule, created_at, updated_at)
    SELECT 5000 + i, 'promotion', '{"id":' || (5000 + i) || ',"target":"shipping","type":"fixed"}', 1, 1 FROM k;
    INSERT INTO coupon_texts (coupon_id, language, name) SELECT id, 'ko', 'x' FROM coupons WHERE id > 5000`);
  const body = { name, rule: thousand };
  assert_problem(await create("promotions", body), 409, "limit_reached");
  assert.equal((await admin.delete("/admin/promotions/5001")).status, 204);
  const last = await made("promotions", body);
  assert_problem(await change("promotions", 5001, { active: true }), 409, "limit_reached");
  shop.sql("UPDATE coupons SET active = 0 WHERE kind = 'promotion' AND id >= 5000");
  assert.equal((await admin.delete(`/admin/promotions/${last.id}`)).status, 204);
});

test("the dashboard adds up what was charged, sold, refunded and left open", async () => {
  const figures = await open_small_shop({ shoppers: 2 });
  try {
    const boss = await figures.sign_in("admin@example.com");
    const buyer = await figures.shopper(0, { balance: 90000 });
    const voucher = await buyer.take_coupon(small.fifty);
    const choice = { mode: "listed", coupons: [{ id: voucher.id }] };
    const first = await buyer.place([{ variant_id: small.mug, quantity: 2 }], { choice }); // 20000 - 1000 + 3000
    const second = await buyer.place([{ variant_id: small.tee_small, quantity: 2 }]); // 50000, nothing for shipping
    await buyer.place([{ variant_id: small.sticker, quantity: 1 }]); // never paid
    for (const order of [first, second]) assert.equal((await buyer.pay(order)).status, 201);
    const refund = { lines: [{ variant_id: small.tee_small, quantity: 1 }], restock: false };
    assert.equal(
      (await boss.post(`/admin/orders/${second.number}/refund`, refund, { key: randomUUID() })).status,
      201,
    );
    const parcel = { carrier: "Post", tracking_number: "1" };
    assert.equal((await boss.post(`/admin/orders/${second.number}/ship`, parcel)).status, 200);

    const stats = await boss.read("/admin/stats?days=1");
    const sales = {
      orders: 2,
      units: 4,
      paid: 72000,
      refunds: 1,
      refunded_units: 1,
      refunded: 25000,
      net: 47000,
      charged: 90000,
    };
    assert.deepEqual(stats.sales, sales);
    const sum = {};
    for (const { at, sales: part } of stats.hours) {
      assert.equal(at % hour, 0);
      for (const [key, value] of Object.entries(part)) sum[key] = (sum[key] ?? 0) + value;
    }
    assert.deepEqual(sum, sales);
    assert.equal(stats.time_zone, "Asia/Seoul");
    assert.deepEqual(stats.open_orders, { pending: 1, paid: 1, shipping: 1 });
    assert.equal(stats.balance_outstanding, await buyer.balance());
    assert.deepEqual(stats.pending_charges, { count: 0, amount: 0 });
    assert.equal(stats.receivable, 0);
    assert.deepEqual(
      stats.rules.map(({ id, kind, issued, used, discount }) => ({ id, kind, issued, used, discount })),
      [{ id: 1, kind: "coupon", issued: 1, used: 1, discount: 1000 }],
    );
    assert.deepEqual(
      stats.popular.map(({ product, units }) => [product.id, units]),
      [
        [1, 2],
        [2, 1],
      ],
    );
    // The one unit of `last`, and what is left of both tees.
    assert.deepEqual(
      stats.low_stock.map(({ label, stock }) => [label.variant_id, stock]),
      [
        [small.last, 1],
        [small.tee_small, 3],
        [small.tee_large, 5],
      ],
    );
    assert.equal(stats.low_stock_count, 3);
    assert.equal((await boss.read("/admin/stats?low_stock=1")).low_stock_count, 1);
    assert_problem(await boss.get("/admin/stats?days=91"), 422, "invalid_request", "/days");

    // Refunded whole before it was shipped: nobody waits for it any more, and the coupon took nothing off.
    assert.equal(
      (await boss.post(`/admin/orders/${first.number}/refund`, { restock: true }, { key: randomUUID() })).status,
      201,
    );
    assert.equal((await boss.post(`/admin/orders/${second.number}/deliver`)).status, 200);
    const end = await boss.read("/admin/stats?days=1");
    assert.deepEqual(end.open_orders, { pending: 1, paid: 0, shipping: 0 });
    assert.equal(end.sales.net, 25000);
    assert.equal(end.balance_outstanding, 90000 - 25000);
    assert.deepEqual(
      end.rules.map(({ id, used, discount }) => ({ id, used, discount })),
      [{ id: 1, used: 0, discount: 0 }],
    );
  } finally {
    await figures.close();
  }
});
