// POST /quotes: the same prices for clients without the module, and no way to burn the server with them.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { make_generator } from "../pricing/generate.mjs";
import {
  fifty, free_shipping, hidden, mug, newcomer, plenty, sticker, tee_small, tee_tenth,
} from "./small_shop.mjs";
import { assert_problem, open_small_shop, run, tally } from "./shop.mjs";

let shop;
before(async () => (shop = await open_small_shop({ shoppers: 4 })));
after(() => shop.close());

const line = (variant_id, quantity, more = {}) => ({ variant_id, quantity, ...more });

test("a whole request is answered as `cartwright quote` answers it, byte for byte, and refused as it refuses", async () => {
  const generator = make_generator(7);
  const shopper = await shop.shopper(0); // a guest's `best` is smaller
  const kinds = ["small", "picks", "uncounted", "adversarial", "spelling", "invalid"];
  const texts = Array.from({ length: 300 }, (_, i) =>
    generator.next_request({ kind: kinds[i % kinds.length] }).replaceAll("\n", " "),
  ).filter((text) => /"(variants|shop)"/.test(text));
  const done = run(["quote"], { input: texts.map((text) => text + "\n").join("") });
  const expected = done.stdout.trimEnd().split("\n");
  const seen = { quotes: 0, refusals: 0 };
  for (const [i, text] of texts.entries()) {
    const answer = await shopper.post("/quotes", text);
    const { error } = JSON.parse(expected[i]);
    if (!error) {
      seen.quotes++;
      assert.equal(answer.status, 200, `${text}\n${answer.text}`);
      assert.equal(answer.text, expected[i]);
    } else if (answer.status !== 400) { // no JSON has a status of its own
      seen.refusals++;
      const pointer = error.path
        ?.slice(1)
        .replaceAll("~", "~0")
        .replaceAll("/", "~1")
        .replaceAll(/\[(\d+)\]/g, ".$1")
        .replaceAll(".", "/");
      assert_problem(answer, 422, error.code, pointer);
    }
  }
  assert.ok(seen.quotes > 100 && seen.refusals > 10, JSON.stringify(seen));
});

test("a guest's cart of ids is priced from the shop's own data", async () => {
  const guest = shop.client();
  const { status, body, headers } = await guest.post("/quotes", {
    lines: [line(mug, 10), line(tee_small, 9), line(hidden, 1, { selected: false }), line(999, 1)],
    choice: { mode: "listed", coupons: [{ id: 1 }] },
  });
  assert.equal(status, 200);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual(body.lines.map(({ gross, discount }) => [gross, discount]), [[100000, 5000], [225000, 0], [0, 0], [0, 0]]);
  assert.deepEqual(body.lines[1].problems, [{ code: "insufficient_stock", available: 5 }]);
  assert.deepEqual(body.lines[3].problems, [{ code: "unknown_variant" }]);
  assert.deepEqual(body.rejected, [{ id: 1, code: "unknown_coupon" }]);
  assert.equal(body.shipping_fee, 0);
  assert.equal(body.orderable, false);
  const best = await guest.post("/quotes", { lines: [line(mug, 1)], choice: { mode: "best" } });
  assert.deepEqual([best.body.total, best.body.optimal, best.body.applied], [13000, true, []]);
});

test("a shopper's cart is priced with the wallet, as a page prices it, and the price can be ordered", async () => {
  const shopper = await shop.shopper(1, { balance: 500000 });
  const coupons = {};
  for (const campaign of [fifty, free_shipping, tee_tenth, newcomer]) {
    coupons[campaign] = (await shopper.take_coupon(campaign)).id;
  }
  const lines = [line(mug, 1), line(tee_small, 1)];
  for (const choice of [
    { mode: "none" },
    { mode: "listed", coupons: [{ id: coupons[fifty] }, { id: coupons[newcomer] }] },
    { mode: "best" },
  ]) {
    const asked = await shopper.post("/quotes", { lines, choice });
    assert.equal(asked.status, 200, asked.text);
    const { rejected, ...shown } = await shopper.quote(lines, choice);
    assert.deepEqual(asked.body, { ...shown, rejected: rejected.sort((a, b) => a.id - b.id) }, choice.mode);
  }
  const best = await shopper.post("/quotes", { lines, choice: { mode: "best" } });
  assert.equal(best.body.total, 10000 + 25000 - 2500 - 2000);
  const order = await shopper.order(lines, { choice: { mode: "best" }, shown: best.body });
  assert.equal(order.status, 201, order.text);
  // What is used now says so when it is picked, and is out of sight otherwise.
  const again = await shopper.post("/quotes", { lines, choice: { mode: "listed", coupons: [{ id: coupons[newcomer] }] } });
  assert.deepEqual(again.body.rejected.find(({ id }) => id === coupons[newcomer]), { id: coupons[newcomer], code: "used" });
  const none = await shopper.post("/quotes", { lines });
  assert.ok(!none.body.rejected.some(({ id }) => id === coupons[newcomer]));
});

