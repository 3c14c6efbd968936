// 64 clients at once issue, charge, order, pay, cancel, return and read. For each resource by itself - a stock, a balance,
// an order, a campaign - there must be an order of what happened to it that explains every answer.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { linearize } from "./linearizable.mjs";
import { open_small_shop } from "./shop.mjs";
import { fifty, last, mug, rush, tee_large, tee_small } from "./small_shop.mjs";

const shoppers = 32; // two devices each
const deeds_each = 40;
const at_first = { [mug]: 100, [tee_small]: 5, [tee_large]: 5, [rush]: 50, [last]: 1 };
const product_of = { [mug]: 1, [tee_small]: 2, [tee_large]: 2, [rush]: 5, [last]: 6 };

describe("linearize", () => {
  const register = (state, { write, read }) => (write !== undefined ? write : read === state ? state : undefined);

  it("finds the order that explains what was read", () => {
    const history = [
      { called: 0, returned: 9, write: 1 },
      { called: 1, returned: 3, read: 0 },
      { called: 4, returned: 5, read: 1 },
    ];
    assert.deepEqual(linearize(history, 0, register), [history[1], history[0], history[2]]);
  });

  it("says when there is none: a value that was there is gone again", () => {
    const history = [
      { called: 0, returned: 9, write: 1 },
      { called: 1, returned: 3, read: 1 },
      { called: 4, returned: 5, read: 0 },
    ];
    assert.equal(linearize(history, 0, register), undefined);
  });
});

// What each kind of deed does to a stock, a balance, an order: the state after it, or undefined where the answer is a lie.
const stock_step = (stock, { kind, answer, quantity, variant_id }) => {
  const { status, body } = answer;
  if (kind === "look") {
    const shown = body.variants.find(({ id }) => id === variant_id).stock;
    return shown === stock ? stock : undefined;
  }
  if (body.code === "insufficient_stock") {
    if (body.available !== undefined && body.available !== stock) return undefined;
    return stock < quantity ? stock : undefined;
  }
  if (status >= 300) return stock;
  if (kind === "order") return stock >= quantity ? stock : undefined;
  if (kind === "pay") return stock >= quantity ? stock - quantity : undefined;
  return stock + quantity;
};

const balance_step = (balance, { kind, answer, amount }) => {
  const { status, body } = answer;
  if (kind === "balance") return body.balance === balance ? balance : undefined;
  if (body.code === "insufficient_balance") return amount - balance === body.missing ? balance : undefined;
  if (status >= 300) return balance;
  if (kind === "charge") return balance + amount;
  if (kind === "pay") return balance >= amount ? balance - amount : undefined;
  return balance + body.refund.amount;
};

const order_step = (state, { kind, answer }) => {
  const { status, body } = answer;
  const pending = state === "PENDING";
  if (kind === "show") return body.status === state ? state : undefined;
  if (kind === "pay") {
    if (status < 300) return pending ? "PAID" : undefined;
    if (body.code === "insufficient_balance") return pending ? state : undefined;
    if (body.code === "insufficient_stock") return pending ? "CANCELLED" : undefined;
    return pending ? undefined : state;
  }
  if (kind === "cancel") return (status < 300) === pending ? (pending ? "CANCELLED" : state) : undefined;
  if (status < 300) return state === "PAID" ? "CANCELLED" : undefined; // all units come back
  return state === "PAID" ? undefined : state;
};

