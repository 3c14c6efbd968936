// SIGKILL at random moments under mixed load. After each restart everything that was acknowledged is there, byte for byte,
// nothing that was refused is, and what was left without an answer gets one by its key.
// CRASHES: how many kills (a seed of its own each, printed by the test that fails); SEED: the first.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { open_small_shop } from "./shop.mjs";
import { fifty, free_shipping, last, mug, plenty, rush, tee_tenth } from "./small_shop.mjs";

const crashes = Number(process.env.CRASHES ?? 50);
const first_seed = Number(process.env.SEED ?? 1);
const shoppers = 12;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function make_random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A shopper who does one thing after the other, and notes what was sent and what was said. */
class Person {
  constructor(client) {
    this.client = client;
    this.deeds = []; // {path, body, key, answer}; no answer: it is not known
    this.charged = 0;
    this.spent = 0;
    this.refunded = 0;
    this.orders = new Map(); // number -> status as acknowledged
  }

  async ask(path, body) {
    const deed = { path, body, key: randomUUID() };
    this.deeds.push(deed);
    deed.answer = await this.client.post(path, body, { key: deed.key });
    this.note(deed);
    return deed.answer;
  }

  /** What an answer means for the books. */
  note({ path, body, answer }) {
    if (answer.status >= 300) return;
    if (path.endsWith("/charges")) this.charged += body.amount;
    if (path === "/orders") this.orders.set(answer.body.number, "PENDING");
    const [, number, deed] = path.match(/^\/orders\/([^/]+)\/(\w+)$/) ?? [];
    if (deed === "payment") {
      this.spent += answer.body.payment.amount;
      this.orders.set(number, "PAID");
    }
    if (deed === "cancel") this.orders.set(number, "CANCELLED");
    if (deed === "returns") {
      this.refunded += answer.body.refund.amount;
      if (answer.body.order.status === "CANCELLED") this.orders.set(number, "CANCELLED");
    }
  }

  async live(random) {
    for (;;) {
      const choice = random();
      if (choice < 0.2) await this.ask("/me/balance/charges", { amount: 1 + Math.floor(random() * 20000) });
      else if (choice < 0.3) {
        const campaign = [fifty, free_shipping, tee_tenth][Math.floor(random() * 3)];
        await this.ask(`/campaigns/${campaign}/issue`);
      } else if (choice < 0.4) await this.client.post("/me/cart/lines", { variant_id: plenty, quantity: 1 });
      else await this.buy(random);
    }
  }

  async buy(random) {
    const variant_id = [mug, plenty, plenty, rush, last][Math.floor(random() * 5)];
    const lines = [{ variant_id, quantity: 1 + Math.floor(random() * 2) }];
    const { total, fingerprint } = await this.client.quote(lines, { mode: "none" });
    const placed = await this.ask("/orders", { lines, expected_total: total, fingerprint });
    if (placed.status !== 201) return;
    const path = `/orders/${placed.body.number}`;
    if (random() < 0.2) return void (await this.ask(`${path}/cancel`));
    const paid = await this.ask(`${path}/payment`);
    if (paid.status === 201 && random() < 0.4) {
      await this.ask(`${path}/returns`, { lines: [{ variant_id, quantity: 1 }], reason: "changed my mind" });
    }
  }
}

/** Until the server is gone: then every request fails for that reason and no other. */
async function live_until_killed(person, random, shop) {
  try {
    await person.live(random);
  } catch (error) {
    if (!shop.killed) throw error;
  }
}

/** Asks all again: what was acknowledged is answered with the same bytes, what was not gets its answer now. */
async function ask_again(person) {
  for (const deed of person.deeds) {
    const again = await person.client.post(deed.path, deed.body, { key: deed.key });
    if (deed.answer) {
      assert.equal(again.text, deed.answer.text, `${deed.path} ${deed.key}`);
      assert.equal(again.status, deed.answer.status);
      // A campaign's refusals are told without a write (a rush is mostly refusals), so there is nothing to be replayed.
      if (again.status < 300 || !deed.path.startsWith("/campaigns"))
        assert.equal(again.headers.get("idempotency-replayed"), "true", `${deed.path}: ${again.text}`);
    } else {
      assert.ok(again.status < 500, `${deed.path}: ${again.status} ${again.text}`);
      deed.answer = again;
      person.note(deed);
    }
  }
}

/** What the shop shows is what was acknowledged, no less and no more. */
async function check_books(person) {
  assert.equal(await person.client.balance(), person.charged - person.spent + person.refunded);
  const shown = new Map();
  for (let cursor = ""; cursor !== null; ) {
    const page = await person.client.read(`/orders?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    for (const { number, status } of page.items) shown.set(number, status);
    cursor = page.next_cursor;
  }
  // A payment that was refused for good cancels the order by itself.
  for (const [number, status] of person.orders) {
    const now = shown.get(number);
    assert.ok(now === status || (status === "PENDING" && now === "CANCELLED"), `${number}: ${status}, shown ${now}`);
  }
  assert.equal(shown.size, person.orders.size);
}

describe("a server that is killed", () => {
  let shop, people;
  before(async () => {
    shop = await open_small_shop({ shoppers });
    people = await Promise.all(
      Array.from({ length: shoppers }, async (_, i) => new Person(await shop.shopper(i))),
    );
  });
  after(() => shop.close());

  for (let seed = first_seed; seed < first_seed + crashes; ++seed) {
    it(`has all that was acknowledged and nothing else (seed ${seed})`, async () => {
      const random = make_random(seed);
      shop.killed = false;
      for (const person of people) person.deeds = [];
      const living = people.map((person) => live_until_killed(person, random, shop));
      // The moment is part of what is tested, so it is a time and not a condition.
      await new Promise((done) => setTimeout(done, 50 + random() * 700));
      shop.killed = true;
      shop.process.kill("SIGKILL");
      await shop.exited;
      await Promise.all(living);
      shop.audit();
      await shop.start();
      await Promise.all(people.map(ask_again));
      await Promise.all(people.map(check_books));
    });
  }
});