test("asking for a price writes nothing", async () => {
  const shopper = await shop.shopper(2);
  await shop.writes_nothing(async () => {
    assert.equal((await shopper.post("/quotes", { lines: [line(mug, 1)] })).status, 200);
    assert.equal((await shop.client().post("/quotes", { lines: [line(mug, 1)] })).status, 200);
  });
});

test("what is wrong with a cart of ids is named with its place", async () => {
  const guest = shop.client();
  for (const [body, pointer] of [
    [{ lines: [line(mug, 0)] }, "/lines/0/quantity"],
    [{ lines: [line(mug, 1), line(tee_small, 1000001)] }, "/lines/1/quantity"],
    [{ lines: [line(mug, 1), line(mug, 1)] }, "/lines/1/variant_id"],
    [{ lines: [{ quantity: 1 }] }, "/lines/0/variant_id"],
    [{ lines: [line(mug, 1)], now: 5 }, "/now"],
    [{ lines: [line(mug, 1)], choice: { mode: "cheapest" } }, "/choice/mode"],
    [{ lines: [line(mug, 1)], choice: { mode: "listed", coupons: [{ id: 0 }] } }, "/choice/coupons/0/id"],
    [{ lines: Array.from({ length: 501 }, (_, i) => line(i + 1, 1)) }, "/lines"],
    [{}, "/lines"],
    [[], ""],
  ]) {
    assert_problem(await guest.post("/quotes", body), 422, "invalid_request", pointer);
  }
  assert_problem(await guest.post("/quotes", "{"), 400, "malformed_json");
  assert_problem(await guest.post("/quotes", "{}", { headers: { "Content-Type": "text/plain" } }), 415, "unsupported_media_type");
  const overflow = { lines: [line(plenty, 1)], now: 0, shop: { currency: "KRW" },
    variants: [{ id: plenty, product_id: 1, unit_price: Number.MAX_SAFE_INTEGER, stock: 9 }] };
  overflow.lines[0].quantity = 2;
  assert_problem(await guest.post("/quotes", overflow), 422, "amount_overflow");
});

function best_request(lines, coupons) {
  return {
    now: 1, shop: { currency: "KRW", shipping: { fee: 3000, free_from: 50000 } },
    variants: Array.from({ length: lines }, (_, i) => ({ id: i + 1, product_id: i + 1, unit_price: 1000 + 137 * i, stock: 9 })),
    lines: Array.from({ length: lines }, (_, i) => line(i + 1, 1 + (i % 3))),
    coupons: Array.from({ length: coupons }, (_, i) => ({
      id: i + 1,
      rule: { id: i + 1, target: "line", type: i % 2 ? "percent" : "fixed", amount: 501 + 97 * i, basis_points: 1000 + 111 * i },
    })),
    choice: { mode: "best" },
  };
}

test("a guest's `best` has at most 20 lines and 12 coupons; a shopper's has the contract's limits", async () => {
  const guest = shop.client();
  assert.equal((await guest.post("/quotes", best_request(20, 12))).status, 200);
  assert_problem(await guest.post("/quotes", best_request(21, 1)), 422, "invalid_request", "/lines");
  assert_problem(await guest.post("/quotes", best_request(2, 13)), 422, "invalid_request", "/coupons");
  const many = Array.from({ length: 21 }, (_, i) => line(1000 + i, 1));
  assert_problem(await guest.post("/quotes", { lines: many, choice: { mode: "best" } }), 422, "invalid_request", "/lines");
  assert.equal((await guest.post("/quotes", { lines: many })).status, 200, "only `best` is bounded");
  const shopper = await shop.shopper(3);
  assert.equal((await shopper.post("/quotes", best_request(21, 13))).status, 200);
});

test("bodies up to 4 MiB are taken", async () => {
  const guest = shop.client();
  const request = { ...best_request(1, 0), choice: { mode: "none" } };
  const text = JSON.stringify(request);
  const of_bytes = (bytes) => text + " ".repeat(bytes - text.length);
  assert.equal((await guest.post("/quotes", of_bytes(4 << 20))).status, 200);
  assert_problem(await guest.post("/quotes", of_bytes((4 << 20) + 1)), 413, "payload_too_large");
});

test("a crowd that asks for hard searches gets answers or is asked to come again, and the shop stays open", async () => {
  const shopper = await shop.shopper(3);
  const hard = best_request(60, 40); // runs until the bound of steps
  const crowd = Array.from({ length: 40 }, () => shopper.post("/quotes", hard));
  const meanwhile = await Promise.all(Array.from({ length: 20 }, () => shop.client().get("/shop")));
  const answers = await Promise.all(crowd);
  const counts = tally(answers);
  assert.deepEqual(tally(meanwhile), { 200: 20 });
  assert.ok(counts["200"] >= 1, JSON.stringify(counts));
  assert.ok(counts["503 overloaded"] >= 1, JSON.stringify(counts));
  assert.equal(counts["200"] + counts["503 overloaded"], 40, JSON.stringify(counts));
  for (const answer of answers) {
    if (answer.status === 503) assert.ok(Number(answer.headers.get("retry-after")) >= 1);
  }
  assert.equal(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size, 1);
  assert.equal((await shopper.post("/quotes", { lines: [line(sticker, 1)], choice: { mode: "best" } })).status, 200);
});