describe("64 clients at once", () => {
  let shop;
  const history = { stock: {}, balance: {}, order: {}, campaign: [] };
  const note = (kind, id, operation) => (history[kind][id] ??= []).push(operation);

  before(async () => {
    shop = await open_small_shop({ shoppers });
  });
  after(() => shop.close());

  /** One deed with the times around it. */
  async function timed(kind, deed, more = {}) {
    const called = performance.now();
    const answer = await deed();
    return { kind, called, answer, returned: performance.now(), ...more };
  }

  async function change_order(shopper, number, order, random) {
    const { variant_id, quantity, amount } = order;
    const kind = ["pay", "pay", "cancel", "returns", "show"][Math.floor(random * 5)];
    const path = `/orders/${number}`;
    const deed = {
      pay: () => shopper.pay({ number }),
      cancel: () => shopper.cancel({ number }),
      returns: () => shopper.post(`${path}/returns`, {}, { key: crypto.randomUUID() }),
      show: () => shopper.get(path),
    }[kind];
    const operation = await timed(kind, deed, { variant_id, quantity, amount });
    note("order", number, operation);
    if (kind === "pay" || kind === "returns") {
      note("stock", variant_id, operation);
      note("balance", shopper.email, operation);
    }
  }

  async function act(shopper, orders) {
    const random = Math.random();
    const variant_id = [mug, tee_small, tee_large, rush, rush, last][Math.floor(Math.random() * 6)];
    if (random < 0.1) {
      const amount = 1 + Math.floor(Math.random() * 30000);
      const key = crypto.randomUUID();
      const deed = () => shopper.post("/me/balance/charges", { amount }, { key });
      note("balance", shopper.email, await timed("charge", deed, { amount }));
    } else if (random < 0.2) {
      note("balance", shopper.email, await timed("balance", () => shopper.get("/me/balance")));
    } else if (random < 0.3) {
      const look = await timed("look", () => shopper.get(`/products/${product_of[variant_id]}`), { variant_id });
      note("stock", variant_id, look);
    } else if (random < 0.35) {
      history.campaign.push(await timed("issue", () => shopper.issue(fifty)));
    } else if (random < 0.6 || orders.size === 0) {
      const quantity = 1 + Math.floor(Math.random() * 2);
      const lines = [{ variant_id, quantity }];
      const shown = await shopper.quote(lines);
      const placed = await timed("order", () => shopper.order(lines, { shown, choice: { mode: "none" } }), {
        variant_id,
        quantity,
      });
      note("stock", variant_id, placed);
      const { status, body } = placed.answer;
      if (status === 201) orders.set(body.number, { variant_id, quantity, amount: body.total });
    } else {
      const [number, order] = [...orders][Math.floor(Math.random() * orders.size)];
      await change_order(shopper, number, order, Math.random());
    }
  }

  it("are all answered", async () => {
    const people = await shop.shoppers(shoppers);
    await Promise.all(
      people.flatMap((shopper) => {
        const orders = new Map(); // the two devices see the same ones
        return [1, 2].map(async () => {
          for (let i = 0; i < deeds_each; ++i) await act(shopper, orders);
        });
      }),
    );
    const answers = [...Object.values(history.stock), ...Object.values(history.balance)].flat();
    for (const { kind, answer } of answers) assert.ok(answer.status < 500, `${kind}: ${answer.text}`);
    assert.ok(Object.values(history.order).some((operations) => operations.length > 2));
  });

  it("each stock has one history that explains every answer", () => {
    for (const [variant, operations] of Object.entries(history.stock)) {
      assert.ok(linearize(operations, at_first[variant], stock_step), `variant ${variant}`);
    }
  });

  it("each balance has one", () => {
    for (const [email, operations] of Object.entries(history.balance)) {
      assert.ok(linearize(operations, 0, balance_step), email);
    }
  });

  it("each order has one", () => {
    for (const [number, operations] of Object.entries(history.order)) {
      assert.ok(linearize(operations, "PENDING", order_step), number);
    }
  });

  it("a campaign gives to whoever comes first: nobody is turned away before somebody who asked later gets one", async () => {
    // 50 coupons, and devices that ask in turns while the others are asking too.
    const again = await open_small_shop({ shoppers: 120 });
    try {
      const people = await again.shoppers(120);
      const issues = await Promise.all(
        people.map(async (shopper, i) => {
          for (let turn = 0; turn < i % 4; ++turn) await shopper.get("/campaigns");
          return timed("issue", () => shopper.issue(fifty));
        }),
      );
      const given = issues.filter(({ answer }) => answer.status === 201);
      const refused = issues.filter(({ answer }) => answer.body.code === "campaign_exhausted");
      assert.equal(given.length, 50);
      assert.equal(refused.length, 70);
      const last_called = Math.max(...given.map(({ called }) => called));
      assert.ok(refused.every(({ returned }) => returned > last_called));
    } finally {
      await again.close();
    }
  });
});
